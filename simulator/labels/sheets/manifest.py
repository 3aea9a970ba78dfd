"""The list of parcels that a sender hands to a courier, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from simulator.labels.drawing.canvas import A4, RENDERING, Document
from simulator.labels.layout.elements import Align
from simulator.labels.model import Manifest, ManifestRow
from simulator.labels.text.fitting import fit, one_line
from simulator.labels.text.fonts import Weight, typeface

_WIDTH, _HEIGHT = A4
_MARGIN = 36.0
_INNER = _WIDTH - 2 * _MARGIN
_BAND = 16.0
_ROW = 15.0
_TEXT = 8.0
_PAD = 3.0
_PARTY_LINES = 5
_TABLE_BOTTOM = _HEIGHT - _MARGIN - 20
_CLOSING = 110.0
"""Height of the sums and the signature lines, which are never parted."""


class _Column(NamedTuple):
    width: float
    align: Align


_COLUMNS = (
    _Column(26, "right"),
    _Column(148, "left"),
    _Column(126, "left"),
    _Column(98, "left"),
    _Column(36, "right"),
    _Column(40, "right"),
    _Column(49, "right"),
)


def render_manifest(manifest: Manifest) -> bytes:
    """Render a manifest on as many A4 pages as its rows need; it may have none."""
    with RENDERING:
        document = Document("Manifest (simulation)", _WIDTH, _HEIGHT)
        top = _open_page(document, manifest, 1)
        top = _table_head(document, manifest, _parties(document, manifest, top))
        page = 1
        for number, row in enumerate(manifest.rows, 1):
            if top + _ROW > _TABLE_BOTTOM:
                document.next_page()
                page += 1
                top = _table_head(document, manifest, _open_page(document, manifest, page))
            _cells(document, _cells_of(number, row), top)
            top = _line(document, top + _ROW, 0.85)
        if top + _CLOSING > _TABLE_BOTTOM:
            document.next_page()
            top = _open_page(document, manifest, page + 1)
        _closing(document, manifest, top)
        document.next_page()
        return document.finish()


def _put(
    document: Document,
    x: float,
    top: float,
    width: float,
    size: float,
    text: str,
    weight: Weight = "regular",
    align: Align = "left",
) -> None:
    """Write one line of any text, shrunk and then cut to its width."""
    fitted = fit(typeface(weight), one_line(text), width, size, size * 0.75)
    document.text(x, top + (size - fitted.size) / 2, width, fitted.size, fitted.text, weight, align)


def _line(document: Document, top: float, level: float) -> float:
    """Rule a line in a grey and return where the next thing may begin."""
    document.grey(level)
    document.rectangle(_MARGIN, top, _INNER, 0.6)
    document.grey(0)
    return top + 0.6


def _open_page(document: Document, manifest: Manifest, page: int) -> float:
    document.rectangle(_MARGIN, _MARGIN, _INNER, _BAND)
    document.grey(1)
    _put(
        document, _MARGIN + 6, _MARGIN + 3, _INNER - 12, 10, manifest.words.notice, "bold", "center"
    )
    document.grey(0.4)
    foot = _HEIGHT - _MARGIN - 8
    _put(document, _MARGIN, foot, _INNER - 70, 7.5, f"{manifest.title} {manifest.number}")
    _put(document, _MARGIN, foot, _INNER, 7.5, f"{manifest.words.page} {page}", align="right")
    document.grey(0)
    return _MARGIN + _BAND + 14


def _parties(document: Document, manifest: Manifest, top: float) -> float:
    _put(document, _MARGIN, top, _INNER * 0.6, 17, manifest.title, "bold")
    right = _MARGIN + _INNER * 0.62
    _put(document, right, top, _INNER * 0.38, 12, manifest.number, "bold", "right")
    _put(document, right, top + 16, _INNER * 0.38, 9, manifest.date_text, align="right")
    top += 38
    half = _INNER / 2 - 8
    words = manifest.words
    blocks = ((words.address, manifest.address), (words.contact, manifest.contact))
    for (caption, lines), x in zip(blocks, (_MARGIN, _MARGIN + half + 16), strict=True):
        document.grey(0.4)
        _put(document, x, top, half, 7.5, caption)
        document.grey(0)
        for row, line in enumerate(lines[:_PARTY_LINES]):
            _put(document, x, top + 12 + row * 12, half, 9.5, line)
    shown = max(len(manifest.address), len(manifest.contact))
    return top + 12 + min(shown, _PARTY_LINES) * 12 + 12


def _table_head(document: Document, manifest: Manifest, top: float) -> float:
    _cells(document, manifest.words.columns, top, "bold")
    return _line(document, top + _ROW, 0)


def _cells(
    document: Document, texts: Sequence[str], top: float, weight: Weight = "regular"
) -> None:
    x = _MARGIN
    for column, text in zip(_COLUMNS, texts, strict=True):
        width = column.width - 2 * _PAD
        _put(document, x + _PAD, top + 3.5, width, _TEXT, text, weight, column.align)
        x += column.width


def _cells_of(number: int, row: ManifestRow) -> list[str]:
    return [
        str(number),
        row.tracking_number,
        row.receiver,
        row.service,
        str(row.parcels),
        "" if row.weight is None else f"{row.weight:f}",
        "" if row.cod is None else f"{row.cod:f} {row.currency}",
    ]


def _sums(manifest: Manifest) -> list[tuple[str, str]]:
    """Add up parcels, weight, and COD for each currency in the order of its first row."""
    rows, none = manifest.rows, manifest.words.none
    known = [row.weight for row in rows if row.weight is not None]
    collected: dict[str, Decimal] = {}
    for row in rows:
        if row.cod is not None:
            collected[row.currency] = collected.get(row.currency, Decimal(0)) + row.cod
    cod = " + ".join(f"{amount:f} {currency}".strip() for currency, amount in collected.items())
    values = (
        str(len(rows)),
        str(sum(row.parcels for row in rows)),
        f"{sum(known, Decimal(0)):f} kg" if known else none,
        cod or none,
    )
    return list(zip(manifest.words.sums, values, strict=True))


def _closing(document: Document, manifest: Manifest, top: float) -> None:
    top = _line(document, top, 0) + 8
    width = _INNER / 4
    for place, (caption, text) in enumerate(_sums(manifest)):
        x = _MARGIN + place * width
        document.grey(0.4)
        _put(document, x, top, width - 8, 7.5, caption)
        document.grey(0)
        _put(document, x, top + 11, width - 8, 11, text, "bold")
    top += 76
    half = _INNER / 2 - 16
    places = (_MARGIN, _MARGIN + half + 32)
    for caption, x in zip(manifest.words.signatures, places, strict=True):
        document.rectangle(x, top, half, 0.6)
        document.grey(0.4)
        _put(document, x, top + 4, half, 7.5, caption)
        document.grey(0)
