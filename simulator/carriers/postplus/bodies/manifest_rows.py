"""Reads manifest files row by row: CSV, and the first sheet of XLSX.

Commas, semicolons and tabs separate, quotes are those of RFC 4180, a byte order mark is skipped.
Rows are read one at a time, so that a long file takes no more memory than a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from simulator.carriers.postplus.bodies import manifest_columns as columns
from simulator.carriers.postplus.bodies.manifest_columns import Column, Form
from simulator.core.formats import delimited
from simulator.core.formats.delimited import Line as Line

MOST_ROWS = 20_000
"""Rows of a file (inferred)."""

MOST_COLUMNS = 200

PROCESSED = (
    "line",
    "shipmentNr",
    "bagNr",
    "parcelNr",
    "senderParcelNr",
    "status",
    "details",
)
"""The header of a processed file (inferred)."""

_DELIMITERS = (",", ";", "\t")


BadManifest = delimited.BadText
"""A file that cannot be read from some line on; the message names the line."""


class TooManyRows(Exception):
    """A file beyond the bounds; the message says which."""


class Row(NamedTuple):
    """A row: its line, its values by column without empty ones, and how many values have no
    column."""

    line: int
    values: dict[Column, str]
    surplus: int


class Manifest(NamedTuple):
    """A file: its form, the columns that mean nothing, and its rows."""

    form: Form
    unknown: tuple[str, ...]
    rows: Iterator[Row]


def read(lines: Iterator[Line]) -> Manifest:
    """The rows of a file. The first line names the columns, unless it has just the four of the
    short form.

    Raises `BadManifest` and `TooManyRows`, here and while the rows are read.
    """
    lines = _filled(lines)
    first = next(lines, None)
    if first is None:
        raise BadManifest("the file is empty")
    if len(first.cells) > MOST_COLUMNS:
        raise TooManyRows(f"Up to {MOST_COLUMNS} columns are allowed")
    if not columns.names_columns(first.cells):
        if len(first.cells) != len(columns.SHORT):
            raise BadManifest(
                f"line {first.number} names no columns, "
                "and has not the four of way bill, package, parcel and client either"
            )
        return Manifest("short", (), _rows(chain((first,), lines), columns.SHORT))
    found = _named(first)
    unknown = tuple(
        cell for cell, column in zip(first.cells, found, strict=True) if cell and column is None
    )
    return Manifest(columns.form_of(found), unknown, _rows(lines, found))


def csv_lines(content: bytes) -> Iterator[Line]:
    """The lines of CSV. Raises `BadManifest` where it stops being CSV in UTF-8."""
    return delimited.lines(content, _DELIMITERS)


def _filled(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines that hold anything, without what is empty at their ends; within bounds."""
    count = 0
    for line in lines:
        cells = line.cells
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise TooManyRows(f"Up to {MOST_ROWS} rows are allowed")
        yield line


def _named(line: Line) -> list[Column | None]:
    found = [columns.column(cell) for cell in line.cells]
    for cell, column in zip(line.cells, found, strict=True):
        if column is not None and found.count(column) > 1:
            raise BadManifest(f"line {line.number} names the column {cell!r:.60} more than once")
    if columns.PARCEL_NR not in found and columns.SENDER_NR not in found:
        raise BadManifest(f"line {line.number} names no column with parcel numbers or client ids")
    return found


def _rows(lines: Iterator[Line], found: Sequence[Column | None]) -> Iterator[Row]:
    for line in lines:
        values = {
            column: _written(column, cell)
            for column, cell in zip(found, line.cells, strict=False)
            if cell and column is not None
        }
        yield Row(line.number, values, sum(1 for cell in line.cells[len(found) :] if cell))


def _written(column: Column, cell: str) -> str:
    decimal = column in columns.DECIMALS and cell.count(",") == 1 and "." not in cell
    return cell.replace(",", ".") if decimal else cell
