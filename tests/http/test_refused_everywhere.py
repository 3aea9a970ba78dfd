"""Whatever is wrong with a first request, and whichever operation it is for: it makes nothing."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.settings import Settings
from tests.http.test_header_bounds import MANY
from tests.support.descriptions import SERVED, description
from tests.support.server import running

TOKEN = {"Authorization": "Bearer only-this"}
KEYS = {
    "inpost": {"Authorization": "Bearer sim-inpost-prepaid"},
    "myparcel": {"Authorization": "basic c2ltLW15cGFyY2VsLXBvc3RwYWlk"},
    "postplus": {"X-API-KEY": "sim-postplus-shipments-only"},
}
NOBODYS = {
    "inpost": {"Authorization": "Bearer nobodys"},
    "myparcel": {"Authorization": "basic bm9ib2R5cw=="},
    "postplus": {"X-API-KEY": "nobodys"},
}
BAD_JSON: dict[str, Any] = {"content": b'{"a": ', "headers": {"Content-Type": "application/json"}}
WRONG_TYPE: dict[str, Any] = {"content": b"<a/>", "headers": {"Content-Type": "application/xml"}}
BAD_FORM: dict[str, Any] = {
    "content": b"no boundary",
    "headers": {"Content-Type": "multipart/form-data"},
}
TOO_LARGE: dict[str, Any] = {
    "content": b" " * 5000,
    "headers": {"Content-Type": "application/json"},
}
PREFLIGHT = {"Origin": "http://a.example", "Access-Control-Request-Method": "GET"}
METHODS = ("get", "post", "put", "patch", "delete")
HEADERS = dict(line.split(": ") for line in MANY.decode().splitlines())

_numbers = count(1)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    """A client of a server with a control token that takes short bodies only."""
    settings = Settings(control_token="only-this", max_body_bytes=4096, log_level="error")
    with (
        running(settings) as base_url,
        httpx2.Client(base_url=base_url, trust_env=False, verify=False, timeout=30) as client,
    ):
        yield client


def operations() -> Iterator[Any]:
    """Each operation of each served description: name of the description, path and method."""
    for name in SERVED:
        for path, item in description(name)["paths"].items():
            for method in METHODS:
                if method in item:
                    yield pytest.param(name, path, method, id=f"{name} {method} {path}")


def filled(path: str, name: str = "") -> str:
    return re.sub(r"\{[^}]*\}", "1", path.replace("{workspace}", name))


def refused(name: str, path: str, method: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What is wrong with a request for a carrier's operation: method, path and the rest of it."""
    item, api = description(name)["paths"][path], SERVED[name].api
    operation, key = item[method], KEYS[SERVED[name].api]
    url, path_names = filled(path), "{" in path
    if operation.get("security", description(name).get("security")):
        yield method, url, {}
        yield method, url, {"headers": NOBODYS[api]}
        if method == "get":
            yield "head", url, {"headers": NOBODYS[api]}
    wrong = next(each for each in METHODS if each not in item)
    yield wrong, f"{url}/no/such/path", {"headers": key}
    yield "trace", url, {"headers": key}
    yield (
        "options",
        url,
        {"headers": {"Origin": "http://a", "Access-Control-Request-Method": "GET"}},
    )
    yield method, url, {"headers": key | HEADERS}
    if "requestBody" in operation:
        for broken in (BAD_JSON, WRONG_TYPE, TOO_LARGE):
            yield method, url, broken | {"headers": key | broken["headers"]}
        if "multipart/form-data" in operation["requestBody"].get("content", ()) and not path_names:
            yield method, url, BAD_FORM | {"headers": key | BAD_FORM["headers"]}
    if "406" in operation["responses"]:
        yield method, url, {"headers": key | {"Accept": "application/x-nothing"}}


