"""Returns that receivers make under a link."""
