"""Where a shipment is: its statuses, its journey, who is told of it."""
