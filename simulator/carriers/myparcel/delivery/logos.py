"""Logos of carriers: their names, written by us, as an SVG and as a PNG.

A carrier's own logo is its own; what a shop's page needs is a picture of the right kind under the
path that the API tells.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from html import escape
from struct import pack

# Five columns of each letter, seven rows from the lowest bit up.
_LETTERS = {
    "A": "7e1111117e",
    "B": "7f49494936",
    "C": "3e41414122",
    "D": "7f4141413e",
    "E": "7f49494941",
    "F": "7f09090901",
    "G": "3e4149497a",
    "H": "7f0808087f",
    "I": "00417f4100",
    "J": "2040413f01",
    "K": "7f08142241",
    "L": "7f40404040",
    "M": "7f020c027f",
    "N": "7f0408107f",
    "O": "3e4141413e",
    "P": "7f09090906",
    "Q": "3e4151215e",
    "R": "7f09192946",
    "S": "4649494931",
    "T": "01017f0101",
    "U": "3f4040403f",
    "V": "1f2040201f",
    "W": "3f4038403f",
    "X": "6314081463",
    "Y": "0708700807",
    "Z": "6151494543",
    " ": "0000000000",
}
_ROWS = 7
_SCALE = 4
_MARGIN = 2
_GREEN = b"\x0f\x5c\x47"
_WHITE = b"\xff\xff\xff"


@lru_cache(maxsize=64)
def svg(name: str) -> bytes:
    """The name as a picture of lines."""
    width = 24 + 16 * len(name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="40" '
        f'viewBox="0 0 {width} 40" role="img"><title>{escape(name)}</title>'
        f'<rect width="{width}" height="40" rx="6" fill="#0f5c47"/>'
        f'<text x="{width // 2}" y="27" fill="#fff" font-family="sans-serif" font-size="20" '
        f'font-weight="bold" text-anchor="middle">{escape(name)}</text></svg>\n'
    ).encode()


@lru_cache(maxsize=64)
def png(name: str) -> bytes:
    """The name as a picture of points, in capital letters."""
    rows = [_row(name.upper(), row) for row in range(-_MARGIN, _ROWS + _MARGIN)]
    width = len(rows[0])
    pixels = [
        b"".join(_WHITE * _SCALE if set_ else _GREEN * _SCALE for set_ in row) for row in rows
    ]
    raw = b"".join((b"\0" + line) * _SCALE for line in pixels)
    header = pack(">IIBBBBB", width * _SCALE, len(rows) * _SCALE, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(raw, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _row(text: str, row: int) -> list[bool]:
    """A row of points of the text, with a blank column after each letter."""
    columns = [0] * _MARGIN
    for letter in text:
        columns += [*bytes.fromhex(_LETTERS.get(letter, _LETTERS[" "])), 0]
    columns += [0] * (_MARGIN - 1)
    return [row >= 0 and bool(column >> row & 1) for column in columns]


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return pack(">I", len(content)) + kind + content + pack(">I", checksum)
