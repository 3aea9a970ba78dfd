"""A simulator of the PostPlus, MyParcel and InPost ShipX carrier APIs."""
