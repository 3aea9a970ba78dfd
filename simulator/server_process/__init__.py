"""A server beside the program that wants it: quick to import, so that the server begins at once and
the rest is imported while it starts."""
