"""How answers and notifications are compared with what a step expects, and with each other."""
