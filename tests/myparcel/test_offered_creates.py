"""Creating with every carrier of today: what each takes, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.model import Offer
from simulator.carriers.myparcel.offers.names import CARRIERS
from simulator.carriers.myparcel.offers.zones import HOMES, Home, members
from tests.myparcel.bodies import CUSTOMS
from tests.myparcel.bodies import PICKUP as LOCATION
from tests.myparcel.client import Shop, codes, faults
from tests.myparcel.offered import post, shipment

_TYPE = "application/vnd.shipment+json;charset=utf-8;version=1.1"
_HOMES = {"NL": "sim-myparcel-nl", "BE": "sim-myparcel-be"}
_FROM = [(carrier, home) for home in HOMES for carrier in table.carriers_from(home)]


@pytest.fixture
def dutch(shop: Shop) -> Shop:
    """The Dutch shop that only the edition of today knows."""
    return shop.with_key("sim-myparcel-nl")


@pytest.fixture
def belgian(shop: Shop) -> Shop:
    """The Belgian one."""
    return shop.with_key("sim-myparcel-be")


def variants(offer: Offer, cc: str, name: str) -> list[dict[str, Any]]:
    """A shipment for each delivery type of an offer, for each insurance step, and with colli."""
    found = []
    always = {each.name for each in offer.options.values() if each.required}
    for number, delivery in offer.deliveries.items():
        options = dict.fromkeys(always | {*delivery.requires}, 1)
        found.append(make(offer, cc, name, number, options))
    if offer.insurance is not None:
        options = dict.fromkeys(always | {*offer.insurance.requires}, 1)
        first = offer.default_delivery
        for amount in offer.insurance.steps:
            found.append(make(offer, cc, name, first, options, insurance=amount))
    if offer.colli > 1:
        found.append(
            make(offer, cc, name, offer.default_delivery, dict.fromkeys(always, 1), colli=2)
        )
    return found


def make(
    offer: Offer, cc: str, name: str, number: int, options: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """A shipment by an offer, its carrier named by `name`."""
    return shipment(
        cc, name, offer.package_type, delivery_type=number, options=options, weight=500, **more
    )


@pytest.mark.parametrize(
    ("carrier", "home"), _FROM, ids=lambda each: each if isinstance(each, str) else str(each)
)
def test_each_package_type_delivery_and_insurance_of_a_carrier_is_taken(
    shop: Shop, carrier: int, home: Home
) -> None:
    sender = shop.with_key(_HOMES[home])
    shipments: list[Any] = []
    for row in table.ROWS:
        if (row.offer.carrier, row.offer.home) != (carrier, home):
            continue
        goes = (cc for cc in sorted(members(row.to)))
        cc = next(
            cc for cc in goes if table.offer(carrier, home, cc, row.offer.package_type) is row.offer
        )
        shipments += variants(row.offer, cc, CARRIERS[carrier].name)
    assert shipments
    response = sender.post_shipments(shipments, _TYPE)
    assert response.status_code == 200, response.text
    ids = [each["id"] for each in response.json()["data"]["ids"]]
    assert {each["carrier_id"] for each in sender.read(*ids)} == {carrier}


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda number: CARRIERS[number].name)
def test_a_carrier_does_not_go_everywhere_nor_take_everything(dutch: Shop, carrier: int) -> None:
    made = shipment("NL", carrier, 5, weight=500)
    if carrier in (3, 6):
        made = shipment("US", carrier, 5, weight=500)
    assert codes(post(dutch, made))[0] in (3728, 3733)


_NL = {"only_recipient": 1, "signature": 1}


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (shipment("NL", 1, 1, options={"hide_sender": 1}), (3705, "options.hide_sender")),
        (shipment("NL", 1, 2, options={"signature": 1}), (3705, "options.signature")),
        (shipment("NL", 1, 1, options={"age_check": 1, **_NL, "receipt_code": 1}), (3705, None)),
        (shipment("NL", 1, 1, delivery_type=4), (3705, "options.signature")),
        (
            shipment("NL", 1, 1, delivery_type=4, options={"signature": 1, "return": 1}),
            (3705, "options.return"),
        ),
        (shipment("NL", 1, 1, options={"package_type": 8}), (3712, "options.package_type")),
        (shipment("BE", 1, 2), (3733, "options.package_type")),
        (shipment("BE", 1, 4), (3733, "options.package_type")),
        (shipment("BE", 1, 1, delivery_type=3), (3721, "options.delivery_type")),
        (shipment("NL", 13, 1, delivery_type=2), (3721, "options.delivery_type")),
        (shipment("NL", 1, 2, pickup=LOCATION), (3722, "pickup")),
        (
            shipment("NL", 1, 1, delivery_type=4, options={"signature": 1}, pickup=None),
            (3722, "pickup"),
        ),
        (shipment("NL", 1, 1, options=_NL, insurance=12_345), (3743, "options.insurance.amount")),
        (shipment("NL", 1, 1, insurance=50_000), (3705, "options.only_recipient")),
        (shipment("DE", 1, 1, insurance=20_000), (3743, "options.insurance.amount")),
        (shipment("US", 1, 1, insurance=20_000), (3743, "options.insurance.amount")),
        (shipment("NL", 1, 2, insurance=10_000), (3743, "options.insurance")),
        (shipment("NL", 2, 1), (3728, "carrier")),
        (shipment("NL", 21, 1), (3728, "carrier")),
        (shipment("DE", 9, 1), (3728, "carrier")),
        (shipment("NL", 1, 1, weight=23_001), (3730, "physical_properties.weight")),
        (shipment("NL", 1, 2, weight=2_001), (3730, "physical_properties.weight")),
        (shipment("NL", 14, 1, weight=99), (3730, "physical_properties.weight")),
        (shipment("NL", 11, 1), (3705, "options.signature")),
        (shipment("DE", 1, 1, colli=2), (3735, None)),
        (shipment("NL", 9, 1, colli=2), (3735, "options.package_type")),
        (shipment("GB", 1, 1, customs_declaration=None), (3702, "customs_declaration")),
    ],
)
def test_what_a_carrier_refuses(
    dutch: Shop, made: dict[str, Any], wrong: tuple[int, str | None]
) -> None:
    response = post(dutch, made)
    assert response.status_code == 422, response.text
    found = [
        (each.code, each.field.removeprefix("data.shipments[0].")) for each in faults(response)
    ]
    code, field = wrong
    assert code in [each for each, _ in found], found
    assert field is None or wrong in found, found


def test_a_large_parcel_may_be_heavier(dutch: Shop) -> None:
    made = shipment("NL", 1, 1, options={"large_format": 1}, weight=29_000)
    assert post(dutch, made).status_code == 200


@pytest.mark.parametrize("left", ["phone", "email"])
def test_a_pickup_of_dhl_needs_a_phone_number_or_an_email(dutch: Shop, left: str) -> None:
    made = shipment("NL", "DHL_FOR_YOU", 1, delivery_type=4)
    for name in {"phone", "email"} - {left}:
        del made["recipient"][name]
    assert post(dutch, made).status_code == 200
    del made["recipient"][left]
    assert [each[:2] for each in faults(post(dutch, made))] == [
        (3751, "data.shipments[0].recipient.phone")
    ]


@pytest.mark.parametrize(
    ("cc", "text"), [("NL", "2000"), ("BE", "1012AB"), ("DE", "1234"), ("GB", "12345")]
)
def test_a_postal_code_fits_its_country(dutch: Shop, cc: str, text: str) -> None:
    made = shipment(cc, 1, 1)
    made["recipient"]["postal_code"] = text
    assert [each[:2] for each in faults(post(dutch, made))] == [
        (3505, "data.shipments[0].recipient.postal_code")
    ]


@pytest.mark.parametrize("number", ["1", "6109", "610910", "6109100010"])
def test_goods_are_classified_by_one_to_ten_digits(dutch: Shop, number: str) -> None:
    [item] = CUSTOMS["items"]
    declaration = {**CUSTOMS, "items": [{**item, "classification": number}]}
    assert post(dutch, shipment("US", 1, 1, customs_declaration=declaration)).status_code == 200
    declaration["items"][0]["classification"] = number * 11
    # What is too long is told by the schema, before every rule.
    assert codes(post(dutch, shipment("US", 1, 1, customs_declaration=declaration))) == [0]
    declaration["items"][0]["classification"] = "01-8"
    assert codes(post(dutch, shipment("US", 1, 1, customs_declaration=declaration))) == [3702]


@pytest.mark.parametrize(
    ("carrier", "cc"),
    [("DHL_PARCEL_CONNECT", "DE"), ("DPD", "BE"), ("DPD", "DE"), ("POSTNL", "BE")],
)
def test_a_pickup_abroad_needs_no_signature(dutch: Shop, carrier: str, cc: str) -> None:
    assert post(dutch, shipment(cc, carrier, 1, delivery_type=4)).status_code == 200
    signed = shipment(cc, carrier, 1, delivery_type=4, options={"signature": 1})
    expected = [3705] if carrier == "DPD" else []
    response = post(dutch, signed)
    assert (codes(response) if expected else response.status_code) == (expected or 200)


def test_a_return_may_be_insured_without_an_only_recipient(dutch: Shop) -> None:
    [parent] = dutch.create(shipment("NL", 1, 1))
    dutch.workspace.do("myparcel.move", shipment=parent, to=3)
    options = {
        "package_type": 1,
        "signature": 1,
        "insurance": {"amount": 10_000, "currency": "EUR"},
    }
    item = {
        "parent": parent,
        "carrier": 1,
        "email": "t@example.test",
        "name": "Sem",
        "options": options,
    }
    kind = "application/vnd.return_shipment+json;charset=utf-8"
    response = dutch.post({"data": {"return_shipments": [item]}}, kind)
    assert response.status_code == 200, response.text


def test_the_two_shops_speak_the_edition_of_today(dutch: Shop, belgian: Shop) -> None:
    for sender, cc in ((dutch, "NL"), (belgian, "BE")):
        [number] = sender.create({**shipment(cc, 1, 1), "reference_identifier": "A"})
        [shown] = sender.read(number)
        assert (shown["carrier_id"], shown["reference_identifier"]) == (1, "A")
        assert shown["sender"]["cc"] == cc


def test_a_price_has_parts_for_the_destination_the_options_and_the_insurance(dutch: Shop) -> None:
    def cents(made: dict[str, Any]) -> int:
        [number] = dutch.create(made)
        amount: int = dutch.read(number)[0]["price"]["amount"]
        return amount

    plain = cents(shipment("NL", 1, 1))
    signed = cents(shipment("NL", 1, 1, options={"signature": 1}))
    insured = cents(shipment("NL", 1, 1, options=_NL, insurance=50_000))
    assert plain < signed < insured
    assert plain < cents(shipment("BE", 1, 1)) < cents(shipment("US", 1, 1))
