"""What belongs to a shop, and the state of the API."""
