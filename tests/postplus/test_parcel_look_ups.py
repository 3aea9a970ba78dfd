"""Parcels by id and by their four numbers, one and many, with the sections that were asked for."""

from __future__ import annotations

import pytest

from tests.postplus.client import MUG, RECEIVER, Client, Json
from tests.support.server import Workspace

SENDER: Json = {
    "name": "Demo Shop",
    "phone": None,
    "email": "shop@example.test",
    "address": "Pirita tee 20",
    "zipCode": "10127",
    "city": "Tallinn",
    "state": None,
    "countryCode": "EE",
}
FLAGS = ("IncludeItems", "IncludeReceiver", "IncludeSender", "IncludePrints")


def with_manifest_numbers(workspace: Workspace) -> None:
    """Give each parcel a manifest number, as manifest files do."""
    snapshot = workspace.control.get("/snapshot").json()
    for record in snapshot["tables"]["postplus.parcels"]:
        record["manifest_parcel_nr"] = f"MF-{record['id']}"
    assert workspace.control.put("/snapshot", json=snapshot).status_code < 300


LOOK_UPS = [
    ("parcel-nrs", "ParcelNrs", "RR000070015LT", "RR000070029LT"),
    ("sender-parcel-nrs", "SenderParcelNrs", "ORD 1", "ORD-2"),
    ("manifest-parcel-nrs", "ManifestParcelNrs", "MF-90001", "MF-90002"),
    ("carrier-parcel-nrs", "CarrierParcelNrs", "RR000070015LT", "RR000070029LT"),
]


@pytest.mark.parametrize(("path", "name", "first", "second"), LOOK_UPS)
def test_a_parcel_is_found_by_each_of_its_numbers(
    client: Client, workspace: Workspace, path: str, name: str, first: str, second: str
) -> None:
    client.put_parcel(nr="ORD 1")
    client.put_parcel(nr="ORD-2")
    with_manifest_numbers(workspace)
    by_id = [client.get(f"/parcels/{number}") for number in (90001, 90002)]
    assert [client.get(f"/parcels/{path}/{number}") for number in (first, second)] == by_id
    answer = client.get(f"/parcels/{path}/get-many", **{name: f" {second},NOPE, ,{first},{first}"})
    assert answer == {"parcels": by_id[::-1]}
    lower = client.get(f"/parcels/{path}/GET-MANY", **{name.lower(): first, "includeitems": "true"})
    assert lower["parcels"][0]["parcel"]["items"] == [MUG]
    problem = client.refused(404, "GET", f"/parcels/{path}/NOPE")
    assert problem["detail"] == "Parcel not found"


@pytest.mark.parametrize(("path", "name", "first", "second"), LOOK_UPS)
def test_another_accounts_numbers_are_not_found(
    client: Client, workspace: Workspace, path: str, name: str, first: str, second: str
) -> None:
    client.put_parcel(nr="ORD 1")
    with_manifest_numbers(workspace)
    other = client.with_key("sim-postplus-shipments-only")
    other.refused(404, "GET", f"/parcels/{path}/{first}")
    assert other.get(f"/parcels/{path}/get-many", **{name: first}) == {"parcels": []}


@pytest.mark.parametrize(("path", "name", "first", "second"), LOOK_UPS)
def test_100_numbers_pass_and_101_do_not(
    client: Client, path: str, name: str, first: str, second: str
) -> None:
    hundred = [f"N-{number}" for number in range(100)]
    repeated = ",".join([*hundred, *hundred, " ", ""])
    assert client.get(f"/parcels/{path}/get-many", **{name: repeated}) == {"parcels": []}
    problem = client.refused(
        400, "GET", f"/parcels/{path}/get-many", params={name: ",".join([*hundred, "N-100"])}
    )
    assert problem["detail"] == "Up to 100 parcel numbers are allowed"
    for nothing in ({}, {name: ""}, {name: " , ,"}):
        problem = client.refused(400, "GET", f"/parcels/{path}/get-many", params=nothing)
        assert problem["errors"] == {name: [f"{name} is required"]}


def test_ids_are_found_in_the_order_of_the_request(client: Client) -> None:
    for number in range(3):
        client.put_parcel(nr=f"ORD-{number}")
    answer = client.get("/parcels/get-many", Ids="90003, 90001,4711,90003,")
    assert [each["identifiers"]["id"] for each in answer["parcels"]] == [90003, 90001]
    other = client.with_key("sim-postplus-shipments-only")
    assert other.get("/parcels/get-many", Ids="90001") == {"parcels": []}


