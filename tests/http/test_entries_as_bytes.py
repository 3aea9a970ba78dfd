"""What the journal tells of an exchange is the same after its entry was kept as bytes.

Each request here is told of twice and compared, see `tests.support.kept_as_bytes`.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, cycle
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from simulator.settings import Settings
from tests.contract.test_unread_examples import CARRIERS, DESCRIPTIONS, requests, send
from tests.http.test_refused_everywhere import operations, refused
from tests.inpost.shipx import POSTPAID, box, courier, create, locker, post
from tests.magic.inpost_proofs import confirmed, label
from tests.rules.making import rule
from tests.support.descriptions import SERVED
from tests.support.kept_as_bytes import Compared, kept_as_bytes
from tests.support.server import START, Workspace, running

PATH = "/v1/organizations/1"
GET = {"operation": "inpost.get_organization"}
LABEL = {"operation": "inpost.get_label"}
LOST = (httpx2.TransportError,)
KINDS: dict[str, dict[str, Any]] = {
    "connection_reset": {},
    "empty_response": {},
    "truncated_body": {"body": "<a/>"},
    "malformed_json": {},
    "wrong_length": {},
    "slow_body": {"by": "1ms", "body": "{}"},
    "timeout": {"by": "20ms"},
    "status": {"status": 502, "body": "x" * 3000},
    "rate_limit": {"requests": 1, "per": "1m"},
}
"""The kinds of faults, and what else is said of them."""
MAGIC = "[[label: 404 x1]]"

_numbers = count(1)


@pytest.fixture(scope="module")
def compared() -> Iterator[Compared]:
    with kept_as_bytes() as found:
        yield found


@pytest.fixture(scope="module")
def base_url(compared: Compared) -> Iterator[str]:
    settings = Settings(log_level="error", journal_bytes=1024 * 1024, response_validation="fail")
    with running(settings) as url:
        yield url


@pytest.fixture
def workspace(base_url: str, compared: Compared) -> Iterator[Workspace]:
    """A workspace of which every entry went through bytes, and was the same afterwards."""
    workspace, before = Workspace(base_url, f"bytes-{next(_numbers)}"), compared.entries
    workspace.freeze(START)
    yield workspace
    workspace.close()
    assert compared.unlike == []
    assert compared.entries > before


def newest(workspace: Workspace) -> dict[str, Any]:
    [summary] = workspace.journal(limit=1)
    entry: dict[str, Any] = workspace.control.get(f"/journal/{summary['id']}").json()
    return entry


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_every_example_of_every_operation(workspace: Workspace, name: str) -> None:
    api, server = SERVED[name].api, SERVED[name].server
    base = f"{workspace.base_url}/w/{workspace.name}/{server}"
    options: dict[str, Any] = {"trust_env": False, "verify": False, "timeout": 30}
    with httpx2.Client(base_url=base, headers=CARRIERS[api], **options) as client:
        for method, path, query, media, value in requests(name):
            send(client, method, path, query=query, media=media, value=value)
            if isinstance(value, dict):
                # Refused for one value, for all that is missing, and for its kind.
                member = next(iter(value), "x")
                for wrong in ({**value, member: 2**70}, {"colour": ["red"] * 99}, [value]):
                    send(client, method, path, query={"x": "y"}, media=media, value=wrong)


@pytest.mark.unmeasured
@pytest.mark.parametrize("api", CARRIERS)
def test_every_operation_refuses(workspace: Workspace, api: str) -> None:
    # Where there is a workspace, and where there is none.
    worlds = cycle((workspace.name, f"no-{workspace.name}"))
    options: dict[str, Any] = {"trust_env": False, "verify": False, "timeout": 30}
    with httpx2.Client(base_url=workspace.base_url, **options) as client:
        for name, path, method in (each.values for each in operations()):
            if SERVED[name].api == api:
                for verb, url, rest in refused(name, path, method):
                    below = f"/w/{next(worlds)}/{SERVED[name].server}"
                    client.request(verb, f"{below}{url}", **rest)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", KINDS)
def test_faults_of_each_kind(workspace: Workspace, kind: str, when: str) -> None:
    fault = {"kind": kind, "when": when, **KINDS[kind]}
    rule(workspace, name=kind, when=GET, fault=fault, times=2, delay={"by": "1ms"})
    for _ in range(3):
        with suppress(*LOST):
            workspace.client.get(PATH)
    told = [workspace.control.get(f"/journal/{e['id']}").json() for e in workspace.journal()]
    assert any(entry["rule"] for entry in told) or kind == "rate_limit"
    assert all(entry["rule"] or entry["nearest_rules"] for entry in told)


@pytest.mark.parametrize(
    "respond",
    [
        {"status": 202, "body": {"long": "x" * 3000}},
        {"body": "<a/>", "headers": {"X-Made": "Å"}},
        {"merge": {"name": "Żółw", "id": None}},
        {"patch": [{"op": "add", "path": "/x", "value": 2**70}]},
        {"patch": [{"op": "remove", "path": "/nothing"}]},
        {"when": "after", "status": 418},
    ],
)
def test_answers_of_each_kind(workspace: Workspace, respond: dict[str, Any]) -> None:
    rule(workspace, when=GET, respond=respond, times=1)
    workspace.client.get(PATH)
    assert newest(workspace)["rule"]["number"] == 1
    own = {"X-Sim-Rule": json.dumps({"respond": respond})}
    workspace.client.get(PATH, headers=own)
    assert newest(workspace)["rule"]["id"] == 0
    workspace.client.get(PATH, headers={"X-Sim-Rule": '{"respond": 1'})
    assert newest(workspace)["outcome"] == "request_rule"


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ({"nth": 3}, {}),
        ({"every": 3}, {}),
        ({"probability": 0.0}, {}),
        ({"between": ["2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"]}, {}),
        ({}, {"times": 1}),
        ({"headers": {"X-Wanted": "x"}}, {}),
        ({**LABEL, "resource": {"reference": "nobody's"}}, {"respond": {"body": "x" * 9000}}),
        ({**LABEL, "resource": {"receiver": {"email": {"$oneof": ["a", "b"]}}}}, {}),
    ],
)
def test_rules_that_pass(workspace: Workspace, when: dict[str, Any], more: dict[str, Any]) -> None:
    failing = {} if "respond" in more else {"fault": {"kind": "status", "body": "y" * 9000}}
    rule(workspace, name="passes", when={**GET, **when}, **failing, **more)
    number = create(workspace, locker())["id"]
    for _ in range(2):
        workspace.client.get(PATH if "operation" not in when else f"/v1/shipments/{number}/label")
    [near] = newest(workspace)["nearest_rules"]
    assert near["name"] == "passes"
    assert near["reasons"]


def test_rules_about_what_is_in_a_list(workspace: Workspace) -> None:
    numbers = [create(workspace, locker(reference=f"A-{number}"))["id"] for number in range(5)]
    wanted = ({"reference": "A-9"}, {"reference": "A-3", "status": "lost"}, {"id": numbers[4]})
    for number, resource in enumerate(wanted):
        about = {"carrier": "inpost", "resource": resource}
        rule(workspace, when={**about, "nth": 99}, delay={"by": "1ms"}, name=str(number))
    workspace.client.get(f"{PATH}/shipments")
    workspace.client.get(f"{PATH}/shipments/labels?shipment_ids[]={numbers[1]}")
    reasons = {rule["name"]: rule["reasons"] for rule in newest(workspace)["nearest_rules"]}
    assert reasons["0"] == ['resource.reference is "A-1", wanted is "A-9"']
    assert len(reasons["1"]) == 1


def test_a_parcel_that_is_wrong_by_its_id(workspace: Workspace) -> None:
    light = {"weight": {"amount": "0", "unit": "kg"}}
    parcels = [box("first"), box("second", **light)]
    post(workspace, courier(parcels=parcels), POSTPAID)
    places = {tuple(each["path"][:2]) for each in newest(workspace)["findings"]}
    assert places == {("parcels", "second")}


def test_magic_values_and_what_comes_twice(workspace: Workspace) -> None:
    magic = confirmed(workspace, locker(reference=f"A-1 {MAGIC}"))
    assert [label(workspace, magic), label(workspace, magic)] == [404, 200]
    confirmed(workspace, locker(reference="A-2"))
    confirmed(workspace, locker(reference="A-2"))
    verdict = workspace.control.post("/verify", json={"checks": [{"no_duplicates": True}]}).json()
    [duplicate] = verdict["checks"][0]["duplicates"]
    assert all(each["exchange"] for each in duplicate["shipments"])


def test_bodies_that_are_cut(workspace: Workspace) -> None:
    post(workspace, {**locker(), "comments": "x" * 1_000_000})
    entry = newest(workspace)
    assert (entry["request"]["truncated"], entry["request"]["bytes"] > 1_000_000) == (True, True)


BODIES = (
    b"",
    b"\xff\xfe\x00",
    b'{"name": "\\ud800"}',
    b'{"name": 1e400, "x": [',
    b'{"name": 123456789012345678901234567890, "description": -99999999999999999999}',
    b'{"name": {"a": [1.5, null, true, "\xc5\xbb"]}}',
    b"name;description\nx;y",
)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "header",
    [b"X-Odd: \xff\xfe\x80", b"Content-Type: \xe9/\xe9", b"Authorization: Bearer \xff@\xe9"],
)
def test_odd_bytes(workspace: Workspace, header: bytes, body: bytes) -> None:
    address = urlsplit(workspace.base_url)
    lines = [
        f"POST /w/{workspace.name}/inpost{PATH}/mpks?na%ffme=%c5%bb&x=%00 HTTP/1.1".encode(),
        b"Host: x",
        b"Authorization: Bearer sim-inpost-prepaid",
        b"Content-Type: application/json",
        b"Connection: close",
        b"Content-Length: %d" % len(body),
        header,
    ]
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + body)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.startswith(b"HTTP/1.1 ")
    assert workspace.client.get("/v1/%ff/%ed%a0%80").status_code == 404
    assert newest(workspace)["unmatched"]
