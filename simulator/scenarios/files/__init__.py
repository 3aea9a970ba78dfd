"""Scenario files: read with their places, checked whole, described for editors."""
