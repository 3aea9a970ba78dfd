"""Workspaces, transactions, time, journal and webhooks; names no carrier."""
