"""What was asked and answered, why, and whether that was as it should be."""