def refused_control(name: str, path: str, method: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What is wrong with a request to the control API."""
    item = description("control")["paths"][path]
    url = filled(path, name)
    yield method, url, {"headers": {"Authorization": "Bearer wrong"}}
    yield method, f"{url}?no_such_parameter=1", {"headers": TOKEN}
    yield method, url, {"headers": TOKEN | {"Origin": "http://a.example"}}
    yield method, url, {"headers": TOKEN | HEADERS}
    yield next(each for each in METHODS if each not in item), url, {"headers": TOKEN}
    yield "options", url, {"headers": TOKEN}
    if method == "get":
        yield method, url, {"headers": TOKEN}
        yield "head", url, {"headers": TOKEN}
    if "requestBody" in item[method]:
        wrong = BAD_JSON | {"content": b'{"no_such_member": 1}'}
        for broken in (BAD_JSON, WRONG_TYPE, TOO_LARGE, wrong):
            yield method, url, broken | {"headers": TOKEN | broken["headers"]}


@pytest.mark.parametrize(("api", "path", "method"), [*operations()])
def test_a_refused_request_makes_no_workspace(
    client: httpx2.Client, api: str, path: str, method: str
) -> None:
    name = f"refused-{next(_numbers)}"
    if api == "control":
        below, requests = "/_sim", refused_control(name, path, method)
        named = {"X-Sim-Workspace": name}
    else:
        below, requests = f"/w/{name}/{SERVED[api].server}", refused(api, path, method)
        named = {}
    for verb, url, rest in requests:
        if api == "control" and "{workspace}" not in path and "Authorization" in rest["headers"]:
            rest["headers"] = rest["headers"] | named
        response = client.request(verb, f"{below}{url}", **rest)
        items = client.get("/_sim/workspaces", headers=TOKEN).json()["items"]
        assert name not in [item["name"] for item in items], (verb, url, response.status_code)
        general = api == "control" and "{workspace}" not in path
        assert general or verb == "options" or response.status_code >= 400, (verb, url, rest)


ACCEPTED = (None, "*/*", "application/x-nothing", "application/json;version=9.9", "text/csv;q=0")
SENT = (
    (None, b""),
    ("application/json", b"{}"),
    ("application/json", b'{"a": '),
    ("application/json; charset=latin-1", b"{}"),
    ("application/vnd.shipment+json;version=9.9", b'{"data": {"shipments": []}}'),
    ("multipart/form-data", b"no boundary"),
    ("application/xml", b"<a/>"),
)
"""Content types and bodies."""
WAYS = ("prefix", "behind", "header", "credential")
UNTAKEN = {401, 405, 406, 415}
"""Statuses of what is refused whatever there is in the workspace."""
CARRIERS = [each.values for each in operations() if each.values[0] != "control"]


def signed(key: dict[str, str], name: str) -> dict[str, str]:
    """A key that names the workspace, too."""
    [(header, value)] = key.items()
    scheme, _, secret = value.rpartition(" ")
    if scheme == "basic":
        return {header: f"basic {b64encode(b64decode(secret) + f'@{name}'.encode()).decode()}"}
    return {header: f"{value}@{name}"}


@settings(max_examples=400)
@given(
    st.sampled_from(CARRIERS),
    st.sampled_from(WAYS),
    st.sampled_from([KEYS, NOBODYS]),
    st.sampled_from(ACCEPTED),
    st.sampled_from(SENT),
)
def test_what_is_refused_for_its_form_makes_no_workspace_whichever_way_it_comes(
    client: httpx2.Client,
    operation: tuple[str, str, str],
    way: str,
    keys: dict[str, dict[str, str]],
    accepted: str | None,
    sent: tuple[str | None, bytes],
) -> None:
    name = f"untaken-{next(_numbers)}"
    served, path, method = operation
    key, server, url = keys[SERVED[served].api], SERVED[served].server, filled(path)
    prefix = {"prefix": f"/w/{name}/{server}", "behind": f"/{server}/w/{name}"}
    headers = signed(key, name) if way == "credential" else dict(key)
    headers |= {"X-Sim-Workspace": name} if way == "header" else {}
    headers |= {} if accepted is None else {"Accept": accepted}
    headers |= {} if sent[0] is None else {"Content-Type": sent[0]}

    response = client.request(
        method, f"{prefix.get(way, f'/{server}')}{url}", headers=headers, content=sent[1]
    )

    items = client.get("/_sim/workspaces", headers=TOKEN).json()["items"]
    made = name in [item["name"] for item in items]
    assert made == response.headers["X-Sim-Request-Id"].startswith(name)
    assert not (made and response.status_code in UNTAKEN), response.text
    client.delete(f"/_sim/workspaces/{name}", headers=TOKEN)
