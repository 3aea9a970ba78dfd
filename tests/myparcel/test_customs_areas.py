"""Areas that customs treat otherwise than their country, which alone tells unless asked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import CUSTOMS, shipment
from tests.myparcel.client import Shop, faults
from tests.myparcel.tracked import status_of

NEED = [
    ("ES", "35001", "Canary Islands"),
    ("ES", "38001", "Canary Islands"),
    ("ES", "51001", "Ceuta"),
    ("ES", "52001", "Melilla"),
    ("DE", "27498", "Helgoland"),
    ("DE", "78266", "Büsingen"),
    ("IT", "23041", "Livigno"),
    ("IT", "22061", "Campione d'Italia"),
    ("FI", "22100", "Åland"),
    ("GR", "630 86", "Mount Athos"),
    ("FR", "97110", "France overseas"),
]
NONE = [("GB", "BT1 5GS"), ("GB", "bt15gs"), ("MC", "98000"), ("FR", "98000")]
AS_THE_COUNTRY = [
    ("ES", "28001"),
    ("DE", "27472"),
    ("FR", "75008"),
    ("FI", "00100"),
    ("IT", "22100"),
]


def to(cc: str, postal_code: str, **members: Any) -> dict[str, Any]:
    recipient = {
        "cc": cc,
        "postal_code": postal_code,
        "city": "City",
        "street": "Street 1",
        "person": "Noor Visser",
    }
    return shipment(recipient, **members)


def declared(cc: str, postal_code: str) -> dict[str, Any]:
    properties = {"weight": 950}
    return to(cc, postal_code, customs_declaration=CUSTOMS, physical_properties=properties)


@pytest.fixture
def by_area(later: Shop) -> Shop:
    """A shop of today whose parcels are judged by the postal code as well."""
    later.workspace.quirk("myparcel.customs_areas", "postal_code")
    return later


def why(shop: Shop) -> str:
    [entry] = shop.workspace.journal(limit=1)
    return " ".join(shop.workspace.control.get(f"/journal/{entry['id']}").json()["why"])


@pytest.mark.parametrize(("cc", "postal_code", "name"), NEED)
def test_the_country_tells_and_the_journal_says_what_it_leaves_out(
    later: Shop, cc: str, postal_code: str, name: str
) -> None:
    later.create(to(cc, postal_code))
    assert name in why(later)
    assert "myparcel.customs_areas" in why(later)
    later.create(declared(cc, postal_code))
    assert name not in why(later)


@pytest.mark.parametrize(("cc", "postal_code", "name"), NEED)
def test_by_postal_code_such_an_area_needs_a_declaration(
    by_area: Shop, cc: str, postal_code: str, name: str
) -> None:
    response = by_area.post_shipments([to(cc, postal_code)])
    assert response.status_code == 422, name
    assert {each.code for each in faults(response)} == {3702, 3704}
    by_area.create(declared(cc, postal_code))


@pytest.mark.parametrize(("cc", "postal_code"), NONE)
def test_by_postal_code_northern_ireland_and_monaco_need_none(
    by_area: Shop, cc: str, postal_code: str
) -> None:
    by_area.create(to(cc, postal_code))


@pytest.mark.parametrize(("cc", "postal_code"), NONE[:3])
def test_by_the_country_they_do(later: Shop, cc: str, postal_code: str) -> None:
    response = later.post_shipments([to(cc, postal_code)])
    assert 3702 in {each.code for each in faults(response)}


@pytest.mark.parametrize(("cc", "postal_code"), AS_THE_COUNTRY)
def test_elsewhere_nothing_is_asked_for_and_nothing_is_told(
    by_area: Shop, cc: str, postal_code: str
) -> None:
    by_area.create(to(cc, postal_code))
    assert "though it is of a country of" not in why(by_area)


def test_what_is_declared_goes_through_customs_with_its_form(by_area: Shop) -> None:
    plain, formal, northern = by_area.create(
        to("ES", "28001"), declared("ES", "35001"), to("GB", "BT1 5GS")
    )
    sizes = {}
    for made in (plain, formal, northern):
        label = by_area.client.get(
            f"/shipment_labels/{made}", headers={"Accept": "application/pdf"}
        )
        assert label.status_code == 200
        sizes[made] = label.content.count(b"/Type /Page\n") or label.content.count(b"/Type /Page")
    assert sizes[formal] > sizes[plain] == sizes[northern]
    by_area.workspace.do("myparcel.start_journey", shipment=formal, journey="customs_delivered")
    by_area.workspace.advance("20d")
    assert status_of(by_area, formal) == 7


def test_in_2017_the_same_areas_are_told(shop: Shop) -> None:
    insured = {"package_type": 1, "insurance": {"amount": 50_000, "currency": "EUR"}}
    shop.create(to("ES", "35001", options=insured))
    assert "Canary Islands" in why(shop)
    shop.workspace.quirk("myparcel.customs_areas", "postal_code")
    response = shop.post_shipments([to("ES", "35001", options=insured)])
    assert 3702 in {each.code for each in faults(response)}
