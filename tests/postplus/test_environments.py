"""Test and production are two worlds: nothing of the one is seen, changed or reset in the other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus.client import INTEGRATION_KEY, Client, Json
from tests.postplus.following import Follower, event, history, ids, made, scans

PRODUCTION_KEY = "sim-postplus-production"
PRODUCTION_INTEGRATION_KEY = "sim-postplus-integration-production"
GENERATE = "/documents/parcel-prints/generate"
IMPORT = "/integrations/tracking-import"
GENERIC = "/integrations/tracking-import-generic?DataSource=A"
RANGE_NUMBER = "RP000000028LT"


@pytest.fixture
def production(client: Client) -> Client:
    """A client of the same workspace with the production key."""
    return client.with_key(PRODUCTION_KEY)


def imported(client: Client, key: str, *events: Json) -> None:
    """Events imported with an integrator's key."""
    client.with_key(key).ok("POST", IMPORT, json={"events": list(events)})


def test_a_parcel_of_the_one_is_not_found_in_the_other(client: Client, production: Client) -> None:
    test, real = made(client), made(production)
    assert test != real
    for mine, other, number in ((client, production, real), (production, client, test)):
        mine.refused(404, "GET", f"/parcels/parcel-nrs/{number}")
        assert mine.get("/tracking/parcel-nrs/get-many", ParcelNrs=number) == []
        assert number not in str(Follower(mine).rest())
        assert number in str(Follower(other).rest())
    for each, number in ((client, test), (production, real)):
        found = each.get("/parcels/sender-parcel-nrs/ORD-1")
        assert found["identifiers"]["parcelNr"] == number


def test_the_published_samples_are_in_the_test_environment_only(production: Client) -> None:
    production.refused(400, "GET", "/tracking", params={"fetchId": "Cj7tmDjWkdoUyVmb8R8B77"})
    assert Follower(production).rest() == []


def test_a_production_account_has_a_range_of_its_own(client: Client, production: Client) -> None:
    identifiers = {"senderParcelNr": "ORD-1", "parcelNr": RANGE_NUMBER}
    assert production.put_parcel(identifiers=identifiers)["identifiers"]["parcelNr"] == RANGE_NUMBER
    assert client.put_parcel(identifiers=identifiers)["status"]["errorDetails"] == [
        f"Parcel number {RANGE_NUMBER} is not in a number range of this account"
    ]


def test_a_number_used_on_test_is_still_free_on_production(
    client: Client, production: Client
) -> None:
    client.workspace.do(
        "postplus.set_range", account=601, prefix="RF", country="LT", first=0, last=99_999
    )
    identifiers = {"senderParcelNr": "ORD-1", "parcelNr": "RF000000028LT"}
    for each in (client, production):
        answer = each.put_parcel(identifiers=identifiers)
        assert answer["status"]["errorDetails"] == []
        assert answer["identifiers"]["parcelNr"] == "RF000000028LT"


@pytest.mark.parametrize("index", ["trackingNr", "senderTrackingNr"])
def test_an_import_attaches_to_parcels_of_its_own_environment_only(
    client: Client, production: Client, index: str
) -> None:
    test, real = made(client, "TEST-1"), made(production, "REAL-1")
    numbers = {"trackingNr": (test, real), "senderTrackingNr": ("TEST-1", "REAL-1")}[index]
    for key, name in ((INTEGRATION_KEY, "by-test"), (PRODUCTION_INTEGRATION_KEY, "by-real")):
        for n, number in enumerate(numbers):
            changes = {"trackingNr": None, index: number, "eventId": f"{name}-{n}"}
            imported(client, key, event("", **changes))
    assert [each["eventId"] for each in history(client, test)][:-1] == ["by-test-0"]
    assert [each["eventId"] for each in history(production, real)][:-1] == ["by-real-1"]


