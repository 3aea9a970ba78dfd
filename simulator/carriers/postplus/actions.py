"""What the world does to PostPlus: the actions of the control API, scenarios and consoles."""

from __future__ import annotations

import re
from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.motion.moving import unknown
from simulator.carriers.postplus import default_world, records
from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES
from simulator.carriers.postplus.catalog.journeys import JOURNEYS
from simulator.carriers.postplus.catalog.services import SERVICES
from simulator.carriers.postplus.records import (
    ACCOUNTS,
    API_KEYS,
    GENERATIONS,
    PARCELS,
    Account,
    ApiKey,
    Environment,
    FeedEntry,
    Generation,
    NumberRange,
    Parcel,
    ParcelStatus,
    Scope,
    Shipment,
    TrackingEvent,
)
from simulator.carriers.postplus.tracking import lifecycle, log, playing
from simulator.carriers.postplus.wire import moments, short_ids
from simulator.carriers.postplus.wire.feed_keys import account_of
from simulator.engine.world import World

_KEY = re.compile(r"[A-Za-z0-9._~+/=-]{1,500}")
_LETTERS = re.compile(r"[A-Z]{2}")
_GREATEST_SERIAL = 99_999_999

_KEPT = frozenset(spec.name for spec in (ACCOUNTS, API_KEYS, GENERATIONS, records.PICKUP_POINTS))
"""Tables that a reset of the test data leaves as they are (D21)."""


class Scan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`parcel` is an id or a number, `at` a time in the past or the future (now, if not given);
    the code's usual message is told unless there is a `message`."""

    parcel: int | str
    code: str
    at: str | None = None
    location: str | None = None
    message: str | None = None


class KeyScopes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`scopes` are all that the key opens from now on."""

    key: str
    scopes: tuple[Scope, ...]


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`prefix` and `country` are two letters each, `first` and `last` serial numbers of up to
    eight digits, both included."""

    account: int
    prefix: str
    country: str
    first: int
    last: int


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`key` is made up unless given; it opens everything but integrations unless told. Key and
    account are of one environment."""

    name: str
    key: str | None = None
    scopes: tuple[Scope, ...] | None = None
    environment: Environment = "test"


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Takes no arguments."""


def _scan(world: World, arguments: Scan) -> dict[str, Any]:
    parcel = playing.MOVABLE.find(world, arguments.parcel)
    if arguments.code not in EVENT_CODES:
        raise unknown("code", arguments.code, EVENT_CODES, EVENT_CODES)
    at = moments.parse(arguments.at)
    if arguments.at and at is None:
        raise BadAction(f"{arguments.at!r:.60} is not a time: write 2026-03-02T10:15:00Z")
    parcel = log.say(
        world,
        parcel,
        arguments.code,
        message=arguments.message or None,
        location=arguments.location or None,
        at=at,
    )
    return {
        **playing.MOVABLE.tell(parcel),
        "code": arguments.code,
        "at": moments.show(at or world.now),
    }


def _set_key_scopes(world: World, arguments: KeyScopes) -> dict[str, Any]:
    key = world[API_KEYS].get(arguments.key)
    if key is None:
        known = ", ".join(each.key for each in world[API_KEYS])
        raise BadAction(f"there is no key {arguments.key!r:.60}: there are {known}")
    return _told(world[API_KEYS].put(replace(key, scopes=_each_once(arguments.scopes))))


def _set_range(world: World, arguments: Range) -> dict[str, Any]:
    account = _account(world, arguments.account)
    prefix, country = arguments.prefix.upper(), arguments.country.upper()
    for name, letters in (("prefix", prefix), ("country", country)):
        if not _LETTERS.fullmatch(letters):
            raise BadAction(f"{name} is two letters, not {letters!r:.20}")
    if not 0 <= arguments.first <= arguments.last <= _GREATEST_SERIAL:
        raise BadAction(f"first and last are from 0 to {_GREATEST_SERIAL}, last not below first")
    added = NumberRange(prefix, country, arguments.first, arguments.last)
    others = (r for r in account.ranges if (r.prefix, r.country) != (prefix, country))
    account = world[ACCOUNTS].put(replace(account, ranges=(*others, added)))
    return {
        "account": account.id,
        "ranges": [
            {"prefix": r.prefix, "country": r.country, "first": r.first, "last": r.last}
            for r in account.ranges
        ],
    }


