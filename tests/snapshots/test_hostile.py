"""Snapshots that no world gave: refused with their place, or harmless."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.settings import Settings
from tests.support.server import START, Workspace, running

pytestmark = pytest.mark.unmeasured

Spoil = Callable[[dict[str, Any]], None]


def _job(tables: dict[str, Any], **changes: Any) -> None:
    tables["engine.jobs"][0] |= changes


def _arguments(tables: dict[str, Any], **more: Any) -> None:
    tables["engine.jobs"][0]["arguments"] |= more


def _frame(tables: dict[str, Any], **changes: Any) -> None:
    tables["engine.frame"][0] |= changes


def _clock(tables: dict[str, Any], **changes: Any) -> None:
    tables["engine.frame"][0]["clock"] |= changes


def _numbers(tables: dict[str, Any], **changes: Any) -> None:
    tables["engine.numbers"][0]["last"] |= changes


def _twice(tables: dict[str, Any]) -> None:
    tables["inpost.shipments"] += tables["inpost.shipments"][:1]


SPOILT: dict[str, tuple[Spoil, str]] = {
    "a clock before all calendars": (
        lambda t: _clock(t, at="0001-01-01T00:00:00Z"),
        "body.tables.engine.frame.0.clock.at",
    ),
    "a clock at the end of time": (
        lambda t: _clock(t, at="9999-12-31T23:59:59Z"),
        "body.tables.engine.frame.0.clock.at",
    ),
    "a clock just beyond the bound": (
        lambda t: _clock(t, at="2200-01-01T00:00:00Z"),
        "body.tables.engine.frame.0.clock.at",
    ),
    "an offset clock that runs fast": (
        lambda t: _clock(t, mode="offset", speed=50.0),
        "body.tables.engine.frame.0.clock.speed",
    ),
    "a seed below zero": (lambda t: _frame(t, seed=-1), "body.tables.engine.frame.0.seed"),
    "a seed beyond all numbers": (
        lambda t: _frame(t, seed=10**40),
        "body.tables.engine.frame.0.seed",
    ),
    "a second frame": (
        lambda t: t["engine.frame"].append({**t["engine.frame"][0], "name": "other"}),
        "body.tables.engine.frame",
    ),
    "an argument named like ours": (lambda t: _arguments(t, world=1), ".arguments"),
    "an argument named job": (lambda t: _arguments(t, job=1), ".arguments"),
    "an argument of another type": (
        lambda t: _arguments(t, **{n: [] for n in t["engine.jobs"][0]["arguments"]}),
        ".arguments.",
    ),
    "an argument too few": (lambda t: t["engine.jobs"][0]["arguments"].popitem(), ".arguments"),
    "a job due at no time": (lambda t: _job(t, due="3000-01-01T00:00:00Z"), ".due"),
    "a job with an id below zero": (lambda t: _job(t, id=-5), "body.tables.engine.jobs.0.id"),
    "a number below an id in use": (
        lambda t: _numbers(t, **{"engine.jobs": 0}),
        "body.tables.engine.numbers.0.last.engine.jobs",
    ),
    "a shipment's number below an id in use": (
        lambda t: _numbers(t, **{"inpost.shipments": 15_000_001}),
        "body.tables.engine.numbers.0.last.inpost.shipments",
    ),
    "a key that repeats": (_twice, "body.tables.inpost.shipments.3"),
    "a quirk with a value it cannot have": (
        lambda t: t["engine.quirks"][0].update(value={"a": []}),
        "body.tables.engine.quirks.",
    ),
    "a header that breaks a line": (
        lambda t: t["engine.webhooks"][0].update(headers={"X": "a\r\nb"}),
        ".headers",
    ),
    "a webhook whose body is no text": (
        lambda t: t["engine.webhooks"][0].update(body=7),
        "body.tables.engine.webhooks.0.body",
    ),
    "a rule that says nothing": (
        lambda t: t["engine.rules"][0].update(definition={"fault": 7}),
        "body.tables.engine.rules.",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_no_world_could_have_come_to_is_refused_with_its_place(
    workspace: Workspace, rich: dict[str, Any], name: str
) -> None:
    spoil, place = SPOILT[name]
    document = copy.deepcopy(rich)
    spoil(document["tables"])
    before = workspace.control.get("/snapshot").content

    response = workspace.control.put("/snapshot", content=json.dumps(document))

    assert response.status_code == 422, response.text
    assert place in response.json()["errors"][0]["path"], response.text
    assert workspace.control.get("/snapshot").content == before


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        (b"", 400, "missing"),
        (b"[]", 422, "not a snapshot"),
        (b"3", 400, "JSON"),
        (b'{"format":"carrier-simulator/1"', 400, "ends before"),
        (b'{"format":"carrier-simulator/1","tables":[]}', 422, "body.tables"),
        (b'{"format":"carrier-simulator/1","tables":{"engine.jobs":{}}}', 422, "list of records"),
        (b'{"format":"carrier-simulator/1","tables":{}} x', 400, "more after it"),
        (b'{"format":"carrier-simulator/1","format":"carrier-simulator/1"}', 422, "more than once"),
        (b'{"tables":{"engine.quirks":[{"name":"\\ud800","value":1}]}}', 400, "hex escape"),
        (b'{"tables":{"engine.quirks":[{"name":"a","value":1e999}]}}', 422, "out of range"),
        (b'{"tables":{"engine.quirks":[{"name":"a","value":NaN}]}}', 400, "invalid character"),
        (b'{"tables":{"engine.quirks":[' + b"[" * 100_000, 413, "deep"),
        (b'{"tables":{"engine.quirks":["' + b"x" * 17_000_000, 413, "bytes"),
        (b"\xff", 400, "JSON"),
    ],
)
def test_what_is_no_snapshot_at_all_is_refused(
    workspace: Workspace, text: bytes, status: int, words: str
) -> None:
    response = workspace.control.put(
        "/snapshot", content=text, headers={"Content-Type": "application/json"}
    )

    assert response.status_code == status, response.text
    assert words in response.json()["detail"]


ODD: list[Any] = [
    *(77_777_777, 15_000_002, 4),
    *(None, True, -1, 0, 1, 2**63, -(2**70), 10**30, 0.5, 1e300, "", "x", "\x00", "9" * 60),
    *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "2026-01-01T00:00:00", "NaN", "1E+99"),
    *([], {}, [[]], {"a": {"b": []}}, ["x"], [1, 2, 3], {"world": 1}, "http://169.254.169.254/"),
]

READS = [
    ("sim-inpost-prepaid", "/inpost/v1/organizations/1/shipments"),
    ("sim-inpost-prepaid", "/inpost/v1/organizations/1"),
    ("sim-inpost-prepaid", "/inpost/v1/organizations/1/statistics"),
    ("sim-inpost-postpaid", "/inpost/v1/organizations/2/shipments"),
    ("sim-inpost-prepaid", "/inpost/v1/points?per_page=3"),
]
CONTROLS = [
    *("", "/clock", "/quirks", "/rules", "/webhooks", "/inbox", "/scenario", "/snapshot"),
    *("/records/inpost/shipments", "/records/myparcel/shipments", "/records/postplus/parcels"),
]


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for name, item in value.items():
            found += _places(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value[:4]):
            found += _places(item, (*path, number))
    return found


def _spoil(document: dict[str, Any], path: tuple[Any, ...], how: str, odd: Any) -> None:
    inside: Any = document
    for step in path[:-1]:
        inside = inside[step]
    if how == "take away":
        del inside[path[-1]]
    elif how == "repeat" and isinstance(inside, list):
        inside.append(copy.deepcopy(inside[path[-1]]))
    else:
        inside[path[-1]] = odd


@pytest.fixture(scope="module")
def living() -> Iterator[Workspace]:
    """A workspace as users have it: an answer may show what a snapshot said, and nobody fails it
    for not being as described."""
    with running(Settings(log_level="error")) as base_url:
        workspace = Workspace(base_url, "living")
        workspace.freeze(START)
        yield workspace
        workspace.close()


@pytest.mark.parametrize("member", ["service", "carrier"])
def test_an_offer_of_what_nobody_knows_is_shown_by_its_name(
    living: Workspace, rich: dict[str, Any], member: str
) -> None:
    document = copy.deepcopy(rich)
    document["tables"]["inpost.shipments"][0]["offers"][0][member] = "drone"
    assert living.control.put("/snapshot", content=json.dumps(document)).status_code == 200
    number = document["tables"]["inpost.shipments"][0]["id"]
    shown = living.client.get(f"/v1/shipments/{number}").json()
    assert shown["offers"][0][member] == {"id": "drone", "name": "drone", "description": ""}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_snapshot_that_is_changed_anywhere_is_refused_or_lives(
    living: Workspace, rich: dict[str, Any], data: st.DataObject
) -> None:
    workspace = living
    document = copy.deepcopy(rich)
    table = data.draw(st.sampled_from(sorted(t for t, rows in rich["tables"].items() if rows)))
    places = _places(document["tables"][table], ("tables", table))
    path = data.draw(st.sampled_from(places))
    how = data.draw(st.sampled_from(["take away", "repeat", "replace", "replace"]))
    _spoil(document, path, how, data.draw(st.sampled_from(ODD)))
    before = workspace.control.get("/snapshot").content

    put = workspace.control.put("/snapshot", content=json.dumps(document))

    listed = httpx2.get(f"{workspace.base_url}/_sim/workspaces", trust_env=False, verify=False)
    assert listed.status_code == 200
    if put.status_code != 200:
        assert 400 <= put.status_code < 500, put.text
        assert workspace.control.get("/snapshot").content == before
        return
    assert not [each for each in listed.json()["items"] if "broken" in each]
    _live(workspace)
    assert workspace.control.post("/clock/advance", json={"by": "30d"}).status_code == 200
    _live(workspace)
    reset = {"clock": {"mode": "frozen", "at": "2026-03-02T09:15:00Z"}}
    assert workspace.control.post("/reset", json=reset).status_code == 200


def _live(workspace: Workspace) -> None:
    for token, path in READS:
        answer = httpx2.get(
            f"{workspace.base_url}/w/{workspace.name}{path}",
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
            verify=False,
        )
        assert answer.status_code < 500, (path, answer.text)
    for path in CONTROLS:
        answer = workspace.control.get(path)
        assert answer.status_code < 500, (path, answer.text)
