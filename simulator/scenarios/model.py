"""The format of scenario files: one file, one story.

Everything is optional but the title. What a file may say is told in `specs/scenario.schema.json`,
which is made from these structs; the descriptions are what editors show.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from simulator.core.clock import ClockMode
from simulator.engine.records import Profile
from simulator.engine.rules.definitions import RuleDefinition, When

Do = Annotated[
    dict[str, Any] | list[dict[str, Any]],
    Meta(
        description="Actions by name with their arguments: `inpost.top_up: {organization: 1, "
        'amount: "100.00"}`; a list of them happens in its order, all or none.'
    ),
]

Duration = Annotated[str, Meta(description="A number and a unit: 1500ms, 90s, 2m, 26h, 3d, 1w.")]


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One story: how the world is, what will happen in it, what a client does, what is then so."""

    scenario: Annotated[str, Meta(min_length=1, description="The story in one sentence.")]
    name: Annotated[
        str | None,
        Meta(description="The short name under which it is loaded. Default: made of its title."),
    ] = None
    seed: Annotated[
        int | None,
        Meta(description="What all chance is drawn from: the same seed, the same bytes."),
    ] = None
    profile: Annotated[
        Profile | None, Meta(description="Whether quirks follow recordings or documents.")
    ] = None
    clock: ClockSetting | None = None
    given: Annotated[
        list[dict[str, Any]],
        Meta(description="Actions that make the world as the story needs it, in their order."),
    ] = []
    quirks: Annotated[
        dict[str, Any], Meta(description="Switches of the carriers, such as `inpost.any_locker`.")
    ] = {}
    rules: Annotated[
        list[RuleDefinition],
        Meta(
            description="What happens to requests in place of what usually does; first match wins."
        ),
    ] = []
    timeline: Annotated[
        list[TimelineEntry],
        Meta(description="What the world does, at instants or after something happened."),
    ] = []
    steps: Annotated[
        list[Step], Meta(description="A client's part, which `carrier-simulator replay` plays.")
    ] = []
    verify: Annotated[
        list[Check], Meta(description="What must be so in the journal, whoever called.")
    ] = []


class ClockSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The clock of the story's world."""

    mode: ClockMode
    at: Annotated[
        str | None, Meta(description="An instant with its offset: 2026-03-02T10:15:00+01:00.")
    ] = None
    speed: Annotated[
        float | None,
        Meta(description="Seconds in the world for each of the machine (scaled only)."),
    ] = None


