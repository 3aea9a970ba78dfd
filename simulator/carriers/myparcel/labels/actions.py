"""Actions on printers: what a shop's printing table does and has."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.myparcel.labels import files
from simulator.carriers.myparcel.records import (
    API_KEYS,
    LABEL_FILES,
    PRINT_JOBS,
    PRINTER_GROUPS,
    PrinterGroup,
    PrintJob,
)
from simulator.engine.world import World


class Collect(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`printer_group` is an id, all groups without one; `after` is the `next` of the last time."""

    printer_group: str | None = None
    after: int = 0


class AddGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`key` is one of the account that gets it; with `only_shop` its other shops do not."""

    key: str
    name: str
    only_shop: bool = False


def _collect(world: World, arguments: Collect) -> dict[str, Any]:
    group = arguments.printer_group
    if group is not None and group not in world[PRINTER_GROUPS]:
        known = ", ".join(each.id for each in world[PRINTER_GROUPS])
        raise BadAction(f"there is no printer group {group!r}: there are {known}")
    jobs = [
        job
        for job in world[PRINT_JOBS]
        if job.id > arguments.after and group in (None, job.printer_group_id)
    ]
    jobs.sort(key=lambda job: job.id)
    following = jobs[-1].id if jobs else arguments.after
    return {"items": [_told(world, job) for job in jobs], "next": following}


def _told(world: World, job: PrintJob) -> dict[str, Any]:
    file = world[LABEL_FILES][job.label_file]
    return {
        "id": job.id,
        "printer_group": job.printer_group_id,
        "shipments": list(job.shipment_ids),
        "at": job.printed,
        "kind": file.kind,
        "media_type": files.MEDIA_TYPES[file.kind],
        "path": files.link(world, file),
    }


def _add_group(world: World, arguments: AddGroup) -> dict[str, Any]:
    key = world[API_KEYS].get(arguments.key)
    if key is None:
        known = ", ".join(each.key for each in world[API_KEYS])
        raise BadAction(f"there is no key {arguments.key!r}: there are {known}")
    if not arguments.name.strip():
        raise BadAction("a printer group has a name")
    number = world.next_number("myparcel.printer_groups")
    digits = world.chance.digits("myparcel.printer_groups", str(number), 12)
    group = PrinterGroup(
        id=f"7f3b1c52-9d40-4e86-8a17-{digits}",
        account_id=key.account_id,
        name=arguments.name.strip(),
        shop_id=key.shop_id if arguments.only_shop else None,
    )
    world[PRINTER_GROUPS].put(group)
    return {"id": group.id, "name": group.name, "account": group.account_id, "shop": group.shop_id}


ACTIONS: tuple[Action, ...] = (
    Action(
        "collect_prints",
        "Tell what printers have printed, oldest first, and the path at which its bytes are.",
        Collect,
        _collect,
    ),
    Action(
        "add_printer_group",
        "Add a printer group to the account of a key, for direct print.",
        AddGroup,
        _add_group,
    ),
)
"""The actions on printers."""
