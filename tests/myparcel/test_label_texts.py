"""What stands on labels and customs forms: the whole address, the measures, one language."""

from __future__ import annotations

from typing import Any

import pytest

from tests.labels.samples import scan_pdf, text_of
from tests.myparcel.bodies import BELGIAN, PICKUP
from tests.myparcel.client import Shop
from tests.myparcel.parcels import UTRECHT, letter, package, to_japan
from tests.myparcel.test_labels import RELATED_RETURN, labels, printed

OREGON = {
    "cc": "US",
    "postal_code": "97201",
    "city": "Portland",
    "region": "Oregon",
    "state": "OR",
    "street": "SW Broadway 1825",
    "person": "June Ackermann",
}
DUTCH_WORDS = ("AFZENDER", "ONTVANGER", "SIMULATIE", "Pakket", "Vervoerder", "Gewicht", "Verzekerd")
ENGLISH_WORDS = (
    "SENDER",
    "RECEIVER",
    "SIMULATION",
    "MyParcel Parcel",
    "Carrier",
    "Weight",
    "Insured",
)


INSURED: dict[str, Any] = {
    "insurance": {"amount": 5000, "currency": "EUR"},
    "only_recipient": 1,
    "signature": 1,
}
TO_BELGIUM = {
    "carrier": 1,
    "recipient": BELGIAN,
    "options": {"package_type": 1, "insurance": {"amount": 50000, "currency": "EUR"}},
}


def texts(shop: Shop, body: dict[str, Any], query: str = "") -> list[str]:
    """Post a shipment and read its labels and forms, page by page."""
    return [text_of(page) for page in printed(labels(shop, shop.create(body), query))]


