"""Labels as PDF 1.4, one page a label."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.labels.drawing.canvas import A4, RENDERING, Document
from simulator.labels.drawing.painting import paint
from simulator.labels.layout import arrangement
from simulator.labels.model import LabelContent, Paper

_PAPERS: dict[Paper, tuple[float, float]] = {
    "A4": A4,
    "A6": (arrangement.WIDTH, arrangement.HEIGHT),
}


def render_labels(labels: Sequence[LabelContent], paper: Paper) -> bytes:
    """Render labels, each on a page of its own.

    A4 pages (595 x 842 points) have the label in their upper left quarter, to be folded or cut
    out; A6 pages (297 x 421 points) are the label. No labels raise ``ValueError``.
    """
    width, height = _PAPERS[paper]
    with RENDERING:
        document = Document("Labels (simulation)", width, height)
        for elements in arrangement.arrange_all(labels):
            if paper == "A4":
                _cutting_lines(document, width)
            document.grey(0)
            for element in elements:
                paint(document, element)
            document.next_page()
        return document.finish()


def _cutting_lines(document: Document, width: float) -> None:
    document.cutting_line(0, arrangement.HEIGHT, width, 0)
    document.cutting_line(arrangement.WIDTH, 0, 0, document.height)
    document.grey(0.45)
    side = arrangement.WIDTH + 24
    document.text(side, 24, 200, 9, "Cut or fold along the dashed lines.")
    document.text(side, 38, 200, 9, "This page was made by a simulator.")
