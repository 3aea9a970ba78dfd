"""Addresses as the API of today describes them: areas, further e-mail addresses, streets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop, codes, faults
from tests.myparcel.csv_posts import HEADER, NOOR
from tests.myparcel.csv_posts import post as post_csv
from tests.myparcel.offered import post, shipment


def made(**recipient: Any) -> dict[str, Any]:
    """A shipment within the Netherlands whose receiver's address has these members."""
    whole = shipment("NL", "POSTNL", 1)
    return {**whole, "recipient": {**whole["recipient"], **recipient}}


def told(shop: Shop, **recipient: Any) -> list[str]:
    """What is wrong with an address, without the place of the shipment."""
    response = post(shop, made(**recipient))
    assert response.status_code == 422, response.text
    return [each[2].removeprefix("data.shipments[0].recipient.") for each in faults(response)]


def test_an_area_and_further_addresses_are_kept_and_shown(today: Shop) -> None:
    emails = ["office@example.test", "porter@example.test"]
    given = {"area": "Wijk C", "secondary_emails": emails, "eori_number": "NL123"}
    id = post(today, made(**given)).json()["data"]["ids"][0]["id"]
    [read] = today.client.get(f"/shipments/{id}").json()["data"]["shipments"]
    assert {name: read["recipient"][name] for name in given} == given


def test_numbers_of_customs_are_kept_and_shown(today: Shop) -> None:
    numbers = {
        "eori_number": "NL1",
        "vat_number": "NL2",
        "vat_number_uk": "GB3",
        "voec_number": "4",
    }
    sent = shipment("CH", "POSTNL", 1)
    sent["customs_declaration"] = {**sent["customs_declaration"], **numbers}
    id = post(today, sent).json()["data"]["ids"][0]["id"]
    entry = today.workspace.journal()[0]
    explained = today.workspace.control.get(f"/journal/{entry['id']}").json()
    assert explained["unread"] == []
    [read] = today.client.get(f"/shipments/{id}").json()["data"]["shipments"]
    declared = read["customs_declaration"]
    assert {name: declared[name] for name in numbers} == numbers


def test_an_area_has_35_characters_at_most(today: Shop) -> None:
    assert post(today, made(area="x" * 35)).status_code == 200
    assert told(today, area="x" * 36) == ["area Must be at most 35 characters long"]


def test_four_further_addresses_are_taken_and_a_fifth_is_not(today: Shop) -> None:
    emails = [f"{number}@example.test" for number in range(5)]
    assert post(today, made(secondary_emails=emails[:4])).status_code == 200
    assert told(today, secondary_emails=emails) == [
        "secondary_emails There must be a maximum of 4 items in the array"
    ]


def test_a_further_address_is_one(today: Shop) -> None:
    [sentence] = told(today, secondary_emails=["nobody"])
    assert sentence.startswith("secondary_emails[0] Does not match the regex pattern ")


@pytest.mark.parametrize("street", ["31", "0", "1234567890"])
def test_a_street_has_more_than_digits(today: Shop, street: str) -> None:
    assert told(today, street=street) == [r"street Does not match the regex pattern \D+"]


@pytest.mark.parametrize("street", ["2e Molendwarsstraat", "12-14", "Straat"])
def test_a_street_may_have_digits(today: Shop, street: str) -> None:
    assert post(today, made(street=street)).status_code == 200


def test_a_street_that_is_a_number_is_no_text(today: Shop) -> None:
    assert told(today, street=31) == ["street Integer value found, but a string is required"]


def test_a_table_of_addresses_is_held_to_the_same(later: Shop) -> None:
    row = NOOR.replace("Kruytgebouw", "1940")
    response = post_csv(later, f"{HEADER}\n{row}")
    assert codes(response) == [3501]
    assert "1940" in response.text


def test_a_street_of_digits_is_one_in_the_document_of_2017(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    whole = {**made(street="31", area=["x"]), "carrier": 1}
    assert shop.post_shipments([whole]).status_code == 200
