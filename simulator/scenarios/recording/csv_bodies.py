"""Personal data in CSV: known by the columns of a first line, or those that a carrier documents."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from simulator.core.formats import delimited
from simulator.scenarios.recording.exchanges import Headers
from simulator.scenarios.recording.kinds import kind_of

_MEDIA = ("text/csv", "application/csv", "text/comma-separated-values")
_MAYBE = ("", "text/plain")
_DELIMITERS = (",", ";")
_PERSON = "receiver"
_PLAIN = frozenset(
    [
        "cc",
        "country",
        "countrycode",
        "postalcode",
        "postcode",
        "zip",
        "zipcode",
        "city",
        "town",
        "region",
        "state",
        "number",
        "housenumber",
        "numbersuffix",
        "packagetype",
        "carrier",
        "id",
        "barcode",
        "status",
        "created",
        "modified",
        "price",
        "reference",
        "referenceidentifier",
        "weight",
        "width",
        "height",
        "length",
        "quantity",
        "amount",
        "currency",
        "insurance",
        "service",
        "template",
        "targetpoint",
        "trackingnumber",
        "labeldescription",
        "description",
    ]
)
"""Columns, without signs between their words, that hold no names; texts are masked as elsewhere."""


class Table(NamedTuple):
    """CSV of which it is certain what each cell is; `head` is the first line if it names them."""

    columns: Sequence[str]
    head: list[str] | None
    rows: list[list[str]]
    delimiter: str
    ending: str

    def personal(self) -> list[tuple[str, str]]:
        """The cells that are somebody's, each with its column."""
        return [
            (column, cell)
            for row in self.rows
            for column, cell in zip(self.columns, row, strict=False)
            if kind_of((_PERSON, column)) is not None
        ]

    def written(self, masked: Callable[[str, bool], str]) -> str:
        """The CSV with its cells as `masked` has them; it is told which are personal."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.ending)
        if self.head is not None:
            writer.writerow(self.head)
        personal = [kind_of((_PERSON, column)) is not None for column in self.columns]
        for row in self.rows:
            writer.writerow(map(masked, row, personal))
        return text.getvalue()


def is_csv(headers: Headers, text: str) -> bool:
    """Whether a text is CSV, by its media type or by how all of its lines look."""
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in _MAYBE:
        return media in _MEDIA
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and all(max(map(line.count, _DELIMITERS)) >= 3 for line in lines)


def read(text: str, documented: Sequence[str]) -> Table | None:
    """The table, by its first line or by the columns of a file that names none; None where it is
    not certain which cells are personal."""
    try:
        lines = [cells for _, cells in delimited.lines(text.encode(), _DELIMITERS) if any(cells)]
    except delimited.BadText:
        return None
    if not lines:
        return None
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(_DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign))))
    ending = "\r\n" if "\r\n" in text else "\n"
    known = [_is_known(cell) for cell in lines[0]]
    if all(known):
        return _certain(lines[0], lines[0], lines[1:], delimiter, ending)
    if sum(known) >= 2 or not documented:
        return None
    return _certain(documented, None, lines, delimiter, ending)


def _certain(
    columns: Sequence[str],
    head: list[str] | None,
    rows: list[list[str]],
    delimiter: str,
    ending: str,
) -> Table | None:
    cc = [place for place, column in enumerate(columns) if column.lower() == "cc"]
    fits = all(
        len(row) <= len(columns)
        and all(place < len(row) and re.fullmatch("[A-Za-z]{2}", row[place]) for place in cc)
        for row in rows
    )
    return Table(columns, head, rows, delimiter, ending) if fits else None


def _is_known(cell: str) -> bool:
    name = re.sub(r"[^a-z0-9]", "", cell.lower())
    return name in _PLAIN or kind_of((_PERSON, cell)) is not None
