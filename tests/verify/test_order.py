"""What happened one after the other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import locker, post
from tests.support.server import Workspace
from tests.verify.judged import verdict, verify

CREATE, READ, LABEL = "inpost.create_shipment", "inpost.get_shipment", "inpost.get_label"


@pytest.fixture
def asked(workspace: Workspace) -> Workspace:
    """A creation, a reading, a label, and a reading again."""
    post(workspace, locker())
    workspace.client.get("/v1/shipments/15000001")
    workspace.advance("5s")
    workspace.client.get("/v1/shipments/15000001/label")
    workspace.client.get("/v1/shipments/15000001")
    return workspace


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ([CREATE, LABEL], "2 requests came in this order: sim-000001, sim-000003."),
        ([LABEL, READ], "2 requests came in this order: sim-000003, sim-000004."),
        ([READ, READ], "2 requests came in this order: sim-000002, sim-000004."),
        (
            [CREATE, {"method": "GET"}, {"operation": LABEL, "path": {"shipment_id": "15000001"}}],
            "3 requests came in this order: sim-000001, sim-000002, sim-000003.",
        ),
        ([READ], "1 request came: sim-000002."),
    ],
    ids=str,
)
def test_others_may_lie_between(asked: Workspace, order: list[Any], ids: str) -> None:
    assert verdict(asked, order=order) == (True, len(order), ids)


@pytest.mark.parametrize(
    ("order", "found", "message"),
    [
        (
            [LABEL, CREATE],
            1,
            "inpost.create_shipment is missing after inpost.get_label (sim-000003); "
            "it was asked for before that: sim-000001.",
        ),
        (
            [CREATE, "inpost.cancel_shipment"],
            1,
            "inpost.cancel_shipment is missing after inpost.create_shipment (sim-000001).",
        ),
        (["inpost.buy_offer", CREATE], 0, "inpost.buy_offer is missing."),
        (
            [READ, {"operation": READ, "path": {"shipment_id": "7"}}],
            1,
            "inpost.get_shipment with this path is missing after inpost.get_shipment (sim-000002).",
        ),
    ],
    ids=str,
)
def test_a_failure_says_what_is_missing_after_what(
    asked: Workspace, order: list[Any], found: int, message: str
) -> None:
    assert verdict(asked, order=order) == (False, found, message)


def test_what_came_too_early_is_nearest(asked: Workspace) -> None:
    [told] = verify(asked, {"order": [LABEL, CREATE]})["checks"]
    early, other = told["nearest"]
    assert (early["id"], early["differences"]) == (
        "sim-000001",
        [{"place": "/order", "wanted": "after sim-000003", "found": "before sim-000003"}],
    )
    assert (other["id"], other["differences"]) == (
        "sim-000004",
        [{"place": "/operation", "wanted": CREATE, "found": READ}],
    )


def test_an_element_may_say_how_it_was_answered(workspace: Workspace) -> None:
    client = workspace.client
    client.get("/v1/shipments/1")
    shipment = client.post("/v1/organizations/1/shipments", json=locker()).json()["id"]
    client.get(f"/v1/shipments/{shipment}")
    missed = {"operation": "inpost.get_shipment", "answered": 404}
    found = {"operation": "inpost.get_shipment", "answered": 200}
    assert verdict(workspace, order=[missed, "inpost.create_shipment", found])[0] is True
    assert verdict(workspace, order=[found, "inpost.create_shipment"])[0] is False


@pytest.mark.parametrize("name", ["resource", "event"])
def test_what_the_journal_does_not_keep_is_refused(workspace: Workspace, name: str) -> None:
    sent = {"checks": [{"operation": "inpost.get_shipment", name: {"id": 1}}]}
    response = workspace.control.post("/verify", json=sent)
    assert response.status_code == 422
    assert name in response.json()["errors"][0]["path"]
