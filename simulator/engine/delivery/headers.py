"""What can be sent as a header."""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_NOT_IN_A_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]|^\s|\s$")


def fault(name: str, value: str) -> str | None:
    """Why a header cannot be sent, as a clause; None where it can."""
    if NAME.fullmatch(name) is None:
        return f"{name!r:.100} cannot be the name of a header"
    found = _NOT_IN_A_VALUE.search(value)
    if found is None:
        return None
    return (
        f"the value of the header {name:.100} cannot be sent: it has {found.group()!r} "
        f"at place {found.start()}"
    )
