"""Where parcels are handed in and collected."""
