"""The requests that are heavy: many records, many elements, long texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.bodies import ACCOUNT, LETTERBOX, LOCKER, POSTPAID, parcel
from benchmarks.soak.worlds import CSV_HEADER, CSV_ROW, SHOP

_OK = (200, 201, 204)
_REFUSED = (400, 403, 409, 413, 422)
_COUNT = 10_000
_MANY = 2_500
_MOST_UPSERTS = 200
_GOOD_ROW = "nl,3584CS,Utrecht,Kruytgebouw,8,Noor Visser,,noor@example.test,"

_SHIPX = "/w/big/inpost/v1/organizations/2"
_SHOP = "/w/big/api.myparcel.com/shipments"
_UPSERTS = "/w/big/postplus/api/v1/parcels/create-or-update-many"


class Heavy(NamedTuple):
    """A request that takes long; `statuses` are those that it may have.

    With `world`, that workspace is forked into `copy` before each try."""

    title: str
    method: str
    path: str
    body: object = None
    headers: Mapping[str, str] = MappingProxyType({})
    statuses: tuple[int, ...] = _OK
    world: str = ""


def of_worlds(snapshot: bytes, shipments: int, parcels: int) -> Iterator[Heavy]:
    """What is done with `big`, which has so many shipments, and `moving`, where so many move."""
    big, copy = "/_sim/workspaces/big", "/_sim/workspaces/copy"
    size, month = f"{shipments:,} shipments", f"a month over {parcels:,} parcels"
    shop, shipx = "/w/big/api.myparcel.com", "/w/moving/inpost/v1/organizations/2"
    fork = {"name": "copy", "overwrite": True}
    clock = {"mode": "frozen", "at": "2026-04-02T10:15:00+02:00"}
    yield Heavy(f"a snapshot of {size}", "GET", f"{big}/snapshot")
    yield Heavy(f"a fork of {size}", "POST", f"{big}/fork", fork)
    # What GET gives, PUT takes.
    yield Heavy(f"a restore of {size}", "PUT", f"{big}/snapshot", snapshot)
    yield Heavy(f"the first page of {size}", "GET", f"{shop}/shipments?size=200", None, SHOP)
    yield Heavy(f"a search in {size}", "GET", f"{shop}/shipments?q=Visser&size=200", None, SHOP)
    yield Heavy(f"1,000 records of {size}", "GET", f"{big}/records/myparcel/shipments?limit=1000")
    yield Heavy(f"a reset of {size}", "POST", f"{copy}/reset", {}, world="big")
    yield Heavy(f"a delete of {size}", "DELETE", copy, world="big")
    trial = {"by": "30d", "dry_run": True}
    yield Heavy(f"a trial of {month}", "POST", f"{copy}/clock/advance", trial, world="moving")
    by = {"by": "30d"}
    yield Heavy(f"{month}, advanced", "POST", f"{copy}/clock/advance", by, world="moving")
    yield Heavy(f"{month}, by the clock's hands", "PUT", f"{copy}/clock", clock, world="moving")
    path = f"{shipx}/shipments?per_page=100"
    yield Heavy(f"a list of {parcels:,} parcels", "GET", path, None, POSTPAID)
    yield Heavy(f"statistics of {parcels:,} parcels", "GET", f"{shipx}/statistics", None, POSTPAID)


def of_bodies() -> Iterator[Heavy]:
    """Bodies of many elements, sound and not, which are taken or refused."""
    wrong = [1] * _COUNT
    batches, creates = f"{_SHIPX}/batches", f"{_SHIPX}/shipments"
    bodies: list[tuple[str, str, object, Mapping[str, str]]] = [
        (f"{_COUNT:,} shipments that are none", _SHOP, {"data": {"shipments": wrong}}, SHOP),
        (f"{_MANY:,} shipments", _SHOP, {"data": {"shipments": [LETTERBOX] * _MANY}}, SHOP),
        (f"{_COUNT:,} parcels that are none", creates, {**LOCKER, "parcels": wrong}, POSTPAID),
        (f"a batch of {_COUNT:,} that are none", batches, {"shipments": wrong}, POSTPAID),
        (f"a batch of {_MANY:,}", batches, {"shipments": [*_named(_MANY)]}, POSTPAID),
        (
            f"{_MOST_UPSERTS:,} upserts",
            _UPSERTS,
            {"parcels": [parcel(f"H-{number}") for number in range(_MOST_UPSERTS)]},
            ACCOUNT,
        ),
        (f"{_COUNT:,} upserts that are none", _UPSERTS, {"parcels": wrong}, ACCOUNT),
        (
            f"{_MANY // 2:,} upserts, which are too many",
            _UPSERTS,
            {"parcels": [parcel(f"H-{number}") for number in range(_MANY // 2)]},
            ACCOUNT,
        ),
        (
            "an object of 50,000 names",
            creates,
            {**LOCKER, **{f"x{n}": n for n in range(50_000)}},
            POSTPAID,
        ),
    ]
    csv = {**SHOP, "Content-Type": "text/csv; charset=utf-8"}
    for count, title, row in (
        (_COUNT, "good rows", _GOOD_ROW),
        (80_000, "rows", CSV_ROW),
        (80_000, "wrong rows", "nl,1,a,b,1,c"),
    ):
        lines = "\n".join([CSV_HEADER, *[row] * count]).encode()
        bodies.append((f"CSV of {count:,} {title}", _SHOP, lines, csv))
    for title, path, body, headers in bodies:
        yield Heavy(title, "POST", path, body, headers, (*_OK, *_REFUSED))


def of_controls() -> Iterator[Heavy]:
    """What is asked of the controls of `big` once there is much to tell, or many rules."""
    controls = "/_sim/workspaces/big"
    checks = {"checks": [{"no_unread": True}, {"no_duplicates": True}]}
    yield Heavy("the journal, as far as it is shown", "GET", f"{controls}/journal?limit=1000")
    yield Heavy("a look for what was not read", "GET", f"{controls}/journal?unread=true")
    yield Heavy("a verdict on all of it", "POST", f"{controls}/verify", checks)
    fault = {"kind": "status", "status": 500}
    paths = ({"shipment_id": str(number)} for number in range(900))
    whens = ({"operation": "inpost.get_shipment", "path": path} for path in paths)
    scenario = {"scenario": "Rules", "rules": [{"when": when, "fault": fault} for when in whens]}
    yield Heavy("a scenario with 900 rules", "PUT", f"{controls}/scenario", scenario)
    rule = {"when": {"operation": "inpost.get_label"}, "fault": fault}
    yield Heavy("a rule beside 900 others", "POST", f"{controls}/rules", rule)
    yield Heavy("no rules any more", "DELETE", f"{controls}/rules")


def _named(count: int) -> Iterator[object]:
    """So many shipments of a batch, each with a name of its own."""
    return ({**LOCKER, "id": str(number)} for number in range(count))


def of_strings() -> Iterator[Heavy]:
    """Texts of which something may be looked for in more time than they are long."""
    controls = "/_sim/workspaces/big"
    names = {f"inpost.not_a_quirk_{number:05}": True for number in range(_COUNT)}
    for title, quirks in (
        (f"{_COUNT:,} quirks that nobody knows", names),
        ("a quirk of 30,000 letters", {"inpost." + "ab" * 15_000: 1}),
    ):
        yield Heavy(title, "PUT", f"{controls}/quirks", quirks, statuses=_REFUSED)
    for title, host in _HOSTS.items():
        hook = {"organization": 2, "url": f"http://{host}/"}
        path = f"{controls}/actions/inpost.set_webhook"
        yield Heavy(f"a webhook to {title}", "POST", path, hook, statuses=(*_OK, *_REFUSED))
    for title, text in _TEXTS.items():
        receiver = dict.fromkeys(("first_name", "last_name", "email", "phone"), text)
        body: object = {**LOCKER, "receiver": receiver}
        path = f"{_SHIPX}/shipments"
        yield Heavy(f"a receiver of {title}", "POST", path, body, POSTPAID, _REFUSED)
        recipient = dict.fromkeys(("postal_code", "street", "number", "person", "email"), text)
        body = {"data": {"shipments": [{**LETTERBOX, "recipient": {"cc": "NL", **recipient}}]}}
        yield Heavy(f"a recipient of {title}", "POST", _SHOP, body, SHOP, _REFUSED)
    for title, sent in (("500,000 brackets", b"[" * 500_000), ("a million digits", b"9" * 10**6)):
        yield Heavy(title, "POST", _SHOP, sent, SHOP, _REFUSED)


_HOSTS = {
    "32,000 hyphens": "-" * 32_000 + ".example",
    "hyphens by halves": "a-" * 16_000,
    "32,000 hyphens of another script": "xn--" + "-" * 32_000,
    "16,000 dots": "a." * 16_000,
    "32,000 at signs": "@" * 32_000,
}
_TEXTS = {
    "200,000 spaces and a letter": " " * 200_000 + "x",
    "200,000 digits and a letter": "1" * 200_000 + "x",
    "70,000 at signs and dots": "a@." * 70_000,
    "20,000 letters with marks": "e\u0301" * 20_000,
    "opened magic": "[[" * 50_000,
}
