"""Tracking by numbers, and the list of event codes."""

from __future__ import annotations

import pytest
from dirty_equals import IsStr

from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES
from tests.postplus.client import INTEGRATION_KEY, SHIPMENTS_ONLY_KEY, Client, Json, parcel
from tests.postplus.following import at, event, history, importer, made, made_many, send, shown

BY_NUMBER = "/tracking/parcel-nrs/get-many"
BY_SENDER = "/tracking/sender-parcel-nrs/get-many"
EVENT_ID = IsStr(regex=r"[2-9A-HJ-NP-Za-km-z]{22}")


def told(answer: list[Json]) -> list[str]:
    """The numbers of the parcels in an answer."""
    return [each["parcelNr"] for each in answer]


def test_a_parcel_is_tracked_by_its_number_and_by_the_senders(client: Client) -> None:
    number = made(client, "ORD-1")
    expected = [
        {
            "events": [
                {
                    "eventId": EVENT_ID,
                    "eventTime": "2026-03-02T09:15:00+00:00",
                    "eventVersion": IsStr(regex=r"\d+"),
                    "eventCode": "CREATE_OR_UPDATE",
                    "eventMessage": "Parcel data received or updated",
                    "eventLocation": "PPLUS",
                }
            ],
            "parcelNr": number,
            "senderParcelNr": "ORD-1",
            "destinationCountry": "FI",
            "carrier": "Lithuania Post",
            "carrierParcelNr": number,
        }
    ]
    assert client.get(BY_NUMBER, ParcelNrs=number) == expected
    assert client.get(BY_SENDER, SenderParcelNrs="ORD-1") == expected


def test_parcels_come_in_the_order_of_the_numbers_and_unknown_ones_are_left_out(
    client: Client,
) -> None:
    first, second, third = made_many(client, 3)
    wanted = f"{third},NOPE,{first},{third},{second}"
    assert told(client.get(BY_NUMBER, ParcelNrs=wanted)) == [third, first, second]
    by_sender = client.get(BY_SENDER, SenderParcelNrs="ORD-2,NOPE,ORD-0")
    assert told(by_sender) == [third, first]
    [entry] = client.workspace.journal(operation="postplus.get_tracking_by_parcel_nrs")
    why = client.workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert any("left out, since the account has no such parcel: NOPE" in line for line in why)


@pytest.mark.parametrize("path", [BY_NUMBER, BY_SENDER])
def test_50_numbers_pass_and_51_do_not(client: Client, path: str) -> None:
    made_many(client, 51)
    senders = [f"ORD-{n}" for n in range(51)]
    numbers = [
        each["parcelNr"]
        for part in (senders[:50], senders[50:])
        for each in client.get(BY_SENDER, SenderParcelNrs=",".join(part))
    ]
    wanted, name = (numbers, "ParcelNrs") if path == BY_NUMBER else (senders, "SenderParcelNrs")
    assert told(client.get(path, **{name: ",".join(wanted[:50])})) == numbers[:50]
    problem = client.refused(400, "GET", path, params={name: ",".join(wanted)})
    assert problem["detail"] == "Up to 50 parcel numbers are allowed"
    # blanks, trailing commas and repeated numbers are no numbers
    loose = " , ".join([*wanted[:50], wanted[0]]) + ",, ,"
    assert told(client.get(path, **{name: loose})) == numbers[:50]


def test_commas_may_be_encoded(client: Client) -> None:
    first, second = made_many(client, 2)
    for comma in (",", "%2C", "%2c", ",%20", "%2C+"):
        response = client.http.get(f"{BY_NUMBER}?ParcelNrs={first}{comma}{second}%2C")
        assert told(response.json()) == [first, second]


@pytest.mark.parametrize("numbers", ["", " ", ",", " , ,"])
def test_without_a_number_there_is_nothing_to_track(client: Client, numbers: str) -> None:
    for path, name in ((BY_NUMBER, "ParcelNrs"), (BY_SENDER, "SenderParcelNrs")):
        problem = client.refused(400, "GET", path, params={name: numbers})
        assert list(problem["errors"]) == [name]
        client.refused(400, "GET", path)


def test_the_senders_number_may_contain_blanks(client: Client) -> None:
    number = made(client, "REF HD-123")
    assert told(client.get(BY_SENDER, SenderParcelNrs="REF HD-123, OTHER")) == [number]


def test_events_ascend_by_their_times(client: Client) -> None:
    number = made(client)
    times = {"c": at(3), "a": at(-3), "b": "2026-03-01T14:00:00+02:00", "d": "2027-01-01"}
    send(client, *(event(number, eventId=name, eventTime=time) for name, time in times.items()))
    events = history(client, number)
    assert [each["eventId"] for each in events] == ["a", "b", "c", EVENT_ID, "d"]
    assert events[1]["eventTime"] == shown(0)


