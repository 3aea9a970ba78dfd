"""Capabilities and creating read one table: what the one shows the other takes, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.names import CARRIERS, DELIVERY_TYPES, PACKAGE_TYPES
from simulator.carriers.myparcel.offers.options import BODY_NAMES, FLAGS
from simulator.carriers.myparcel.offers.zones import HOMES, members
from tests.myparcel.client import Shop, codes
from tests.myparcel.offered import TUESDAY, VERSION_2, body_name, capabilities, post, shipment
from tests.support.server import Workspace

_KEYS = ("sim-myparcel-nl", "sim-myparcel-be")


_TYPE = "application/vnd.shipment+json;charset=utf-8;version=1.1"


_COUNTRIES = ("NL", "BE", "DE", "FR", "IT", "DK", "GB", "CH", "US")


@pytest.fixture
def shops(new_workspace: Callable[[], Workspace]) -> Iterator[dict[str, Shop]]:
    """The Dutch and the Belgian shop of one workspace, by their keys."""
    dutch = Shop(new_workspace(), _KEYS[0])
    yield {_KEYS[0]: dutch, _KEYS[1]: dutch.with_key(_KEYS[1])}
    dutch.close()


_FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_FEW
@given(data=st.data())
def test_what_capabilities_show_is_accepted(shops: dict[str, Shop], data: st.DataObject) -> None:
    shop = shops[data.draw(st.sampled_from(_KEYS))]
    cc = data.draw(st.sampled_from(_COUNTRIES))
    shown = data.draw(st.sampled_from(capabilities(shop, cc)))
    kind = data.draw(st.sampled_from(shown["packageTypes"]))
    narrow = {"carrier": shown["carrier"], "packageType": kind}
    [of_kind] = capabilities(shop, cc, **narrow)
    delivery = data.draw(st.sampled_from(of_kind["deliveryTypes"]))
    narrow["deliveryType"] = delivery
    asked: dict[str, Any] = {}
    for _ in range(data.draw(st.integers(0, 3))):
        [now] = capabilities(shop, cc, **narrow, options=asked)
        left = sorted(set(now["options"]) - {*asked, "insurance"})
        if left:
            asked[data.draw(st.sampled_from(left))] = {}
    chosen, insurance = settled(shop, cc, narrow, asked, insured=data.draw(st.booleans()))
    [last] = capabilities(shop, cc, **narrow, options={key: {} for key in chosen})
    weight = last["physicalProperties"]["weight"]["min"]["value"] or 1
    made = shipment(
        cc,
        shown["carrier"],
        kind,
        delivery_type=delivery,
        options={body_name(name): 1 for name in chosen},
        insurance=insurance,
        weight=weight,
    )
    response = post(shop, made)
    assert response.status_code == 200, (made, response.text)


def settled(
    shop: Shop, cc: str, narrow: dict[str, Any], asked: dict[str, Any], *, insured: bool
) -> tuple[set[str], int]:
    """The options with all that is required beside them, and an insurance that they leave open."""
    chosen, insurance = set(asked), 0
    while True:
        [now] = capabilities(shop, cc, **narrow, options={key: {} for key in chosen})
        terms = now["options"].get("insurance")
        needed = {name for name, each in now["options"].items() if each["isRequired"]}
        needed |= {other for name in chosen for other in now["options"][name]["requires"]}
        insure = terms is not None and (insured or "insurance" in needed)
        if insure and not barred(now["options"], chosen | needed, terms):
            insurance = terms["max"]["amount"]
            needed |= {*terms["requires"]}
        needed -= {"insurance"}
        if needed <= chosen:
            return chosen, insurance
        chosen |= needed


def barred(options: dict[str, Any], chosen: set[str], terms: dict[str, Any]) -> bool:
    """Whether an insurance needs what the chosen options do not go with."""
    excluded = {
        other for name in chosen & options.keys() for other in options[name].get("excludes", ())
    }
    return bool(excluded & {*terms["requires"]} or chosen & {*terms["excludes"]})


@_FEW
@given(
    key=st.sampled_from(_KEYS),
    cc=st.sampled_from(_COUNTRIES),
    carrier=st.sampled_from([1, 1, 2, 4, 9, 10, 11, 12, 14]),
    kind=st.sampled_from([1, 1, 1, *PACKAGE_TYPES]),
    delivery=st.none() | st.sampled_from([2, 2, *DELIVERY_TYPES]),
    options=st.sets(st.sampled_from(FLAGS), max_size=2),
    insurance=st.sampled_from([0, 0, 5_000, 10_000, 50_000, 52_000, 12_345]),
)
def test_what_is_accepted_is_shown_by_capabilities(
    shops: dict[str, Shop],
    key: str,
    cc: str,
    carrier: int,
    kind: int,
    delivery: int | None,
    options: set[str],
    insurance: int,
) -> None:
    shop = shops[key]
    chosen: dict[str, Any] = dict.fromkeys(options, 1)
    made = shipment(cc, carrier, kind, delivery_type=delivery, options=chosen, insurance=insurance)
    accepted = post(shop, made).status_code == 200
    names = {body: name for name, body in BODY_NAMES.items()}
    narrow: dict[str, Any] = {
        "carrier": CARRIERS[carrier].name,
        "packageType": PACKAGE_TYPES[kind].name,
        "options": {names[option]: {} for option in options},
    }
    if delivery is not None:
        narrow["deliveryType"] = DELIVERY_TYPES[delivery].name
    if insurance:
        narrow["options"]["insurance"] = {"amount": insurance}
    shown = capabilities(shop, cc, **narrow)
    if accepted:
        [only] = shown
        assert {names[option] for option in options} <= set(only["options"])
        assert not insurance or only["options"]["insurance"]["max"]["amount"] >= insurance
    if not shown:
        assert not accepted


def test_a_question_without_a_package_type_is_answered_by_carrier(today: Shop) -> None:
    [postnl] = capabilities(today, "NL", carrier="POSTNL")
    assert postnl["packageTypes"] == [
        "PACKAGE",
        "MAILBOX",
        "UNFRANKED",
        "DIGITAL_STAMP",
        "SMALL_PACKAGE",
    ]
    assert (postnl["collo"], postnl["contract"]) == ({"max": 20}, {"id": 1})
    assert "oversizedPackage" in postnl["options"]


def test_a_question_with_a_package_type_is_answered_for_it(today: Shop) -> None:
    [mailbox] = capabilities(today, "NL", carrier="POSTNL", packageType="MAILBOX")
    assert mailbox["deliveryTypes"] == ["STANDARD_DELIVERY"]
    assert set(mailbox["options"]) == {"priorityDelivery", "tracked"}
    assert mailbox["collo"] == {"max": 1}
    assert mailbox["physicalProperties"]["weight"]["max"] == {"value": 2000, "unit": "g"}


def test_options_tell_what_they_need_and_what_they_exclude(today: Shop) -> None:
    [shown] = capabilities(today, "NL", carrier="POSTNL", packageType="PACKAGE")
    assert shown["options"]["requiresAgeVerification"] == {
        "isSelectedByDefault": False,
        "isRequired": False,
        "requires": ["recipientOnlyDelivery", "requiresSignature"],
        "excludes": ["requiresReceiptCode"],
    }
    insurance = shown["options"]["insurance"]
    assert insurance["requires"] == ["recipientOnlyDelivery", "requiresSignature"]
    assert insurance["max"] == {"amount": 500000, "currency": "EUR"}
    assert insurance["insuredAmount"]["max"] == insurance["max"]


def test_a_delivery_type_makes_options_required_and_takes_others_away(today: Shop) -> None:
    narrow = {"carrier": "POSTNL", "packageType": "PACKAGE", "deliveryType": "PICKUP_DELIVERY"}
    [shown] = capabilities(today, "NL", **narrow)
    assert shown["options"]["requiresSignature"]["isRequired"]
    assert "returnOnFirstFailedDelivery" not in shown["options"]
    assert shown["deliveryTypes"] == ["PICKUP_DELIVERY"]


def _of_delivery_types() -> Iterator[tuple[str, str, int, int, int]]:
    """Each delivery type of each row of the table: key, destination, carrier, package and type."""
    done: set[int] = set()
    for row in table.ROWS:
        for cc in sorted(members(row.to)):
            offer, key = row.offer, _KEYS[HOMES.index(row.offer.home)]
            found = table.offer(offer.carrier, offer.home, cc, offer.package_type)
            if found is offer and id(offer) not in done:
                done.add(id(offer))
                for number in offer.deliveries:
                    yield key, cc, offer.carrier, offer.package_type, number


def test_every_option_that_is_shown_with_a_delivery_type_goes_with_it(
    shops: dict[str, Shop],
) -> None:
    for key, cc, carrier, kind, delivery in _of_delivery_types():
        narrow: dict[str, Any] = {
            "carrier": CARRIERS[carrier].name,
            "packageType": PACKAGE_TYPES[kind].name,
            "deliveryType": DELIVERY_TYPES[delivery].name,
        }
        [shown] = capabilities(shops[key], cc, **narrow)
        made: list[dict[str, Any]] = []
        for wished in ["", *sorted(set(shown["options"]) - {"insurance"})]:
            asked: dict[str, Any] = {wished: {}} if wished else {}
            chosen, insurance = settled(shops[key], cc, narrow, asked, insured=False)
            options = {body_name(name): 1 for name in chosen}
            one = shipment(
                cc, carrier, kind, delivery_type=delivery, options=options, insurance=insurance
            )
            made.append(one)
        response = shops[key].post_shipments(made, _TYPE)
        assert response.status_code == 200, (narrow, response.text)


@pytest.mark.parametrize("delivery", ["MORNING_DELIVERY", "EVENING_DELIVERY", "PICKUP_DELIVERY"])
def test_what_excludes_an_option_that_a_delivery_type_needs_is_not_shown(
    today: Shop, delivery: str
) -> None:
    narrow = {"carrier": "POSTNL", "packageType": "PACKAGE", "deliveryType": delivery}
    [shown] = capabilities(today, "NL", **narrow)
    assert "requiresReceiptCode" not in shown["options"]
    assert capabilities(today, "NL", **narrow, options={"requiresReceiptCode": {}}) == []


def test_an_insurance_beside_a_receipt_code_requires_nothing_more(today: Shop) -> None:
    narrow = {"carrier": "POSTNL", "packageType": "PACKAGE"}
    [shown] = capabilities(today, "NL", **narrow, options={"requiresReceiptCode": {}})
    assert shown["options"]["insurance"]["requires"] == []
    assert not {"recipientOnlyDelivery", "requiresSignature"} & set(shown["options"])
    made = shipment("NL", "POSTNL", "PACKAGE", options={"receipt_code": 1}, insurance=10_000)
    assert post(today, made).status_code == 200


def test_a_morning_has_no_saturday(today: Shop) -> None:
    narrow = {"carrier": "DHL_EUROPLUS", "packageType": "PACKAGE"}
    [whenever] = capabilities(today, "NL", **narrow)
    assert "saturdayDelivery" in whenever["options"]
    for delivery in ("MORNING_DELIVERY", "EARLY_MORNING_DELIVERY"):
        [shown] = capabilities(today, "NL", **narrow, deliveryType=delivery)
        assert "saturdayDelivery" not in shown["options"]
        options = {"saturday_delivery": 1, "signature": 1}
        made = shipment("NL", 11, 1, delivery_type=delivery, options=options)
        assert codes(post(today, made)) == [3705]


def test_a_saturday_for_another_day_is_told(today: Shop) -> None:
    options = {"saturday_delivery": 1, "delivery_type": 2, "delivery_date": TUESDAY}
    assert post(today, shipment("NL", "DPD", 1, options=options)).status_code == 200
    told = "saturday_delivery is set, though delivery_date is a Tuesday"
    assert told in explained(today)
    options["delivery_date"] = "2026-06-13 00:00:00"
    assert post(today, shipment("NL", "DPD", 1, options=options)).status_code == 200
    assert "saturday_delivery" not in explained(today)


def test_what_comes_back_comes_from_within_the_european_union(today: Shop) -> None:
    german = [each["carrier"] for each in capabilities(today, "DE", direction="INBOUND")]
    assert "POSTNL" in german
    assert "DHL_FOR_YOU" not in german
    assert capabilities(today, "US", direction="INBOUND") == []
    from_us = {"sender": {"countryCode": "US"}, "direction": "INBOUND"}
    assert capabilities(today, "NL", **from_us) == []


def test_a_weight_leaves_out_what_is_too_heavy(today: Shop) -> None:
    heavy = {"weight": {"value": 2.5, "unit": "kg"}}
    [shown] = capabilities(today, "NL", carrier="POSTNL", physicalProperties=heavy)
    assert shown["packageTypes"] == ["PACKAGE"]


def test_each_home_has_its_own_carriers(shops: dict[str, Shop]) -> None:
    carriers = {
        key: [each["carrier"] for each in capabilities(shop, "BE")] for key, shop in shops.items()
    }
    assert carriers["sim-myparcel-be"] == ["POSTNL", "BPOST", "DPD"]
    assert "BPOST" not in carriers["sim-myparcel-nl"]
    assert "DHL_FOR_YOU" in carriers["sim-myparcel-nl"]


def test_version_1_has_the_numbers_and_names_of_shipments(today: Shop) -> None:
    question = {"recipient": {"cc": "NL"}, "carrier_id": 9, "package_type": 1}
    body = {"data": {"capabilities": [question]}}
    response = today.client.post("/shipments/capabilities", json=body)
    [shown] = response.json()["data"]["capabilities"]
    assert (shown["carrier_id"], shown["package_types"]) == (9, [1])
    assert shown["delivery_types"] == [2, 3, 4]
    assert shown["options"]["hide_sender"]["excludes"] == ["insurance"]


def test_contract_definitions_are_of_the_carriers_of_the_shop(shops: dict[str, Shop]) -> None:
    path = "/shipments/capabilities/contract-definitions"
    belgian = shops["sim-myparcel-be"].client
    posted = belgian.post(path, json={}, headers=VERSION_2).json()
    assert [each["carrier"] for each in posted["items"]] == ["POSTNL", "BPOST", "DPD"]
    assert belgian.get(path, headers=VERSION_2).json() == posted
    [one] = belgian.post(path, json={"carrier": "BPOST"}, headers=VERSION_2).json()["items"]
    assert one["options"]["saturdayDelivery"] == {"isSelectedByDefault": False, "isRequired": False}
    assert "physicalProperties" not in one


def test_a_question_about_somebody_elses_shop_is_not_permitted(today: Shop) -> None:
    body = {"recipient": {"countryCode": "NL"}, "shopId": 1}
    response = today.client.post("/shipments/capabilities", json=body, headers=VERSION_2)
    assert (response.status_code, [e["code"] for e in response.json()["errors"]]) == (403, [3001])
    assert "shopId is 1, the key is of shop 77" in explained(today)


def test_of_a_question_in_both_versions_the_unread_one_is_told(today: Shop) -> None:
    one = {"recipient": {"cc": "NL"}, "carrier_id": 9}
    both = {"recipient": {"countryCode": "NL"}, "carrier": "DPD", "data": {"capabilities": [one]}}
    response = today.client.post("/shipments/capabilities", json=both)
    assert [each["carrier_id"] for each in response.json()["data"]["capabilities"]] == [9]
    assert "carrier, recipient stand beside data and were not read" in explained(today)
    of_two = {"carrier": "DPD", "data": {"carrier_id": 9}}
    today.client.post("/shipments/capabilities/contract-definitions", json=of_two)
    assert "carrier stands beside data and was not read" in explained(today)


def explained(shop: Shop) -> str:
    """The reasons of the newest exchange."""
    [newest] = shop.workspace.journal(limit=1)
    why: Any = shop.workspace.control.get(f"/journal/{newest['id']}").json()["why"]
    return str(why)


def test_the_edition_of_2017_has_no_capabilities(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = shop.client.post("/shipments/capabilities", json={"recipient": {"cc": "NL"}})
    assert response.status_code in (404, 405)


def test_an_amount_between_the_steps_is_taken_where_the_range_is_read(today: Shop) -> None:
    insured = {"signature": 1, "only_recipient": 1}
    made = shipment("NL", "POSTNL", 1, options=insured, insurance=13_700)
    assert codes(post(today, made)) == [3743]
    today.workspace.quirk("myparcel.insurance_steps", "range")
    assert post(today, made).status_code == 200
