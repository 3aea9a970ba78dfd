"""Changing concepts, and several colli of one shipment: both with the later features only."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import BELGIAN, DUTCH, belgian, changed, dutch, shipment, swiss, valued
from tests.myparcel.client import SHIPMENT, Shop


def test_several_colli_are_one_shipment(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.later_features", True)
    ids = shop.create(shipment(secondary_shipments=[{}, {"reference_identifier": "B"}]))
    [main] = shop.read(*ids)
    others = [item["id"] for item in main["secondary_shipments"]]
    assert len(others) == 2
    first, second = shop.read(*others)
    assert first["multi_collo_main_shipment_id"] == main["id"]
    assert (first["recipient"], second["reference_identifier"]) == (DUTCH, "B")
    response = shop.post_shipments([swiss(secondary_shipments=[{"options": {"signature": 1}}])])
    assert {error["code"] for error in response.json()["errors"]} == {3735, 3736}
    [late] = shop.create(shipment(multi_collo_main_shipment_id=main["id"]))
    assert shop.read(late)[0]["multi_collo_main_shipment_id"] == main["id"]


def test_colli_are_ignored_without_the_later_features_and_the_journal_says_so(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.later_features", False)
    [number] = shop.create(shipment(secondary_shipments=[{}]))
    assert "secondary_shipments" not in shop.read(number)[0]
    assert len(shop.workspace.records("myparcel", "shipments")) == 1
    [created] = shop.workspace.journal(operation="myparcel.create_shipments")
    said = shop.workspace.control.get(f"journal/{created['id']}").json()["why"]
    assert (
        "data.shipments[0].secondary_shipments was not honoured, since later features are off."
        in said
    )


def put(shop: Shop, *items: Any) -> Any:
    body = {"data": {"shipments": items}}
    return shop.client.put("/shipments", json=body, headers={"Content-Type": SHIPMENT})


def test_concepts_can_be_changed_with_the_later_features(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.later_features", False)
    [number] = shop.create(shipment(secondary_shipments=[{}]))
    assert put(shop, {"id": number}).status_code == 405
    shop.workspace.quirk("myparcel.later_features", True)
    moved = {**DUTCH, "city": "Zeist"}
    changes = {"recipient": moved, "secondary_shipments": [{}, {}]}
    response = put(shop, {"id": number, **changes})
    assert (response.status_code, response.content) == (204, b"")
    [shown] = shop.read(number)
    assert (shown["recipient"]["city"], len(shown["secondary_shipments"])) == ("Zeist", 2)
    assert put(shop, {"id": number, "secondary_shipments": []}).status_code == 204
    assert len(shop.workspace.records("myparcel", "shipments")) == 1


def test_what_cannot_be_changed(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.later_features", True)
    [number] = shop.create(shipment())
    response = put(shop, {"id": number, "recipient": BELGIAN}, {"id": 5})
    assert response.status_code == 422
    assert [error["code"] for error in response.json()["errors"]] == [3711, 3717]


@pytest.mark.parametrize("item", [{"carrier": 1}, {"id": None, "carrier": 1}])
def test_a_change_names_its_concept(later: Shop, item: dict[str, Any]) -> None:
    [error] = put(later, item).json()["errors"]
    assert (error["code"], error["fields"]) == (3717, ["data.shipments[0].id"])
    assert error["human"] == ["id is required"]


def found(response: Any) -> list[tuple[int, str]]:
    assert response.status_code == 422, response.text
    return [
        (error["code"], field.removeprefix("data.shipments[0]."))
        for error in response.json()["errors"]
        for field in error["fields"]
    ]


def several(shop: Shop, *colli: Any, **members: Any) -> tuple[int, list[int]]:
    """The ids of a new main shipment and of its colli."""
    [main] = shop.create(shipment(secondary_shipments=list(colli), **members))
    return main, secondary(shop, main)


def secondary(shop: Shop, main: int) -> list[int]:
    [shown] = shop.read(main)
    return [item["id"] for item in shown["secondary_shipments"] or ()]


@pytest.mark.parametrize("number", [None, "x", 5, -1])
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
    bad = {"id": second, "options": {"package_type": 4}}
    [error] = put(later, good, bad).json()["errors"]
    assert error["fields"] == ["data.shipments[1].options.package_type"]
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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (dutch(package_type=2), [(3735, "options.package_type")]),
        (dutch(package_type=3), [(3735, "options.package_type")]),
        (valued(belgian(), "recipient.cc", "DE"), [(3735, "recipient.cc")]),
        (swiss(), [(3735, "recipient.cc")]),
        (belgian(), []),
        (dutch(), []),
    ],
)
def test_several_colli_are_for_packages_to_two_countries(
    later: Shop, body: dict[str, Any], expected: list[tuple[int, str]]
) -> None:
    response = later.post_shipments([{**body, "secondary_shipments": [{}]}])
    assert (found(response) if expected else []) == expected
    assert expected or response.status_code == 200


@pytest.mark.parametrize(
    ("colli", "expected"),
    [
        ([{"options": {"signature": 1}}], [(3736, "secondary_shipments[0].options")]),
        ([{}, {"id": 5}], [(3739, "secondary_shipments[1].id")]),
        ([1], [(0, "secondary_shipments[0]")]),
        ({}, [(0, "secondary_shipments")]),
        ("x", [(0, "secondary_shipments")]),
    ],
)
def test_colli_that_cannot_be_taken(
    later: Shop, colli: Any, expected: list[tuple[int, str]]
) -> None:
    assert found(later.post_shipments([shipment(secondary_shipments=colli)])) == expected


def test_a_shipment_is_attached_once(later: Shop) -> None:
    [loose] = later.create(shipment())
    twice = shipment(secondary_shipments=[{"id": loose}, {"id": loose}])
    assert found(later.post_shipments([twice])) == [(3739, "secondary_shipments[1].id")]
    _, [taken] = several(later, {"id": loose})
    again = shipment(secondary_shipments=[{"id": taken}])
    assert found(later.post_shipments([again])) == [(3739, "secondary_shipments[0].id")]


def test_a_collo_has_no_colli_of_its_own(later: Shop) -> None:
    main, [collo] = several(later, {})
    other, _ = several(later, {})
    nested = {"id": collo, "secondary_shipments": [{}]}
    assert found(put(later, nested)) == [(3736, "secondary_shipments")]
    both = shipment(multi_collo_main_shipment_id=main, secondary_shipments=[{}])
    assert found(later.post_shipments([both])) == [(3736, "multi_collo_main_shipment_id")]
    for leader in (collo, 5):
        body = shipment(multi_collo_main_shipment_id=leader)
        assert found(later.post_shipments([body])) == [(3739, "multi_collo_main_shipment_id")]
    moved = {"id": collo, "multi_collo_main_shipment_id": other}
    assert found(put(later, moved)) == [(3739, "multi_collo_main_shipment_id")]


def test_a_shipment_of_several_colli_stays_a_package(later: Shop) -> None:
    main, [collo] = several(later, {})
    letter = {"options": {"package_type": 3}}
    assert found(put(later, {"id": main, **letter})) == [(3735, "options.package_type")]
    assert found(put(later, {"id": collo, **letter})) == [(3735, "options.package_type")]
    alone = {"id": main, "secondary_shipments": [], **letter}
    assert put(later, alone).status_code == 204


def returned(shop: Shop) -> tuple[int, str]:
    """The id of the return of a registered shipment, and what its label has to say."""
    [parent] = shop.create(shipment())
    shop.client.get(f"/shipment_labels/{parent}")
    items = [{"parent": parent, "carrier": 2, "name": "Noor Visser"}]
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
