"""Which Redis or Valkey server the tests and benchmarks start."""

from __future__ import annotations

import os
import shutil

_NAMES = ("redis-server", "valkey-server")


class NoServer(Exception):
    """None is there; the message says what to do."""


def redis_binary() -> str:
    """The path of the one that REDIS_SERVER names, else of one that is installed; raises
    `NoServer`."""
    wanted = os.environ.get("REDIS_SERVER")
    if wanted:
        found = shutil.which(wanted)
        if found is None:
            raise NoServer(
                f"REDIS_SERVER={wanted} is no program: name redis-server or valkey-server by its "
                "path, or unset it"
            )
        return found
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    raise NoServer(
        "redis-server is not installed, and valkey-server is not either: install one of them "
        "(Debian: apt-get install redis-server), or name one by REDIS_SERVER=<path>"
    )
