"""What a rate tells is what the shipment costs: both go by one table and one tariff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.carriers.myparcel.offers.names import CARRIERS, DELIVERY_TYPES, PACKAGE_TYPES
from simulator.carriers.myparcel.offers.options import BODY_NAMES, FLAGS
from tests.myparcel.client import Shop, codes, faults
from tests.myparcel.offered import capabilities, post, recipient, shipment
from tests.support.server import Workspace

_KEYS = ("sim-myparcel-nl", "sim-myparcel-be")
_COUNTRIES = ("NL", "BE", "DE", "FR", "IT", "DK", "GB", "CH", "US")
_NAMES = {body: name for name, body in BODY_NAMES.items()}
_DUTCH = {"recipient": {"countryCode": "NL"}, "carrier": "POSTNL", "packageType": "PACKAGE"}

_FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def shops(new_workspace: Callable[[], Workspace]) -> Iterator[dict[str, Shop]]:
    """The Dutch and the Belgian shop of one workspace, by their keys."""
    dutch = Shop(new_workspace(), _KEYS[0], server="api.myparcel.nl")
    yield {_KEYS[0]: dutch, _KEYS[1]: dutch.with_key(_KEYS[1])}
    dutch.close()


def ask(shop: Shop, body: Any, version: str = "2.0") -> httpx2.Response:
    """POST /shipments/rates as the generated client of the SDK does."""
    headers = dict.fromkeys(
        ("Accept", "Content-Type"), f"application/json;charset=utf-8;version={version}"
    )
    return shop.client.post("/shipments/rates", json=body, headers=headers)


def rate(shop: Shop, **asked: Any) -> dict[str, Any]:
    """The rate of a Dutch package of PostNL, but for what is said."""
    response = ask(shop, {**_DUTCH, **asked})
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def total(shop: Shop, **asked: Any) -> int:
    """The price of the whole, without tax."""
    cents: int = rate(shop, **asked)["priceComposition"]["total"]["price"]["amount"]
    return cents


def paid(shop: Shop, response: httpx2.Response) -> int:
    """What the shipments cost that were made."""
    ids = ";".join(str(each["id"]) for each in response.json()["data"]["ids"])
    read = shop.client.get(f"/shipments/{ids}").json()["data"]["shipments"]
    return sum(each["price"]["amount"] for each in read)


@_FEW
@given(
    key=st.sampled_from(_KEYS),
    cc=st.sampled_from(_COUNTRIES),
    carrier=st.sampled_from([1, 1, 1, 2, 4, 9, 10, 11, 12, 14]),
    kind=st.sampled_from([1, 1, 1, *PACKAGE_TYPES]),
    delivery=st.none() | st.sampled_from([2, 2, *DELIVERY_TYPES]),
    options=st.sets(st.sampled_from(FLAGS), max_size=2) | st.just({"signature", "only_recipient"}),
    insurance=st.sampled_from([0, 0, 5_000, 10_000, 50_000, 52_000, 12_345]),
    weight=st.sampled_from([0, 1, 15, 200, 1_999, 10_001, 22_000, 30_000]),
)
def test_a_rate_is_the_price_of_the_shipment_and_refused_where_the_shipment_is(
    shops: dict[str, Shop],
    key: str,
    cc: str,
    carrier: int,
    kind: int,
    delivery: int | None,
    options: set[str],
    insurance: int,
    weight: int,
) -> None:
    shop = shops[key]
    chosen: dict[str, Any] = dict.fromkeys(options, 1)
    made = shipment(
        *(cc, carrier, kind),
        delivery_type=delivery,
        options=chosen,
        insurance=insurance,
        weight=weight,
    )
    body: dict[str, Any] = {
        "recipient": {"countryCode": cc},
        "carrier": CARRIERS[carrier].name,
        "packageType": PACKAGE_TYPES[kind].name,
        "options": {_NAMES[option]: {} for option in options},
        "physicalProperties": {"weight": {"value": weight, "unit": "g"}},
    }
    if delivery is not None:
        body["deliveryType"] = DELIVERY_TYPES[delivery].name
    if insurance:
        body["options"]["insurance"] = {"amount": insurance, "currency": "EUR"}
    told, answer = ask(shop, body), post(shop, made)
    assert told.status_code == answer.status_code, (told.text, answer.text)
    if told.status_code == 200:
        whole = told.json()["priceComposition"]["total"]["price"]["amount"]
        assert whole == paid(shop, answer)
    else:
        assert sorted(codes(told)) == sorted(codes(answer))


@pytest.mark.parametrize("key", _KEYS)
@pytest.mark.parametrize("cc", _COUNTRIES)
def test_every_insurance_and_delivery_that_is_shown_has_the_price_of_its_shipment(
    shops: dict[str, Shop], key: str, cc: str
) -> None:
    shop = shops[key]
    compared = 0
    for shown in capabilities(shop, cc, packageType="PACKAGE"):
        for delivery in shown["deliveryTypes"]:
            asked = {"recipient": {"countryCode": cc}, "carrier": shown["carrier"]}
            [narrow] = capabilities(
                shop, cc, carrier=shown["carrier"], packageType="PACKAGE", deliveryType=delivery
            )
            needed = {name for name, each in narrow["options"].items() if each["isRequired"]}
            amount = 0
            terms = narrow["options"].get("insurance")
            if terms is not None:
                amount = terms["max"]["amount"]
                needed |= {*terms["requires"]}
            needed -= {"insurance"}
            made = shipment(
                *(cc, shown["carrier"], "PACKAGE"),
                delivery_type=delivery,
                options={BODY_NAMES[name]: 1 for name in needed},
                insurance=amount,
            )
            answer = post(shop, made)
            if answer.status_code != 200:
                continue
            options: dict[str, Any] = {name: {} for name in needed}
            if amount:
                options["insurance"] = {"insuredAmount": {"amount": amount, "currency": "EUR"}}
            assert total(shop, **asked, deliveryType=delivery, options=options) == paid(
                shop, answer
            )
            compared += 1
    assert compared


def test_a_rate_tells_of_what_the_price_is_made(today: Shop) -> None:
    options: dict[str, Any] = {"requiresSignature": {}, "recipientOnlyDelivery": {}}
    told = rate(
        today,
        deliveryType="EVENING_DELIVERY",
        options={**options, "insurance": {"amount": 10_000, "currency": "EUR"}},
        physicalProperties={"weight": {"value": 12, "unit": "kg"}},
    )
    parts = told.pop("priceComposition")
    assert told == {
        "carrier": "POSTNL",
        "contract": {"id": 1, "type": "MAIN"},
        "packageType": "PACKAGE",
        "deliveryType": "EVENING_DELIVERY",
    }
    assert parts["base"]["name"] == "PostNL package"
    assert [each["key"] for each in parts["charges"]] == ["weight", "deliveryType"]
    assert [each["key"] for each in parts["options"]] == [
        "recipientOnlyDelivery",
        "requiresSignature",
        "insurance",
    ]
    assert (parts["discounts"], parts["other"]) == ([], [])
    lines = [parts["base"], *parts["charges"], *parts["options"]]
    for member in ("price", "vat", "priceWithVat"):
        added = sum(each[member]["amount"] for each in lines)
        assert parts["total"][member] == {"amount": added, "currency": "EUR"}


def test_without_a_delivery_type_the_standard_one_is_priced(today: Shop) -> None:
    assert rate(today)["deliveryType"] == "STANDARD_DELIVERY"


def test_what_leaves_the_union_bears_no_tax(today: Shop) -> None:
    parts = rate(today, recipient={"countryCode": "CH"})["priceComposition"]
    assert parts["total"]["vat"]["amount"] == 0
    assert parts["total"]["priceWithVat"] == parts["total"]["price"]


@pytest.mark.parametrize("colli", [1, 2, 5])
def test_several_colli_cost_what_they_cost_together(today: Shop, colli: int) -> None:
    made = shipment("NL", "POSTNL", 1, options={"signature": 1}, colli=colli)
    for each in made.get("secondary_shipments", ()):
        each["physical_properties"] = made["physical_properties"]
    main = post(today, made).json()["data"]["ids"][0]["id"]
    read = today.client.get(f"/shipments/{main}").json()["data"]["shipments"][0]
    each = [read, *(read["secondary_shipments"] or ())]
    assert len(each) == colli
    cents = sum(shipment["price"]["amount"] for shipment in each)
    assert total(today, options={"requiresSignature": {}}, collo=colli) == cents


def test_more_colli_than_a_carrier_takes_are_refused(today: Shop) -> None:
    response = ask(today, {**_DUTCH, "collo": 99})
    assert [each[:2] for each in faults(response)] == [(3735, "collo")]


def test_what_comes_back_costs_the_way_within_the_home_of_the_shop(today: Shop) -> None:
    assert total(today, recipient={"countryCode": "DE"}, direction="INBOUND") == total(today)


@pytest.mark.parametrize("sender", ["BE", "DE"])
def test_whoever_sends_it_the_price_is_that_from_the_home_of_the_shop(
    today: Shop, sender: str
) -> None:
    made = post(today, shipment("BE", "POSTNL", 1, sender=recipient(sender)))
    abroad = {"recipient": {"countryCode": "BE"}, "sender": {"countryCode": sender}}
    assert total(today, **abroad) == paid(today, made)


def test_a_sender_may_leave_its_country_out(today: Shop) -> None:
    assert total(today, sender={"postalCode": "2132JE"}) == total(today)


def test_a_contract_of_the_shops_own_has_its_own_offers(today: Shop) -> None:
    abroad = {"recipient": {"countryCode": "DE"}, "packageType": "MAILBOX"}
    assert codes(ask(today, {**_DUTCH, **abroad})) == [3733]
    told = rate(today, **abroad, contractId=4711)
    assert told["contract"] == {"id": 4711, "type": "CUSTOM"}
    made = post(today, shipment("DE", "POSTNL", 2, contract_id=4711))
    assert told["priceComposition"]["total"]["price"]["amount"] == paid(today, made)


def test_version_1_has_a_list_and_the_names_and_numbers_of_shipments(today: Shop) -> None:
    asked = {"recipient": {"cc": "NL"}, "carrier_id": 9, "package_type": 1}
    signed = {**asked, "options": {"signature": {}}, "delivery_type": 3}
    response = ask(today, {"data": {"rates": [asked, signed]}}, "1.0")
    plain, dearer = response.json()["data"]["rates"]
    assert plain["contract"] == {"id": 9, "type": "main"}
    assert (plain["carrier_id"], plain["package_type"], plain["delivery_type"]) == (9, 1, 2)
    composition = dearer["price_composition"]
    assert [each["key"] for each in composition["charges"]] == ["delivery_type"]
    assert [each["key"] for each in composition["options"]] == ["signature"]
    assert composition["total"]["price_with_vat"]["currency"] == "EUR"


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({}, ["carrier", "packageType", "recipient"]),
        ({**_DUTCH, "recipient": {}}, ["recipient.countryCode"]),
        ({**_DUTCH, "carrier": "PIGEON"}, ["carrier"]),
        ({**_DUTCH, "packageType": 1}, ["packageType"]),
        ({**_DUTCH, "deliveryType": "LATE"}, ["deliveryType"]),
        ({**_DUTCH, "direction": "SIDEWAYS"}, ["direction"]),
        ({**_DUTCH, "collo": 0}, ["collo"]),
        ({**_DUTCH, "options": {"requiresSignature": True}}, ["options.requiresSignature"]),
        ({"data": {}}, ["data.rates"]),
        ({"data": {"rates": [{}]}}, ["carrier_id", "package_type", "recipient"]),
    ],
)
def test_the_schema_refuses_alone_and_first(
    today: Shop, body: dict[str, Any], places: list[str]
) -> None:
    if "carrier" in body:
        body = {**body, "shopId": 1}
    response = ask(today, body)
    assert response.status_code == 422
    assert "rates/post_rates_request" in response.text
    told = [each[1] for each in faults(response)]
    assert sorted(place.removeprefix("data.rates[0].") for place in told) == sorted(places)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"recipient": {"countryCode": "XX"}}, [(3506, "recipient.countryCode")]),
        ({"sender": {"countryCode": "XX"}}, [(3506, "sender.countryCode")]),
        ({"direction": "INBOUND", "recipient": {"countryCode": "US"}}, [(3715, "recipient")]),
        ({"options": {"requiresCashOnDelivery": {}}}, [(3705, "options.requiresCashOnDelivery")]),
        ({"options": {"sameDayDelivery": {}}}, [(3705, "options.sameDayDelivery")]),
        ({"options": {"insurance": {}}}, [(3743, "options.insurance.amount")]),
        ({"packageType": "PALLET"}, [(3733, "packageType")]),
        ({"carrier": "BPOST"}, [(3728, "carrier")]),
        ({"deliveryType": "EXPRESS_DELIVERY"}, [(3721, "deliveryType")]),
        (
            {"physicalProperties": {"weight": {"value": 40, "unit": "kg"}}},
            [(3730, "physicalProperties.weight")],
        ),
    ],
)
def test_what_no_carrier_would_take_has_no_price(
    today: Shop, changed: dict[str, Any], wrong: list[tuple[int, str]]
) -> None:
    response = ask(today, {**_DUTCH, **changed})
    assert response.status_code == 422
    assert [each[:2] for each in faults(response)] == wrong


def test_cash_on_delivery_is_offered_by_no_carrier_whichever_way_it_is_asked(today: Shop) -> None:
    due = {"amount": 2_500, "currency": "EUR"}
    rated = ask(today, {**_DUTCH, "options": {"requiresCashOnDelivery": {"dueAmount": due}}})
    made = post(today, shipment("NL", "POSTNL", 1, options={"cash_on_delivery": due}))
    for response in (rated, made):
        assert response.status_code == 422
        assert codes(response) == [3705]
        assert "cash_on_delivery is not offered" in response.text
    assert [each[1] for each in faults(rated)] == ["options.requiresCashOnDelivery"]
    [made_fault] = faults(made)
    assert made_fault[1] == "data.shipments[0].options.cash_on_delivery"


def test_the_journal_tells_what_made_no_difference_and_what_is_not_known(today: Shop) -> None:
    home = {"countryCode": "NL", "postalCode": "2132JE", "isBusiness": True}
    size = {"height": {"value": 10.5, "unit": "cm"}}
    pickup = {"location": {"code": "176227"}}
    asked = {"recipient": home, "sender": home, "physicalProperties": size, "pickup": pickup}
    rate(today, **asked, colour="red")
    entry = today.workspace.journal()[-1]
    told = today.workspace.control.get(f"/journal/{entry['id']}").json()
    notes = str(told)
    unused = ("recipient.postalCode", "recipient.isBusiness", "Properties.height")
    for place in (*unused, "sender", "pickup"):
        assert f"{place} made no difference" in notes
    assert "body.colour" in str(told["unread"])


def test_a_carrier_that_is_switched_off_has_no_rates(today: Shop) -> None:
    today.workspace.do(
        "myparcel.set_carrier_accessibility", shop=77, carrier="POSTNL", enabled=False
    )
    assert [each[:2] for each in faults(ask(today, _DUTCH))] == [(3728, "carrier")]


def test_who_asks_for_rates_was_written_for_today(shop: Shop) -> None:
    assert shop.client.post("/shipments/rates", json=_DUTCH).status_code == 200


def test_the_edition_of_2017_has_no_rates(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.client.post("/shipments/rates", json=_DUTCH).status_code in (404, 405)
