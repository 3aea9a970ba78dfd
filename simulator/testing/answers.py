"""What the control API tells, as values.

Instants are `datetime` with an offset, in the time of the world. Members that a newer server adds
are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A world's clock: how it goes, and what it showed when it was asked."""

    mode: str
    at: datetime
    speed: float


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a world, such as ``inpost.shipment_confirmed``; ids grow by one."""

    id: int
    at: datetime
    event: str
    payload: dict[str, Any]


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """What came of moving the clock; `event` is what was waited for."""

    before: datetime
    now: datetime
    jobs: int
    deliveries: int
    event: Event | None = None
    last_event: int = 0


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """A request to a carrier and how it was answered, as the journal lists it."""

    id: str
    at: datetime
    carrier: str | None
    operation: str | None
    method: str
    path: str
    query: str
    status: int | None
    outcome: str
    unmatched: bool
    unread_count: int
    heard: str | None
    milliseconds: float
    error: str | None


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """What a carrier notified of, whether anybody is subscribed or not."""

    id: int
    carrier: str
    event: str
    at: datetime
    headers: dict[str, str]
    body: Any


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A notification on its way to a subscriber, with every attempt to deliver it."""

    id: int
    carrier: str
    event: str
    target: str
    body: Any
    created_at: datetime
    status: str
    attempts: list[dict[str, Any]]
    next_attempt_at: datetime | None = None


class RuleState(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as it stands: how many requests were like it, and on how many it acted."""

    id: int
    rule: dict[str, Any]
    seen: int
    used: int
    spent: bool
    held: Any = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one check came to."""

    check: dict[str, Any]
    passed: bool
    found: int
    message: str
    nearest: list[dict[str, Any]] = []


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that is part of a world from now on."""

    name: str
    scenario: str
    loaded_at: datetime
    findings: list[Any]
    timeline: list[Any]
    verify: Any = None


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """A credential of the default world: its value, whom it lets in, and the headers to send."""

    value: str
    meaning: str
    headers: dict[str, str]


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A carrier that a server serves: where its API begins below a workspace, and what opens it."""

    name: str
    title: str
    path: str
    openapi: str
    hosts: list[str]
    credentials: list[Credential]


class Carrier:
    """A carrier as a world's client is told of it: what goes into the settings of your program.

    `base_url` has no slash at its end; what the carrier documents behind its host comes behind it,
    such as ``/v1/organizations/1/shipments`` for ShipX. `credential` is the one to begin with, and
    `headers` are those with which a client sends it; `credentials` has all of the default world.
    """

    def __init__(self, workspace_url: str, served: Served) -> None:
        self.name: str = served.name
        self.title: str = served.title
        self.base_url: str = f"{workspace_url}{served.path}"
        self.openapi_url: str = f"{workspace_url}{served.openapi}"
        self.credentials: Sequence[Credential] = tuple(served.credentials)

    @property
    def credential(self) -> str:
        """The credential to begin with, as it stands in a client's settings."""
        return self.credentials[0].value

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers with which a client sends `credential`."""
        return self.credentials[0].headers

    def headers_of(self, credential: str) -> Mapping[str, str]:
        """The headers with which a client sends one of `credentials`.

        Raises `KeyError` with those that there are.
        """
        for each in self.credentials:
            if each.value == credential:
                return each.headers
        known = ", ".join(each.value for each in self.credentials)
        raise KeyError(f"{self.name} knows no credential {credential!r}; there are: {known}")

    def __repr__(self) -> str:
        return f"<Carrier {self.name} at {self.base_url}>"
