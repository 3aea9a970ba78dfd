"""Names and bounds of workspaces, and what is raised where one is passed."""

from __future__ import annotations

import re

import msgspec

from simulator.core.clock import Clock
from simulator.engine.records import Profile

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

DEFAULT = "default"
"""The workspace of requests that name none: there always is one."""

REFUSED = "_refused"
"""Where requests are answered that are let into no workspace; no workspace can have that name."""


class BadName(ValueError):
    """A workspace name that cannot be used; the message says which can."""


def check_name(name: str) -> None:
    """Raise `BadName` unless a workspace can have that name."""
    if not NAME.fullmatch(name):
        raise BadName(
            f"{name!r} is not a workspace name: use 1 to 64 letters, digits, "
            '".", "_" and "-", beginning with a letter or digit'
        )


class TooManyWorkspaces(RuntimeError):
    """The bound on workspaces is reached; the message says what to do."""


class Dropped(RuntimeError):
    """The workspace was deleted while something was still going on in it."""


class HubOptions(msgspec.Struct, frozen=True):
    """How new workspaces begin, and the bounds of each; after `idle_seconds` one that nobody asks
    for goes, 0 keeps it."""

    seed: int = 1
    profile: Profile = "observed"
    clock: Clock | None = None
    journal_entries: int = 1000
    journal_bytes: int = 16 * 1024 * 1024
    workspaces: int = 10_000
    idle_seconds: float = 0.0
