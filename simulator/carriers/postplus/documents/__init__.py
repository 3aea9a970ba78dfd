"""The postal documents of a shipment, and the files that clients download."""
