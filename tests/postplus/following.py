"""Tracking as its clients use it: importers, and followers of the cursor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from tests.postplus.client import INTEGRATION_KEY, Client, Json, parcel

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""The day before a test's clock stands."""

FIRST_SCAN = "FIRST_MILE_SCAN"


_importers: WeakKeyDictionary[Client, Client] = WeakKeyDictionary()


def at(minutes: float = 0) -> str:
    """An instant so many minutes after noon, as integrators write it."""
    return (NOON + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M:%S")


def shown(minutes: float = 0) -> str:
    """The same instant as the carrier shows it."""
    return (NOON + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def made(client: Client, nr: str = "ORD-1", **changes: Any) -> str:
    """The number of a new parcel."""
    identifiers = client.put_parcel(identifiers={"senderParcelNr": nr}, **changes)["identifiers"]
    number: str = identifiers["parcelNr"]
    assert number
    return number


def made_many(client: Client, count: int, name: str = "ORD") -> list[str]:
    """The numbers of so many new parcels."""
    parcels = [parcel(f"{name}-{n}") for n in range(count)]
    answer = client.ok("POST", "/parcels/create-or-update-many", json={"parcels": parcels})
    return [each["identifiers"]["parcelNr"] for each in answer["parcels"]]


def event(number: str, **changes: Any) -> Json:
    """An event to import, of a scan at noon."""
    first = {"eventCode": FIRST_SCAN, "eventTime": at(), "trackingNr": number}
    return {name: value for name, value in {**first, **changes}.items() if value is not None}


def importer(client: Client) -> Client:
    """The integrator in the workspace of a client; it is closed with the client."""
    known = _importers.get(client)
    if known is None:
        known = _importers[client] = client.with_key(INTEGRATION_KEY)
    return known


def send(client: Client, *events: Json) -> None:
    """Import events as the integrator."""
    for start in range(0, len(events), 500):
        body = {"events": list(events[start : start + 500])}
        response = importer(client).http.post("/integrations/tracking-import", json=body)
        assert response.status_code == 200, response.text
        assert response.content == b""


def scans(number: str, count: int, name: str = "ext") -> list[Json]:
    """So many events with ids of their own, a minute apart."""
    return [event(number, eventId=f"{name}-{n}", eventTime=at(n)) for n in range(count)]


def history(client: Client, number: str) -> list[Json]:
    """The events of a parcel by its number."""
    [found] = client.get("/tracking/parcel-nrs/get-many", ParcelNrs=number)
    events: list[Json] = found["events"]
    return events


def ids(entries: list[Json]) -> list[str]:
    """The ids of the events on a page."""
    return [entry["event"]["eventId"] for entry in entries]


class Follower:
    """Follows the feed with a cursor, which it keeps."""

    def __init__(self, client: Client, start: str = "", cursor: str = "") -> None:
        self._client = client
        self.start = start
        self.cursor = cursor
        self.done = False

    def page(self, count: int | None = None) -> list[Json]:
        """The next page; the cursor goes on."""
        query = {"startDate": self.start, "fetchId": self.cursor}
        if count is not None:
            query["count"] = str(count)
        page = self._client.get("/tracking", **query)
        self.cursor, self.done = page["nextFetchId"], page["fetchDone"]
        entries: list[Json] = page["events"]
        return entries

    def rest(self, count: int | None = None) -> list[Json]:
        """All that is there behind the cursor."""
        entries = self.page(count)
        while not self.done:
            entries += self.page(count)
        return entries

    def at_the_end(self) -> Follower:
        """Itself, behind all that is there."""
        self.rest()
        return self
