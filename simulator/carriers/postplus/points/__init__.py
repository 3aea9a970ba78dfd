"""Lockers and shops where receivers collect parcels."""
