"""Names of worlds that nobody else has, in this process or another."""

from __future__ import annotations

import itertools
import os
import re

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RUN = os.urandom(4).hex()
_numbers = itertools.count(1)


def fresh_name() -> str:
    """A name such as ``t-4f1c09aa-12``: unique among all processes that share a server."""
    return f"t-{_RUN}-{os.getpid()}-{next(_numbers)}"


def checked(name: str) -> str:
    """The name, if it can be that of a world. Raises `ValueError`."""
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"{name!r} is no name of a world: use 1 to 64 letters, digits, '.', '_' and '-', "
            "beginning with a letter or digit"
        )
    return name
