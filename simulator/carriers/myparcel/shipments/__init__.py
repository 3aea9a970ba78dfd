"""Shipments from their creation on: all kinds of them, their changes and lists."""
