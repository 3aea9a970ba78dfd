"""Reports on an organization's shipments, as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from functools import partial
from operator import attrgetter

from simulator.carriers.inpost.catalog.lifecycle import BOUGHT
from simulator.carriers.inpost.records import SHIPMENTS, Shipment
from simulator.carriers.inpost.wire import credentials, errors, moments
from simulator.core import reading
from simulator.core.answers import Answer, Finding, Rendering
from simulator.core.tables import Ordered
from simulator.engine.world import World

COLUMNS = (
    "shipment_id",
    "tracking_number",
    "reference",
    "service",
    "cod_amount",
    "currency",
    "status",
    "created_at",
    "delivered_at",
)
"""The columns of the COD report (inferred: the carrier describes none)."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def get_cod_report(
    world: World,
    organization_id: str,
    start_date: str | None = None,
    end_date: str | None = None,
    format: str | None = None,
) -> Answer:
    """``GET /v1/organizations/:org/reports/cod``: bought shipments with COD, as CSV.

    Those created from `start_date` to `end_date`, days of Warsaw, both included; oldest first.
    Raises 400 for dates that are missing, bad or the wrong way round, and for other formats.
    """
    organization = credentials.organization(world, organization_id)
    findings: list[Finding] = []
    first = _day("start_date", start_date, findings)
    last = _day("end_date", end_date, findings)
    if (format or "csv").lower() != "csv":
        findings.append(
            Finding(
                ("format",),
                "invalid",
                f"{(format or '')[:60]!r} is not csv, the only format",
                allowed=["csv"],
            )
        )
    if first is not None and last is not None and first > last:
        findings.append(Finding(("start_date",), "invalid", "is after end_date"))
    if findings or first is None or last is None:
        raise errors.invalid(findings)

    collected = world[SHIPMENTS].group(_COLLECTED, (organization.id, True))
    made = sorted(collected.from_to(first, last), key=attrgetter("id"))
    rows = [_row(shipment) for shipment in made]
    return Answer(
        body=Rendering(partial(_write, rows)),
        media_type="application/csv",
        headers={
            "Content-Disposition": f'attachment; filename="cod_{first}_{last}.csv"',
            "Content-Transfer-Encoding": "binary",
        },
    )


_COLLECTED = Ordered[Shipment](
    lambda shipment: (
        shipment.organization_id,
        shipment.cod.amount is not None and shipment.status in BOUGHT,
    ),
    lambda shipment: (shipment.created_at.astimezone(moments.WARSAW).date(),),
)
"""Those with COD by the days of their making."""


def _day(name: str, text: str | None, findings: list[Finding]) -> date | None:
    if not (text or "").strip():
        findings.append(Finding((name,), "required", "is required"))
        return None
    day = (text or "").strip()
    read = reading.day(day)
    if read is not None:
        return read
    findings.append(Finding((name,), "invalid", f"{day!r} is not a day like 2026-03-01"))
    return None


def _row(shipment: Shipment) -> tuple[str, ...]:
    delivered = next((item.at for item in shipment.history if item.status == "delivered"), None)
    return (
        str(shipment.id),
        shipment.tracking_number or "",
        _plain_text(shipment.reference or ""),
        shipment.service or "",
        f"{(shipment.cod.amount or 0) / 100:.2f}",
        shipment.cod.currency or "PLN",
        shipment.status,
        moments.show(shipment.created_at),
        "" if delivered is None else moments.show(delivered),
    )


def _plain_text(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _write(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return file.getvalue().encode()
