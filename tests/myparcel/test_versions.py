"""The versions of JSON that today's edition has, and what asks for others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import SHIPMENT, Shop, codes

BODY = {"data": {"shipments": [{**shipment(), "carrier": 1}]}}


def accepting(version: str) -> dict[str, str]:
    return {"Accept": f"application/json;charset=utf-8;version={version}"}


@pytest.mark.parametrize("version", ["9", "1.3", "2", "2.0", "1.2.1", "new"])
def test_shipments_are_not_made_for_a_version_that_there_is_not(today: Shop, version: str) -> None:
    headers = {"Content-Type": SHIPMENT, **accepting(version)}
    response = today.client.post("/shipments", json=BODY, headers=headers)
    assert response.status_code == 406
    assert codes(response) == [3102]
    assert "1, 1.0, 1.1 and 1.2" in response.json()["message"]
    assert today.workspace.records("myparcel", "shipments") == []


@pytest.mark.parametrize("path", ["/shipments", "/accounts", "/carriers", "/fulfilment/orders"])
def test_other_answers_have_no_unknown_version_either(today: Shop, path: str) -> None:
    assert today.client.get(path, headers=accepting("9")).status_code == 406
    for version in ("1", "1.1", "1.2", "2.0"):
        assert today.client.get(path, headers=accepting(version)).status_code == 200


def test_what_is_accepted_beside_an_unknown_version_is_given(today: Shop) -> None:
    headers = {"Content-Type": SHIPMENT, "Accept": "application/json;version=9, application/json"}
    response = today.client.post("/shipments", json=BODY, headers=headers)
    assert list(response.json()["data"]) == ["ids"]


def test_a_body_in_an_unknown_version_is_not_read(today: Shop) -> None:
    headers = {"Content-Type": "application/vnd.shipment+json;version=9;charset=utf-8"}
    response = today.client.post("/shipments", json=BODY, headers=headers)
    assert (response.status_code, codes(response)) == (415, [3100])


def test_the_edition_of_2017_has_no_versions(shop: Shop) -> None:
    """Observed: clients of its time send ``version=1.1`` and are answered."""
    shop.workspace.quirk("myparcel.edition", "2017")
    body = {"data": {"shipments": [shipment()]}}
    sent = "application/vnd.shipment+json;version=9;charset=utf-8"
    headers = {"Content-Type": sent, **accepting("9")}
    assert shop.client.post("/shipments", json=body, headers=headers).status_code == 200
    why = newest(shop)["why"]
    assert "version=9 in Content-Type asks for nothing: the edition 2017 has no versions." in why
    assert "version=9 in Accept asks for nothing: the edition 2017 has no versions." in why


@pytest.mark.parametrize(
    "path", ["/shipments", "/carriers", "/tracktraces/{id}", "/webhook_subscriptions/1"]
)
def test_whatever_is_asked_in_2017_for_a_version_is_told_so(shop: Shop, path: str) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    [id] = shop.create(shipment())
    shop.client.get(path.format(id=id), headers=accepting("1.2"))
    why = newest(shop)["why"]
    assert "version=1.2 in Accept asks for nothing: the edition 2017 has no versions." in why


def test_the_first_version_is_what_2017_answers(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    assert shop.client.get("/shipments", headers=accepting("1")).status_code == 200
    assert "asks for nothing" not in str(newest(shop)["why"])


def test_what_shall_be_included_and_is_not_known_is_told(today: Shop) -> None:
    [id] = today.create({**shipment(), "carrier": 1})
    for path in (f"/tracktraces/{id}", f"/shipments/{id}", "/shipments"):
        assert today.client.get(path, params={"include": "nope"}).status_code == 200
        assert newest(today)["unread"] == [{"place": "query.include", "did_you_mean": None}]
    options = {"cc": "NL", "postal_code": "3584CS", "number": "8", "carrier": "postnl"}
    today.client.get("/delivery_options", params={**options, "include": "nope"})
    assert "include 'nope' adds nothing" in str(newest(today)["why"])
    today.client.get(f"/tracktraces/{id}", params={"extra_info": "nope"})
    assert "extra_info 'nope' adds nothing" in str(newest(today)["why"])


def newest(shop: Shop) -> Any:
    """The newest exchange as the journal explains it."""
    [entry] = shop.workspace.journal(limit=1)
    return shop.workspace.control.get(f"/journal/{entry['id']}").json()
