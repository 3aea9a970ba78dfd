"""What is acceptable in a shipment, beyond what the description says is well formed."""
