"""Clients of the twin of today are answered from their very first request on, each one's own."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx2
import pytest

from simulator.carriers.myparcel.default_world import EXAMPLE_KEY
from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop
from tests.myparcel.first_requests import Client, First
from tests.myparcel.other_firsts import OTHER_FIRSTS
from tests.myparcel.php_firsts import PHP_FIRSTS

KEY = "sim-myparcel-postpaid"

ROWS = [
    pytest.param(client, first, id=f"{client.name} {first.name}")
    for client, firsts in {**PHP_FIRSTS, **OTHER_FIRSTS}.items()
    for first in firsts
]


def _there_is_one(shop: Shop, printed: bool) -> str:
    """The id of a shipment, made by another key of the same shop: the client's is still fresh."""
    other = shop.with_key(EXAMPLE_KEY)
    [number] = other.create(shipment())
    if printed:
        assert other.client.get(f"/shipment_labels/{number}").status_code == 200
    return str(number)


def asked(shop: Shop, client: Client, first: First) -> httpx2.Response:
    """The request as the client sends it, in a workspace in which its key has shown nothing."""
    path, body = first.path, None if first.body is None else json.dumps(first.body)
    for mark in ("{id}", "{printed}"):
        if mark in f"{path}{body}":
            number = _there_is_one(shop, printed=mark == "{printed}")
            path = path.replace(mark, number)
            body = body and body.replace(f'"{mark}"', number)
    headers = {**client.headers, **first.headers}
    if client.scheme is not None:
        headers["Authorization"] = f"{client.scheme} {base64.b64encode(KEY.encode()).decode()}"
    base = f"{shop.workspace.base_url}/w/{shop.workspace.name}"
    if client.host is None:
        base += "/myparcel"
    else:
        headers["Host"] = client.host
    request = httpx2.Request(first.method, f"{base}{path}", content=body, headers=headers)
    with httpx2.Client(trust_env=False, timeout=30) as curl:
        return curl.send(request)  # which adds no header of its own


def found(value: Any, path: str) -> Any:
    """What lies at a path of members and places."""
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    return value


@pytest.mark.parametrize(("client", "first"), ROWS)
def test_the_first_request_of_a_client_is_done(shop: Shop, client: Client, first: First) -> None:
    answer = asked(shop, client, first)
    assert answer.is_success, f"{answer.status_code} {answer.text}"
    if first.reads.startswith("%PDF"):
        assert answer.content.startswith(first.reads.encode())
    elif first.reads:
        assert found(answer.json(), first.reads) not in (None, "")
