"""Whoever follows the cursor misses nothing, whatever importers and parcels do meanwhile."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.carriers.postplus.catalog.event_codes import CREATE_OR_UPDATE
from tests.postplus.client import Client
from tests.postplus.following import FIRST_SCAN, Follower, at, event, ids, made, send, shown

PARCELS = 3
SAMPLE = "Cj7tmDjWkdoUyVmb8R8B77"
"""The cursor of the documents, behind which a fresh feed is empty."""

STARTS = ("", shown(0), shown(3))
"""The lower bounds of the followers; there is one for each."""

Key = tuple[str, ...]
"""An event: `("ext", id)` with an id of its own, `("made", number, time)` without one, and
`("own", number)` for what the carrier says of a parcel."""


class Version(NamedTuple):
    """One version of an event as the feed shows it."""

    key: Key
    time: str
    message: str


class Model:
    """What a feed is: a list of versions, and for each event its newest one and its parcel."""

    def __init__(self, every_version: bool) -> None:
        self.every_version = every_version
        self.log: list[Version | None] = []
        self.newest: dict[Key, int] = {}
        self.parcel: dict[Key, str] = {}
        self.waiting: dict[Key, tuple[str, Version]] = {}
        self.born: list[Key] = []

    def tell(self, number: str, version: Version) -> None:
        """An event is new or changed; nothing happens when it stays as it is."""
        known = self.newest.get(version.key)
        if version.key not in self.born:
            self.born.append(version.key)
        same = known is not None and self.log[known] == version
        if same and version.key[0] != "own" and self.parcel[version.key] == number:
            return
        self.parcel[version.key] = number
        self.newest[version.key] = len(self.log)
        self.log.append(version)

    def forget(self, number: str) -> None:
        """A parcel is deleted."""
        gone = [key for key, owner in self.parcel.items() if owner == number]
        for key in gone:
            self.withdraw(key)
            self.born.remove(key)

    def withdraw(self, key: Key) -> None:
        """An event is in the feed no more."""
        self.newest.pop(key, None)
        self.parcel.pop(key, None)
        self.log = [None if each and each.key == key else each for each in self.log]

    def page(self, place: int, start: str, count: int) -> tuple[list[Version], int, bool]:
        """What the page behind a place shows, where it ends, and whether that is all."""
        shown_: list[Version] = []
        for following, version in enumerate(self.log[place:], place):
            if version is None or version.time < start:
                continue
            if self.every_version or self.newest[version.key] == following:
                if len(shown_) == count:
                    return shown_, place, False
                shown_.append(version)
                place = following + 1
        return shown_, len(self.log), True


class Feed:
    """The carrier and the model, side by side."""

    def __init__(self, client: Client, every_version: bool) -> None:
        self.client = client
        self.minutes = 1440
        self.numbers: dict[int, str] = {}
        self.model = Model(every_version)
        client.workspace.freeze("2026-03-02T12:00:00Z")
        client.workspace.quirk("postplus.feed", "every_version" if every_version else "compacted")
        self.begin()

    def begin(self) -> None:
        """Followers begin behind the sample of the documents."""
        self.followers = [Follower(self.client, start, SAMPLE) for start in STARTS]
        self.places = [0] * len(STARTS)

    def put(self, which: int) -> None:
        """A parcel is made or updated; what waited for it comes with it."""
        number = made(self.client, f"ORD-{which}")
        self.numbers[which] = number
        message = "Parcel data received or updated"
        self.model.tell(number, Version(("own", number), shown(self.minutes), message))
        for key in [key for key in self.model.born if key in self.model.waiting]:
            wanted, version = self.model.waiting[key]
            if wanted == f"ORD-{which}":
                del self.model.waiting[key]
                self.model.tell(number, version)

    def delete(self, which: int) -> None:
        """A parcel is deleted."""
        number = self.numbers.pop(which, None)
        if number is None:
            return
        identity = self.client.get(f"/parcels/parcel-nrs/{number}")["identifiers"]["id"]
        self.client.ok("DELETE", f"/parcels/{identity}")
        self.model.forget(number)

    def imported(self, wanted: list[tuple[int | None, int, int, int]]) -> None:
        """Events come: the number of an id (None: made), a parcel, minutes, a message."""
        events = []
        for name, which, minutes, message in wanted:
            sender_nr = f"ORD-{which}"
            changes: dict[str, Any] = {"eventTime": at(minutes), "eventMessage": f"m{message}"}
            key: Key = ("made", sender_nr, shown(minutes))
            if name is not None:
                changes["eventId"] = f"ext-{name}"
                key = ("ext", f"ext-{name}")
            events.append(event("", trackingNr=None, senderTrackingNr=sender_nr, **changes))
            self.take(sender_nr, which, Version(key, shown(minutes), f"m{message}"))
        send(self.client, *events)

    def take(self, sender_nr: str, which: int, version: Version) -> None:
        """The model takes one event."""
        number = self.numbers.get(which)
        if number is not None:
            self.model.waiting.pop(version.key, None)
            self.model.tell(number, version)
            return
        self.model.withdraw(version.key)
        if version.key not in self.model.born:
            self.model.born.append(version.key)
        self.model.waiting[version.key] = (sender_nr, version)

    def advance(self, minutes: int) -> None:
        """The clock goes on."""
        self.client.workspace.advance(f"{minutes}m")
        self.minutes += minutes

    def reset(self) -> None:
        """The test data is reset: old cursors are unknown, and everybody begins again."""
        old = [follower.cursor for follower in self.followers]
        self.client.workspace.do("postplus.reset_test_data")
        for cursor in old:
            if cursor != SAMPLE:
                self.client.refused(400, "GET", "/tracking", params={"fetchId": cursor})
        self.numbers.clear()
        self.model = Model(self.model.every_version)
        self.begin()

    def follow(self, who: int, count: int) -> None:
        """A follower reads a page: exactly what the model says is on it."""
        follower = self.followers[who]
        expected, place, done = self.model.page(self.places[who], STARTS[who], count)
        entries = follower.page(count)
        owners = {number: f"ORD-{which}" for which, number in self.numbers.items()}
        assert [_version(entry, owners) for entry in entries] == expected
        assert [entry["parcel"]["parcelNr"] for entry in entries] == [
            self.model.parcel[version.key] for version in expected
        ]
        assert follower.done == done
        versions = [int(entry["event"]["eventVersion"]) for entry in entries]
        assert versions == sorted(set(versions))
        self.places[who] = place


def _version(entry: Any, owners: dict[str, str]) -> Version:
    told, number = entry["event"], entry["parcel"]["parcelNr"]
    key: Key = ("made", owners[number], told["eventTime"])
    if told["eventCode"] == CREATE_OR_UPDATE:
        key = ("own", number)
    elif told["eventId"].startswith("ext-"):
        key = ("ext", told["eventId"])
    else:
        assert told["eventCode"] == FIRST_SCAN
    return Version(key, told["eventTime"], told["eventMessage"])


which = st.integers(0, PARCELS - 1)
events = st.tuples(
    st.one_of(st.none(), st.integers(0, 3)), which, st.integers(0, 5), st.integers(0, 1)
)
steps = st.one_of(
    st.tuples(st.just("put"), which),
    st.tuples(st.just("imported"), st.lists(events, min_size=1, max_size=6)),
    st.tuples(st.just("follow"), st.integers(0, len(STARTS) - 1), st.integers(1, 5)),
    st.tuples(st.just("follow"), st.integers(0, len(STARTS) - 1), st.just(500)),
    st.tuples(st.just("delete"), which),
    st.tuples(st.just("advance"), st.integers(1, 9)),
    st.tuples(st.just("reset")),
)


@pytest.mark.parametrize("every_version", [False, True], ids=["compacted", "every_version"])
@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=st.lists(steps, min_size=4, max_size=25))
def test_a_follower_misses_nothing_and_sees_the_newest_version_in_the_order_processed(
    client: Client, every_version: bool, script: list[tuple[Any, ...]]
) -> None:
    client.workspace.control.post("/reset", json={})
    feed = Feed(client, every_version)
    feed.put(0)
    for step, *arguments in script:
        getattr(feed, step)(*arguments)
    for who in range(len(STARTS)):
        while not feed.followers[who].done or feed.places[who] < len(feed.model.log):
            feed.follow(who, 2)
    live = set(ids(Follower(client, cursor=SAMPLE).rest()))
    assert len(live) == len(feed.model.newest)
