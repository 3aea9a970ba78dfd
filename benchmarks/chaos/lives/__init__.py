"""Worlds that begin again: reset, restored, copied and dropped."""
