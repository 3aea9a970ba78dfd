"""Shipments as CSV, with nothing but their most recent status (MyParcel: document, 6.E.1).

The columns are inferred; those of the address are those of a file that names none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from simulator.carriers.myparcel.csv_files.rows import DEFAULT_COLUMNS
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.wire import moments
from simulator.core.answers import Answer

MEDIA_TYPE = "text/csv"

COLUMNS = (
    *("id", "barcode", "status", "created", "modified"),
    *DEFAULT_COLUMNS,
    *("package_type", "price"),
)
"""The columns in their order; `price` is in euro cents."""


def answer(shipments: Iterable[Shipment], page: int | None = None) -> Answer:
    """The shipments as a CSV file with a header line.

    Where they are only a page of the list, the name of the file says which one (inferred).
    """
    name = "shipments" if page is None else f"shipments-page-{page}"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(_line, shipments))
    return Answer(
        body=text.getvalue().encode(),
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
        media_type=f"{MEDIA_TYPE};charset=utf-8",
    )


def _line(shipment: Shipment) -> list[Any]:
    return [
        shipment.id,
        shipment.barcode,
        shipment.status,
        moments.show(shipment.created),
        moments.show(shipment.modified),
        *(shipment.recipient.get(name) for name in DEFAULT_COLUMNS),
        shipment.options.get("package_type"),
        shipment.price,
    ]
