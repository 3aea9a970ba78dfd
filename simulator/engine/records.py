"""The engine's own records: jobs, numbers, switches, the clock and outgoing webhooks.

Records are out of the garbage collector's sight (``gc=False``): they never change, so they can
never come to contain themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

from simulator.core.clock import Clock
from simulator.core.tables import TableSpec
from simulator.core.words import Utf8

Profile = Literal["observed", "documented"]
"""Whether quirks follow recordings of the real carrier or its documents."""


class Held(msgspec.Struct, frozen=True, gc=False):
    """That a rule keeps something from happening: since when, until when, and what then.

    `until` is None while the end is not known: until the rule is deleted.
    """

    rule: int
    since: datetime
    until: datetime | None = None
    then: Literal["done", "fail"] = "done"


class Job(msgspec.Struct, frozen=True, gc=False):
    """Something that happens at `due` on the workspace's clock.

    `kind` names the function (``carrier.function`` or ``engine.function``), `arguments` are given
    to it by name. One that is `held` happens later than it would have, or not before it is let go.
    """

    id: int
    due: datetime
    kind: str
    arguments: dict[str, Any]
    held: Held | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody knows when it will happen."""
        return self.held is not None and self.held.until is None


class HeldRequest(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a rule decided for the requests to one thing, when the first of them came.

    `held` is None when it lets them pass; `asked` counts those that it did not.
    """

    id: str
    rule: int
    step: str
    arguments: dict[str, Any]
    held: Held | None
    asked: int = 0


class Numbers(msgspec.Struct, frozen=True, gc=False):
    """The last number that each sequence of the workspace gave out."""

    name: str
    last: dict[str, int]


class QuirkSetting(msgspec.Struct, frozen=True, gc=False):
    """A quirk that was set to something other than its default."""

    name: str
    value: Any


class Frame(msgspec.Struct, frozen=True, gc=False):
    """The frame of a workspace: its clock, its seed and the profile of its quirks."""

    name: str
    clock: Clock
    seed: int
    profile: Profile


class Attempt(msgspec.Struct, frozen=True, gc=False):
    """One try to deliver a webhook: when, and what came back.

    `status` is the HTTP status of the answer, None when there was none; `error` says why. `headers`
    are those with which it left, None when nothing was sent.
    """

    at: datetime
    status: int | None = None
    error: str | None = None
    response: str | None = None
    milliseconds: int = 0
    headers: dict[str, str] | None = None


StampClock = Literal["world", "wall"]
"""Whose time the headers of a notification tell: the workspace's, or the machine's."""


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """That headers of a notification hang on the time at which it leaves.

    With `wall` its carrier's `stamp` makes them anew for each attempt; `form` tells it how, in a
    word of its own.
    """

    clock: StampClock
    form: str = ""


WebhookStatus = Literal["pending", "delivered", "failed", "not_subscribed", "waiting", "dropped"]
"""The last two are a rule's doing: it leaves later, or never."""


class Webhook(msgspec.Struct, frozen=True, gc=False):
    """A notification that a carrier sends: to `target`, or only into the inbox when it is None.

    `headers` and `body` tell the workspace's time; `stamp` says whether headers tell another one as
    it leaves, None where none tells any. `turn` is its place in the order in which notifications
    leave, None before it has left. `rule` and `note` tell which rule did something to it, and what;
    `lead` is the job with which it leaves unless another one to its target does so before.
    """

    id: int
    carrier: str
    event: str
    target: str | None
    headers: dict[str, str]
    body: Utf8
    created_at: datetime
    status: WebhookStatus
    retries: int = 0
    attempts: tuple[Attempt, ...] = ()
    next_attempt_at: datetime | None = None
    turn: int | None = None
    rule: int | None = None
    note: str | None = None
    lead: int | None = None
    stamp: Stamp | None = None


class Rule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What happens to requests, steps or webhooks like this, in place of what usually does.

    `definition` is the rule as it was given (a `RuleDefinition`); `seen` counts those that it was
    about, `used` those to which it did something; `recent` are the instants of those that a limit
    let pass within its period. `scenario` is the one that it is of. `drawn` counts the draws of its
    chance by what was drawn for, so that a draw does not hang on what else was asked.
    """

    id: int
    definition: dict[str, Any]
    created_at: datetime
    seen: int = 0
    used: int = 0
    recent: tuple[datetime, ...] = ()
    scenario: str | None = None
    drawn: Mapping[str, int] = {}


DELIVERY = "engine.deliver"
"""The kind of the jobs that send webhooks."""

RELEASE = "engine.release"
"""The kind of the jobs that let go what `rules` held that are gone."""

JOBS = TableSpec("engine.jobs", Job)
NUMBERS = TableSpec("engine.numbers", Numbers, key="name")
QUIRKS = TableSpec("engine.quirks", QuirkSetting, key="name")
FRAME = TableSpec("engine.frame", Frame, key="name")
WEBHOOKS = TableSpec("engine.webhooks", Webhook, indexes=("status",))

RULES = TableSpec("engine.rules", Rule)
HELD_REQUESTS = TableSpec("engine.held_requests", HeldRequest, indexes=("rule",))

ENGINE_TABLES: tuple[TableSpec[Any], ...] = (
    *(JOBS, NUMBERS, QUIRKS, FRAME, WEBHOOKS, RULES),
    HELD_REQUESTS,
)
