"""What happened, and what was told to others."""
