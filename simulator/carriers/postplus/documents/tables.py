"""Tables as files: CSV and workbooks, the same bytes for the same rows."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime

from simulator.labels import pack_zip

Rows = Sequence[Sequence[str]]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MADE = datetime(1980, 1, 1)
"""When every workbook was made, since a real instant would make other bytes each time."""
_LONGEST_CELL = 32_767
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def csv_of(rows: Rows) -> bytes:
    """The rows as comma-separated UTF-8, of which a spreadsheet takes nothing for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([_plain(text) for text in row] for row in rows)
    return file.getvalue().encode("utf-8", "replace")


def xlsx_of(title: str, rows: Rows) -> bytes:
    """The rows as the only sheet of a workbook; all cells are texts, so none is a formula."""
    from openpyxl import Workbook  # takes a while to import, and few files are workbooks
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook(write_only=True)
    workbook.properties.created = workbook.properties.modified = _MADE
    workbook.properties.creator = "carrier simulator"
    sheet = workbook.create_sheet(title)
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=_printable(text)) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        ExcelWriter(workbook, archive).write_data()
    with zipfile.ZipFile(buffer) as archive:
        return pack_zip([(name, archive.read(name)) for name in archive.namelist()])


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _printable(text: str) -> str:
    return _NOT_IN_XML.sub("", text)[:_LONGEST_CELL]
