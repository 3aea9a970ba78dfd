"""What the carrier is made of, as data: services, countries, holidays, points, statuses, quirks."""
