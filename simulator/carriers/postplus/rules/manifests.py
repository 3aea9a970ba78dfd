"""What a row of a manifest file has to say, and which formats of files there are."""

from __future__ import annotations

from simulator.carriers.postplus.bodies import manifest_columns as columns
from simulator.carriers.postplus.bodies.manifest_rows import Row
from simulator.carriers.postplus.records import Shipment
from simulator.carriers.postplus.wire.echoes import shortened

FORMATS = ("Generic", "AutoDetect", "Csv", "Xlsx")
"""What FileFormat may be; Generic is documented, the others are inferred. What a file is, is seen
from what it holds."""

MOST_ITEMS = 200
"""Rows of one parcel (inferred)."""


def row_faults(shipment: Shipment, row: Row) -> list[str]:
    """Why a row cannot be taken for a parcel of the shipment."""
    faults = []
    way_bill = row.values.get(columns.WAY_BILL)
    if way_bill is not None and way_bill != shipment.shipment_nr:
        number = shortened(shipment.shipment_nr)
        faults.append(f"way bill {shortened(way_bill)} is not that of shipment {number}")
    if identity(row) is None:
        faults.append("there is neither a parcel number nor a client id")
    if row.surplus:
        faults.append(f"{row.surplus} values more than there are columns")
    return faults


def identity(row: Row) -> tuple[str | None, str | None] | None:
    """By which numbers a row names its parcel: its own, and the sender's."""
    numbers = row.values.get(columns.PARCEL_NR), row.values.get(columns.SENDER_NR)
    return numbers if any(numbers) else None


def differences(first: Row, row: Row) -> list[str]:
    """The columns of a parcel in which a further row of it says something else than its first."""
    return [
        f"{member} differs from that of line {first.line}"
        for (section, member), value in row.values.items()
        if section not in ("item", "shipment")
        and first.values.get((section, member), value) != value
    ]
