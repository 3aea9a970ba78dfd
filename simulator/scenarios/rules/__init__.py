"""What can be wrong with rules, whichever way they come in; rules by name and in words."""
