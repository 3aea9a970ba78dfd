"""What the network in front of ShipX answers by itself.

The text of 429 was seen with recordings, ``404 page not found`` for paths that exist was met on the
sandbox (W18); the others are in the form of the first (inferred).
"""

from __future__ import annotations

from simulator.core.answers import Answer

_TEXTS = {
    404: "404 page not found\n",
    429: "error code: 1015",
    502: "error code: 502",
    503: "error code: 503",
    504: "error code: 504",
}


def answer(status: int) -> Answer | None:
    """The answer with this status, or None where the network has no words of its own."""
    text = _TEXTS.get(status)
    return None if text is None else Answer(status, text.encode(), {}, "text/plain; charset=UTF-8")
