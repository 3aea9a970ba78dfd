"""Offers, and the money with which they are bought."""
