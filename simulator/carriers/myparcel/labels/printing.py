"""Direct print: labels go to the printers of a shop instead of to its client.

Documented (description of api.myparcel.nl, 2026): a printer group is named by its id, and an
account without a subscription to direct printing is refused with 406. How other groups are refused
is inferred.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.carriers.myparcel.labels import printer_groups
from simulator.carriers.myparcel.records import PRINT_JOBS, LabelFile, PrinterGroup, PrintJob
from simulator.carriers.myparcel.wire import credentials, errors
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.carriers.myparcel.wire.media import MediaType
from simulator.core.answers import Refusal
from simulator.engine.world import World


def group_of(world: World, wanted: MediaType) -> PrinterGroup:
    """The printer group that a media type names.

    Raises 406/3102 for an account without printer groups, 422 with 3212 when none is named and with
    3210 when there is no such group for the shop.
    """
    known = printer_groups.groups_of(world)
    if not known:
        shop = credentials.shop(world)
        message = "Direct printing requires an active subscription."
        reason = f"account {shop.account_id} has no printer group for shop {shop.id}"
        advice = "add one with the action myparcel.add_printer_group"
        raise errors.refuse(406, message, [Fault(3102, message)], reason=reason, advice=advice)
    if not wanted.printer_group:
        raise _refused(3212, f"Name a printer group: {wanted.name};printer-group-id=...", known)
    for group in known:
        if group.id == wanted.printer_group:
            return group
    raise _refused(3210, f"There is no printer group {wanted.printer_group[:50]}.", known)


def _refused(code: int, message: str, known: Iterable[PrinterGroup]) -> Refusal:
    named = ", ".join(f"{group.id} ({group.name})" for group in known)
    return errors.refuse(422, message, [Fault(code, message)], advice=f"the shop has {named}")


def print_file(world: World, group: PrinterGroup, file: LabelFile) -> PrintJob:
    """Let the printers of a group have a file of labels."""
    return world[PRINT_JOBS].put(
        PrintJob(
            id=world.next_number("myparcel.print_jobs"),
            printer_group_id=group.id,
            account_id=group.account_id,
            shop_id=file.shop_id,
            shipment_ids=file.shipment_ids,
            label_file=file.hash,
            printed=world.now,
        )
    )
