"""Postal labels with their customs declarations, and labels of bags."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import msgspec
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.labels import (
    BagLabel,
    Declaration,
    Goods,
    Party,
    PostalLabel,
    render_bag_labels,
    render_postal_labels,
)
from tests.labels.samples import LONG, any_party, any_text, pages_of, scan_pdf, text_of

SMALL, MEDIUM, LARGE = (104, 152), (147, 213), (213, 275)
NUMBER = "RR000070015LT"
CODE = [("Code128", NUMBER)]

MUG = Goods(
    description="Ceramic mug",
    quantity=2,
    weight=Decimal("0.4"),
    value=Decimal("15.00"),
    hs_code="691200",
)
JAPAN = Party(
    name="北澤 聡",
    street="さいたま市浦和区 常盤9-21-21",
    city="330-0061 さいたま市",
    country="JAPAN",
)
EGYPT = Party(name="محمد عبد الله", street="شارع التحرير", country="EGYPT")


def declared(kinds: int = 1, form: Literal["CN 22", "CN 23", "Contents"] = "CN 22") -> Declaration:
    """A declaration of so many kinds of mugs, which have numbers of their own."""
    goods = tuple(
        msgspec.structs.replace(MUG, description=f"Ceramic mug no. {place}")
        for place in range(1, kinds + 1)
    )
    return Declaration(
        form=form,
        category="Sale of goods",
        currency="EUR",
        weight=Decimal("0.4") * kinds + Decimal("0.02"),
        value=Decimal("15.00") * kinds,
        goods=goods,
        reference="IM3720001234",
        signature="2026-03-02 Demo Shop",
    )


def label(**changes: Any) -> PostalLabel:
    """A registered letter to Finland with one kind of goods."""
    fields: dict[str, Any] = {
        "size": SMALL,
        "carrier": "Lithuania Post",
        "product": "Letter post, registered - LTPO",
        "mark": "R",
        "number": NUMBER,
        "sender": Party(name="Demo Shop", street="Gedimino pr. 1", country="LITHUANIA"),
        "receiver": Party(
            name="Aino Laine",
            street="Mannerheimintie 5",
            city="00100 Helsinki",
            country="FINLAND",
            phone="+358401234567",
        ),
        "facts": (("Reference", "ORD-20250-1"), ("Weight", "0.42 kg")),
        "declaration": declared(),
    }
    return PostalLabel(**{**fields, **changes})


def millimetres(pdf: bytes) -> list[tuple[int, int]]:
    """The sizes of a PDF's pages in whole millimetres."""
    sizes = [page.get_size() for page in pages_of(pdf)]
    return [(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in sizes]


def texts(pdf: bytes) -> list[str]:
    return [text_of(page) for page in pages_of(pdf)]


def assert_within(pdf: bytes) -> None:
    """No text leaves its page."""
    for page in pages_of(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        for left, bottom, right, top in map(text.get_rect, range(text.count_rects())):
            assert left >= 8
            assert right <= width - 8 + 1
            assert bottom >= 5
            assert top <= height - 5


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE])
def test_a_label_has_the_size_asked_for_and_a_scanner_reads_its_number(
    size: tuple[int, int],
) -> None:
    pdf = render_postal_labels([label(size=size)])
    assert millimetres(pdf) == [size]
    assert scan_pdf(pdf) == [CODE]


def test_labels_of_several_sizes_make_one_file() -> None:
    pdf = render_postal_labels([label(), label(size=LARGE, number="CP1"), label(size=MEDIUM)])
    assert millimetres(pdf) == [SMALL, LARGE, MEDIUM]
    assert scan_pdf(pdf) == [CODE, [("Code128", "CP1")], CODE]


def test_a_label_says_who_sends_what_to_whom_and_that_it_is_a_simulation() -> None:
    [text] = texts(render_postal_labels([label()]))
    for words in (
        "Lithuania Post",
        "Letter post, registered - LTPO",
        "SIMULATION - NOT FOR SHIPPING",
        "Demo Shop",
        "LITHUANIA",
        "Aino Laine",
        "Mannerheimintie 5",
        "00100 Helsinki",
        "FINLAND",
        "+358401234567",
        "Reference: ORD-20250-1",
        "Weight: 0.42 kg",
        NUMBER,
    ):
        assert words in text


