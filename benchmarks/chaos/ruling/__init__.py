"""A world in which rules come and go, and each acts as often as it says."""
