"""What the carrier is made of, as data: services, countries, event codes, goods."""
