"""Worlds that go on all the time: what is made in them, moved, paid, printed, told and read."""
