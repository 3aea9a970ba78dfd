"""The label of a parcel as a PDF: its size, its number, what stands on it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.labels.samples import scan_pdf
from tests.postplus.client import Client
from tests.postplus.printing import (
    LARGE,
    MEDIUM,
    SMALL,
    file_of,
    items,
    label_of,
    millimetres,
    texts,
)

SENDER = {
    "name": "Ona Petrauskė",
    "address": "Gedimino pr. 1",
    "zipCode": "01103",
    "city": "Vilnius",
    "countryCode": "LT",
}


@pytest.mark.parametrize(
    ("kind", "kinds", "size"),
    [
        ("Registered", 1, SMALL),
        ("Prime", 5, SMALL),
        ("NotRegistered", 1, SMALL),
        ("NonPostal", 1, SMALL),
        ("EMS", 1, MEDIUM),
        ("ParcelUPU", 5, MEDIUM),
        ("Registered", 6, LARGE),
        ("EMS", 6, LARGE),
    ],
)
def test_mail_type_and_goods_decide_the_size(
    client: Client, kind: str, kinds: int, size: tuple[int, int]
) -> None:
    made = client.put_parcel(
        parcel={"type": kind, "items": items(kinds), "parcelGrossWeight": kinds}
    )
    pdf = label_of(client, made)
    assert millimetres(pdf) == [size]
    assert scan_pdf(pdf) == [[("Code128", made["identifiers"]["parcelNr"])]]


def test_the_file_is_named_after_the_parcel(client: Client) -> None:
    client.put_parcel()
    response = client.http.get("/documents/parcel-prints/50001")
    assert file_of(response, "RR000070015LT.pdf").startswith(b"%PDF-1.4")


def test_a_label_says_who_carries_what_to_whom(client: Client) -> None:
    made = client.put_parcel(receiver={"state": "Uusimaa"})
    [text] = texts(label_of(client, made))
    for words in (
        "R Lithuania Post Letter post, registered - LTPO",
        "SIMULATION - NOT FOR SHIPPING",
        "Aino Laine",
        "Mannerheimintie 5",
        "00100 Helsinki, Uusimaa",
        "FINLAND",
        "+358401234567, aino@example.test",
        "Reference: ORD-20250-1",
        "Weight: 0.42 kg",
        "Tax: DDP",
        "RR000070015LT",
        "CUSTOMS DECLARATION",
        "CN 22",
        "X Sale of goods",
        "2 Ceramic mug 0.4 15.00 691200",
        "Total gross weight 0.42 kg",
        "Total value EUR 15.00",
        "2026-03-02",
    ):
        assert words in text


@pytest.mark.parametrize("value", [1, 500], ids=["CN 22", "CN 23"])
def test_the_states_of_both_parties_stand_on_label_and_declaration(
    client: Client, value: int
) -> None:
    made = client.put_parcel(
        receiver={"state": "Île-de-France", "countryCode": "FR", "city": "Paris"},
        sender={**SENDER, "state": "Vilniaus apskritis"},
        parcel={"items": items(1, valuePerItem=value)},
    )
    [text] = texts(label_of(client, made))
    assert ("CN 22" if value == 1 else "CN 23") in text
    assert "Paris, Île-de-France FRANCE" in text
    assert "01103 Vilnius, Vilniaus apskritis LITHUANIA" in text


@pytest.mark.parametrize("state", [None, "", "東京都", "Sjælland " * 9])
def test_any_state_or_none_is_printed_within_the_label(client: Client, state: str | None) -> None:
    made = client.put_parcel(receiver={"state": state, "zipCode": "00100", "city": "Helsinki"})
    pdf = label_of(client, made)
    [text] = texts(pdf)
    line = f"00100 Helsinki, {state.strip()}" if state else "00100 Helsinki FINLAND"
    assert line in text
    assert scan_pdf(pdf) == [[("Code128", made["identifiers"]["parcelNr"])]]


def test_without_a_sender_it_goes_back_to_the_carrier(client: Client) -> None:
    [text] = texts(label_of(client, client.put_parcel()))
    assert "If undelivered, return to Lithuania Post LITHUANIA" in text


def test_a_person_who_sends_stands_on_the_label_and_signs_the_declaration(client: Client) -> None:
    made = client.put_parcel(sender=SENDER, parcel={"transactionType": "C2C"})
    [text] = texts(label_of(client, made))
    for words in (
        "From Ona Petrauskė Gedimino pr. 1 01103 Vilnius LITHUANIA",
        "2026-03-02 Ona Petrauskė",
        "X Gift",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("currency", "value", "form"),
    [
        ("EUR", 200, "CN 22"),
        ("EUR", 200.01, "CN 23"),
        ("USD", 210, "CN 22"),
        ("GBP", 200, "CN 23"),
        ("JPY", 30_000, "CN 22"),
    ],
)
def test_what_is_worth_more_than_about_400_euros_has_the_larger_form(
    client: Client, currency: str, value: float, form: str
) -> None:
    made = client.put_parcel(
        parcel={"currency": currency, "items": items(1, valuePerItem=value)},
    )
    [text] = texts(label_of(client, made))
    assert form in text
    assert ("Importer's reference IM3720001234" in text) == (form == "CN 23")


def test_what_is_not_post_has_no_postal_form(client: Client) -> None:
    [text] = texts(label_of(client, client.put_parcel(parcel={"type": "NonPostal"})))
    assert "CONTENTS OF THE PARCEL" in text
    assert "CN 2" not in text


@pytest.mark.parametrize("value", [1, 100])
def test_thirty_kinds_of_goods_are_all_declared(client: Client, value: int) -> None:
    made = client.put_parcel(
        parcel={"items": items(30, valuePerItem=value), "parcelGrossWeight": 20}
    )
    pdf = label_of(client, made)
    pages = texts(pdf)
    assert millimetres(pdf) == [LARGE, LARGE]
    assert scan_pdf(pdf) == [[("Code128", made["identifiers"]["parcelNr"])]] * 2
    joined = " ".join(pages)
    assert [joined.count(f"mug no. {n} ") for n in range(1, 31)] == [1] * 30
    assert [f"Page {n} of 2" in page for n, page in enumerate(pages, 1)] == [True, True]
    assert f"Total value EUR {60 * value}.00" in pages[1]


def test_sums_are_exact(client: Client) -> None:
    made = client.put_parcel(
        parcel={"items": items(1, quantity=3, valuePerItem=0.1), "parcelGrossWeight": 0.7}
    )
    [text] = texts(label_of(client, made))
    assert "3 Ceramic mug no. 1 0.6 0.30 691200" in text
    assert "Total value EUR 0.30" in text


@pytest.mark.parametrize(
    "receiver",
    [
        {"name": "北澤 聡", "address": "さいたま市浦和区 常盤9-21-21", "countryCode": "JP"},
        {"name": "Грета Жук", "address": "вул. Хрещатик 1", "countryCode": "UA"},
        {"name": "Þórður Jónsson", "address": "Skólavörðustígur 5", "countryCode": "IS"},
    ],
)
def test_names_in_other_scripts_are_printed(client: Client, receiver: dict[str, Any]) -> None:
    [text] = texts(label_of(client, client.put_parcel(receiver=receiver)))
    assert receiver["name"] in text
    assert receiver["address"] in text
    assert "?" not in text


def test_long_names_do_not_cover_the_number(client: Client) -> None:
    long = "Maksymilian Brzęczyszczykiewicz-Grzegorzewski i Wspólnicy " * 3
    made = client.put_parcel(receiver={"name": long, "address": long, "city": long})
    pdf = label_of(client, made)
    assert "Brzęczyszczykiewicz" in texts(pdf)[0]
    assert scan_pdf(pdf) == [[("Code128", made["identifiers"]["parcelNr"])]]


def test_the_same_parcel_is_the_same_bytes(client: Client) -> None:
    made = client.put_parcel()
    first = label_of(client, made)
    client.workspace.advance("3d")
    references = {"ids": str(made["identifiers"]["id"]), "updateBagNr": "BAG-FI-001"}
    client.ok("POST", "/parcels/update-references-many", json=references)
    assert label_of(client, made) == first


def test_a_pickup_point_is_told_with_its_name_and_address(client: Client) -> None:
    point = client.get("/parcels/pickup-points/query", CountryCode="EE")["pickupPoints"][0]
    made = client.put_parcel(
        parcel={"type": "NonPostal"},
        additionalInfo={"serviceCode": "LOCKER"},
        receiver={"countryCode": "EE", "pickupPointId": point["id"]},
    )
    [text] = texts(label_of(client, made))
    assert f"PICKUP POINT {point['id']}" in text
    assert f"{point['name']} ({point['carrierPickupPointId']})" in text
    town = f"{point['zipCode']} {point['city']}, {point['region']}"
    assert f"{point['address']}, {town}" in text
    assert "ESTONIA" in text
