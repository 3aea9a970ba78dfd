"""Changing concepts, and what becomes of their colli."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import BELGIAN, DROP_OFF_POINT, DUTCH, POSTNL, changed, shipment
from tests.myparcel.changes import found, put, secondary, several
from tests.myparcel.client import Shop, codes, faults


def test_concepts_can_be_changed_in_the_edition_of_today(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    [number] = shop.create(shipment(secondary_shipments=[{}]))
    assert put(shop, {"id": number}).status_code == 405
    shop.workspace.quirk("myparcel.edition", "today")
    moved = {**DUTCH, "city": "Zeist"}
    changes = {"recipient": moved, "secondary_shipments": [{}, {}]}
    response = put(shop, {"id": number, **changes})
    assert (response.status_code, response.content) == (204, b"")
    [shown] = shop.read(number)
    assert (shown["recipient"]["city"], len(shown["secondary_shipments"])) == ("Zeist", 2)
    assert put(shop, {"id": number, "secondary_shipments": []}).status_code == 204
    assert len(shop.workspace.records("myparcel", "shipments")) == 1


def test_what_cannot_be_changed(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    [number] = shop.create(shipment())
    response = put(shop, {"id": number, "recipient": BELGIAN}, {"id": 5})
    assert response.status_code == 422
    assert codes(response) == [3711, 3717]


def test_a_carrier_that_was_switched_off_since_is_not_kept_by_its_older_number(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    [number] = shop.create(shipment())
    shop.workspace.quirk("myparcel.edition", "today")
    assert put(shop, {"id": number, "reference_identifier": "A"}).status_code == 204
    off = {"shop": 77, "carrier": "POSTNL", "enabled": False}
    shop.workspace.do("myparcel.set_carrier_accessibility", **off)
    [error] = faults(put(shop, {"id": number, "reference_identifier": "B"}))
    assert (error.code, error.field) == (3728, "data.shipments[0].carrier")


@pytest.mark.parametrize("item", [{"carrier": 1}, {"id": None, "carrier": 1}])
def test_a_change_names_its_concept(later: Shop, item: dict[str, Any]) -> None:
    assert faults(put(later, item)) == [(3717, "data.shipments[0].id", "is required")]


@pytest.mark.parametrize("number", [None, 5, -1])
def test_only_a_concept_of_the_shop_can_be_changed(later: Shop, number: Any) -> None:
    assert found(put(later, {"id": number})) == [(3717, "id")]


def test_what_is_registered_or_somebody_elses_cannot_be_changed(later: Shop) -> None:
    [concept, sent] = later.create(shipment(), shipment())
    assert later.client.get(f"/shipment_labels/{sent}").status_code == 200
    assert found(put(later, {"id": sent})) == [(3717, "id")]
    assert found(put(later.with_key("sim-myparcel-prepaid"), {"id": concept})) == [(3717, "id")]


def test_one_bad_change_leaves_everything_as_it_was(later: Shop) -> None:
    [first, second] = later.create(shipment(), shipment())
    good = {"id": first, "options": {"package_type": 3}}
    bad = {"id": second, "options": {"package_type": 8}}
    [error] = faults(put(later, good, bad))
    assert error.field == "data.shipments[1].options.package_type"
    assert [each["options"]["package_type"] for each in later.read(first, second)] == [1, 1]


def test_two_changes_of_one_shipment_add_up(later: Shop) -> None:
    [number] = later.create(shipment())
    moved = {**DUTCH, "city": "Zeist"}
    signed = {"package_type": 1, "signature": 1}
    changes = ({"id": number, "recipient": moved}, {"id": number, "options": signed})
    assert put(later, *changes).status_code == 204
    [shown] = later.read(number)
    assert (shown["recipient"]["city"], shown["options"]["signature"]) == ("Zeist", 1)


def test_the_colli_follow_a_change_of_their_main_shipment(later: Shop) -> None:
    main, colli = several(later, {"reference_identifier": "B"}, {})
    moved = {**DUTCH, "city": "Zeist"}
    assert put(later, {"id": main, "recipient": moved}).status_code == 204
    shown = later.read(*colli)
    assert [each["recipient"]["city"] for each in shown] == ["Zeist", "Zeist"]
    assert [each.get("reference_identifier") for each in shown] == ["B", None]
    assert secondary(later, main) == colli


def test_a_collo_may_be_changed_along_with_its_main_shipment(later: Shop) -> None:
    main, [one, two] = several(later, {}, {})
    changes = [{"id": two, "physical_properties": {"weight": 700}}, {"id": one}]
    assert put(later, {"id": main, "secondary_shipments": changes}).status_code == 204
    assert secondary(later, main) == [two, one]
    assert later.read(two)[0]["physical_properties"] == {"weight": 700}


def test_colli_that_a_change_leaves_out_are_deleted(later: Shop) -> None:
    main, [one, two] = several(later, {}, {})
    left_out = {"id": main, "secondary_shipments": [{"id": two}, {}]}
    assert put(later, left_out, {"id": one}).status_code == 204
    assert later.read(one) == []
    assert secondary(later, main)[0] == two
    assert len(secondary(later, main)) == 2


def test_an_attached_shipment_goes_where_its_main_one_goes(later: Shop) -> None:
    elsewhere = changed(shipment(), "recipient.city", "Zeist")
    [by_id, by_main] = later.create(elsewhere, elsewhere)
    main, _ = several(later, {"id": by_id})
    assert put(later, {"id": by_main, "multi_collo_main_shipment_id": main}).status_code == 204
    assert secondary(later, main) == [by_id, by_main]
    for each in later.read(by_id, by_main):
        assert each["multi_collo_main_shipment_id"] == main
        assert each["recipient"] == DUTCH


def returned(shop: Shop) -> tuple[int, str]:
    """The id of the return of a registered shipment, and what its label has to say."""
    [parent] = shop.create(shipment())
    shop.client.get(f"/shipment_labels/{parent}")
    items = [{"parent": parent, "carrier": POSTNL, "name": "Noor Visser"}]
    kind = "application/vnd.return_shipment+json"
    made = shop.post({"data": {"return_shipments": items}}, kind).json()["data"]["ids"]
    return made[0]["id"], f"Retour \u2013 {shop.read(parent)[0]['barcode']}"


def test_a_changed_return_still_brings_its_parent_back_to_the_shop(later: Shop) -> None:
    number, words = returned(later)
    [before] = later.read(number)
    options = {"package_type": 1, "signature": 1, "label_description": "mine"}
    assert put(later, {"id": number, "options": options}).status_code == 204
    [after] = later.read(number)
    assert after["options"] == {**options, "label_description": words}
    elsewhere = {"id": number, "recipient": {**DUTCH, "city": "Zeist"}}
    assert found(put(later, elsewhere)) == [(3717, "recipient")]
    assert put(later, {"id": number, "recipient": before["recipient"]}).status_code == 204


def test_a_return_is_no_part_of_several_colli(later: Shop) -> None:
    number, _ = returned(later)
    [loose] = later.create(shipment())
    assert found(put(later, {"id": number, "secondary_shipments": [{}]})) == [
        (3735, "secondary_shipments")
    ]
    attached = {"id": loose, "secondary_shipments": [{"id": number}]}
    assert found(put(later, attached)) == [(3739, "secondary_shipments[0].id")]
    led = shipment(multi_collo_main_shipment_id=number)
    assert found(later.post_shipments([led])) == [(3739, "multi_collo_main_shipment_id")]
    joined = {"id": number, "multi_collo_main_shipment_id": loose}
    assert found(put(later, joined)) == [(3735, "multi_collo_main_shipment_id")]


def test_what_a_change_does_not_name_stays_as_it_was(later: Shop) -> None:
    place = DROP_OFF_POINT
    body = {**shipment(), "drop_off_point": place, "secondary_shipments": [{}]}
    [main] = later.create(body)
    assert put(later, {"id": main, "reference_identifier": "B"}).status_code == 204
    kept = later.workspace.records("myparcel", "shipments")
    assert [each["drop_off_point"] for each in kept] == [place, place]
