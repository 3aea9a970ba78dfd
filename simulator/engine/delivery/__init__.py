"""Sending webhooks: lanes, what may be called, and what became of it."""
