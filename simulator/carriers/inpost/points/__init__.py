"""Parcel lockers and other points."""
