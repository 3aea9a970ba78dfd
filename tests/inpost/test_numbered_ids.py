"""`shipment_ids[0]=1`, which clients in use write and the API of 2026 does not read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import SANDBOX, Json, bought, c2c, courier, wrong
from tests.support.server import Workspace

REQUIRED = wrong({"shipment_ids": ["required"]})
OPERATIONS = [
    ("GET", "shipments/labels"),
    ("POST", "shipments/labels"),
    ("GET", "shipments/return_labels"),
    ("GET", "dispatch_orders/printouts"),
]


def ask(workspace: Workspace, method: str, path: str, query: str) -> Any:
    whole = f"/v1/organizations/4/{path}?{query}"
    return workspace.inpost(SANDBOX).request(method, whole)


@pytest.fixture
def parcels(workspace: Workspace) -> tuple[Json, Json]:
    return bought(workspace, courier(), SANDBOX), bought(workspace, courier(), SANDBOX)


@pytest.mark.parametrize("brackets", ["[{}]", "%5B{}%5D"])
def test_numbered_places_are_read_in_every_operation(
    workspace: Workspace, parcels: tuple[Json, Json], brackets: str
) -> None:
    numbered = "&".join(
        f"shipment_ids{brackets.format(place)}={each['id']}" for place, each in enumerate(parcels)
    )
    plain = "&".join(f"shipment_ids[]={each['id']}" for each in parcels)
    for method, path in OPERATIONS:
        answer = ask(workspace, method, path, numbered)
        assert answer.status_code == 200, answer.text
        assert answer.content == ask(workspace, method, path, plain).content


def test_or_are_refused_in_every_operation(
    workspace: Workspace, parcels: tuple[Json, Json]
) -> None:
    workspace.quirk("inpost.numbered_shipment_ids", "refuse")
    number = parcels[0]["id"]
    for method, path in OPERATIONS:
        answer = ask(workspace, method, path, f"shipment_ids[0]={number}")
        assert (answer.status_code, answer.json()) == (400, REQUIRED)
        answer = ask(workspace, method, path, f"shipment_ids[]={number}")
        assert answer.status_code == 200, answer.text


def test_beside_others_they_are_not_read_then(workspace: Workspace) -> None:
    workspace.quirk("inpost.numbered_shipment_ids", "refuse")
    read, unread = (bought(workspace, c2c(), SANDBOX) for _ in range(2))
    mixed = f"shipment_ids[]={read['id']}&shipment_ids[0]={unread['id']}"
    alone = f"shipment_ids={read['id']}"
    answers = [ask(workspace, "GET", "shipments/labels", query) for query in (mixed, alone)]
    assert answers[0].content == answers[1].content
    entry = workspace.control.get(f"/journal/{answers[0].headers['x-sim-request-id']}")
    assert "ids in numbered places" in entry.text, entry.text
