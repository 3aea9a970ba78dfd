"""The lists that travel with mail."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.labels import Column, PostalForm, Section, render_postal_forms
from tests.labels.samples import LONG, pages_of, scan_pdf, text_of

DESPATCH = "NLAMSAFIHELAAUR60010"

COLUMNS = (
    Column("No.", 0.1, "right"),
    Column("Item number", 0.6),
    Column("Weight kg", 0.3, "right"),
)


def items(count: int) -> Section:
    """A table of so many items."""
    rows = tuple((str(n), f"RR{n:09}LT", f"0.{n % 10}") for n in range(1, count + 1))
    return Section(title="Registered items", columns=COLUMNS, rows=rows, totals=("", "Sum", "9.9"))


def form(**changes: Any) -> PostalForm:
    """A special list with one table."""
    fields: dict[str, Any] = {
        "code": "CN 33",
        "title": "SPECIAL LIST",
        "number": "Despatch 0010",
        "barcode": DESPATCH,
        "fields": (("Office of origin", "AMSTERDAM NLAMSA"), ("Date", "2026-03-02")),
        "sections": (items(3),),
        "signatures": ("Dispatching office", "Receiving office"),
    }
    return PostalForm(**{**fields, **changes})


def texts(pdf: bytes) -> list[str]:
    return [text_of(page) for page in pages_of(pdf)]


def test_a_form_shows_its_fields_tables_sums_and_places_to_sign() -> None:
    pdf = render_postal_forms([form()])
    [text] = texts(pdf)
    for words in (
        "SPECIAL LIST",
        "CN 33",
        "SIMULATION - NOT FOR SHIPPING",
        "Office of origin AMSTERDAM NLAMSA",
        "Date 2026-03-02",
        "No. Item number Weight kg",
        "1 RR000000001LT 0.1",
        "Sum 9.9",
        "Dispatching office",
        "Page 1",
    ):
        assert words in text
    assert scan_pdf(pdf) == [[("Code128", DESPATCH)]]
    assert [page.get_size() for page in pages_of(pdf)] == [(595, 842)]


@pytest.mark.parametrize("count", [30, 31, 32, 33, 34, 35, 36, 37, 200])
def test_many_rows_go_on_on_further_sheets_under_the_same_heads(count: int) -> None:
    pdf = render_postal_forms([form(sections=(items(count),))])
    pages = texts(pdf)
    joined = " ".join(pages)
    assert [joined.count(f"RR{n:09}LT") for n in range(1, count + 1)] == [1] * count
    assert ["Receiving office" in page for page in pages] == [*[False] * (len(pages) - 1), True]
    assert [f"Page {n}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert scan_pdf(pdf) == [[("Code128", DESPATCH)]] * len(pages)


def test_a_table_without_rows_says_so() -> None:
    empty = Section(title="Registered items", columns=COLUMNS, rows=(), none="No registered items")
    assert "No registered items" in texts(render_postal_forms([form(sections=(empty,))]))[0]


def test_several_forms_are_pages_of_one_file_that_count_their_own() -> None:
    pages = texts(render_postal_forms([form(), form(code="CN 31", signatures=())]))
    assert ["Page 1" in page for page in pages] == [True, True]
    assert ["CN 31" in page for page in pages] == [False, True]


@pytest.mark.parametrize("barcode", [None, "Łódź 1"])
def test_a_form_may_have_no_bars(barcode: str | None) -> None:
    assert scan_pdf(render_postal_forms([form(barcode=barcode)])) == [[]]


def test_no_text_leaves_its_place_however_long_it_is() -> None:
    long = LONG * 20
    row = (long,) * 3
    full = form(
        code=long,
        title=long,
        number=long,
        fields=((long, long),) * 9,
        sections=(
            Section(
                title=long, columns=(Column(long, 0.4), Column(long, 0.6)), rows=(row[:2],) * 90
            ),
        ),
        signatures=(long, long, long),
        notice=long,
    )
    for page in pages_of(render_postal_forms([full])):
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        assert min(left for left, _, _, _ in boxes) >= 35
        assert max(right for _, _, right, _ in boxes) <= 595 - 35
        assert min(bottom for _, bottom, _, _ in boxes) >= 30


def test_the_same_form_is_the_same_bytes() -> None:
    assert render_postal_forms([form()]) == render_postal_forms([form()])


def test_no_forms_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one form"):
        render_postal_forms([])
