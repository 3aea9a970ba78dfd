"""Labels of shipments and of their returns."""
