"""The actions with which a world retires an edition of a carrier's API."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from functools import partial
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.editions.editions import Editions
from simulator.carriers.editions.retirement import Brownout, Retirement
from simulator.carriers.motion.playing import instant
from simulator.core.clock import BadTime
from simulator.engine.world import World

_URL = re.compile(r'https?://[^\s<>"]{1,2000}', re.ASCII)
_BROWNOUT_STATUSES = (404, 410, 429, 500, 503)


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time: instants, or durations from now such as ``+2h``."""

    begin: str
    end: str


class Retire(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An edition and its end; each time is an instant, or a duration from now such as ``+30d``.

    `deprecated` is now unless it is given; without an `end` no day is set yet.
    """

    edition: str | None = None
    deprecated: str = "+0s"
    end: str | None = None
    brownouts: list[Period] = []
    brownout_status: int = 410
    link: str | None = None


class Which(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An edition; without a name the one that there is."""

    edition: str | None = None


def actions(editions: Editions, zone: tzinfo) -> tuple[Action, ...]:
    """The actions for a carrier's editions; times without an offset are in `zone`."""
    words = {"edition": editions.names}
    return (
        Action(
            "retire",
            "Let an edition of the API end: headers announce it (Deprecation, Sunset), brownouts "
            "try it out, and after the end it answers 410.",
            Retire,
            partial(_retire, editions, zone),
            words={**words, "brownout_status": _BROWNOUT_STATUSES},
        ),
        Action(
            "reinstate",
            "Take the retirement of an edition back.",
            Which,
            partial(_reinstate, editions),
            words=words,
        ),
    )


def _retire(editions: Editions, zone: tzinfo, world: World, told: Retire) -> dict[str, Any]:
    name = _named(editions, told.edition)
    if told.brownout_status not in _BROWNOUT_STATUSES:
        known = ", ".join(map(str, _BROWNOUT_STATUSES))
        raise BadAction(f"brownout_status is one of {known}, not {told.brownout_status}.")

    def at(text: str) -> datetime:
        try:
            return instant(text, world.now, zone)
        except BadTime as error:
            raise BadAction(f"{error}.") from None

    brownouts = sorted(
        (Brownout(at(each.begin), at(each.end)) for each in told.brownouts),
        key=lambda each: each.begin,
    )
    end = None if told.end is None else at(told.end)
    for each in brownouts:
        if each.end <= each.begin:
            when = "as" if each.end == each.begin else "before"
            raise BadAction(f"A brownout from {each.begin.isoformat()} ends {when} it begins.")
        if end is not None and each.begin >= end:
            raise BadAction(f"A brownout from {each.begin.isoformat()} is after the end.")
    deprecated = at(told.deprecated)
    if end is not None and end < deprecated:
        raise BadAction("The end is before it is announced: give deprecated an earlier time.")
    if told.link is not None and not _URL.fullmatch(told.link):
        raise BadAction(f"link is not a URL: {told.link!r:.60}.")
    status = told.brownout_status
    retirement = Retirement(name, deprecated, end, tuple(brownouts), status, told.link)
    world[editions.retirements].put(retirement)
    shown: dict[str, Any] = msgspec.to_builtins(retirement)
    return shown


def _reinstate(editions: Editions, world: World, told: Which) -> dict[str, Any]:
    name = _named(editions, told.edition)
    retirements = world[editions.retirements]
    if retirements.get(name) is None:
        raise BadAction(f"The edition {name} is not being retired.")
    retirements.delete(name)
    return {"edition": name}


def _named(editions: Editions, name: str | None) -> str:
    if name in editions.names:
        return name
    if name is None and len(editions.names) == 1:
        return editions.names[0]
    known = ", ".join(editions.names)
    given = "none is given" if name is None else f"not {name!r:.60}"
    raise BadAction(f"edition is one of {known}; {given}.")
