"""Labels as PDF."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings

from simulator.labels import Cuts, LabelContent, Paper, Party, render_labels
from tests.labels.samples import (
    LOCKER_LABEL,
    OVERFULL_LABEL,
    any_label,
    pages_of,
    picture_of,
    scan_pdf,
    text_of,
)

PAPERS: list[Paper] = ["A4", "A6"]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_scanner_reads_the_tracking_number_of_every_page(paper: Paper) -> None:
    second = msgspec.structs.replace(LOCKER_LABEL, barcode="3SMYPA012345678", qr="P|0012")
    assert scan_pdf(render_labels([LOCKER_LABEL, second], paper)) == [
        [("Code128", "600000588200070112345678")],
        [("Code128", "3SMYPA012345678"), ("QRCode", "P|0012")],
    ]


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("A6", (297, 421))])
def test_pages_have_the_size_of_the_paper(paper: Paper, size: tuple[int, int]) -> None:
    pages = pages_of(render_labels([LOCKER_LABEL, LOCKER_LABEL], paper))
    assert [page.get_size() for page in pages] == [size, size]


def test_the_file_is_pdf_1_4_with_a_classic_cross_reference_table() -> None:
    pdf = render_labels([LOCKER_LABEL], "A6")
    assert pdf.startswith(b"%PDF-1.4")
    assert b"\nxref" in pdf
    assert b"/ObjStm" not in pdf
    assert pdf.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_content_gives_the_same_bytes(paper: Paper) -> None:
    first = render_labels([LOCKER_LABEL, OVERFULL_LABEL], paper)
    render_labels([OVERFULL_LABEL], paper)
    assert render_labels([LOCKER_LABEL, OVERFULL_LABEL], paper) == first


@pytest.mark.parametrize("paper", PAPERS)
def test_texts_are_cut_at_the_carriers_lengths_and_keep_their_polish_letters(paper: Paper) -> None:
    text = text_of(pages_of(render_labels([LOCKER_LABEL], paper))[0])
    for line in (
        "SIMULATION - NOT FOR SHIPPING",
        "Sklep Żółwik sp. z o.o. sp",
        "Grażyna Źdźbło",
        "Maksymilian Brzęczysz",
        "ul. Świętokrzyska 12/4",
        "31-154 Kraków",
        "KRA010",
        "1/2",
        "ORDER/2026/0117",
        "600 000 588 200 070 112 345 678",
    ):
        assert line in text
    assert "Brzęczyszc" not in text
    assert "o.o. spó" not in text


def test_a_character_that_no_font_has_is_printed_as_a_question_mark() -> None:
    label = msgspec.structs.replace(LOCKER_LABEL, receiver=Party(name="Li ꙮ \U0001f4e6 Na\ud800"))
    assert "Li ? ? Na?" in text_of(pages_of(render_labels([label], "A6"))[0])


def test_cyrillic_and_decomposed_letters_are_printed_as_they_are_meant() -> None:
    label = msgspec.structs.replace(
        LOCKER_LABEL, receiver=Party(name="Юлія Жук", city="Krako\u0301w\r\nCentrum")
    )
    text = text_of(pages_of(render_labels([label], "A6"))[0])
    assert "Юлія Жук" in text
    assert "Kraków Centrum" in text


@pytest.mark.parametrize("paper", PAPERS)
def test_overlong_texts_stay_on_the_label(paper: Paper) -> None:
    page = pages_of(render_labels([OVERFULL_LABEL], paper))[0]
    textpage = page.get_textpage()
    height = page.get_size()[1]
    # The grey hint beside an A4 label is not part of it.
    hint_left = 320 if paper == "A4" else 297
    for index in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(index)
        if left < hint_left:
            assert left >= 9
            assert right <= 288
            assert bottom >= height - 412
            assert top <= height - 9
    margin = picture_of(page).crop((0, 0, 20, 1165))
    assert margin.getextrema() == (255, 255)


def test_a_full_label_still_scans() -> None:
    assert scan_pdf(render_labels([OVERFULL_LABEL], "A6")) == [
        [("Code128", OVERFULL_LABEL.barcode), ("QRCode", OVERFULL_LABEL.qr)]
    ]


def test_a_long_fact_takes_two_lines_where_there_is_room() -> None:
    comment = "hand over in person please, and ring twice since the dog is asleep"
    label = msgspec.structs.replace(LOCKER_LABEL, facts=(("Comments", comment),))
    assert comment in text_of(pages_of(render_labels([label], "A6"))[0])


def test_a_label_without_optional_parts_is_printed() -> None:
    bare = LabelContent(heading="", barcode="A", receiver=Party())
    assert scan_pdf(render_labels([bare], "A6")) == [[("Code128", "A")]]


@settings(max_examples=40, deadline=None)
@given(any_label)
def test_no_text_breaks_a_label_or_its_barcode(label: LabelContent) -> None:
    assert scan_pdf(render_labels([label], "A6")) == [[("Code128", label.barcode)]]


def test_no_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one label"):
        render_labels([], "A4")


@pytest.mark.parametrize(
    ("barcode", "complaint"),
    [
        ("", "1 to 30 characters"),
        ("1" * 31, "1 to 30 characters"),
        (" 12", "no space at its ends"),
        ("ŻÓŁW", "allowed are ASCII letters"),
        ("12\n", "allowed are ASCII letters"),
    ],
)
def test_a_barcode_that_would_not_scan_is_refused(barcode: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        LabelContent(heading="", barcode=barcode, receiver=Party())


@pytest.mark.parametrize("qr", ["", "x" * 201, "ż" * 101, "two\nlines"])
def test_a_2d_code_that_would_not_scan_is_refused(qr: str) -> None:
    with pytest.raises(ValueError, match="qr"):
        LabelContent(heading="", barcode="1", receiver=Party(), qr=qr)


def test_without_cuts_a_line_is_only_cut_where_the_label_ends() -> None:
    name = "Maksymilian Brzęczyszczykiewicz z Chrząszczyżewoszyc"
    label = LabelContent(heading="", barcode="1", receiver=Party(name=name), cuts=Cuts())
    assert name in text_of(pages_of(render_labels([label], "A6"))[0])