def _add_account(world: World, arguments: NewAccount) -> dict[str, Any]:
    number = max((each.id for each in world[ACCOUNTS]), default=0) + 1
    key = arguments.key or f"sim-postplus-{number}"
    if not _KEY.fullmatch(key):
        raise BadAction("a key has 1 to 500 letters, digits and ._~+/=- (no @, no spaces)")
    if key in world[API_KEYS]:
        raise BadAction(f"the key {key!r} is taken: name another")
    scopes = default_world.CUSTOMER if arguments.scopes is None else arguments.scopes
    environment = arguments.environment
    world[ACCOUNTS].put(
        Account(id=number, name=arguments.name, environment=environment, services=tuple(SERVICES))
    )
    made = ApiKey(key, number, environment, _each_once(scopes))
    return {**_told(world[API_KEYS].put(made)), "name": arguments.name}


def _reset_test_data(world: World, arguments: Nothing) -> dict[str, Any]:
    """Parcels, shipments, files, events and cursors go, and used numbers are free; the documents'
    own sample comes back. What production accounts have stays."""
    kept = {each.id for each in world[ACCOUNTS] if each.environment == "production"}
    gone = [
        (spec, record)
        for spec in records.TABLES
        if spec.name not in _KEPT
        for record in world[spec]
        if _owner(world, record) not in kept
    ]
    for spec, record in gone:
        if isinstance(record, Parcel | Shipment):
            world.cancel_job(record.next_job)
        world[spec].delete(getattr(record, spec.key))
    number = short_ids.generation(world) + 1
    world[GENERATIONS].put(Generation("generation", number))
    default_world.populate_samples(world)
    world.emit("postplus.test_data_reset", generation=number)
    return {"generation": number}


def _owner(world: World, record: Any) -> int:
    """The account that a record is of: an event is of its parcel's, or of who imported it."""
    if isinstance(record, FeedEntry):
        return account_of(record.id)
    if isinstance(record, TrackingEvent):
        parcel = None if record.parcel_id is None else world[PARCELS].get(record.parcel_id)
        return record.source if parcel is None else parcel.account_id
    owner: int = record.account_id
    return owner


def _account(world: World, number: int) -> Account:
    found = world[ACCOUNTS].get(number)
    if found is None:
        known = ", ".join(str(each.id) for each in world[ACCOUNTS])
        raise BadAction(f"there is no account {number}: there are {known}")
    return found


def _each_once(scopes: tuple[Scope, ...]) -> tuple[Scope, ...]:
    return tuple(dict.fromkeys(scopes))


def _told(key: ApiKey) -> dict[str, Any]:
    return {
        "key": key.key,
        "account": key.account_id,
        "environment": key.environment,
        "scopes": list(key.scopes),
    }


ACTIONS: tuple[Action, ...] = (
    Action(
        "scan",
        "Let a parcel be scanned: a tracking event of the carrier's own.",
        Scan,
        _scan,
        words={"code": EVENT_CODES},
    ),
    *playing.MOVABLE.actions(
        str, lifecycle.move, lifecycle.start_journey, JOURNEYS, get_args(ParcelStatus)
    ),
    playing.PLAY.action(),
    Action("set_key_scopes", "Set what an API key opens.", KeyScopes, _set_key_scopes),
    Action(
        "set_range",
        "Give an account a pool of UPU numbers, in the place of one with the same letters.",
        Range,
        _set_range,
    ),
    Action("add_account", "Add an account with a key of its own.", NewAccount, _add_account),
    Action(
        "reset_test_data",
        "Forget parcels, shipments, files, events and cursors, as the test environment does "
        "regularly; accounts, keys, ranges and pickup points stay, and all of production.",
        Nothing,
        _reset_test_data,
    ),
)
"""The actions on parcels, accounts and keys."""
