"""Plays the steps of scenarios as a client, and tells where an answer is not as expected."""
