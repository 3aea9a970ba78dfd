"""``/fulfilment/orders/{uuid}/notes``: remarks on an order, of the customer or of the webshop.

Observed in client libraries: posting, its members, and that a note has up to 2500 characters. How
notes are changed and deleted is inferred; that they can be is in the permissions of a key.
"""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.myparcel.fulfilment import intake, orders, views
from simulator.carriers.myparcel.shops.records import ORDER_NOTES, Order, OrderNote
from simulator.carriers.myparcel.wire import errors, hashes, media, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, no_content
from simulator.engine.world import World


def list_order_notes(world: World, uuid: str) -> Answer:
    """The notes on an order, oldest first. Raises 404 for an unknown order."""
    media.json_only(world)
    return _shown(world[ORDER_NOTES].where("order_id", _order(world, uuid).id))


def add_order_notes(world: World, uuid: str, body: Any) -> Answer:
    """The new notes with their UUIDs. Raises 404 for an unknown order."""
    media.json_only(world)
    order = _order(world, uuid)
    return _shown([_add(world, order, item) for item in body["data"]["order_notes"]])


def _add(world: World, order: Order, item: dict[str, Any]) -> OrderNote:
    number = world.next_number("myparcel.order_notes")
    return world[ORDER_NOTES].put(
        OrderNote(
            id=number,
            uuid=hashes.uuid(world, "myparcel.order_note", str(number)),
            order_id=order.id,
            author=item["author"],
            note=item["note"],
            created=world.now,
            modified=world.now,
        )
    )


def change_order_notes(world: World, uuid: str, body: Any) -> Answer:
    """The notes as they are now. Raises 404 for an unknown order, 422 for an unknown note."""
    media.json_only(world)
    order = _order(world, uuid)
    items: list[dict[str, Any]] = body["data"]["order_notes"]
    faults = [
        Fault(0, f"the order has no note {item['uuid'][:50]}", f"data.order_notes[{place}].uuid")
        for place, item in enumerate(items)
        if _note(world, order, item["uuid"]) is None
    ]
    if faults:
        raise intake.refused(faults)
    return _shown([_change(world, order, item) for item in items])


def _change(world: World, order: Order, item: dict[str, Any]) -> OrderNote:
    note = _note(world, order, item["uuid"])
    assert note is not None, "it was looked for before"
    given = {name: item[name] for name in ("author", "note") if name in item}
    return world[ORDER_NOTES].put(msgspec.structs.replace(note, **given, modified=world.now))


def delete_order_notes(world: World, uuid: str, note_uuids: str) -> Answer:
    """Delete notes, all of them or none; 204. Raises 404 for an unknown order or note."""
    order = _order(world, uuid)
    wanted = dict.fromkeys(parsing.parts(note_uuids))
    found = [(each, _note(world, order, each)) for each in wanted]
    for each, note in found:
        if note is None:
            raise errors.not_found(reason=f"order {order.uuid} has no note {each[:50]}")
    if not found:
        raise errors.not_found(reason="the path names no note")
    for _, note in found:
        if note is not None:
            world[ORDER_NOTES].delete(note.id)
    return no_content()


def _order(world: World, uuid: str) -> Order:
    return orders.named(world, uuid)[0]


def _note(world: World, order: Order, uuid: str) -> OrderNote | None:
    note = world[ORDER_NOTES].first("uuid", uuid.strip().lower())
    return note if note is not None and note.order_id == order.id else None


def _shown(notes: list[OrderNote]) -> Answer:
    return media.json({"order_notes": [views.note(each) for each in notes]})
