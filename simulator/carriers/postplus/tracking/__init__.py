"""What happened to parcels: the cursor feed, look-ups by number, imports, journeys."""
