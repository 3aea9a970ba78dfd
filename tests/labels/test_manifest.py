"""The hand-over list."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.labels import Manifest, ManifestRow, render_manifest
from tests.labels.samples import LONG, any_text, pages_of, text_of


def manifest_of(shipments: int) -> Manifest:
    return Manifest(
        title="Dispatch order",
        number="ZL-000123",
        address=("Sklep Żółwik", "ul. Pawia 5", "31-154 Kraków"),
        contact=("Jan Łoś", "500600700"),
        date_text="2 March 2026",
        rows=tuple(
            ManifestRow(
                tracking_number=f"6000005882000701{number:08}",
                receiver="Wojciech Gąsienica",
                service="inpost_courier_standard",
                parcels=2,
                weight=Decimal("1.25"),
                cod=Decimal("10.50") if number % 2 else None,
                currency="PLN",
            )
            for number in range(shipments)
        ),
    )


def test_a_manifest_names_the_sender_its_shipments_and_their_sums() -> None:
    (page,) = pages_of(render_manifest(manifest_of(4)))
    assert page.get_size() == (595, 842)
    text = text_of(page)
    for line in (
        "SIMULATION - NOT FOR SHIPPING",
        "Dispatch order",
        "ZL-000123",
        "2 March 2026",
        "ul. Pawia 5",
        "Jan Łoś",
        "600000588200070100000003",
        "Wojciech Gąsienica",
        "inpost_courier_standard",
        "5.00 kg",
        "21.00 PLN",
        "Handed over by",
        "Page 1",
    ):
        assert line in text


@pytest.mark.parametrize("shipments", [0, 1, 30, 38, 39, 100])
def test_every_shipment_is_on_one_page_and_the_sums_on_the_last(shipments: int) -> None:
    manifest = manifest_of(shipments)
    texts = [text_of(page) for page in pages_of(render_manifest(manifest))]
    whole = " ".join(texts)
    assert [whole.count(row.tracking_number) for row in manifest.rows] == [1] * shipments
    assert ["Received by" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    assert [f"Page {number}" in text for number, text in enumerate(texts, 1)] == [True] * len(texts)
    assert all("SIMULATION - NOT FOR SHIPPING" in text for text in texts)


def test_cash_on_delivery_is_added_up_for_each_currency() -> None:
    rows = tuple(
        ManifestRow(
            tracking_number=str(number),
            receiver="",
            service="",
            cod=Decimal(amount),
            currency=currency,
        )
        for number, (amount, currency) in enumerate([("1.10", "PLN"), ("2", "EUR"), ("3", "PLN")])
    )
    (page,) = pages_of(render_manifest(Manifest(title="", number="", rows=rows)))
    assert "4.10 PLN + 2 EUR" in text_of(page)


def test_a_manifest_is_a_classic_pdf_and_always_the_same_bytes() -> None:
    pdf = render_manifest(manifest_of(60))
    assert pdf == render_manifest(manifest_of(60))
    assert pdf.startswith(b"%PDF-1.4")
    assert b"\nxref" in pdf


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(any_text, min_size=4, max_size=4), lines=st.lists(any_text, max_size=9))
def test_no_text_leaves_the_page(texts: list[str], lines: list[str]) -> None:
    row = ManifestRow(
        tracking_number=texts[0], receiver=texts[1] + LONG * 9, service=texts[2], currency=texts[3]
    )
    manifest = Manifest(
        title=texts[0],
        number=texts[1] + LONG * 9,
        address=tuple(lines),
        contact=tuple(lines),
        rows=(row, msgspec.structs.replace(row, cod=Decimal("1E+3"))),
    )
    (page,) = pages_of(render_manifest(manifest))
    textpage = page.get_textpage()
    for index in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(index)
        assert left >= 30
        assert right <= 565
        assert bottom >= 30
        assert top <= 812
