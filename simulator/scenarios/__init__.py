"""Scenarios: the format, its loader, what a workspace does with one, and its replay by a client."""