def test_the_declaration_has_goods_totals_category_and_signature() -> None:
    [text] = texts(render_postal_labels([label(declaration=declared(2))]))
    for words in (
        "CUSTOMS DECLARATION",
        "CN 22",
        "May be opened officially",
        "X Sale of goods",
        "2 Ceramic mug no. 1 0.4 15.00 691200",
        "2 Ceramic mug no. 2 0.4 15.00 691200",
        "Total gross weight 0.82 kg",
        "Total value EUR 30.00",
        "2026-03-02 Demo Shop",
    ):
        assert words in text
    assert "Importer" not in text


def test_the_larger_form_has_the_importers_reference_too() -> None:
    [text] = texts(render_postal_labels([label(declaration=declared(5, "CN 23"))]))
    assert "CN 23" in text
    assert "Importer's reference IM3720001234" in text
    assert "Pieces 10" in text


def test_what_is_not_post_has_a_list_of_contents_and_no_postal_form() -> None:
    [text] = texts(render_postal_labels([label(declaration=declared(1, "Contents"))]))
    assert "CONTENTS OF THE PARCEL" in text
    assert "CN 2" not in text


@pytest.mark.unmeasured
@pytest.mark.parametrize("form", ["CN 22", "CN 23"])
@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE])
@pytest.mark.parametrize("kinds", [6, 7, 8, 13, 30, 31, 64])
def test_goods_that_do_not_fit_go_on_on_further_pages_with_the_totals_on_the_last(
    form: Literal["CN 22", "CN 23"], size: tuple[int, int], kinds: int
) -> None:
    pdf = render_postal_labels([label(size=size, declaration=declared(kinds, form))])
    pages = texts(pdf)
    joined = " ".join(pages)
    assert [joined.count(f"mug no. {n} ") for n in range(1, kinds + 1)] == [1] * kinds
    assert ["Total value" in page for page in pages] == [*[False] * (len(pages) - 1), True]
    assert scan_pdf(pdf) == [CODE] * len(pages)
    if len(pages) > 1:
        numbers = [f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1)]
        assert numbers == [True] * len(pages)
    assert_within(pdf)


def test_a_pickup_point_is_in_big_letters() -> None:
    assert (
        "PICKUP POINT 4711" in texts(render_postal_labels([label(routing="PICKUP POINT 4711")]))[0]
    )


def test_a_label_may_have_no_declaration() -> None:
    pdf = render_postal_labels([label(declaration=None)])
    assert "CUSTOMS" not in texts(pdf)[0]
    assert scan_pdf(pdf) == [CODE]


@pytest.mark.parametrize("number", ["PÄCK-1", "A" * 31, "AB\n12"])
def test_a_number_that_makes_no_bars_is_printed_in_letters(number: str) -> None:
    pdf = render_postal_labels([label(number=number)])
    assert scan_pdf(pdf) == [[]]
    assert " ".join(number.split()) in texts(pdf)[0]


def test_bars_may_hold_any_printable_character_of_ascii() -> None:
    assert scan_pdf(render_postal_labels([label(number="PRC_1#[a]~9")])) == [
        [("Code128", "PRC_1#[a]~9")]
    ]


def test_names_in_other_scripts_are_printed() -> None:
    text, turned = texts(render_postal_labels([label(receiver=JAPAN), label(receiver=EGYPT)]))
    for words in ("北澤 聡", "さいたま市浦和区 常盤9-21-21", "330-0061 さいたま市", "JAPAN"):
        assert words in text
    assert "?" not in text + turned
    assert "EGYPT" in turned


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE])
def test_no_text_leaves_the_label_however_long_it_is(size: tuple[int, int]) -> None:
    long = LONG * 20
    goods = msgspec.structs.replace(MUG, description=long, hs_code=long, value=Decimal("1e30"))
    full = label(
        size=size,
        carrier=long,
        product=long,
        mark=long,
        sender=Party(*([long] * 7)),
        receiver=Party(*([long] * 7)),
        routing=long,
        place=(long,) * 4,
        facts=((long, long),) * 20,
        notice=long,
        declaration=msgspec.structs.replace(
            declared(1, "CN 23"),
            currency=long,
            reference=long,
            signature=long,
            goods=(goods,) * 20,
        ),
    )
    pdf = render_postal_labels([full])
    assert_within(pdf)
    assert set(map(tuple, scan_pdf(pdf))) == {tuple(CODE)}


