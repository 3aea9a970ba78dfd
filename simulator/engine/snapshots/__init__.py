"""Whole worlds, given out and taken in."""
