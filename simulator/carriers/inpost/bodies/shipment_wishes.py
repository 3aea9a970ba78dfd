"""Requests that name shipments by a list of ids, in the query or in a body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from simulator.carriers.inpost.records import SHIPMENTS, Organization, Shipment
from simulator.carriers.inpost.wire import credentials, errors, parsing, query_names
from simulator.core.answers import Finding
from simulator.engine.world import World

MOST = 100
"""Ids in one request (documented)."""

_SPELLINGS = ("shipment_ids", "shipment_ids[]", "shipemnt_ids", "shipemnt_ids[]")


class Wish(msgspec.Struct, frozen=True):
    """What a client asks for: ids as it wrote them, and its other words by name."""

    ids: tuple[str, ...]
    words: Mapping[str, str | None]


def of_query(world: World, ids: Sequence[str]) -> Sequence[str]:
    """The ids of a query, without those in numbered places where these are not read."""
    plain = query_names.without_numbered(world.request.sent_query)
    if len(plain) == len(ids) or world.quirk("inpost.numbered_shipment_ids") == "accept":
        return ids
    world.note(
        "ids in numbered places, such as shipment_ids[0], are not read: write shipment_ids[]"
    )
    return plain


def read(body: Any, ids: Sequence[str], **words: str | None) -> Wish:
    """Put a body over a query: what the body does not give, the query gives.

    Clients send a body with GET too, some of them an empty list; what is no object says nothing.
    Raises ``validation_failed`` for words that are no texts and ids that are no list.
    """
    given: Mapping[str, Any] = body if isinstance(body, dict) else {}
    findings: list[Finding] = []
    chosen: dict[str, str | None] = {}
    for name, value in words.items():
        member = given.get(name)
        text = parsing.text(member)
        if member not in (None, "") and text is None:
            findings.append(Finding((name,), "invalid", "has to be a text"))
        chosen[name] = value if text is None else text
    listed = next(
        (given[name] for name in _SPELLINGS if given.get(name) not in (None, "", [])), None
    )
    if listed is not None:
        ids = _texts(listed, findings)
    if findings:
        raise errors.invalid(findings)
    return Wish(tuple(ids), chosen)


def load(world: World, organization: Organization, ids: Sequence[str]) -> list[Shipment]:
    """The shipments of `organization` with these ids, each once, in the order of the request.

    Raises ``validation_failed`` for none and for more than a hundred, 404 for one that the
    organization does not have.
    """
    if not ids:
        told = "is required: the ids of shipments, in the query or in the body"
        raise errors.wrong("shipment_ids", "required", told)
    if len(ids) > MOST:
        told = f"has {len(ids)} ids, at most {MOST} are taken"
        raise errors.wrong("shipment_ids", "too_long", told)
    found: dict[int, Shipment] = {}
    for text in ids:
        number = credentials.number(text.strip())
        shipment = None if number is None else world[SHIPMENTS].get(number)
        if shipment is None or shipment.organization_id != organization.id:
            owners = (organization.id,)
            raise credentials.missing(world, SHIPMENTS, text, "shipment", owners)
        found[shipment.id] = shipment
    return list(found.values())


def _texts(listed: Any, findings: list[Finding]) -> list[str]:
    """Ids of a body: a list of numbers or texts, or one text with commas."""
    items = listed.split(",") if isinstance(listed, str) else listed
    if isinstance(items, int) and not isinstance(items, bool):
        items = [items]
    if not isinstance(items, list) or any(
        isinstance(item, bool) or not isinstance(item, int | str) for item in items
    ):
        told = "has to be a list of ids, or one text with commas"
        findings.append(Finding(("shipment_ids",), "invalid", told))
        return []
    return [str(item).strip() for item in items if str(item).strip()]
