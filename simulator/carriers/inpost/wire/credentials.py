"""Who may see what: tokens, organizations, and the shipments that belong to them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct

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
from simulator.core.tables import TableSpec
from simulator.engine.world import World

R = TypeVar("R", bound=Struct)

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
        raise errors.token_invalid()
    return record


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
    if world.quirk(quirk) == 404:
        raise errors.not_found(f"organization {organization_id}")
    raise errors.forbidden(world.quirk("inpost.forbidden_key"))


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
        raise errors.not_found(f"{name} {record_id}")
    return found


def _owner(record: Any) -> int:
    owner: int = record.organization_id
    return owner