def test_the_same_label_is_the_same_bytes() -> None:
    first = render_postal_labels([label(receiver=JAPAN)])
    render_postal_labels([label(declaration=declared(30)), label(receiver=EGYPT)])
    assert render_postal_labels([label(receiver=JAPAN)]) == first


def test_the_file_is_pdf_1_4_with_a_classic_cross_reference_table() -> None:
    pdf = render_postal_labels([label()])
    assert pdf.startswith(b"%PDF-1.4")
    assert b"\nxref" in pdf
    assert b"/ObjStm" not in pdf


def test_headings_make_a_table_of_contents() -> None:
    long = label(declaration=declared(30))
    pdf = render_postal_labels([long, label(), label()], {0: "BAG-FI-001", 2: "Without a bag"})
    pages = len(pages_of(render_postal_labels([long])))
    found = [
        (item.get_title(), item.get_dest().get_index())
        for item in pypdfium2.PdfDocument(pdf).get_toc()
    ]
    assert found == [("BAG-FI-001", 0), ("Without a bag", pages + 1)]


def test_no_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one label"):
        render_postal_labels([])
    with pytest.raises(ValueError, match="at least one label"):
        render_bag_labels([])


any_goods = st.builds(
    Goods,
    description=any_text,
    quantity=st.integers(0, 10**9),
    weight=st.decimals(0, 10**9, places=3),
    value=st.decimals(0, 10**9, places=2),
    hs_code=any_text,
)
any_declaration = st.builds(
    Declaration,
    form=st.sampled_from(["CN 22", "CN 23", "Contents"]),
    category=any_text,
    currency=any_text,
    weight=st.decimals(0, 10**9, places=3),
    value=st.decimals(0, 10**9, places=2),
    goods=st.lists(any_goods, max_size=12).map(tuple),
    reference=any_text,
    signature=any_text,
)


@settings(max_examples=25, deadline=None)
@given(
    st.builds(
        PostalLabel,
        size=st.sampled_from([SMALL, MEDIUM, LARGE]),
        carrier=any_text,
        product=any_text,
        mark=any_text,
        number=any_text,
        sender=any_party,
        receiver=any_party,
        routing=any_text,
        place=st.lists(any_text, max_size=4).map(tuple),
        facts=st.lists(st.tuples(any_text, any_text), max_size=5).map(tuple),
        declaration=st.none() | any_declaration,
    )
)
def test_any_texts_make_a_label(any_label: PostalLabel) -> None:
    assert_within(render_postal_labels([any_label]))


BAG = BagLabel(
    size=SMALL,
    heading="CN 35",
    title="Bag label",
    code="NLAMSAFIHELAAUR60010001110252",
    origin="from AMSTERDAM (NLAMSA)",
    destination="FINLAND (FIHELA)",
    mark="HEL",
    facts=(("Bag", "BAG-FI-001"), ("Weight", "25.2 kg"), ("Items", "60")),
)


def test_a_bag_label_shows_where_the_bag_goes_and_a_scanner_reads_its_number() -> None:
    pdf = render_bag_labels([BAG, msgspec.structs.replace(BAG, code="BAG-FI-001", facts=())])
    assert millimetres(pdf) == [SMALL, SMALL]
    assert scan_pdf(pdf) == [[("Code128", BAG.code)], [("Code128", "BAG-FI-001")]]
    text = texts(pdf)[0]
    for words in ("CN 35", "HEL", "FINLAND (FIHELA)", "AMSTERDAM", "Bag BAG-FI-001", "Items 60"):
        assert words in text


def test_no_text_leaves_a_bag_label() -> None:
    long = LONG * 10
    full = msgspec.structs.replace(
        BAG,
        heading=long,
        title=long,
        code=long,
        origin=long,
        destination=long,
        mark=long,
        facts=((long, long),) * 40,
    )
    assert_within(render_bag_labels([full]))
