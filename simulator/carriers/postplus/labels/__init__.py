"""Labels of parcels and bags, as files."""
