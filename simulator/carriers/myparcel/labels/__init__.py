"""Labels, at once or from a link."""