def to(recipient: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A package with a customs declaration."""
    insurance = {"amount": 20000, "currency": "EUR"}
    return {**to_japan(insurance=insurance), "recipient": recipient, **members}


def test_region_and_state_stand_on_the_label_and_on_the_customs_form(shop: Shop) -> None:
    for text in texts(shop, to(OREGON)):
        assert "97201 Portland, Oregon, OR US" in text


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"state": None}, "97201 Portland, Oregon US"),
        ({"region": ""}, "97201 Portland, OR US"),
        ({"region": "us", "state": None}, "97201 Portland US"),
        ({"postal_code": None}, "Portland, Oregon, OR US"),
        ({"region": "東京都", "state": None}, "97201 Portland, 東京都 US"),
    ],
)
def test_an_address_has_as_much_of_a_region_as_was_told(
    shop: Shop, changes: dict[str, Any], line: str
) -> None:
    for text in texts(shop, to({**OREGON, **changes})):
        assert line in text


def test_a_region_as_long_as_it_may_be_is_printed_whole(shop: Shop) -> None:
    long = {
        "city": "Llanfairpwllgwyngyllgogerychwyrndro",
        "region": "Provincia de Santa Cruz de Tenerife",
    }
    pages = texts(shop, to({**OREGON, **long}))
    for text in pages:
        assert f"97201 {long['city']}, {long['region']}, OR US" in text


def test_the_region_of_the_dutch_stands_on_their_label_and_no_country(shop: Shop) -> None:
    recipient = {**UTRECHT, "region": "Utrecht (provincie)"}
    [text] = texts(shop, {**package(), "recipient": recipient})
    assert "3584CS Utrecht, Utrecht (provincie) 0301234567" in text
    [text] = texts(shop, {**package(), "recipient": {**UTRECHT, "region": "NL"}})
    assert "3584CS Utrecht 0301234567" in text


def test_a_belgian_box_stands_behind_the_number(shop: Shop) -> None:
    recipient = {**BELGIAN, "street": "Wetstraat", "number": "16", "box_number": "3"}
    [text] = texts(shop, {**TO_BELGIUM, "recipient": recipient})
    assert "Wetstraat 16 bus 3" in text


@pytest.mark.parametrize(
    ("members", "shown", "absent"),
    [
        ({}, (), ("Gewicht", "Afmetingen")),
        ({"physical_properties": {"weight": 950}}, ("Gewicht 0.95 kg",), ("Afmetingen",)),
        (
            {"physical_properties": {"weight": 1200, "length": 40, "width": 30, "height": 15}},
            ("Gewicht 1.2 kg", "Afmetingen 40 x 30 x 15 cm"),
            (),
        ),
    ],
)
def test_weight_and_sides_stand_on_the_label_as_far_as_they_were_told(
    shop: Shop, members: dict[str, Any], shown: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    [text] = texts(shop, {**package(), **members})
    for words in shown:
        assert words in text
    for words in absent:
        assert words not in text


def test_a_declared_weight_stands_in_for_one_that_was_not_told(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.strict", False)
    label, form = texts(shop, to(OREGON, physical_properties={"weight": 950}))
    assert "Weight 0.95 kg" in label
    assert "950 g" in form


@pytest.mark.parametrize(
    ("body", "spoken", "other"),
    [
        (package(**INSURED), DUTCH_WORDS, ENGLISH_WORDS),
        (to(OREGON), ENGLISH_WORDS, DUTCH_WORDS),
    ],
)
def test_a_label_speaks_dutch_at_home_and_english_abroad(
    shop: Shop, body: dict[str, Any], spoken: tuple[str, ...], other: tuple[str, ...]
) -> None:
    body = {**body, "carrier": 2, "physical_properties": {"weight": 950}}
    label = texts(shop, body)[0]
    assert [words for words in spoken if words not in label] == []
    assert [words for words in other if words in label.replace("AFZENDER", "")] == []


def test_letters_and_returns_speak_the_recipients_language_too(shop: Shop) -> None:
    [text] = texts(shop, letter())
    assert "MyParcel Brief" in text
    assert "Postzegel hier" in text
    ids = shop.create(package())
    labels(shop, ids)
    item = {"parent": ids[0], "carrier": 2, "name": "Noor Visser", "email": "noor@example.test"}
    response = shop.post({"data": {"return_shipments": [item]}}, RELATED_RETURN)
    [made] = response.json()["data"]["ids"]
    assert "MyParcel Retour" in text_of(printed(labels(shop, [made["id"]]))[0])


def test_a_pickup_point_has_its_name_address_and_code(shop: Shop) -> None:
    pickup = {**PICKUP, "location_code": "176227", "retail_network_id": "PNPNL-01"}
    options = {"package_type": 1, "delivery_type": 4, "delivery_date": "2026-03-04 16:00:00"}
    options["signature"] = 1
    body = {**package(), "options": options, "pickup": pickup}
    [text] = texts(shop, body)
    assert "Boekhandel De Pont Brugstraat 2 9711HX Groningen" in text
    assert "OPHAALPUNT 176227 PNPNL-01" in text


def barcode(shop: Shop, body: dict[str, Any]) -> str:
    """The barcode that a shipment gets, which its label must show as well."""
    ids = shop.create(body)
    response = labels(shop, ids)
    [shown] = shop.read(*ids)
    found: str = shown["barcode"]
    assert scan_pdf(response.content) == [[("Code128", found)]] * len(printed(response))
    assert found in text_of(printed(response)[0])
    return found


def is_s10(number: str, prefix: str, country: str) -> bool:
    """Whether a number has the form of UPU S10 and its check digit."""
    if len(number) != 13 or (number[:2], number[-2:]) != (prefix, country):
        return False
    rest = (
        11
        - sum(int(d) * w for d, w in zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    )
    return int(number[10]) == {10: 0, 11: 5}.get(rest, rest)


@pytest.mark.parametrize(
    ("carrier", "country"), [(1, "NL"), (2, "NL"), (3, "BE")], ids=["broker", "postnl", "bpost"]
)
def test_what_a_post_takes_out_of_the_union_has_an_s10_number(
    shop: Shop, carrier: int, country: str
) -> None:
    assert is_s10(barcode(shop, to(OREGON, carrier=carrier)), "CD", country)


def test_no_two_parcels_have_the_same_number(shop: Shop) -> None:
    ids = shop.create(*[to(OREGON) for _ in range(20)])
    labels(shop, ids)
    numbers = {item["barcode"] for item in shop.read(*ids)}
    assert len(numbers) == 20
    assert all(is_s10(number, "CD", "NL") for number in numbers)


@pytest.mark.parametrize(
    ("reach", "abroad", "far"),
    [("outside_eu", False, True), ("abroad", True, True), ("never", False, False)],
)
def test_which_parcels_have_an_s10_number_is_a_quirk(
    shop: Shop, reach: str, abroad: bool, far: bool
) -> None:
    shop.workspace.quirk("myparcel.s10_barcodes", reach)
    assert not is_s10(barcode(shop, package()), "CD", "NL")
    assert is_s10(barcode(shop, TO_BELGIUM), "CD", "NL") == abroad
    assert is_s10(barcode(shop, to(OREGON)), "CD", "NL") == far


def test_a_carrier_that_is_no_post_has_no_s10_number(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.s10_barcodes", "abroad")
    assert barcode(shop, {**TO_BELGIUM, "carrier": 4}).startswith("3SMYPA")


def test_an_s10_number_is_found_and_tracked_like_any_other(shop: Shop) -> None:
    ids = shop.create(to(OREGON))
    labels(shop, ids)
    [shown] = shop.read(*ids)
    number = shown["barcode"]
    found = shop.client.get("/shipments", params={"q": number}).json()["data"]["shipments"]
    assert [item["id"] for item in found] == ids
    shop.workspace.advance("1d")
    traced = shop.client.get(f"/tracktraces/{ids[0]}", params={"extra_info": "delivery_moment"})
    assert traced.status_code == 200
    assert traced.json()["data"]["tracktraces"][0]["shipment_id"] == ids[0]
