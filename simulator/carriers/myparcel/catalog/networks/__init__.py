"""The points of the carriers of today, and the towns in which they lie."""
