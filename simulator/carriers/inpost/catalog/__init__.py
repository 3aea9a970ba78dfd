"""What the carrier is made of, as data: services, prices, statuses, journeys, points, quirks."""
