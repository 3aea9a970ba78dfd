"""Plain data of a file that knows its places, and how it fits what is expected."""