def test_events_that_wait_go_to_the_parcel_of_their_own_environment(
    client: Client, production: Client
) -> None:
    for key, name in ((INTEGRATION_KEY, "by-test"), (PRODUCTION_INTEGRATION_KEY, "by-real")):
        changes = {"trackingNr": None, "senderTrackingNr": "ORD-1", "eventId": name}
        imported(client, key, event("", **changes))
    real = made(production)
    assert "by-test" not in str(history(production, real))
    assert "by-real" in str(history(production, real))
    assert "by-test" in str(history(client, made(client)))


def test_a_reset_of_the_test_data_leaves_production_as_it_was(
    client: Client, production: Client
) -> None:
    real, _ = made(production), made(client)
    body = {"type": "CMR", "terminalCode": "AMS", "shipmentNr": "T-1"}
    for each in (production, client):
        each.ok("POST", "/shipments", json=body)
    generated = event(real)
    waiting = event("NOBODY", eventId="waits")
    imported(client, PRODUCTION_INTEGRATION_KEY, *scans(real, 3), generated, waiting)
    imported(client, INTEGRATION_KEY, event("NOBODY", eventId="gone"))
    for key in (INTEGRATION_KEY, PRODUCTION_INTEGRATION_KEY):
        client.with_key(key).ok("POST", GENERIC, json={"a": 1})
    client.workspace.do("postplus.start_journey", parcel=real, journey="delivered")
    label = production.get("/parcels/query", IncludePrints=True)["details"][0]["prints"]
    url = production.get(GENERATE, ParcelIds=_id(production))["url"]
    follower = Follower(production).at_the_end()
    before = _seen(production, real)

    assert client.workspace.do("postplus.reset_test_data") == {"generation": 1}

    assert _seen(production, real) == before
    assert production.get("/parcels/query", IncludePrints=True)["details"][0]["prints"] == label
    assert production.http.get(url).content.startswith(b"%PDF")
    assert production.get(GENERATE, ParcelIds=_id(production))["url"] == url
    owners = {each["account_id"] for each in client.workspace.records("postplus", "raw_imports")}
    assert owners == {901}
    kept = {each["event_id"] for each in client.workspace.records("postplus", "events")}
    assert ("waits" in kept, "gone" in kept) == (True, False)
    client.refused(404, "GET", "/shipments/shipment-nrs/T-1")
    client.refused(404, "GET", "/parcels/sender-parcel-nrs/ORD-1")
    # the cursor holds, what is sent again is the same event, and the journey goes on
    imported(client, PRODUCTION_INTEGRATION_KEY, *scans(real, 3), generated)
    assert follower.page() == []
    client.workspace.advance("30d")
    assert len(ids(follower.rest())) > 3
    assert production.get("/parcels/sender-parcel-nrs/ORD-1")["status"]["status"] == "Delivered"


def _id(client: Client) -> int:
    number: int = client.get("/parcels/sender-parcel-nrs/ORD-1")["identifiers"]["id"]
    return number


def _seen(client: Client, number: str) -> Any:
    return (
        client.get("/parcels/query", IncludeItems=True, IncludeReceiver=True),
        client.get("/shipments/query"),
        history(client, number),
        client.get("/tracking"),
    )


def test_an_added_account_is_of_one_environment(client: Client) -> None:
    client.workspace.do(
        "postplus.add_account", name="Real", key="real-key", environment="production"
    )
    client.workspace.do("postplus.add_account", name="Trial", key="trial-key")
    real, trial = client.with_key("real-key"), client.with_key("trial-key")
    number, other = made(real), made(trial)
    imported(client, INTEGRATION_KEY, event(number, eventId="ext"), event(other, eventId="ext2"))
    assert "ext" not in str([each["eventId"] for each in history(real, number)])
    assert "ext2" in str(history(trial, other))
    environments = {
        each["id"]: each["environment"] for each in client.workspace.records("postplus", "accounts")
    }
    assert environments == {
        501: "test",
        502: "test",
        503: "test",
        601: "production",
        900: "test",
        901: "production",
        902: "production",
        903: "test",
    }
    client.workspace.do("postplus.reset_test_data")
    assert real.get("/parcels/query")["details"] != []
    assert trial.get("/parcels/query")["details"] == []
