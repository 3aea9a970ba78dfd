"""What can be sent as a header, in either direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.engine.delivery.headers import NAME

_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")
_FRAMING = ("content-length", "transfer-encoding", "connection")


def name_faults(name: str, framing: str) -> Iterator[str]:
    """Why there can be no header of that name; `framing` is added for those that frame a body."""
    if NAME.fullmatch(name) is None:
        yield "is not the name of a header"
    elif name.lower() in _FRAMING:
        yield f"is worked out from the body{framing}"


def value_faults(value: str) -> Iterator[str]:
    """Why no header can have that value."""
    if _VALUE.fullmatch(value) is None:
        yield "has to be one line of Latin-1 characters"
    elif value != value.strip(" \t"):
        yield "has to begin and end without spaces"
