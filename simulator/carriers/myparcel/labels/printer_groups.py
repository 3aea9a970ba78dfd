"""``GET /printer-groups``: the printers to which a shop can have labels sent at once.

Observed in client libraries: `id` and `name`, in `results`, without the envelope of other answers.
One by its id is inferred.
"""

from __future__ import annotations

from typing import Any

from simulator.carriers import reasons
from simulator.carriers.myparcel.records import PRINTER_GROUPS, PrinterGroup
from simulator.carriers.myparcel.wire import credentials, errors, media
from simulator.core.answers import Answer
from simulator.engine.world import World


def list_printer_groups(world: World) -> Answer:
    """The printer groups of the shop."""
    media.json_only(world)
    shown = [_shown(group) for group in groups_of(world)]
    return Answer(body={"results": shown}, media_type=media.JSON)


def get_printer_group(world: World, id: str) -> Answer:
    """A printer group. Raises 404 for one that the shop does not have."""
    media.json_only(world)
    groups = {group.id: group for group in groups_of(world)}
    found = groups.get(id.lower())
    if found is None:
        advice = reasons.nearby("printer group", groups)
        text = f"the shop has no printer group {id[:50]}; {advice}"
        raise errors.not_found(reason=text)
    return Answer(body=_shown(found), media_type=media.JSON)


def groups_of(world: World) -> list[PrinterGroup]:
    """The printer groups of the caller's shop."""
    shop = credentials.shop(world)
    groups = world[PRINTER_GROUPS].where("account_id", shop.account_id)
    return [group for group in groups if group.shop_id in (None, shop.id)]


def _shown(group: PrinterGroup) -> dict[str, Any]:
    return {"id": group.id, "name": group.name}