def test_events_at_the_same_instant_are_in_the_order_processed(client: Client) -> None:
    number = made(client)
    send(client, *(event(number, eventId=name) for name in "cab"))
    send(client, event(number, eventId="c", eventMessage="again"))
    assert [each["eventId"] for each in history(client, number)][:3] == ["a", "b", "c"]


def test_another_accounts_parcel_is_left_out(client: Client) -> None:
    number = made(client, "ORD-1")
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    theirs = made(other, "ORD-1")
    assert other.get(BY_NUMBER, ParcelNrs=number) == []
    assert told(other.get(BY_SENDER, SenderParcelNrs="ORD-1")) == [theirs]
    assert told(client.get(BY_SENDER, SenderParcelNrs="ORD-1")) == [number]


def test_an_offline_number_is_echoed_and_tracked(client: Client) -> None:
    number = "RF000000028LT"
    answer = client.put_parcel(identifiers={"parcelNr": number})
    assert answer["identifiers"]["parcelNr"] == number
    assert told(client.get(BY_NUMBER, ParcelNrs=number)) == [number]


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("RF000000029LT", id="wrong check digit"),
        pytest.param("RF123456785LT", id="outside the range"),
        pytest.param("RF000000031LT", id="used twice"),
    ],
)
def test_an_offline_number_that_cannot_be_is_not_tracked(client: Client, number: str) -> None:
    client.put_parcel(identifiers={"senderParcelNr": "FIRST", "parcelNr": "RF000000031LT"})
    answer = client.ok(
        "PUT",
        "/parcels",
        json=parcel("SECOND", identifiers={"senderParcelNr": "SECOND", "parcelNr": number}),
    )
    assert answer["status"]["hasErrors"] is True
    found = client.get(BY_NUMBER, ParcelNrs=number)
    assert [each["senderParcelNr"] for each in found] == ["FIRST"] * (number == "RF000000031LT")


def test_a_cancelled_parcel_is_tracked_by_its_number_with_the_suffix(client: Client) -> None:
    number = made(client, "ORD-1")
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    assert client.get(BY_NUMBER, ParcelNrs=number) == []
    [found] = client.get(BY_NUMBER, ParcelNrs=f"{number}-C1")
    assert [each["eventCode"] for each in found["events"]] == ["CREATE_OR_UPDATE"]


def test_a_deleted_parcel_is_not_tracked(client: Client) -> None:
    number = made(client)
    found = client.get(f"/parcels/parcel-nrs/{number}")
    client.ok("DELETE", f"/parcels/{found['identifiers']['id']}")
    assert client.get(BY_NUMBER, ParcelNrs=number) == []
    left = client.workspace.records("postplus", "events")
    assert [each["event_id"] for each in left] == ["WoxFW73f47o2d55PPHwzit"]


def test_the_carrier_that_an_event_names_is_told(client: Client) -> None:
    number = made(client)
    send(client, event(number, eventId="old", carrier="Posti", carrierParcelNr="JJFI1"))
    send(client, event(number, eventId="new", carrier="DemoCarrier"))
    [found] = client.get(BY_NUMBER, ParcelNrs=number)
    assert (found["carrier"], found["carrierParcelNr"]) == ("DemoCarrier", "JJFI1")
    entries = client.get("/tracking", startDate="2026-03-01")["events"]
    carriers = [(e["parcel"]["carrier"], e["parcel"]["carrierParcelNr"]) for e in entries]
    assert carriers == [
        ("Lithuania Post", number),
        ("Posti", "JJFI1"),
        ("DemoCarrier", number),
    ]


def test_the_event_codes_are_listed_with_their_flags(client: Client) -> None:
    codes = client.get("/tracking/event-codes")
    assert [each["code"] for each in codes] == list(EVENT_CODES)
    assert codes[0] == {
        "code": "CREATE_OR_UPDATE",
        "message": "Parcel data received or updated",
        "isPreAlert": True,
        "isStartclock": False,
        "isDeparted": False,
        "isAtDestination": False,
        "isStopclock": False,
        "isDelivered": False,
    }
    [delivered] = [each for each in codes if each["isDelivered"]]
    assert (delivered["code"], delivered["message"]) == (
        "DELIVERED",
        "Delivered to the recipient",
    )


def test_an_integrator_sees_the_event_codes_but_no_tracking(client: Client) -> None:
    codes = importer(client).get("/tracking/event-codes")
    assert codes == client.get("/tracking/event-codes")
    for path in ("/tracking", f"{BY_NUMBER}?ParcelNrs=A", f"{BY_SENDER}?SenderParcelNrs=A"):
        client.with_key(INTEGRATION_KEY).refused(403, "GET", path)
