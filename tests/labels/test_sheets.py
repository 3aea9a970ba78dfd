"""Several labels on one sheet of A4, and customs forms."""

from __future__ import annotations

import msgspec
import pytest

from simulator.labels import CustomsForm, CustomsLine, LabelContent, Party, render_sheets
from tests.labels.samples import LOCKER_LABEL, LONG, pages_of, picture_of, scan, scan_pdf, text_of

JAPAN = Party(
    company="さいたま商事",
    name="北澤 聡",
    street="さいたま市浦和区 常盤9-21-21",
    city="330-0061 さいたま市",
    country="JP",
)
FORM = CustomsForm(
    barcode="3SMYPA012345678",
    sender=Party(company="Voorbeeld BV", street="Damrak 1", city="1012 AB Amsterdam", country="NL"),
    receiver=JAPAN,
    category="Commercial goods",
    invoice="INV-2017-044",
    weight=950,
    total="EUR 25.00",
    lines=(
        CustomsLine(
            description="Wool scarf",
            amount=2,
            weight=900,
            value="EUR 25.00",
            classification="1439",
            origin="NL",
        ),
    ),
)


def label(number: int) -> LabelContent:
    return msgspec.structs.replace(LOCKER_LABEL, barcode=f"3SMYPA{number:09}")


def codes(numbers: list[int]) -> list[tuple[str, str]]:
    return [("Code128", f"3SMYPA{number:09}") for number in numbers]


def quarters(page: object) -> dict[int, list[tuple[str, str]]]:
    """What a scanner reads in each quarter of a page."""
    picture = picture_of(page)
    width, height = picture.size[0] // 2, picture.size[1] // 2
    corners = {1: (0, 0), 2: (width, 0), 3: (0, height), 4: (width, height)}
    return {
        place: found
        for place, (x, y) in corners.items()
        if (found := scan(picture.crop((x, y, x + width, y + height))))
    }


def test_the_first_sheet_takes_the_positions_and_the_next_ones_all_four() -> None:
    pages = pages_of(render_sheets([label(n) for n in range(1, 8)], (3, 2)))
    assert [quarters(page) for page in pages] == [
        {3: codes([1]), 2: codes([2])},
        {1: codes([3]), 2: codes([4]), 3: codes([5]), 4: codes([6])},
        {1: codes([7])},
    ]
    assert {page.get_size() for page in pages} == {(595, 842)}


def test_the_file_has_a_classic_cross_reference_table() -> None:
    pdf = render_sheets([label(1)], customs=[FORM])
    assert pdf.startswith(b"%PDF-1.4")
    assert b"\nxref" in pdf
    assert b"/ObjStm" not in pdf


@pytest.mark.parametrize("positions", [(), (0,), (1, 5)])
def test_other_positions_are_refused(positions: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="1, 2, 3, 4"):
        render_sheets([label(1)], positions)


def test_no_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one label"):
        render_sheets([])


def test_a_customs_form_follows_on_a_page_of_its_own() -> None:
    pages = pages_of(render_sheets([label(1)], customs=[FORM]))
    assert len(pages) == 2
    text = text_of(pages[1])
    for words in (
        "CUSTOMS DECLARATION",
        "Wool scarf",
        "900 g",
        "EUR 25.00",
        "1439",
        "INV-2017-044",
    ):
        assert words in text
    assert scan(picture_of(pages[1])) == [("Code128", "3SMYPA012345678")]


def test_a_long_customs_form_goes_on_on_further_pages() -> None:
    lines = tuple(
        msgspec.structs.replace(FORM.lines[0], description=f"Scarf {n}") for n in range(45)
    )
    pdf = render_sheets([label(1)], customs=[msgspec.structs.replace(FORM, lines=lines)])
    texts = [text_of(page) for page in pages_of(pdf)[1:]]
    assert [f"page {n} of 3" in texts[n - 1] for n in (1, 2, 3)] == [True] * 3
    assert ["Total value" in text for text in texts] == [False, False, True]
    assert [f"Scarf {n} " in " ".join(texts) for n in range(45)] == [True] * 45
    assert scan_pdf(pdf)[1:] == [[("Code128", "3SMYPA012345678")]] * 3


def test_a_long_description_of_goods_is_broken_within_its_row() -> None:
    words = "Hand made woollen scarf with a pattern of flowers, lined with silk, in a wooden box"
    lines = (msgspec.structs.replace(FORM.lines[0], description=words),)
    pdf = render_sheets([label(1)], customs=[msgspec.structs.replace(FORM, lines=lines)])
    assert words in text_of(pages_of(pdf)[1])


def test_no_text_leaves_a_customs_form() -> None:
    endless = msgspec.structs.replace(
        FORM,
        category=LONG * 9,
        sender=Party(*([LONG * 9] * 7)),
        lines=(msgspec.structs.replace(FORM.lines[0], description=LONG * 9),) * 60,
    )
    pdf = render_sheets([label(1)], customs=[endless])
    assert scan_pdf(pdf)[1] == [("Code128", "3SMYPA012345678")]
    for page in pages_of(pdf)[1:]:
        textpage = page.get_textpage()
        boxes = [textpage.get_rect(index) for index in range(textpage.count_rects())]
        assert min(left for left, _, _, _ in boxes) >= 40
        assert max(right for _, _, right, _ in boxes) <= 556


def test_japanese_and_chinese_are_printed() -> None:
    to_japan = msgspec.structs.replace(label(1), receiver=JAPAN, sender=Party(name="王小明 上海"))
    text = text_of(pages_of(render_sheets([to_japan]))[0])
    for words in ("さいたま市浦和区 常盤9-21-21", "北澤 聡", "330-0061 さいたま市", "王小明 上海"):
        assert words in text
    assert "?" not in text
