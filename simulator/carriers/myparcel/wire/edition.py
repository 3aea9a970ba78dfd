"""The edition of the API that answers, as handlers ask for it.

A handler never asks which edition it is, only for what that one is like.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.carriers.editions.editions import AUTO, Editions, Sign
from simulator.carriers.myparcel.catalog.delivery_quirks import EVENING_WEEKDAYS
from simulator.carriers.myparcel.editions import signs
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.editions.table import EDITION_2017, EDITIONS
from simulator.carriers.myparcel.records import API_KEYS
from simulator.core.tables import State
from simulator.engine.world import World


def _of_key(state: State, credential: str) -> Sign | None:
    """A key of a shop that only one edition knows speaks that one."""
    key = state.tables[API_KEYS.name].get(credential)
    if key is None or key.edition is None:
        return None
    return Sign(key.edition, f"the key {credential!r}, whose shop is one of that edition")


CHOICE = Editions(
    "myparcel",
    names=tuple(EDITIONS),
    usual=EDITION_2017.name,
    served="today",
    servers={"2017": "api.myparcel.com", "today": "api.myparcel.nl"},
    sign=signs.sign,
    body_sign=signs.body_sign,
    of_key=_of_key,
)


def of(world: World) -> Edition:
    """The edition that answers the request in hand; of a job or an action the usual one."""
    if world.edition is not None:
        return EDITIONS[world.edition.edition]
    return _usual(world)


def reader(world: World) -> Edition | None:
    """The edition that a reader showed or was given; None when nothing tells.

    A reader who shows nothing sees the carriers as they were written.
    """
    if world.edition is None or not world.edition.told:
        return None
    return EDITIONS[world.edition.edition]


def of_key(world: World, key: str | None) -> Edition:
    """The edition that a key speaks, for what is sent without a request of its own."""
    if key is None or world.quirks[CHOICE.quirk] != AUTO:
        return _usual(world)
    return EDITIONS[CHOICE.of_credential(world.state, key).edition]


def evenings(quirk: Callable[[str], Any], spoken: Edition) -> frozenset[int]:
    """The weekdays on which an edition has evening delivery, Monday is 0."""
    if spoken.evenings is not None:
        return spoken.evenings
    return EVENING_WEEKDAYS[quirk("myparcel.evening_days")]


def _usual(world: World) -> Edition:
    chosen = world.quirks[CHOICE.quirk]
    return EDITION_2017 if chosen == AUTO else EDITIONS[chosen]
