"""Paragraphs in a box."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.labels.text.fitting import ELLIPSIS, one_line
from simulator.labels.text.flow import LEADING, Box, Paragraph, Row, flow
from simulator.labels.text.fonts import typeface
from tests.labels.samples import any_text

WORDS = "Koninklijke Maatschappij tot bevordering der Geneeskunst en aanverwante zaken"


def test_what_fits_has_its_full_size() -> None:
    assert flow([Paragraph("Noor Visser", 12, "bold")], Box(200, 20, 5)) == [
        [Row("Noor Visser", 12, "bold")]
    ]


def test_a_line_becomes_a_little_smaller_before_it_is_broken() -> None:
    width = typeface("regular").width(WORDS, 9)
    [[row]] = flow([Paragraph(WORDS, 10)], Box(width + 0.1, 40, 5, squeeze=0.8))
    assert row.text == WORDS
    assert 8 <= row.size <= 9
    assert len(flow([Paragraph(WORDS, 10)], Box(width, 40, 5))[0]) == 2


def test_all_paragraphs_shrink_together_until_nothing_is_cut() -> None:
    rows = flow([Paragraph(WORDS, 12), Paragraph("Noor Visser", 12)], Box(150, 40, 5))
    assert " ".join(row.text for row in rows[0]) == WORDS
    assert {row.size for paragraph in rows for row in paragraph} == {rows[1][0].size}
    assert 5 < rows[1][0].size < 12


def test_what_is_too_much_is_cut_and_then_left_out() -> None:
    long = Paragraph(WORDS * 9, 12)
    [first, second] = flow([long, long], Box(100, 4 * 5 * LEADING, 5))
    assert [len(first), len(second)] == [2, 2]
    assert first[-1].text.endswith(ELLIPSIS)
    assert len(flow([long] * 9, Box(100, 4 * 5 * LEADING, 5))) == 4


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(any_text.map(one_line).filter(bool), max_size=6),
    width=st.floats(60, 300),
    height=st.floats(10, 100),
)
def test_no_row_leaves_the_box(texts: list[str], width: float, height: float) -> None:
    broken = flow([Paragraph(text, 12) for text in texts], Box(width, height, 5, 0.8))
    rows = [row for paragraph in broken for row in paragraph]
    assert sum(row.size for row in rows) * LEADING <= height
    for row in rows:
        assert typeface(row.weight).width(row.text, row.size) <= width + 1e-6
