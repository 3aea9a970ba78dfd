"""What comes in and goes out: the envelope that is read, views that are written."""