class After(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What has to happen first: an event, a status that something gets, or a request."""

    event: Annotated[
        str | None, Meta(description="An event of `GET /_sim/events`: inpost.shipment_confirmed.")
    ] = None
    status: Annotated[
        str | None,
        Meta(description="A status that something gets, with its carrier: inpost.ready_to_pickup."),
    ] = None
    request: Annotated[
        str | None, Meta(description="An operation that was asked for: inpost.create_shipment.")
    ] = None
    answered: Annotated[
        Any, Meta(description="Of requests only those answered with this status, or a pattern.")
    ] = UNSET
    match: Annotated[
        dict[str, Any],
        Meta(description="A pattern of the event's payload; of a request's path, query and body."),
    ] = {}


Awaited = Annotated[
    str | After,
    Meta(description="What has to happen first: the name of an event, or an object that says it."),
]


class TimelineEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that the world does, at an instant of the world's clock or after something."""

    do: Do
    at: Annotated[
        str | None,
        Meta(
            description="`+2m` after the story was loaded, `2026-03-05T08:30` on the carrier's own "
            "clock on the wall, an instant with an offset, or `next working day 10:00`."
        ),
    ] = None
    after: Awaited | None = None
    wait: Annotated[
        str | None, Meta(description="How long after it: `26h`, or `next working day 10:00`.")
    ] = None
    every: Annotated[
        Duration | None, Meta(description="Again and again with this pause, `repeat` times in all.")
    ] = None
    repeat: Annotated[
        int | Literal["always"] | None,
        Meta(
            description="How often in all; with `after`, for how many such happenings. Default 1."
        ),
    ] = None
    calendar: Annotated[
        str | None,
        Meta(description="The carrier whose working days and wall clock count; default: of `do`."),
    ] = None
    name: str | None = None

    @property
    def awaited(self) -> After | None:
        """What has to happen first, whichever way it is written."""
        return After(event=self.after) if isinstance(self.after, str) else self.after


class SentRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A request as a client sends it."""

    method: Annotated[str, Meta(description="GET, POST, PUT, PATCH or DELETE.")]
    path: Annotated[
        str,
        Meta(
            description="Path below the carrier's base URL; a query may stand in it. A variable "
            "alone is a link that the carrier gave: `${link}`."
        ),
    ]
    carrier: Annotated[
        str | None,
        Meta(description="inpost, myparcel or postplus; default: that of the last step."),
    ] = None
    auth: Annotated[
        str | None,
        Meta(
            description="The token or key, sent as this carrier wants it; default: that of the "
            "last step with this carrier. The empty text sends none."
        ),
    ] = None
    query: dict[str, Any] = {}
    headers: dict[str, str] = {}
    body: Annotated[Any, Meta(description="Sent as JSON; a text is sent as it is.")] = UNSET
    form: Annotated[
        dict[str, str] | None, Meta(description="Sent as application/x-www-form-urlencoded.")
    ] = None


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the answer must be like; patterns as in rules."""

    status: Annotated[
        Any, Meta(description="A status, or a pattern such as {$oneof: [200, 201]}.")
    ] = UNSET
    headers: Annotated[
        dict[str, Any], Meta(description="Patterns of headers, by name in any letter case.")
    ] = {}
    body: Annotated[
        Any, Meta(description="A pattern of the JSON body; of the text where it is no JSON.")
    ] = UNSET
    fails: Annotated[bool, Meta(description="The connection breaks: no whole answer arrives.")] = (
        False
    )


class Poll(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Ask again until the answer is as expected: the clock is moved, or waited for elsewhere."""

    every: Duration = "1s"
    within: Duration = "1m"


class ExpectedWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Notifications that must stand in the inbox, whether anybody subscribed to them or not."""

    carrier: str | None = None
    event: Annotated[Any, Meta(description="A pattern of the event's name.")] = UNSET
    status: Annotated[Any, Meta(description="A pattern of how far its delivery is.")] = UNSET
    body: Annotated[Any, Meta(description="A pattern of the payload.")] = UNSET
    count: Annotated[int | None, Meta(description="How many; default: at least one.")] = None


Number = Annotated[int | str, Meta(description="A number, or a variable.")]

Behind = Annotated[
    Number | UnsetType,
    Meta(description="Behind which event. Default: those since the clock was last advanced."),
]
Within = Annotated[
    Duration | UnsetType, Meta(description="The clock stands still if it does not come: 30d.")
]


class Until(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An event that is waited for."""

    event: Annotated[str, Meta(description="Its name, as `GET /_sim/events` has it.")]
    match: Annotated[dict[str, Any], Meta(description="Members of its payload.")] = {}
    after: Behind = UNSET
    within: Within = UNSET


class Advance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the clock is moved: exactly one of by, to and until."""

    by: Duration | UnsetType = UNSET
    to: Annotated[
        str | UnsetType, Meta(description="An instant with its offset, or a variable.")
    ] = UNSET
    until: Annotated[
        str | Until | UnsetType,
        Meta(description="The event's name, with the rest beside it; or an object of all."),
    ] = UNSET
    match: Annotated[dict[str, Any], Meta(description="Members of the event's payload.")] = {}
    after: Behind = UNSET
    within: Within = UNSET
    dry_run: Annotated[bool, Meta(description="Tell what would happen, and do nothing.")] = False


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that the client, or whoever plays the story, does."""

    name: str | None = None
    request: SentRequest | None = None
    expect: Expectation | None = None
    save: Annotated[
        dict[str, str],
        Meta(
            description="Variables by their names, from JSON Pointers into the body (`/id`) or "
            "headers (`header:Location`)."
        ),
    ] = {}
    poll: Poll | None = None
    advance: Annotated[
        str | dict[str, Any] | None,
        Meta(description="Move the clock: `2s`, or what `clock/advance` takes."),
    ] = None
    wait: Annotated[
        Duration | None,
        Meta(
            description="Let time pass: the clock is moved; against a carrier itself it is waited "
            "for."
        ),
    ] = None
    do: Do | UnsetType = UNSET
    webhook: ExpectedWebhook | None = None


class Requests(When, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Requests of a kind: like these patterns, and answered so."""

    answered: Annotated[
        Any, Meta(description="Of these only the ones answered so: a status or a pattern.")
    ] = UNSET


class Check(Requests, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Something that must be so in the journal: how many requests of a kind, or in which order."""

    count: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    never: Literal[True] | None = None
    order: Annotated[
        list[str | Requests] | None,
        Meta(
            description="Operations, or patterns of requests, one after the other; others between."
        ),
    ] = None
    no_duplicates: Annotated[
        Literal[True] | None,
        Meta(description="Nothing is shipped twice: no reference twice, no equal body twice."),
    ] = None
    no_unread: Annotated[
        Literal[True] | None, Meta(description="No request carried what nothing looked at.")
    ] = None
    no_unmatched: Annotated[
        Literal[True] | None, Meta(description="No request missed every operation.")
    ] = None
    name: str | None = None
