"""A simulator of the InPost ShipX, MyParcel and PostPlus carrier APIs."""
