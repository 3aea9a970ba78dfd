"""How clients write media types, and what is made of them."""

from __future__ import annotations

import pytest

from simulator.carriers.myparcel.wire import media
from simulator.carriers.myparcel.wire.media import MediaType
from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("application/json", MediaType("application/json")),
        ("Application/JSON; Charset=UTF8", MediaType("application/json", "utf8")),
        (
            "application/json;charset=utf-8;version=1.1",
            MediaType("application/json", "utf-8", "1.1"),
        ),
        ('text/csv; charset="utf-8"; header=present', MediaType("text/csv", "utf-8")),
        ("*/*;q=0.5", MediaType("*/*", quality=0.5)),
        # The Dutch SDK of 2016 to 2018 writes one more charset straight behind every type.
        ("application/json; charset=utf8charset=utf-8", MediaType("application/json", "utf8")),
        ("application/pdfcharset=utf-8", MediaType("application/pdf", "utf-8")),
        ("application/pdf charset=utf-8", MediaType("application/pdf", "utf-8")),
    ],
)
def test_a_media_type_is_read_however_it_is_written(written: str, read: MediaType) -> None:
    assert media.parse(written) == read


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.shipment+json;charset=utf-8",
        "application/vnd.shipment+json; charset=UTF-8",
        "application/vnd.shipment+json;charset=utf8",
        "application/vnd.shipment+json",
        "application/vnd.shipment+json;version=1.1;charset=utf-8",
        "application/vnd.shipment+json; charset=utf-8charset=utf-8",
    ],
)
def test_a_shipment_is_taken_in_every_spelling_of_its_type(shop: Shop, content_type: str) -> None:
    response = shop.post_shipments([shipment(carrier=1)], content_type)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("application/pdfcharset=utf-8", "application/pdf"),
        ("application/json; charset=utf8charset=utf-8", "application/json;charset=utf-8"),
        ("application/json;charset=utf8", "application/json;charset=utf-8"),
        ("*/*", "application/pdf"),
        (None, "application/pdf"),
    ],
)
def test_a_label_comes_in_the_type_that_a_client_means(
    shop: Shop, accept: str | None, answered: str
) -> None:
    [label] = shop.create(shipment())
    headers = {} if accept is None else {"Accept": accept}
    response = shop.client.get(f"/shipment_labels/{label}", headers=headers)
    assert (response.status_code, response.headers["Content-Type"]) == (200, answered)


def test_another_charset_is_refused(shop: Shop) -> None:
    response = shop.post_shipments(
        [shipment()], "application/vnd.shipment+json; charset=iso-8859-1"
    )
    assert response.status_code == 415
    assert response.json()["errors"][0]["code"] == 3101
