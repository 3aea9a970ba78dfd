"""InPost ShipX (Poland): lockers, couriers, letters and pallets."""
