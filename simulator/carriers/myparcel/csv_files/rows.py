"""Reads CSV line by line into rows of named values.

Columns come from a mapping, from the first line, or from the order of the document's example;
commas and semicolons separate, quotes are those of RFC 4180, a byte order mark is skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from simulator.core.formats import delimited

DEFAULT_COLUMNS = (
    "cc",
    "postal_code",
    "city",
    "street",
    "number",
    "person",
    "company",
    "email",
    "phone",
)
"""The order of a file that names no columns (MyParcel: document of 2017, 7.B.2, CSV example c)."""

KNOWN_COLUMNS = frozenset(
    {*DEFAULT_COLUMNS, "street_additional_info", "number_suffix", "package_type", "carrier"}
)
"""The columns that mean something in every edition; others are read over."""

_DELIMITERS = (",", ";")
_SPELLINGS = {"postalcode": "postal_code"}


BadCsv = delimited.BadText
"""A file that is not CSV from some line on; the message begins with the line."""


class BadMapping(BadCsv):
    """Columns that were named beside the file, and that cannot be taken."""


class Row(NamedTuple):
    """A row: the line on which it begins, and its values by column, without empty ones.

    `surplus` counts the values beyond the last column.
    """

    line: int
    values: dict[str, str]
    surplus: int


def rows(content: bytes, mapping: str | None = None, later: Collection[str] = ()) -> Iterator[Row]:
    """The rows of a file, one at a time; empty lines are skipped.

    `mapping` names the columns as a first line would; a first line that names columns is then read
    over. `later` are further columns that mean something. Raises `BadMapping`, and `BadCsv` where
    the file stops being CSV.
    """
    known = KNOWN_COLUMNS.union(later)
    columns = None if mapping is None else _mapped(mapping, known)
    begun = False
    for line, cells in delimited.lines(content, _DELIMITERS):
        if not any(cells):
            continue
        if not begun:
            begun = True
            if len(cells) == 1:
                raise BadCsv(f"line {line} is a single value, use commas or semicolons")
            if _names_columns(cells, known):
                columns = _columns(cells, f"line {line}", known) if columns is None else columns
                continue
        yield _row(line, cells, DEFAULT_COLUMNS if columns is None else columns, known)


def unread(content: bytes, mapping: str | None, later: Collection[str] = ()) -> list[str]:
    """The columns that a file or its `mapping` names, as they are written, and that mean nothing.

    Raises `BadCsv` for a file that is none.
    """
    known = KNOWN_COLUMNS.union(later)
    if mapping is None:
        lines = (cells for _, cells in delimited.lines(content, _DELIMITERS) if any(cells))
        named = next(lines, [])
        if not _names_columns(named, known):
            return []
    else:
        named = _cells(mapping)
    return list(dict.fromkeys(cell for cell in named if cell and _column(cell) not in known))


def _mapped(mapping: str, known: Collection[str]) -> tuple[str, ...]:
    cells = _cells(mapping)
    if not cells:
        raise BadMapping("column_mapping is not one line of CSV")
    return _columns(cells, "column_mapping", known, BadMapping)


def _cells(mapping: str) -> list[str]:
    """The columns of a mapping; a list as JSON differs from a line by its brackets only."""
    return [*delimited.cells(mapping.strip().strip("[]"), _DELIMITERS)]


def _column(cell: str) -> str:
    name = cell.strip().lower().replace(" ", "_").replace("-", "_")
    return _SPELLINGS.get(name, name)


def _names_columns(cells: Sequence[str], columns: Collection[str]) -> bool:
    """Whether a line names columns; one such word may well be somebody's name."""
    known = sum(_column(cell) in columns for cell in cells)
    return known >= 2 or known == len(cells)


def _columns(
    cells: Sequence[str], where: str, known: Collection[str], wrong: type[BadCsv] = BadCsv
) -> tuple[str, ...]:
    columns = tuple(_column(cell) for cell in cells)
    for column in columns:
        if column in known and columns.count(column) > 1:
            raise wrong(f"{where} names the column {column} more than once")
    if not any(column in known for column in columns):
        raise wrong(f"{where} names none of the columns {', '.join(sorted(known))}")
    return columns


def _row(line: int, cells: Sequence[str], columns: Sequence[str], known: Collection[str]) -> Row:
    values = {
        column: cell
        for column, cell in zip(columns, cells, strict=False)
        if cell and column in known
    }
    return Row(line, values, sum(1 for cell in cells[len(columns) :] if cell))
