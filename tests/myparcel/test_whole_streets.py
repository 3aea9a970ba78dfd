"""Streets with their number, which the Dutch twin takes from version 1.1 of its media type on."""

from __future__ import annotations

import pytest

from tests.myparcel.bodies import BELGIAN, DUTCH, shipment
from tests.myparcel.client import Shop, codes


@pytest.mark.parametrize(
    ("street", "status"),
    [
        ("Kruytgebouw 8", 200),
        ("Kruytgebouw8", 200),
        ("Kruytgebouw 8 B", 200),
        ("Kruytgebouw 8-bis", 200),
        ("Kruytgebouw 8/302", 200),
        ("Plein 1940-45 3b", 200),
        ("300 laan 3", 200),
        ("2e Molendwarsstraat 7 II", 200),
        ("'t Hof 3", 200),
        ("Laan v. d. Vrede 12 t/o", 200),
        ("Wal H10", 200),
        ("Kruytgebouw\n8", 200),
        ("Kruytgebouw", 422),
        ("2e Molendwarsstraat", 422),
        ("19-40", 422),
    ],
)
def test_a_whole_dutch_street_needs_a_number_behind_its_name(
    shop: Shop, street: str, status: int
) -> None:
    address = {name: value for name, value in DUTCH.items() if name != "number"}
    response = shop.post_shipments(
        [shipment({**address, "street": street}, carrier=1)],
        "application/vnd.shipment+json;charset=utf-8;version=1.1",
    )
    assert response.status_code == status, response.text
    if status == 200:
        [made] = response.json()["data"]["ids"]
        assert shop.read(made["id"])[0]["recipient"]["street"] == street
    else:
        assert codes(response) == [3503]


@pytest.mark.parametrize(
    "street",
    [
        "Wetstraat 16",
        "Wetstraat 16 bus 3",
        "Rue de la Loi 16 boîte 3",
        "Wetstraat 16-18",
        "Wetstraat",
    ],
)
@pytest.mark.parametrize("version", ["", ";version=1.1"])
def test_a_whole_belgian_street_is_taken_as_it_is(shop: Shop, street: str, version: str) -> None:
    response = shop.post_shipments(
        [shipment({**BELGIAN, "street": street}, carrier=1)],
        f"application/vnd.shipment+json;charset=utf-8{version}",
    )
    assert response.status_code == 200, response.text
    [made] = response.json()["data"]["ids"]
    assert shop.read(made["id"])[0]["recipient"]["street"] == street
