"""Shipments from their creation on: one by one, in lists and batches, and their prices."""
