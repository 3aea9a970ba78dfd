"""Reads CSV as people write it, line by line: whatever separates its cells, however long it is.

Quotes are those of RFC 4180, a byte order mark is skipped, the text is UTF-8. Lines are read one at
a time, so that a long file takes no more memory than a short one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

LONGEST_LINE = 65_536
"""Characters of a line; one that is longer was not written by lines."""

MOST_CELLS = 1000
"""Cells of a line; no table has as many columns."""


class BadText(Exception):
    """A file that cannot be read from some line on; the message begins with the line."""


class Line(NamedTuple):
    """A line of a file: the number of the one on which it begins, from 1, and its cells."""

    number: int
    cells: list[str]


def lines(content: bytes, delimiters: Sequence[str]) -> Iterator[Line]:
    """The lines of a file, cells without blanks around them; its first line that is not empty
    shows which of the `delimiters` separates.

    Raises `BadText` where the file stops being CSV in UTF-8.
    """
    text = _bounded(_decoded(content))
    written = ((number, line) for number, line in enumerate(text) if line.strip())
    blank, first = next(written, (0, ""))
    reader = csv.reader(
        chain((first,), text),
        delimiter=_delimiter(first, delimiters),
        skipinitialspace=True,
        strict=True,
    )
    while True:
        number = blank + 1 + reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadText(f"line {number} is not CSV: {_in_words(str(error))}") from None
        if len(cells) > MOST_CELLS:
            raise BadText(f"line {number} has {len(cells)} cells, at most {MOST_CELLS} are read")
        yield Line(number, [cell.strip() for cell in cells])


def _bounded(text: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(text, 1):
        if len(line) > LONGEST_LINE:
            raise BadText(f"line {number} has more than {LONGEST_LINE} characters")
        yield line


def _in_words(said: str) -> str:
    """What the parser found, for who wrote the file."""
    if "end of data" in said:
        return "a cell that begins with a quotation mark does not end with one"
    if "limit" in said:
        return "a cell is too long"
    return "something follows the quotation mark that ends a cell"


def cells(line: str, delimiters: Sequence[str]) -> list[str]:
    """The cells of one line; none if it is not CSV by itself."""
    return _split(line, _delimiter(line, delimiters))


def _decoded(content: bytes) -> io.TextIOWrapper:
    """The file as text that is decoded while it is read; judged as a whole before."""
    wrong = "has a NUL character"
    at = content.find(b"\0")
    if at < 0:
        try:
            # Decoding twice is cheaper than holding rows until it is known that all can be read.
            str(memoryview(content), "utf-8")
        except UnicodeDecodeError as error:
            at, wrong = error.start, "is not text in UTF-8"
    if at >= 0:
        ends = [content.count(end, 0, at) for end in (b"\n", b"\r", b"\r\n")]
        raise BadText(f"line {ends[0] + ends[1] - ends[2] + 1} {wrong}")
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")


def _delimiter(line: str, delimiters: Sequence[str]) -> str:
    """The separator that cuts the line into most pieces."""
    return max(delimiters, key=lambda sign: len(_split(line, sign)))


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []
