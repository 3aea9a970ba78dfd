"""Shipments, their bags, manifests and files."""
