"""Requests that no operation took."""

from __future__ import annotations

from tests.inpost.shipx import locker, post
from tests.support.server import Workspace
from tests.verify.judged import verdict, verify


def test_each_request_was_taken(workspace: Workspace) -> None:
    post(workspace, locker())
    expected = (True, 0, "None of 1 request missed every operation.")
    assert verdict(workspace, no_unmatched=True) == expected


def test_requests_that_missed_are_listed_with_what_is_nearest(workspace: Workspace) -> None:
    workspace.client.get("/v1/shipment/15000001")
    workspace.client.get("/v1/organizations")
    workspace.client.delete("/v1/points/KRA010")
    [told] = verify(workspace, {"no_unmatched": True})["checks"]
    assert (told["passed"], told["found"], told["message"]) == (
        False,
        2,
        "2 requests missed every operation: sim-000001 (GET /v1/shipment/15000001, nearest is "
        "inpost.get_shipment (GET /v1/shipments/{shipment_id})), sim-000003 "
        "(DELETE /v1/points/KRA010, nearest is inpost.get_point (GET /v1/points/{point_name})).",
    )
    first, second = told["nearest"]
    assert (first["id"], first["operation"], first["status"]) == ("sim-000001", None, 404)
    assert first["differences"][0] == {
        "place": "/operation",
        "wanted": "inpost.get_shipment (GET /v1/shipments/{shipment_id})",
        "found": "GET /v1/shipment/15000001",
    }
    assert second["id"] == "sim-000003"


def test_some_requests_alone_may_be_judged(workspace: Workspace) -> None:
    workspace.client.get("/v1/shipment/15000001")
    assert verdict(workspace, no_unmatched=True, carrier="myparcel")[0] is True
    assert verdict(workspace, no_unmatched=True, method="get")[0] is False


def test_what_a_request_carried_in_vain_is_found(workspace: Workspace) -> None:
    client = workspace.client
    client.get("/v1/organizations/1/shipments", params={"tracking_number": "1"})
    client.post("/v1/organizations/1/shipments", json=locker(reference="A-1") | {"referense": "A"})
    (verdict,) = workspace.control.post("/verify", json={"checks": [{"no_unread": True}]}).json()[
        "checks"
    ]
    assert verdict["passed"] is False
    assert verdict["found"] == 1
    assert "referense" in verdict["message"]
    narrowed = {"no_unread": True, "operation": "inpost.list_shipments"}
    answer = workspace.control.post("/verify", json={"checks": [narrowed]}).json()
    assert answer["passed"] is True
