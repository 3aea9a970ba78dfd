"""DELETE /shipments/{ids}: concepts only, all or nothing."""

from __future__ import annotations

import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.myparcel.client import Shop
from tests.myparcel.listed import ids, shipment

REFUSED = IsPartialDict(
    message=IsStr(regex=r"cannot delete shipment \(request_id: \S+\)"),
    errors=[
        {
            "status": 422,
            "code": 3723,
            "title": "cannot delete shipment",
            "message": IsStr(regex="cannot delete shipment: .+"),
        }
    ],
)


def test_a_concept_is_deleted_with_201_and_no_body(shop: Shop) -> None:
    first, second = shop.create(shipment(), shipment())
    response = shop.client.delete(f"/shipments/{first}")
    assert (response.status_code, response.content) == (201, b"")
    assert response.headers["content-type"] == "application/json"
    assert ids(shop) == [second]
    assert shop.read(first) == []


@pytest.mark.parametrize("separator", [";", "%3B", "%3b"])
def test_several_concepts_go_at_once(shop: Shop, separator: str) -> None:
    created = shop.create(*[shipment()] * 3)
    path = separator.join(map(str, created))
    assert shop.client.delete(f"/shipments/{path}/").status_code == 201
    assert ids(shop) == []


def test_the_same_id_twice_is_one_concept(shop: Shop) -> None:
    [created] = shop.create(shipment())
    assert shop.client.delete(f"/shipments/{created};{created}").status_code == 201


@pytest.mark.parametrize("unknown", ["1234", "99999999999999999999", "x", "-1", "1.0"])
def test_an_unknown_id_is_refused_and_nothing_goes(shop: Shop, unknown: str) -> None:
    [created] = shop.create(shipment())
    response = shop.client.delete(f"/shipments/{created};{unknown}")
    assert response.status_code == 422
    assert response.json() == REFUSED
    assert ids(shop) == [created]


def test_no_id_at_all_is_refused(shop: Shop) -> None:
    response = shop.client.delete("/shipments/;")
    assert response.status_code == 422
    assert response.json() == REFUSED


def test_a_registered_shipment_is_refused_and_nothing_goes(shop: Shop) -> None:
    concept, registered = shop.create(shipment(), shipment())
    shop.workspace.do("myparcel.move", shipment=registered, to=2)
    response = shop.client.delete(f"/shipments/{concept};{registered}")
    assert response.status_code == 422
    assert response.json() == REFUSED
    assert ids(shop) == [concept, registered]


def test_another_shops_concept_is_refused(shop: Shop) -> None:
    other = shop.with_key("sim-myparcel-prepaid")
    [theirs] = other.create(shipment())
    assert shop.client.delete(f"/shipments/{theirs}").status_code == 422
    assert ids(other) == [theirs]


def test_a_deleted_concept_cannot_be_deleted_again(shop: Shop) -> None:
    [created] = shop.create(shipment())
    assert shop.client.delete(f"/shipments/{created}").status_code == 201
    assert shop.client.delete(f"/shipments/{created}").status_code == 422


@pytest.mark.parametrize(
    ("quirk", "value"), [("myparcel.delete_status", 204), ("myparcel.edition", "today")]
)
def test_the_twin_of_later_years_answers_204(shop: Shop, quirk: str, value: object) -> None:
    shop.workspace.quirk(quirk, value)
    [created] = shop.create(shipment())
    response = shop.client.delete(f"/shipments/{created}")
    assert (response.status_code, response.content) == (204, b"")
    assert "content-type" not in response.headers


def test_deleting_needs_a_key(shop: Shop) -> None:
    [created] = shop.create(shipment())
    assert shop.with_key(None).client.delete(f"/shipments/{created}").status_code == 401
    assert ids(shop) == [created]


def test_a_main_shipment_takes_its_colli_with_it(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    shop.create({**shipment(), "secondary_shipments": [{}, {}]})
    main, second, third = ids(shop)
    assert shop.client.delete(f"/shipments/{second}").status_code == 204
    assert [each["id"] for each in shop.read(main)[0]["secondary_shipments"]] == [third]
    shop.workspace.do("myparcel.move", shipment=third, to=2)
    assert shop.client.delete(f"/shipments/{main}").status_code == 422
    assert ids(shop) == [main, third]
    [other] = shop.create({**shipment(), "secondary_shipments": [{}]})
    assert shop.client.delete(f"/shipments/{other}").status_code == 204
    assert ids(shop) == [main, third]
