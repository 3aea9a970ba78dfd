"""The shipments of an account, filtered and paged by keys (N2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from simulator.carriers.postplus.bodies.shipment_forms import one_of
from simulator.carriers.postplus.catalog.services import SHIPMENT_TYPES, TERMINALS
from simulator.carriers.postplus.records import SHIPMENTS, Shipment
from simulator.carriers.postplus.rules.shipments import ABILITIES
from simulator.carriers.postplus.shipments import contents
from simulator.carriers.postplus.wire import credentials, errors, lists, moments, paging, parsing
from simulator.core.answers import Answer, Finding
from simulator.core.tables import Ordered
from simulator.engine.world import World


def query_shipments(
    world: World,
    after_id: int | None = None,
    count: int | None = None,
    created_after: str | None = None,
    created_before: str | None = None,
    type: str | None = None,
    status: str | None = None,
    shipment_nr: str | None = None,
    arrival_terminal_code: str | None = None,
) -> Answer:
    """GET /api/v1/shipments/query: up to 500 shipments with ids above `AfterId`, ascending.

    `lastId` is where the next page begins; an empty page is the end and gives back what was sent.
    `Type`, `Status` and `ArrivalTerminalCode` may list several. `CreatedAfter` is the first instant
    that counts, `CreatedBefore` the first that does not (inferred). Raises 400 for a count outside
    1 to 500 and for a filter that cannot be read.
    """
    account = credentials.account(world)
    page = paging.asked(after_id, count)
    findings: list[Finding] = []
    listed = partial(lists.read, world)
    made = paging.Made(
        _moment("CreatedAfter", created_after, findings),
        _moment("CreatedBefore", created_before, findings),
    )
    types = _among("Type", SHIPMENT_TYPES, listed("Type", type), findings)
    statuses = _among("Status", ABILITIES, listed("Status", status), findings)
    codes = listed("ArrivalTerminalCode", arrival_terminal_code)
    terminals = _among("ArrivalTerminalCode", TERMINALS, codes, findings)
    if findings:
        raise errors.invalid(findings)

    def fits(shipment: Shipment) -> bool:
        return (
            shipment.account_id == account.id
            and (not types or shipment.type in types)
            and (not statuses or shipment.status in statuses)
            and (not terminals or shipment.terminal_code in terminals)
        )

    table, number = world[SHIPMENTS], parsing.text(shipment_nr)
    if number is None:
        whose = (account.id, types, statuses, terminals)
        rows = made.rows(table, _BY_ID, _BY_CREATION, fits, whose, page)
    else:
        rows = made.among(table.where("shipment_nr", number), fits)
    found = paging.cut(page, rows, lambda _: True)
    return Answer(
        body={
            "lastId": found[-1].id if found else page.after,
            "shipments": [contents.head(world, shipment) for shipment in found],
        }
    )


def _group(shipment: Shipment) -> tuple[int, str, str, str]:
    return shipment.account_id, shipment.type, shipment.status, shipment.terminal_code


_BY_ID = Ordered(_group)
_BY_CREATION = Ordered(_group, lambda shipment: (shipment.created_on,))


def _moment(name: str, text: str | None, findings: list[Finding]) -> datetime | None:
    wanted = parsing.text(text)
    at = moments.parse(wanted)
    if at is None and wanted is not None:
        message = f"{wanted!r:.60} is not a day or a time such as 2026-03-02T09:00:00Z"
        findings.append(Finding((name,), "invalid", message))
    return at


def _among(
    name: str, known: Iterable[str], items: list[str], findings: list[Finding]
) -> frozenset[str | None]:
    """The values that are asked for; all that there are where there is none."""
    return frozenset(one_of(known, each, (name,), findings) for each in items)
