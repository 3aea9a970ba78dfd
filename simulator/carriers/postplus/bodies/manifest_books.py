"""Reads the first sheet of an XLSX file line by line, within bounds.

An XLSX file is an archive of XML: a few bytes can unpack to any size, so that the sizes are looked
at before anything is unpacked. What an entry unpacks to beyond the size that it names is not read
by `zipfile` either.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from simulator.carriers.postplus.bodies.manifest_rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    BadManifest,
    Line,
    TooManyRows,
)

MOST_BYTES = 32 * 1024**2
"""Bytes that a file may unpack to, all of its parts together."""

MOST_PARTS = 200

MOST_LINES = 5 * MOST_ROWS
"""Lines of a sheet, empty ones too: a file can name a row far below, and all above it are read."""

SIGN = b"PK\x03\x04"
"""How every XLSX file begins."""

_UNREADABLE = "the file is not an XLSX workbook that can be read"


def lines(content: bytes) -> Iterator[Line]:
    """The lines of the first sheet, with the numbers that people see beside them.

    Raises `BadManifest` for what is no workbook, and `TooManyRows` for one beyond the bounds.
    """
    _check_size(content)
    # Few requests need it, and it takes 150 ms to import.
    from openpyxl import load_workbook

    number = 0
    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions that it does not know, which are of no interest.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            # What a file says of its own size may be wrong.
            sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            _check_place(number, len(cells))
            yield Line(number, [_written(cell) for cell in cells])
    except TooManyRows:
        raise
    except Exception as error:
        # Whatever is wrong inside, it fails in some way of its own.
        where = f"after line {number} " if number else ""
        raise BadManifest(f"{where}{_UNREADABLE}: {type(error).__name__}") from None


def _check_place(line: int, columns: int) -> None:
    if line > MOST_LINES:
        raise TooManyRows(f"Up to {MOST_LINES} lines of a sheet are allowed")
    if columns > MOST_COLUMNS:
        raise TooManyRows(f"Up to {MOST_COLUMNS} columns are allowed")


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise BadManifest(_UNREADABLE) from None
    if len(parts) > MOST_PARTS:
        raise TooManyRows(f"Up to {MOST_PARTS} parts of a workbook are allowed")
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise TooManyRows(f"Up to {MOST_BYTES} bytes of an unpacked workbook are allowed")


def _written(cell: Any) -> str:
    """A cell as people would write it in a text file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        is_day = not isinstance(cell, datetime) or cell.time() == cell.min.time()
        return cell.strftime("%Y-%m-%d") if is_day else cell.isoformat()
    return str(cell).strip()
