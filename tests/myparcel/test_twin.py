"""The twin of the Netherlands: how its clients are told, and what they send."""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

from simulator.carriers.myparcel.editions import carriers, signs
from simulator.engine.world import Request
from tests.myparcel.bodies import shipment
from tests.myparcel.client import SHIPMENT, Shop, basic
from tests.myparcel.tracked import home

NL_BODY = {"data": {"shipments": [{"reference_identifier": "order-7"}]}}


def request(
    base_url: str = "http://localhost:8080/myparcel",
    query: tuple[tuple[str, str], ...] = (),
    **headers: str,
) -> Request:
    """A request with these headers; underscores stand for hyphens."""
    return Request(
        base_url, {name.replace("_", "-"): value for name, value in headers.items()}, query
    )


@pytest.mark.parametrize(
    ("asked", "body", "expected"),
    [
        (request(), None, None),
        (request(content_type="application/vnd.shipment+json; charset=utf-8"), None, None),
        (request(user_agent="curl/8.5"), None, None),
        (request("https://api.myparcel.nl"), None, "today"),
        (request("https://api.sendmyparcel.be:443"), None, "today"),
        (request("https://api.myparcel.com", user_agent="MyParcelNL-SDK/9.1"), NL_BODY, "2017"),
        (request(content_type="application/vnd.shipment+json;version=1.1"), None, "today"),
        (request(accept="application/json; Version=2.0"), None, "today"),
        (request(user_agent="MyParcelNL-SDK/9.1 php/8.2"), None, "today"),
        (request(user_agent="MyParcelBE-WooCommerce/4.0"), None, "today"),
        (request(user_agent="CustomApiCall/2"), None, "today"),
        (request(x_user_agent="MyParcelNL-JS-SDK/3.0 Mozilla/5.0"), None, "today"),
        (request(query=(("carrier", "postnl"),)), None, "today"),
        (request(query=(("carrier", "2"),)), None, None),
        (request(query=(("reference_identifier", "order-7"),)), None, "today"),
        (request(), NL_BODY, "today"),
        (request(), {"data": {"shipments": [{"carrier": 1}, None]}}, None),
        (request(), {"data": []}, None),
        (request(), [], None),
    ],
)
def test_the_edition_that_a_request_shows(asked: Request, body: Any, expected: str | None) -> None:
    shown = signs.sign(asked) or signs.body_sign(body)
    assert (None if shown is None else shown.edition) == expected


@pytest.mark.parametrize(
    ("carrier", "written", "reader", "read"),
    [
        (1, "today", None, 1),
        (1, "today", "today", 1),
        (1, "today", "2017", 2),
        (2, "today", "2017", 3),
        (4, "today", "2017", 4),
        (2, "2017", "today", 1),
        (3, "2017", "today", 2),
        # What an edition does not have is not another company under the same number.
        (1, "2017", "today", 1),
        (5, "2017", "today", 3),
        (5, "today", "2017", 1),
        (9, "today", "2017", 1),
    ],
)
def test_a_carrier_is_read_in_the_numbers_of_the_reader(
    carrier: int, written: str, reader: str | None, read: int
) -> None:
    assert carriers.as_read(carrier, written, reader) == read


def test_each_twin_shows_the_same_carrier_under_its_own_number(shop: Shop) -> None:
    [ours] = shop.create(shipment())
    theirs = shop.post_shipments(
        [{**shipment(), "carrier": 1}], "application/vnd.shipment+json;charset=utf-8;version=1.1"
    ).json()["data"]["ids"][0]["id"]
    place = f"{shop.workspace.base_url}/w/{shop.workspace.name}/shipments/{ours};{theirs}"

    def shown_as(**headers: str) -> list[int]:
        shown = shop.client.get(place, headers=headers).json()["data"]["shipments"]
        return [each["carrier_id"] for each in shown]

    assert shown_as(Host="api.myparcel.nl") == [1, 1]
    # Who shows nothing is taken for what the key showed before.
    assert shown_as() == [1, 1]
    assert shown_as(Host="api.myparcel.com") == [2, 2]
    assert shown_as() == [2, 2]


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("api.myparcel.nl", [{"reference_identifier": "order-7"}, {"reference_identifier": None}]),
        ("api.myparcel.com", [{}, {}]),
        (None, [{"reference_identifier": "order-7"}, {"reference_identifier": None}]),
    ],
)
def test_the_twin_shows_references_and_api_myparcel_com_has_none(
    shop: Shop, host: str | None, shown: list[dict[str, Any]]
) -> None:
    [ours, theirs] = shop.create({**shipment(), "reference_identifier": "order-7"}, shipment())
    place = f"{shop.workspace.base_url}/w/{shop.workspace.name}/shipments/{ours};{theirs}"
    response = shop.client.get(place, headers={} if host is None else {"Host": host})
    read = response.json()["data"]["shipments"]
    name = "reference_identifier"
    assert [{name: each[name]} if name in each else {} for each in read] == shown


