"""The lists that travel with mail, such as CN 31, CN 33 and CN 38, as PDF on sheets of A4."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.labels.drawing import pen
from simulator.labels.drawing.canvas import A4, RENDERING, Document
from simulator.labels.drawing.painting import paint
from simulator.labels.drawing.pen import Place
from simulator.labels.layout.elements import Bars
from simulator.labels.postal.model import Column, PostalForm, Section, scannable

_WIDTH, _HEIGHT = A4
_MARGIN = 36.0
_INNER = _WIDTH - 2 * _MARGIN
_BOTTOM = _HEIGHT - _MARGIN - 16
_FIELD, _FIELDS_IN_A_ROW = 30.0, 3
_TITLE, _HEADER, _ROW, _SIGNATURES = 20.0, 20.0, 16.0, 62.0
_CODE_WIDTH = 270.0


def render_postal_forms(forms: Sequence[PostalForm]) -> bytes:
    """Render forms one after the other. None at all raise ``ValueError``."""
    if not forms:
        raise ValueError("forms is empty; give at least one form")
    with RENDERING:
        document = Document(f"{forms[0].code} (simulation)", _WIDTH, _HEIGHT)
        for form in forms:
            _Writer(document, form).write()
        return document.finish()


class _Writer:
    """Writes one form from top to bottom, and opens further sheets where it needs them."""

    def __init__(self, document: Document, form: PostalForm) -> None:
        self._document = document
        self._form = form
        self._page = 0
        self._top = 0.0

    def write(self) -> None:
        """Draw the form and end its last sheet."""
        self._open()
        self._fields()
        for section in self._form.sections:
            self._section(section)
        self._signatures()
        self._document.next_page()

    def _open(self) -> None:
        """Begin a sheet with what stands on top of each of them."""
        document, form = self._document, self._form
        if self._page:
            document.next_page()
        self._page += 1
        document.grey(0)
        pen.band(document, Place(_MARGIN, _MARGIN, _INNER, 15), form.notice, 10)
        top = _MARGIN + 22
        left = _INNER - _CODE_WIDTH - 10
        pen.line(document, Place(_MARGIN, top, left, 20), form.title, 17, "bold")
        pen.line(document, Place(_MARGIN, top + 22, left, 16), form.code, 13, "bold")
        pen.line(document, Place(_MARGIN, top + 40, left, 12), form.number, 10)
        if form.barcode is not None and scannable(form.barcode):
            x = _MARGIN + _INNER - _CODE_WIDTH
            paint(document, Bars(x, top, _CODE_WIDTH, 38, form.barcode))
            words = Place(x, top + 40, _CODE_WIDTH, 12)
            pen.line(document, words, form.barcode, 9, "bold", "center")
        document.grey(0.4)
        foot = Place(_MARGIN, _HEIGHT - _MARGIN - 10, _INNER, 10)
        pen.line(document, foot, f"{form.code} {form.number}", 7.5)
        pen.line(document, foot, f"Page {self._page}", 7.5, "regular", "right")
        document.grey(0)
        self._top = top + 60

    def _fields(self) -> None:
        width = _INNER / _FIELDS_IN_A_ROW
        for number, (caption, value) in enumerate(self._form.fields):
            down, across = divmod(number, _FIELDS_IN_A_ROW)
            at = Place(_MARGIN + across * width, self._top + down * _FIELD, width, _FIELD)
            pen.field(self._document, at, caption, value, 10)
        self._top += -(-len(self._form.fields) // _FIELDS_IN_A_ROW) * _FIELD + 8

    def _section(self, section: Section) -> None:
        self._need(_TITLE + _HEADER + _ROW)
        self._table_head(section)
        for row in section.rows:
            if self._top + _ROW > _BOTTOM:
                self._open()
                self._table_head(section)
            self._row(section.columns, row)
        if not section.rows:
            pen.cell(self._document, Place(_MARGIN, self._top, _INNER, _ROW), section.none, 8.5)
            self._top += _ROW
        if section.totals:
            self._need(_ROW)
            self._row(section.columns, section.totals)
        self._top += 10

    def _table_head(self, section: Section) -> None:
        title = Place(_MARGIN, self._top, _INNER, _TITLE)
        pen.line(self._document, title, section.title, 10.5, "bold")
        self._top += _TITLE
        x = _MARGIN
        for column in section.columns:
            width = _INNER * column.share
            head = Place(x, self._top, width, _HEADER)
            pen.cell(self._document, head, column.title, 7.5, column.align)
            x += width
        self._top += _HEADER

    def _row(self, columns: Sequence[Column], cells: Sequence[str]) -> None:
        x = _MARGIN
        for column, text in zip(columns, cells, strict=True):
            width = _INNER * column.share
            at = Place(x, self._top, width, _ROW)
            pen.cell(self._document, at, text, 8.5, column.align)
            x += width
        self._top += _ROW

    def _signatures(self) -> None:
        if not self._form.signatures:
            return
        self._need(_SIGNATURES)
        width = _INNER / len(self._form.signatures)
        for number, caption in enumerate(self._form.signatures):
            x = _MARGIN + number * width
            self._document.rectangle(x, self._top + 44, width - 14, pen.LINE)
            below = Place(x, self._top + 47, width - 14, 10)
            pen.line(self._document, below, caption, 7.5)
        self._top += _SIGNATURES

    def _need(self, height: float) -> None:
        if self._top + height > _BOTTOM:
            self._open()
