"""Labels as PDF 1.4, one page a label."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.labels.drawing.canvas import A4, RENDERING, Document
from simulator.labels.drawing.painting import paint
from simulator.labels.layout import arrangement, frame
from simulator.labels.model import LabelContent, Paper
from simulator.labels.words import LabelWords

_PAPERS: dict[Paper, tuple[float, float]] = {
    "A4": A4,
    "A6": (frame.WIDTH, frame.HEIGHT),
}


def render_labels(labels: Sequence[LabelContent], paper: Paper) -> bytes:
    """Render labels, each on a page of its own.

    A4 pages (595 x 842 points) have the label in their upper left quarter, to be folded or cut
    out; A6 pages (297 x 421 points) are the label. No labels raise ``ValueError``.
    """
    width, height = _PAPERS[paper]
    with RENDERING:
        document = Document("Labels (simulation)", width, height)
        for label, elements in zip(labels, arrangement.arrange_all(labels), strict=True):
            if paper == "A4":
                _cutting_lines(document, label.words)
            document.grey(0)
            for element in elements:
                paint(document, element)
            document.next_page()
        return document.finish()


def _cutting_lines(document: Document, words: LabelWords) -> None:
    document.cutting_line(0, frame.HEIGHT, A4[0], 0)
    document.cutting_line(frame.WIDTH, 0, 0, document.height)
    document.grey(0.45)
    side = frame.WIDTH + 24
    document.text(side, 24, 200, 9, words.fold)
    document.text(side, 38, 200, 9, words.made)
