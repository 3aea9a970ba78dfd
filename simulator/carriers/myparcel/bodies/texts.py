"""What a search looks into: everything that a value shows, as its JSON has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from simulator.carriers.myparcel.wire import moments


def of(value: Any) -> Iterator[str]:
    """The texts of a value and of all that is in it, in lower case; names of members are no
    content, and neither is null."""
    if isinstance(value, str):
        yield value.casefold()
    elif isinstance(value, dict):
        for member in value.values():
            yield from of(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from of(member)
    elif isinstance(value, datetime):
        yield moments.show(value)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif value is not None:
        yield str(value)
