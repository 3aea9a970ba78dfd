"""What comes in and goes out: forms that are read, views that are written."""
