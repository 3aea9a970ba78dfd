"""The actions of the world on parcels, keys and accounts."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.postplus.client import INTEGRATION_KEY, SHIPMENTS_ONLY_KEY, Client
from tests.postplus.following import Follower, event, history, importer, made, send
from tests.postplus.test_journeys import refused


def invalid(client: Client, action: str, **arguments: Any) -> str:
    """The fault in arguments that are none."""
    response = client.workspace.control.post(f"/actions/postplus.{action}", json=arguments)
    assert response.status_code == 422, response.text
    return response.text


def told(client: Client) -> list[tuple[str, Any]]:
    """The events of the workspace."""
    items = client.workspace.control.get("/events").json()["items"]
    return [(each["event"], each["payload"]) for each in items]


@pytest.mark.parametrize("name", ["number", "sender", "id"])
def test_a_parcel_is_scanned_by_any_of_its_names(client: Client, name: str) -> None:
    number = made(client, "ORD-1")
    wanted = {"number": number, "sender": "ORD-1", "id": 90001}[name]
    answer = client.workspace.do("postplus.scan", parcel=wanted, code="RECEIVE_ITEM_AT_TERMINAL")
    assert answer == {
        "parcel": 90001,
        "status": "Created",
        "parcel_nr": number,
        "journey": None,
        "code": "RECEIVE_ITEM_AT_TERMINAL",
        "at": "2026-03-02T09:15:00.000Z",
    }
    assert history(client, number)[-1] == {
        "eventId": IsStr(regex=r"[2-9A-HJ-NP-Za-km-z]{22}"),
        "eventTime": "2026-03-02T09:15:00+00:00",
        "eventVersion": IsStr(regex=r"\d+"),
        "eventCode": "RECEIVE_ITEM_AT_TERMINAL",
        "eventMessage": "Received at the terminal",
    }


def test_a_scan_may_tell_its_own_time_place_and_message(client: Client) -> None:
    number = made(client)
    client.workspace.do(
        "postplus.scan",
        parcel=number,
        code="DELIVERED",
        at="2026-03-01T12:00:00+02:00",
        location="Turku",
        message="Left with a neighbour",
    )
    first = history(client, number)[0]
    assert (first["eventTime"], first["eventLocation"], first["eventMessage"]) == (
        "2026-03-01T10:00:00+00:00",
        "Turku",
        "Left with a neighbour",
    )
    assert told(client)[-3:] == [
        (
            "postplus.parcel_scanned",
            {"parcel_id": 90001, "parcel_nr": number, "code": "DELIVERED"},
        ),
        (
            "postplus.parcel_status_changed",
            {
                "parcel_id": 90001,
                "parcel_nr": number,
                "status": "Delivered",
                "previous": "Created",
            },
        ),
        (
            "postplus.parcel_delivered",
            {"parcel_id": 90001, "parcel_nr": number, "status": "Delivered"},
        ),
    ]


def test_a_scan_of_the_same_code_is_another_event(client: Client) -> None:
    number = made(client)
    for _ in range(2):
        client.workspace.do("postplus.scan", parcel=number, code="HOLD_ITEM_AT_DEST_DISTR")
    assert len({each["eventId"] for each in history(client, number)}) == 3


def test_a_parcel_has_one_event_of_its_data_whatever_is_scanned(client: Client) -> None:
    number = made(client)
    [before] = history(client, number)
    client.workspace.do(
        "postplus.scan", parcel=number, code="CREATE_OR_UPDATE", message="Data corrected"
    )
    [after] = history(client, number)
    assert after == {
        **before,
        "eventMessage": "Data corrected",
        "eventVersion": IsStr(regex=r"\d+"),
    }
    assert int(after["eventVersion"]) > int(before["eventVersion"])


def test_a_scan_that_cannot_be_is_refused(client: Client) -> None:
    number = made(client)
    said = refused(client, "scan", parcel=number, code="Delivred")
    assert "is not a code (did you mean 'DELIVERED'?); possible: CREATE_OR_UPDATE, " in said
    said = refused(client, "scan", parcel=number, code="DELIVERED", at="soon")
    assert said == "'soon' is not a time: write 2026-03-02T10:15:00Z"
    assert "no parcel 'NOPE'" in refused(client, "scan", parcel="NOPE", code="DELIVERED")
    assert "body.code: is required" in invalid(client, "scan", parcel=number)
    assert len(history(client, number)) == 1


def test_the_scopes_of_a_key_can_be_set(client: Client) -> None:
    answer = client.workspace.do(
        "postplus.set_key_scopes", key="apitest1234567890", scopes=["accounts", "accounts"]
    )
    assert answer == {
        "key": "apitest1234567890",
        "account": 501,
        "environment": "test",
        "scopes": ["accounts"],
    }
    assert client.get("/accounts/current")["scopes"] == ["accounts"]
    client.refused(403, "GET", "/tracking")
    assert "no key 'nobody'" in refused(client, "set_key_scopes", key="nobody", scopes=[])
    assert "scopes" in invalid(client, "set_key_scopes", key="apitest1234567890", scopes=["all"])


def test_an_account_can_be_given_a_range_of_numbers(client: Client) -> None:
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    number = "RA123456785LT"
    answer = other.put_parcel(identifiers={"parcelNr": number})
    assert answer["status"]["hasErrors"] is True
    told_ = client.workspace.do(
        "postplus.set_range", account=502, prefix="ra", country="lt", first=12345600, last=12345699
    )
    ranges = [{"prefix": "RA", "country": "LT", "first": 12345600, "last": 12345699}]
    assert told_ == {"account": 502, "ranges": ranges}
    answer = other.put_parcel(identifiers={"parcelNr": number})
    assert answer["identifiers"]["parcelNr"] == number
    client.workspace.do(
        "postplus.set_range", account=502, prefix="RA", country="LT", first=1, last=2
    )
    told_ = client.workspace.do(
        "postplus.set_range", account=502, prefix="RB", country="LT", first=0, last=99_999_999
    )
    assert [(each["prefix"], each["first"]) for each in told_["ranges"]] == [("RA", 1), ("RB", 0)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"account": 1}, "there is no account 1: there are 501, 502, 503, 601, 900, 901"),
        ({"prefix": "R1"}, "prefix is two letters, not 'R1'"),
        ({"country": "LTU"}, "country is two letters, not 'LTU'"),
        ({"first": -1}, "first and last are from 0 to 99999999, last not below first"),
        ({"first": 3}, "first and last are from 0 to 99999999, last not below first"),
        ({"last": 10**8}, "first and last are from 0 to 99999999, last not below first"),
    ],
)
def test_a_range_that_cannot_be_is_refused(client: Client, change: Any, said: str) -> None:
    arguments = {"account": 501, "prefix": "RA", "country": "LT", "first": 1, "last": 2}
    assert refused(client, "set_range", **{**arguments, **change}) == said


def test_an_account_can_be_added(client: Client) -> None:
    answer = client.workspace.do("postplus.add_account", name="New Shop")
    assert answer == {
        "key": "sim-postplus-902",
        "account": 902,
        "environment": "test",
        "scopes": ["parcels", "shipments", "documents", "tracking", "hs-codes", "accounts"],
        "name": "New Shop",
    }
    new = client.with_key("sim-postplus-902")
    assert new.get("/accounts/current")["name"] == "New Shop"
    assert made(new)
    answer = client.workspace.do(
        "postplus.add_account",
        name="Another",
        key="another-key",
        scopes=["tracking"],
        environment="production",
    )
    assert (answer["account"], answer["scopes"], answer["environment"]) == (
        903,
        ["tracking"],
        "production",
    )
    client.with_key("another-key").get("/tracking")
    said = refused(client, "add_account", name="Third", key="another-key")
    assert said == "the key 'another-key' is taken: name another"
    assert "a key has 1 to 500" in refused(client, "add_account", name="Third", key="a b")
    assert "a key has 1 to 500" in refused(client, "add_account", name="Third", key="a@b")


def test_a_reset_forgets_what_clients_made_and_keeps_what_they_were_given(client: Client) -> None:
    made(client)
    shipment = client.ok("POST", "/shipments", json={"type": "CMR", "terminalCode": "AMS"})
    send(client, event("NOBODY"))
    importer(client).ok("POST", "/integrations/tracking-import-generic?DataSource=A", json={"a": 1})
    cursor = Follower(client).at_the_end().cursor
    points = client.workspace.records("postplus", "pickup_points")
    client.workspace.do(
        "postplus.set_range", account=501, prefix="RA", country="LT", first=1, last=2
    )
    client.workspace.do("postplus.set_key_scopes", key=INTEGRATION_KEY, scopes=["integrations"])
    client.workspace.do("postplus.add_account", name="New Shop")
    accounts = client.workspace.records("postplus", "accounts")
    keys = client.workspace.records("postplus", "api_keys")

    assert client.workspace.do("postplus.reset_test_data") == {"generation": 1}

    assert told(client)[-1] == ("postplus.test_data_reset", {"generation": 1})
    for table in ("shipments", "manifest_files", "shipment_documents", "print_jobs", "raw_imports"):
        assert client.workspace.records("postplus", table) == []
    for table in ("parcels", "prints", "events", "feed", "fetch_positions"):
        assert len(client.workspace.records("postplus", table)) == 1
    client.refused(404, "GET", f"/shipments/{shipment['id']}")
    assert client.workspace.records("postplus", "accounts") == accounts
    assert client.workspace.records("postplus", "api_keys") == keys
    assert client.workspace.records("postplus", "pickup_points") == points
    client.refused(400, "GET", "/tracking", params={"fetchId": cursor})
    # the documents' own requests work again
    page = client.get("/tracking", fetchId="", startDate="2025-01-13")
    assert page["nextFetchId"] == "Cj7tmDjWkdoUyVmb8R8B77"
    assert [each["event"]["eventVersion"] for each in page["events"]] == ["332002"]
    # what is made now is new
    assert client.put_parcel()["identifiers"]["id"] == 90002


def test_the_sample_of_the_documents_comes_back_as_it_was(client: Client) -> None:
    before = client.workspace.records("postplus", "parcels")
    client.workspace.do("postplus.move", parcel="SAMPLE-1", to="Delivered")
    client.workspace.do("postplus.reset_test_data")
    assert client.workspace.records("postplus", "parcels") == before
    assert [e["eventCode"] for e in history(client, "RR000000014LT")] == ["CREATE_OR_UPDATE"]


def test_the_actions_take_no_unknown_arguments(client: Client) -> None:
    assert "It takes no arguments" in invalid(client, "reset_test_data", everything=True)
    assert "It takes parcel, to" in invalid(client, "move", shipment=1, to="Delivered")
