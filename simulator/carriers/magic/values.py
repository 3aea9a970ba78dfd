"""Magic values: outcomes that a text of an order asks for, for people who can reach no other API.

Two things work without any set-up where the quirk `<carrier>.magic` is on: values of a field, which
each carrier lists in a table, and directives such as ``[[label: 404 x2]]`` in its free texts
(`simulator.carriers.magic.directives`). Neither changes the text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from simulator.carriers.quirk import QuirkSpec, disputed
from simulator.core.answers import Answer
from simulator.core.tables import TableSpec
from simulator.engine.facts import Facts
from simulator.engine.world import World

S = TypeVar("S", bound=msgspec.Struct)

DOMAIN = "@sim.test"
"""What the e-mail addresses of the tables end in."""


def _nowhere(world: World, record: Any, journey: str) -> None:
    """What has no journeys begins none."""


def _none(record: Any, journey: str) -> None:
    return None


class MagicValue(msgspec.Struct, frozen=True):
    """A value of a field, and what comes of it.

    `where` is the field as a client sends it (``receiver.email``), `effect` are the directives that
    do the same; of several journeys the first that suits counts. A value that no directive can
    stand for has none.
    """

    where: str
    value: str
    outcome: str
    effect: tuple[str, ...] = ()


class Example(msgspec.Struct, frozen=True):
    """A directive as people write it, and what comes of it."""

    directive: str
    outcome: str


class Instead(NamedTuple):
    """What a value lets a request be answered with in the carrier's place."""

    value: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Made(Generic[S]):
    """Something that is made with texts that may hold directives: a shipment, a parcel.

    * `event` tells that one was made, with its key as the member `key`.
    * `written`: every text of a record that may hold magic, by its place; `texts` are the places of
      those that may hold directives, the first of which tells one order from another.
    * `sent`: operations that make some, and where they stand in the body.
    * `pattern`: the pattern of a resource that is this one.
    * `steps`: the words for steps, `requests` those for requests with what a rule's `when` says.
    * `ready`: the event, and the statuses in it, with which journeys begin; `start` begins one
      (raises `BadAction`), unless the record's `journey` is none of `idle`. `hindrance` says why a
      journey does not suit something that was just made, as far as that is known by then.
    * `deeds`: further words, for what is done to a record when it is made.
    """

    noun: str
    event: str
    key: str
    table: TableSpec[S]
    written: Callable[[S], Iterable[tuple[str, Any]]]
    texts: tuple[str, ...]
    sent: Mapping[str, tuple[tuple[str, ...], ...]]
    pattern: Callable[[S], Any]
    steps: Mapping[str, str]
    requests: Mapping[str, Mapping[str, Any]]
    ready: tuple[str, Collection[Any]] | None = None
    journeys: Collection[str] = ()
    start: Callable[[World, S, str], Any] = _nowhere
    hindrance: Callable[[S, str], str | None] = _none
    idle: Collection[str | None] = (None,)
    deeds: Mapping[str, Callable[[World, S], Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Announced:
    """What is made later of a request, such as a batch: `sent` gives its elements as they came, so
    that the request already tells what cannot be understood in them."""

    event: str
    key: str
    table: TableSpec[Any]
    sent: Callable[[Any], Iterable[Mapping[str, Any]]]
    made: Made[Any]


@dataclass(frozen=True, slots=True)
class Magic:
    """All magic of a carrier.

    `instead` answers requests to the operations `answered` in the carrier's place; without one of
    the `marks` in the body or the query there is nothing to ask.
    """

    values: tuple[MagicValue, ...] = ()
    examples: tuple[Example, ...] = ()
    made: tuple[Made[Any], ...] = ()
    announced: tuple[Announced, ...] = ()
    answered: frozenset[str] = frozenset()
    marks: tuple[bytes, ...] = ()
    instead: Callable[[World, Facts], Instead | None] | None = None


def emails(where: str, rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> tuple[MagicValue, ...]:
    """The rows of a table of addresses, each with its name before the `DOMAIN`."""
    return tuple(
        MagicValue(where, f"{name}{DOMAIN}", outcome, effect) for name, outcome, effect in rows
    )


def switch(carrier: str) -> QuirkSpec:
    """The quirk that lets a carrier know magic values."""
    return disputed(
        f"{carrier}.magic",
        observed=True,
        documented=False,
        summary="Whether magic values and directives such as `[[label: 404 x2]]` in texts of an "
        "order have an effect (`GET /_sim/magic`).",
        source="No carrier has them; they are for people who can reach nothing but a shop's pages.",
        provenance="inferred",
    )
