"""A reportlab canvas that knows no clock and draws text in the typefaces of this package."""

from __future__ import annotations

import io
import threading

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from simulator.labels.layout.elements import Align
from simulator.labels.text.fonts import Weight, typeface

RENDERING = threading.Lock()
"""Held while a document is made: its fonts are shared, and subsetting moves a cursor in them."""

A4 = (595.0, 842.0)
"""Width and height in points."""

_CREATOR = "carrier simulator"
_ASCENT = 0.82
"""From the top of a line to the foot of its letters, in sizes."""

# Pages as bytes: not every tool that puts labels onto other sheets reads them as ASCII85.
rl_config.useA85 = 0


class Document:
    """A PDF 1.4 of pages of one size, measured in points from the upper left corner down."""

    def __init__(self, title: str, width: float, height: float) -> None:
        """Open a document without pages; hold ``RENDERING`` from here to ``finish``."""
        self._buffer = io.BytesIO()
        self.height = height
        self.canvas = Canvas(
            self._buffer,
            pagesize=(width, height),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 4),
        )
        self.canvas.setTitle(title)
        self.canvas.setCreator(_CREATOR)
        self.canvas.setProducer(_CREATOR)
        self.canvas.setAuthor(_CREATOR)
        self.canvas.setSubject("Simulation, not for shipping")

    def text(
        self,
        x: float,
        top: float,
        width: float,
        size: float,
        text: str,
        weight: Weight = "regular",
        align: Align = "left",
    ) -> None:
        """Draw one line between ``x`` and ``x + width`` in the current fill colour."""
        face = typeface(weight)
        if align != "left":
            spare = width - face.width(text, size)
            x += spare / 2 if align == "center" else spare
        line = self.canvas.beginText(x, self.height - top - size * _ASCENT)
        for run in face.runs(text):
            line.setFont(run.font, size)
            line.textOut(run.text)
        self.canvas.drawText(line)

    def rectangle(self, x: float, top: float, width: float, height: float) -> None:
        """Fill a rectangle with the current fill colour."""
        self.canvas.rect(x, self.height - top - height, width, height, stroke=0, fill=1)

    def grey(self, level: float) -> None:
        """Set the fill colour, from 0 (black) to 1 (white)."""
        self.canvas.setFillGray(level)

    def cutting_line(self, x: float, top: float, width: float, height: float) -> None:
        """Draw a dashed grey line from a point to the one that is so far right and below."""
        self.canvas.saveState()
        self.canvas.setStrokeGray(0.55)
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(4, 4)
        below = self.height - top
        self.canvas.line(x, below, x + width, below - height)
        self.canvas.restoreState()

    def page_size(self, width: float, height: float) -> None:
        """Give the current page, on which nothing is drawn yet, another size than the first."""
        self.height = height
        self.canvas.setPageSize((width, height))

    def bookmark(self, key: str, name: str) -> None:
        """Put the current page into the reader's table of contents; keys must differ."""
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(name, key)

    def next_page(self) -> None:
        """End the current page."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """Close the document and return its bytes."""
        self.canvas.save()
        return self._buffer.getvalue()
