"""Values of a request as sentences tell them back."""

from __future__ import annotations

MOST = 40
"""Characters of a value that are told; an ellipsis stands for the rest."""


def shortened(value: object, most: int = MOST) -> str:
    """A value, or its beginning: what a client sent may have a million characters."""
    text = str(value)
    return text if len(text) <= most else f"{text[:most]}…"