@pytest.mark.parametrize(
    ("setting", "host", "status"),
    [
        ("auto", None, 201),
        ("auto", "api.myparcel.nl", 204),
        ("auto", "api.sendmyparcel.be", 204),
        ("auto", "api.myparcel.com", 201),
        ("today", None, 204),
        ("2017", "api.myparcel.nl", 201),
    ],
)
def test_a_delete_answers_in_the_edition(
    shop: Shop, setting: str, host: str | None, status: int
) -> None:
    shop.workspace.quirk("myparcel.edition", setting)
    [shipment] = shop.create(home())
    if host is None:
        response = shop.client.delete(f"/shipments/{shipment}")
    else:
        response = shop.client.delete(
            f"{shop.workspace.base_url}/w/{shop.workspace.name}/shipments/{shipment}",
            headers={"Host": host},
        )
    assert (response.status_code, response.content) == (status, b"")


@pytest.mark.parametrize("host", ["api.myparcel.nl", "api.myparcel.com"])
@pytest.mark.parametrize("status", [201, 204])
def test_the_status_of_a_delete_may_be_set_for_clients_of_either_time(
    shop: Shop, host: str, status: int
) -> None:
    shop.workspace.quirk("myparcel.delete_status", status)
    [shipment] = shop.create(home())
    place = f"{shop.workspace.base_url}/w/{shop.workspace.name}/shipments/{shipment}"
    assert shop.client.delete(place, headers={"Host": host}).status_code == status


def test_what_the_dutch_sdk_sends_works_as_it_stands(shop: Shop) -> None:
    body = {"data": {"shipments": [{**home(), "carrier": 1, "reference_identifier": "order-7"}]}}
    response = shop.post(
        body,
        "application/vnd.shipment+json;charset=utf-8;version=1.1",
        **{"User-Agent": "MyParcelNL-SDK/2.1 php/7.4", "Accept": "application/json;charset=utf8"},
    )
    assert response.status_code == 200, response.text
    [made] = response.json()["data"]["ids"]
    assert made["reference_identifier"] == "order-7"
    for query in ("?size=300", "/?size=800&page=1"):
        listed = shop.client.get(f"/shipments{query}")
        assert [each["id"] for each in listed.json()["data"]["shipments"]] == [made["id"]]


def _exchange(shop: Shop, head: list[str], *parts: bytes, wait_for: bytes = b"") -> bytes:
    """Send a POST /shipments by hand; `wait_for` has to come before the parts are sent."""
    address = urlsplit(shop.workspace.base_url)
    assert address.hostname is not None
    with socket.create_connection((address.hostname, address.port or 80), timeout=10) as wire:
        lines = [
            f"POST /w/{shop.workspace.name}/myparcel/shipments HTTP/1.1",
            f"Host: {address.netloc}",
            f"Authorization: {basic('sim-myparcel-postpaid')}",
            f"Content-Type: {SHIPMENT}",
            "Connection: close",
            *head,
        ]
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        seen = b""
        while wait_for not in seen:
            chunk = wire.recv(65536)
            assert chunk, f"{wait_for!r} did not come"
            seen += chunk
        for part in parts:
            wire.sendall(part)
        while chunk := wire.recv(65536):
            seen += chunk
    return seen


def test_a_client_may_wait_for_100_continue(shop: Shop) -> None:
    body = json.dumps({"data": {"shipments": [home()]}}).encode()
    head = [f"Content-Length: {len(body)}", "Expect: 100-continue"]
    answer = _exchange(shop, head, body, wait_for=b"100 Continue\r\n\r\n")
    assert b"HTTP/1.1 200 OK" in answer
    assert b'{"data":{"ids":[{"id":' in answer


def test_a_body_may_come_in_chunks(shop: Shop) -> None:
    body = json.dumps({"data": {"shipments": [home()]}}).encode()
    chunks = [b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:40], body[40:])]
    answer = _exchange(shop, ["Transfer-Encoding: chunked"], *chunks, b"0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b'{"data":{"ids":[{"id":' in answer
