"""A simulator of the InPost ShipX and MyParcel carrier APIs."""
