"""Collection by a courier: orders, comments, places, printouts."""
