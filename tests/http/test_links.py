"""Links lead into the workspace that answered, however it was named and under every base URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest

from simulator.carriers.registry import load
from tests.inpost.shipx import locker
from tests.myparcel.client import SHIPMENT, basic
from tests.myparcel.parcels import package
from tests.postplus.client import TEST_KEY, parcel
from tests.support.server import Workspace

PRODUCTION = "api.post-plus.io"
WAYS = ["before the carrier", "behind the carrier", "header", "credential"]


class Base(NamedTuple):
    """What a client has for a base URL: a path at the simulator, or a host that leads to it."""

    carrier: str
    path: str
    host: str | None = None

    def __str__(self) -> str:
        return f"{self.host or ''}{self.path}" or "bare"


BASES = [
    Base(name, path, host)
    for carrier in load()
    for name in (carrier.name,)
    for path, host in (
        ("", None),
        *((f"/{each}", None) for each in (name, *carrier.hosts)),
        *(("", each) for each in (f"{name}.localhost", *carrier.hosts)),
        *((f"/{name}", each) for each in carrier.hosts[:1]),
    )
]


def bases(carrier: str) -> list[Base]:
    return [base for base in BASES if base.carrier == carrier]


class Caller:
    """A client of one carrier, which names the workspace in one way."""

    def __init__(self, workspace: Workspace, base: Base, way: str, key: str) -> None:
        self.server, self.base = workspace.base_url, base
        place = f"/w/{workspace.name}"
        before = place if way == "before the carrier" else ""
        behind = place if way == "behind the carrier" else ""
        self.path = f"{before}{base.path}{behind}"
        sent = f"{key}@{workspace.name}" if way == "credential" else key
        self.headers = {
            **self._credential(sent),
            **({"X-Sim-Workspace": workspace.name} if way == "header" else {}),
        }
        self.key_only = self._credential(key)

    def _credential(self, key: str) -> dict[str, str]:
        match self.base.carrier:
            case "myparcel":
                return {"Authorization": basic(key)}
            case "postplus":
                return {"X-API-KEY": key}
        return {"Authorization": f"Bearer {key}"}

    def ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        headers = self.headers | more.pop("headers", {})
        return self._send(method, f"{self.server}{self.path}{path}", headers, **more)

    def follow(self, link: str, headers: Mapping[str, str]) -> httpx2.Response:
        """What a link leads to; a relative one is put behind the base URL."""
        if link.startswith("/"):
            return self._send("GET", f"{self.server}{self.path}{link}", headers)
        parts = urlsplit(link)
        assert parts.netloc == (self.base.host or urlsplit(self.server).netloc)
        return self._send("GET", urljoin(self.server, parts.path), headers)

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], **more: Any
    ) -> httpx2.Response:
        host = {} if self.base.host is None else {"Host": self.base.host}
        return httpx2.request(
            method, url, headers={**headers, **host}, trust_env=False, verify=False, **more
        )


def ids_of(caller: Caller) -> list[int]:
    # The type with a version has the edition of today under every base URL.
    headers = {"Content-Type": f"{SHIPMENT};version=1.1"}
    body = {"data": {"shipments": [package(carrier=1)]}}
    made = caller.ask("POST", "/shipments", json=body, headers=headers)
    assert made.status_code == 200, made.text
    return [each["id"] for each in made.json()["data"]["ids"]]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("base", bases("myparcel"), ids=str)
@pytest.mark.parametrize("form", ["absolute", "relative"])
def test_a_link_to_labels(workspace: Workspace, base: Base, way: str, form: str) -> None:
    workspace.quirk("myparcel.pdf_url", form)
    caller = Caller(workspace, base, way, "sim-myparcel-nl")
    [number] = ids_of(caller)
    asked = caller.ask("GET", f"/shipment_labels/{number}", headers={"Accept": "application/json"})
    link = asked.json()["data"]["pdfs"]["url"]
    assert link.startswith("/") is (form == "relative")
    workspace.advance("1m")
    fetched = caller.follow(link, {})
    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "application/pdf"), link


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("base", bases("myparcel"), ids=str)
def test_a_link_to_a_payment(workspace: Workspace, base: Base, way: str) -> None:
    caller = Caller(workspace, base, way, "sim-myparcel-prepaid")
    [number] = ids_of(caller)
    asked = caller.ask("GET", f"/shipment_labels/{number}")
    assert asked.status_code == 402, asked.text
    link = asked.json()["data"]["payment_instructions"][0]["payment_url"]
    assert caller.follow(link, {}).status_code == 200, link


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("base", bases("myparcel"), ids=str)
def test_a_link_for_returns(workspace: Workspace, base: Base, way: str) -> None:
    caller = Caller(workspace, base, way, "sim-myparcel-nl")
    asked = caller.ask("POST", "/return_shipments")
    assert asked.status_code == 200, asked.text
    link = asked.json()["data"]["download_url"]["link"]
    assert caller.follow(link, {}).status_code == 200, link


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("base", bases("postplus"), ids=str)
def test_a_link_to_a_generated_document(workspace: Workspace, base: Base, way: str) -> None:
    key = "sim-postplus-production" if base.host == PRODUCTION else TEST_KEY
    caller = Caller(workspace, base, way, key)
    made = caller.ask("PUT", "/api/v1/parcels", json=parcel())
    assert made.status_code == 200, made.text
    wanted = {"ParcelIds": made.json()["identifiers"]["id"]}
    asked = caller.ask("GET", "/api/v1/documents/parcel-prints/generate", params=wanted)
    assert asked.status_code == 200, asked.text
    link = asked.json()["url"]
    fetched = caller.follow(link, caller.key_only)
    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "application/pdf"), link


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("base", bases("inpost"), ids=str)
def test_an_href_and_a_location_for_who_asks_as_before(
    workspace: Workspace, base: Base, way: str
) -> None:
    caller = Caller(workspace, base, way, "sim-inpost-prepaid")
    made = caller.ask("POST", "/v1/organizations/1/shipments", json=locker())
    assert made.status_code == 201, made.text
    for link in (made.json()["href"], made.headers["location"]):
        found = caller.follow(link, caller.headers)
        assert (found.status_code, found.json()["id"]) == (200, made.json()["id"]), link


@pytest.mark.parametrize("base", BASES, ids=str)
def test_a_name_that_is_none_is_refused_behind_the_carrier_as_before_it(
    workspace: Workspace, base: Base
) -> None:
    caller = Caller(workspace, base, "header", "-")
    answer = caller.ask("GET", "/w/no%20blanks/")
    assert answer.status_code == 400
    assert "letters, digits" in answer.text