def test_100_ids_pass_and_101_do_not(client: Client) -> None:
    ids = [str(number) for number in range(1, 102)]
    assert client.get("/parcels/get-many", Ids=",".join(ids[:100])) == {"parcels": []}
    problem = client.refused(400, "GET", "/parcels/get-many", params={"Ids": ",".join(ids)})
    assert problem["detail"] == "Up to 100 parcel ids are allowed"


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ("", "Ids is required"),
        ("90001,abc", "Ids 'abc' is not an id"),
        ("-1", "Ids '-1' is not an id"),
        ("9" * 30, f"Ids '{'9' * 30}' is not an id"),
    ],
)
def test_what_is_no_id_is_refused_in_a_list(client: Client, ids: str, sentence: str) -> None:
    problem = client.refused(400, "GET", "/parcels/get-many", params={"Ids": ids})
    assert problem["errors"] == {"Ids": [sentence]}


@pytest.mark.parametrize("id", ["4711", "abc", "0", "-1", "9" * 40, "90001.0"])
def test_what_is_no_id_of_a_parcel_is_not_found(client: Client, id: str) -> None:
    client.put_parcel()
    assert client.refused(404, "GET", f"/parcels/{id}")["detail"] == "Parcel not found"


def test_another_accounts_parcel_is_not_found(client: Client) -> None:
    client.put_parcel()
    other = client.with_key("sim-postplus-shipments-only")
    assert other.refused(404, "GET", "/parcels/90001")["detail"] == "Parcel not found"


def test_a_section_that_is_not_asked_for_is_null(client: Client) -> None:
    client.put_parcel(sender=SENDER)
    sections = {
        "IncludeItems": [MUG],
        "IncludeReceiver": {
            **RECEIVER,
            "state": None,
            "phoneNormalized": "+358401234567",
            "pickupPointId": None,
        },
        "IncludeSender": SENDER,
        "IncludePrints": client.put_parcel()["prints"],
    }

    def shown(answer: Json) -> list[object]:
        names = ("receiver", "sender", "prints")
        return [answer["parcel"]["items"], *(answer[name] for name in names)]

    assert shown(client.get("/parcels/90001")) == [None, None, None, None]
    for place, flag in enumerate(FLAGS):
        wanted: list[object] = [None, None, None, None]
        wanted[place] = sections[flag]
        assert shown(client.get("/parcels/90001", **{flag: "true"})) == wanted
    everything = client.get("/parcels/90001", **dict.fromkeys(FLAGS, "True"))
    assert shown(everything) == list(sections.values())


def test_a_parcel_without_a_sender_shows_none(client: Client) -> None:
    client.put_parcel()
    assert client.get("/parcels/90001", IncludeSender=True)["sender"] is None


def test_a_flag_that_is_no_boolean_is_a_400(client: Client) -> None:
    client.put_parcel()
    problem = client.refused(400, "GET", "/parcels/90001", params={"IncludeItems": "yes"})
    assert problem["errors"] == {"IncludeItems": ['IncludeItems "yes" is not true or false']}


def test_a_cancelled_parcel_is_found_by_its_number_with_the_suffix(client: Client) -> None:
    client.put_parcel()
    client.ok(
        "PUT", "/parcels", json={"identifiers": {"id": 90001}, "status": {"isCancelled": True}}
    )
    client.put_parcel()
    found = client.get("/parcels/sender-parcel-nrs/ORD-20250-1-C1")
    assert found["identifiers"]["id"] == 90001
    assert client.get("/parcels/parcel-nrs/RR000070015LT-C1") == found
    assert client.get("/parcels/sender-parcel-nrs/ORD-20250-1")["identifiers"]["id"] == 90002


def test_of_two_parcels_with_a_carrier_number_the_live_one_is_found(
    client: Client, workspace: Workspace
) -> None:
    for number in range(2):
        client.put_parcel(nr=f"ORD-{number}")
    snapshot = workspace.control.get("/snapshot").json()
    for record in snapshot["tables"]["postplus.parcels"]:
        record["carrier_parcel_nr"] = "SAME"
    workspace.control.put("/snapshot", json=snapshot)
    body = {"identifiers": {"id": 90002}, "status": {"isCancelled": True}}
    client.ok("PUT", "/parcels", json=body)
    found = client.get("/parcels/carrier-parcel-nrs/SAME")
    assert found["identifiers"]["id"] == 90001
