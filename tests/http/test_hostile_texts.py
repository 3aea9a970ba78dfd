"""Whatever text a parameter holds, the answer is one that the description declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, quote_from_bytes

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.http.described.specification import resolve
from tests.inpost.confirmed import confirmed
from tests.myparcel.bodies import shipment as dutch
from tests.myparcel.client import SHIPMENT, basic
from tests.support.descriptions import SERVED, description
from tests.support.server import Workspace
from tests.support.wire import Wire

pytestmark = pytest.mark.unmeasured

_METHODS = ("get", "put", "post", "delete", "patch")

HOSTILE: tuple[bytes, ...] = (
    b"",
    b" ",
    b"\t\n",
    b"3\x1d",
    b"\x1c3",
    b"\x00",
    b"3\x00",
    b"\xff\xfe",
    "٣".encode(),  # digits of other scripts
    "\uff13".encode(),
    "१२".encode(),
    "²".encode(),
    "½".encode(),
    b"+3",
    b"-3",
    b"--3",
    b"- 3",
    b"1e3",
    b"1E-400",
    b"-1e999999999",
    b"1e999999999",
    b"0x10",
    b"1_000",
    b"1.",
    b".5",
    b"1,5",
    b"nan",
    b"-inf",
    b"Infinity",
    b"9" * 400,
    b"-" + b"9" * 400,
    b"0." + b"0" * 400 + b"1",
    b"true",
    b"TRUE\x85",
    b"None",
    b"null",
    b"[]",
    b"{}",
    b",,,",
    b";;",
    b"1;2;",
    b"9999-12-31T23:59:59.999999Z",
    b"0001-01-01T00:00:00+14:00",
    b"9999-12-31 23:59:59",
    b"9999-12-31 00:00:00",
    b"9999-12-31T23:59:59-12:00",
    b"9999-12-31",
    b"9999-12-28",
    b"0001-01-01 00:00:00",
    b"0001-01-01",
    b"0001-01-04",
    b"2026-02-30",
    b"2026-W10-1",
    "\uff12\uff10\uff12\uff16-03-02".encode(),
    b"2026-03-02T10:15:00+99:99",
    b"%25",
    b"../../x",
    b"a/b",
    b"x" * 400,
    b"9" * 4301,
    b"W-" + b"9" * 4301,
    b"[" * 1500,
    b"-" * 8000,
    b"a" * 8000,
    b"a." * 4000,
    b"http://a" + b"-" * 8000 + b".test/",
    "\u202eabc\U0001f4a9".encode(),
)


class Place(NamedTuple):
    """A parameter of an operation, as one of the descriptions that are served has it."""

    spec: str
    method: str
    path: str
    name: str
    where: str
    operation: dict[str, Any]
    parameters: list[dict[str, Any]]


def _places() -> Iterator[Place]:
    for spec in SERVED:
        for path, item in resolve(description(spec))["paths"].items():
            shared = item.get("parameters", [])
            for method in _METHODS:
                operation = item.get(method)
                if operation is None:
                    continue
                parameters = [*shared, *operation.get("parameters", [])]
                for parameter in parameters:
                    if parameter["in"] in ("path", "query"):
                        name, where = parameter["name"], parameter["in"]
                        yield Place(spec, method, path, name, where, operation, parameters)


PLACES = list(_places())
OPERATIONS = sorted({(place.spec, place.operation["operationId"]) for place in PLACES})


def _target(place: Place, raw: bytes, there: Mapping[str, str]) -> str:
    """The path and query of a request that has `raw` in that place, and else what is `there`."""
    text = quote_from_bytes(raw, safe="")
    path = place.path
    query = []
    for parameter in place.parameters:
        usual = quote(there.get(parameter["name"], str(parameter.get("example", "1"))), safe="")
        value = text if parameter["name"] == place.name else usual
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", value)
        elif parameter["in"] == "query" and (
            parameter["name"] == place.name or parameter.get("required")
        ):
            query.append(f"{quote(parameter['name'])}={value}")
    return f"{path}?{'&'.join(query)}" if query else path


KEYS: dict[str, dict[str, str]] = {
    "inpost": {"Authorization": "Bearer sim-inpost-prepaid"},
    "myparcel": {"Authorization": basic("sim-myparcel-postpaid")},
    "postplus": {"X-API-KEY": "apitest1234567890"},
    "control": {},
}
"""The headers of a key, by API."""


class Asker:
    """Sends raw texts to every edition of every carrier of a workspace, and to the controls."""

    def __init__(self, workspace: Workspace) -> None:
        world = f"{workspace.base_url}/w/{workspace.name}"
        self._urls = {
            name: f"{workspace.base_url}/_sim" if name == "control" else f"{world}/{served.server}"
            for name, served in SERVED.items()
        }
        self._client = httpx2.Client(transport=Wire(), trust_env=False, timeout=30)
        shipment = confirmed(workspace)
        self._there = {
            "workspace": workspace.name,
            "shipment_id": str(shipment["id"]),
            "tracking_number": shipment["tracking_number"],
            "ids": "20000001",
        }
        body = {"data": {"shipments": [dutch()]}}
        made = self._client.post(
            f"{self._urls['myparcel 2017']}/shipments",
            json=body,
            headers={**KEYS["myparcel"], "Content-Type": SHIPMENT},
        )
        assert made.status_code == 200, made.text

    def ask(self, place: Place, raw: bytes) -> tuple[int, str]:
        url = self._urls[place.spec] + _target(place, raw, self._there)
        body: Any = {} if place.method in ("post", "put", "patch") else None
        headers = KEYS[SERVED[place.spec].api]
        with self._client.stream(place.method.upper(), url, headers=headers, json=body) as response:
            if response.status_code < 500:
                return response.status_code, ""
            return response.status_code, response.read().decode(errors="replace")

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def asker(workspace: Workspace) -> Iterator[Asker]:
    asking = Asker(workspace)
    yield asking
    asking.close()


@pytest.mark.parametrize(
    "operation", OPERATIONS, ids=[f"{spec}.{name}" for spec, name in OPERATIONS]
)
def test_no_text_makes_a_parameter_fail(asker: Asker, operation: tuple[str, str]) -> None:
    failed = {}
    for place in PLACES:
        if (place.spec, place.operation["operationId"]) != operation:
            continue
        for raw in HOSTILE:
            status, said = asker.ask(place, raw)
            if status >= 500:
                failed[place.where, place.name, raw] = (status, said)
    assert failed == {}


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    place=st.sampled_from(PLACES),
    raw=st.one_of(st.binary(max_size=30), st.text(max_size=30).map(lambda text: text.encode())),
)
def test_no_bytes_make_a_parameter_fail(asker: Asker, place: Place, raw: bytes) -> None:
    status, said = asker.ask(place, raw)
    assert status < 500, said
