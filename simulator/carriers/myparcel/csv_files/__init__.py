"""Shipments as CSV: files and forms that come in, and lists that go out."""
