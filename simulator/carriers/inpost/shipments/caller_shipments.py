"""Lists of creates, each with an id of the caller under which its errors are reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.bodies.forms import ShipmentForm
from simulator.carriers.inpost.records import Organization
from simulator.carriers.inpost.rules import create as rules
from simulator.carriers.inpost.wire import parsing
from simulator.carriers.inpost.wire.parsing import Body
from simulator.core.answers import Finding
from simulator.engine.world import World

_LISTS = "ShipX documentation, Creating and viewing shipment batches"


class Listed(NamedTuple):
    """A body with creates: itself, the elements of `shipments`, and what is read of each."""

    request: Body
    items: list[Any]
    asked: list[ShipmentForm]


def read(body: Any) -> Listed:
    """What is read of a body with creates, for which the world is not needed."""
    request = parsing.form(body)
    listed = request.get("shipments")
    items = listed if isinstance(listed, list) else []
    return Listed(request, items, [forms.read(parsing.form(item)) for item in items])


def sound_items(
    world: World, organization: Organization, body: Listed, findings: Sequence[Finding]
) -> list[Body]:
    """The creates under `shipments`, all of which keep the rules; `findings` are the schema's.

    Every create names its service, and an id that no other one has (documented). Raises
    ``validation_failed`` with everything that is wrong with any of them, and then what an
    organization without the contract for a service gets.
    """
    request, items, asked = body
    schema = rules.named_shipments(findings, request)
    own = _repeated(items)
    for place, form in enumerate(asked):
        prefix = ("shipments", rules.shipment_member(items, place))
        if form.service is None:
            message = "shipments in a list are made in the simplified mode, and name their service"
            own.append(Finding((*prefix, "service"), "required", message, source=_LISTS))
        own += rules.check_create(world, organization, form, prefix)
    found = rules.merged(schema, own)
    if found:
        raise rules.refusal(world, found)
    for form in asked:
        rules.check_account(organization, form)
    return items


def _repeated(items: Sequence[Any]) -> list[Finding]:
    seen: set[str] = set()
    found: list[Finding] = []
    for place, item in enumerate(items):
        identity = parsing.text(parsing.form(item).get("id"))
        if identity is None:
            continue
        if identity in seen:
            path = ("shipments", rules.shipment_member(items, place), "id")
            message = f"{identity!r} names another shipment of the list already"
            found.append(Finding(path, "invalid", message, source=_LISTS))
        seen.add(identity)
    return found
