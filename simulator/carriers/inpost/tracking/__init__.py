"""Where a shipment is: its statuses, its journey, its numbers, who is told of it."""
