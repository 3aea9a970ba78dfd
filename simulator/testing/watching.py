"""Who hears of the worlds that a client makes, and of their ends."""

from __future__ import annotations


class Watch:
    """Hears of worlds by their names; this one heeds nothing.

    The same for clients with an event loop and without: what it does is done at once.
    """

    def made(self, name: str, copy_of: str | None = None) -> None:
        """A world was made, perhaps as a copy."""

    def ending(self, name: str) -> None:
        """A world is about to end or to begin again: its journal is still there."""

    def again(self, name: str) -> None:
        """A world has begun again, with an empty journal."""

    def gone(self, name: str) -> None:
        """A world was deleted."""
