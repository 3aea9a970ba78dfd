"""Names of worlds that nobody else has, in this process or another."""

from __future__ import annotations

import itertools
import os

_RUN = os.urandom(4).hex()
_numbers = itertools.count(1)


def fresh_name() -> str:
    """A name such as ``t-4f1c09aa-12``: unique among all processes that share a server."""
    return f"t-{_RUN}-{os.getpid()}-{next(_numbers)}"
