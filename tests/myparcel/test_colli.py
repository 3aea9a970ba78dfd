"""Several colli of one shipment."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import BELGIAN, DUTCH, belgian, dutch, shipment, swiss, valued
from tests.myparcel.changes import found, put, secondary, several
from tests.myparcel.client import Shop, codes

GERMAN = {**BELGIAN, "cc": "DE", "postal_code": "10115"}


def test_several_colli_are_one_shipment(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    ids = shop.create(shipment(secondary_shipments=[{}, {"reference_identifier": "B"}]))
    [main] = shop.read(*ids)
    others = [item["id"] for item in main["secondary_shipments"]]
    assert len(others) == 2
    first, second = shop.read(*others)
    assert first["multi_collo_main_shipment_id"] == main["id"]
    assert (first["recipient"], second["reference_identifier"]) == (DUTCH, "B")
    response = shop.post_shipments([swiss(secondary_shipments=[{"options": {"signature": 1}}])])
    assert set(codes(response)) == {3735, 3736}
    [late] = shop.create(shipment(multi_collo_main_shipment_id=main["id"]))
    assert shop.read(late)[0]["multi_collo_main_shipment_id"] == main["id"]


def test_colli_are_ignored_in_the_edition_of_2017_and_the_journal_says_so(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    [number] = shop.create(shipment(secondary_shipments=[{}]))
    assert "secondary_shipments" not in shop.read(number)[0]
    assert len(shop.workspace.records("myparcel", "shipments")) == 1
    [created] = shop.workspace.journal(operation="myparcel.create_shipments")
    said = shop.workspace.control.get(f"journal/{created['id']}").json()["why"]
    assert (
        "data.shipments[0].secondary_shipments was not honoured, since the edition 2017 has none."
        in said
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (dutch(package_type=2), [(3735, "options.package_type")]),
        (dutch(package_type=3), [(3735, "options.package_type")]),
        (
            valued(belgian(), "recipient", {**BELGIAN, "cc": "DE", "postal_code": "10115"}),
            [(3735, "options.package_type")],
        ),
        (swiss(), [(3735, "options.package_type")]),
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
        ([{"secondary_shipments": [{}]}], [(3736, "secondary_shipments[0].secondary_shipments")]),
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


@pytest.mark.parametrize(
    "collo",
    [
        {"carrier": 1, "reference_identifier": "A", "physical_properties": {"weight": 500}},
        {"carrier": "postnl"},
        {"recipient": DUTCH},
        {"recipient": {"cc": "NL"}, "options": {"package_type": "1", "signature": 0}},
        {"options": [], "recipient": None},
    ],
)
def test_colli_may_repeat_what_the_main_shipment_says(later: Shop, collo: dict[str, Any]) -> None:
    main, [made] = several(later, collo)
    [shown] = later.read(made)
    assert shown["multi_collo_main_shipment_id"] == main
    assert shown["reference_identifier"] == collo.get("reference_identifier")
    assert shown["recipient"] == DUTCH


@pytest.mark.parametrize(
    ("collo", "expected"),
    [
        ({"carrier": 4}, [(3736, "carrier")]),
        ({"recipient": {**DUTCH, "city": "Zeist"}}, [(3736, "recipient")]),
        ({"pickup": {"location_name": "Primera"}}, [(3736, "pickup")]),
        ({"physical_properties": {"weight": "much"}}, [(0, "physical_properties.weight")]),
        ({"general_settings": 7}, [(0, "general_settings")]),
    ],
)
def test_what_colli_may_not_say_for_themselves(
    later: Shop, collo: dict[str, Any], expected: list[tuple[int, str]]
) -> None:
    response = later.post_shipments([shipment(secondary_shipments=[{}, collo])])
    places = [
        (code, field.removeprefix("secondary_shipments[1].")) for code, field in found(response)
    ]
    assert places == expected


def test_what_a_collo_says_in_vain_is_told(later: Shop) -> None:
    several(later, {"note": "in the shed"})
    [entry] = later.workspace.journal(operation="myparcel.create_shipments")
    told = later.workspace.control.get(f"journal/{entry['id']}").text
    assert "secondary_shipments[0].note was not honoured" in told


def test_a_collo_weighs_what_the_main_one_does_unless_it_says_otherwise(later: Shop) -> None:
    own = {"physical_properties": {"weight": 300}}
    _, colli = several(later, {}, own, physical_properties={"weight": 900})
    assert [each["physical_properties"]["weight"] for each in later.read(*colli)] == [900, 300]


def test_a_shipment_that_was_read_can_be_sent_back_with_its_colli(later: Shop) -> None:
    main, colli = several(later, {"reference_identifier": "B"}, {})
    [shown] = later.read(main)
    assert put(later, shown).status_code == 204
    assert secondary(later, main) == colli
    assert later.read(main)[0]["recipient"] == shown["recipient"]


def test_colli_that_start_together_go_on_their_journey_together(later: Shop) -> None:
    main, colli = several(later, {}, {})
    later.workspace.do("myparcel.start_journey", shipment=main, journey="delivered")
    later.workspace.advance("10d")
    assert [each["status"] for each in later.read(main, *colli)] == [7, 7, 7]
    told = {each["body"]["data"]["hooks"][0]["shipment_id"] for each in later.workspace.webhooks()}
    assert told == {main, *colli}


def test_a_collo_may_be_scanned_alone(later: Shop) -> None:
    main, [collo] = several(later, {})
    later.workspace.do("myparcel.move", shipment=collo, to=3)
    assert [each["status"] for each in later.read(main, collo)] == [1, 3]
    tracks = later.client.get(f"/tracktraces/{main};{collo}").json()["data"]["tracktraces"]
    assert (tracks[0], tracks[1]["shipment_id"]) == ([], collo)


def test_a_deleted_main_shipment_takes_its_colli_with_it(later: Shop) -> None:
    main, colli = several(later, {}, {})
    assert later.client.delete(f"/shipments/{main}").status_code == 204
    assert later.read(main, *colli) == []


def test_a_deleted_collo_leaves_the_others(later: Shop) -> None:
    main, [one, two] = several(later, {}, {})
    assert later.client.delete(f"/shipments/{one}").status_code == 204
    assert secondary(later, main) == [two]
    assert later.client.get(f"/shipment_labels/{two}").status_code == 200
    assert later.client.delete(f"/shipments/{main}").status_code == 422


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
