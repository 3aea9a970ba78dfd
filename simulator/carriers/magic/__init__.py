"""Magic values: outcomes that the texts of an order ask for."""
