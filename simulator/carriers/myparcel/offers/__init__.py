"""What carriers offer in the edition of today: one table of carrier, home and destination."""
