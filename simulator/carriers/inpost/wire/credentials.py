"""Who may see what: tokens, organizations, and the shipments that belong to them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct

from simulator.carriers import reasons
from simulator.carriers.carrier import Credential, Headers
from simulator.carriers.inpost.records import (
    ORGANIZATIONS,
    SHIPMENTS,
    TOKENS,
    Organization,
    Shipment,
    Token,
)
from simulator.carriers.inpost.wire import errors
from simulator.core import reading
from simulator.core.answers import Refusal
from simulator.core.tables import TableSpec
from simulator.engine.world import World

R = TypeVar("R", bound=Struct)

_LONGEST = 60
_MOST_DIGITS = 19
_LARGEST_ID = 2**63 - 1


def credential(headers: Headers) -> Credential | None:
    """The bearer token of a request; a ``@name`` suffix chooses the workspace."""
    return _credential(headers.get("authorization", ""))


@lru_cache(maxsize=256)
def _credential(header: str) -> Credential | None:
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "bearer" or not value.strip():
        return None
    token, at, workspace = value.strip().partition("@")
    return Credential(token, workspace if at else None)


def present(token: str) -> dict[str, str]:
    """The header with which a client sends a token (ShipX: Authorization)."""
    return {"Authorization": f"Bearer {token}"}


def authenticate(world: World, token: str | None) -> Token:
    """The token's record. Raises 401 for a token that is missing or unknown."""
    record = None if token is None else world[TOKENS].get(token)
    if record is None:
        known = [each.token for each in world[TOKENS]]
        how = reasons.known_keys(known, "send Authorization: Bearer")
        raise errors.token_invalid(_why_not(world, token, known), how)
    return record


def _why_not(world: World, token: str | None, known: list[str]) -> str:
    """Why a request has no caller."""
    if token is not None:
        return reasons.unknown_key(world, token, known, "token")
    header = world.request.headers.get("authorization", "").strip()
    if not header:
        return "there is no Authorization header"
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return "the Authorization header says Bearer, and no token follows"
    if not rest:
        return "the Authorization header holds one word, where Bearer and a token are wanted"
    return f"the Authorization header is of the scheme {scheme[:20]}, where Bearer is wanted"


def number(text: str) -> int | None:
    """An id from a path or a body, or None for what cannot be one (words, 0, beyond 64 bits)."""
    value = reading.whole(text, digits=_MOST_DIGITS)
    return value if value is not None and 0 < value <= _LARGEST_ID else None


def organization(world: World, organization_id: str) -> Organization:
    """The organization of the path, if the caller's token opens it.

    Raises 403 for another's and for one that does not exist (observed), or 404 where the quirks
    ``inpost.foreign_organization`` and ``inpost.unknown_organization`` say so (documented).
    """
    token: Token = world.caller
    wanted = number(organization_id)
    found = None if wanted is None else world[ORGANIZATIONS].get(wanted)
    if found is not None and found.id in token.organization_ids:
        return found
    quirk = "inpost.unknown_organization" if found is None else "inpost.foreign_organization"
    mine = ", ".join(str(each) for each in token.organization_ids) or "none"
    if found is None:
        reason = f"there is no organization {organization_id[:_LONGEST]}; the token opens {mine}"
    else:
        reason = f"organization {found.id} ({found.name}) is not the token's, which opens {mine}"
    others = [each.token for each in world[TOKENS] if found and found.id in each.organization_ids]
    token_of = f", or another token: {' or '.join(others[:2])}" if others else ""
    advice = f"ask for organization {mine}{token_of} ({quirk} says which status this gets)"
    if world.quirk(quirk) == 404:
        raise errors.not_found(reason, advice)
    raise errors.forbidden(world.quirk("inpost.forbidden_key"), reason, advice)


def shipment(world: World, shipment_id: str) -> Shipment:
    """The shipment of the path. Raises 404 when there is none, or when it is somebody else's."""
    return owned(world, SHIPMENTS, shipment_id, "shipment")


def owned(world: World, spec: TableSpec[R], record_id: str, name: str) -> R:
    """The record with this id of an organization that the caller's token opens.

    Raises 404 with `name` when there is none, or when it is somebody else's.
    """
    token: Token = world.caller
    return owned_by(world, spec, record_id, name, token.organization_ids)


def owned_by(
    world: World, spec: TableSpec[R], record_id: str, name: str, owners: Collection[int]
) -> R:
    """The record with this id of one of the organizations `owners`. Raises 404 with `name`."""
    wanted = number(record_id)
    found = None if wanted is None else world[spec].get(wanted)
    if found is None or _owner(found) not in owners:
        raise missing(world, spec, record_id, name, owners)
    return found


def missing(
    world: World, spec: TableSpec[R], wanted: Any, name: str, owners: Collection[int]
) -> Refusal:
    """404 for a record that none of the organizations `owners` has: whose it is, if somebody's,
    and which ones they have."""
    known = number(str(wanted).strip())
    found = None if known is None else world[spec].get(known)
    whose = " and ".join(str(each) for each in owners)
    if found is not None:
        reason = f"{name} {known} is of organization {_owner(found)}, the request is for {whose}"
    elif known is None:
        reason = f"{str(wanted)[:_LONGEST]!r} is not the id of a {name}, which is a number"
    else:
        reason = f"there is no {name} {known}"
    ids = sorted(each.id for owner in owners for each in _of(world, spec, owner))
    advice = reasons.nearby(name, ids)
    if found is not None:
        of_theirs = _token_for(world, _owner(found))
        advice = f"{of_theirs}; {advice}" if ids else of_theirs
    return errors.not_found(reason, advice)


def _token_for(world: World, organization_id: int) -> str:
    """Which token opens an organization."""
    opening = [each.token for each in world[TOKENS] if organization_id in each.organization_ids]
    # Those that say what they are for come first; others are examples of documents.
    tokens = sorted(opening, key=lambda token: (not token.startswith("sim-"), token))
    known = f": {tokens[0]}" if tokens else ", which has none in this workspace"
    return f"use a token of organization {organization_id}{known}"


def _of(world: World, spec: TableSpec[Any], owner: int) -> list[Any]:
    if "organization_id" in spec.indexes:
        return world[spec].newest("organization_id", owner, reasons.NEARBY)
    return [each for each in world[spec] if _owner(each) == owner]


def _owner(record: Any) -> int:
    owner: int = record.organization_id
    return owner
