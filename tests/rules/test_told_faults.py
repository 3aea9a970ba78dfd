"""What the journal's first sentence says where a rule let an answer fail: what the client met, and
what the carrier did."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, get_args

import httpx2
import pytest

from simulator.engine.rules.definitions import WEBHOOK_FAULTS, FaultKind
from tests.inpost.shipx import locker
from tests.rules.making import GET, rule
from tests.support.server import Workspace

CREATE = {"operation": "inpost.create_shipment"}
DONE = " The carrier had done its work: inpost.create_shipment answered with 201."
NOTHING = " The carrier did nothing."

INSTEAD: Mapping[str, str] = {
    "connection_reset": "The client met a reset of the connection, as a rule wanted it.",
    "empty_response": (
        "The client met the end of the connection without a byte of an answer, as a rule wanted it."
    ),
    "timeout": "The client waited for an answer that never came, as a rule wanted it.",
    "truncated_body": (
        "The client got 200 with half of the body and then the end of the connection, "
        "as a rule wanted it."
    ),
    "malformed_json": (
        "The client got 200 with half of the body as if it were whole, as a rule wanted it."
    ),
    "wrong_length": (
        "The client got 200 with a body shorter than its Content-Length, as a rule wanted it."
    ),
    "slow_body": "The client got 200 and the body a byte at a time, as a rule wanted it.",
    "status": "A rule answered with 503 in place of the carrier.",
    "rate_limit": "A rule answered with 429 in place of the carrier.",
}
"""The first sentence for each kind of fault that acts in place of the carrier."""

MORE: Mapping[str, dict[str, Any]] = {
    "timeout": {"by": "1ms"},
    "slow_body": {"by": "1ms", "body": "ab"},
    "rate_limit": {"requests": 1, "per": "1m"},
}
"""What a kind needs beside its name."""


def why(workspace: Workspace) -> list[str]:
    """What is said of the newest exchange."""
    [newest] = workspace.journal(limit=1)
    told: list[str] = workspace.control.get(f"/journal/{newest['id']}").json()["why"]
    return told


def create(workspace: Workspace, **more: Any) -> None:
    """Ask for a shipment, and bear whatever comes of it."""
    with suppress(httpx2.HTTPError):
        workspace.client.post("/v1/organizations/1/shipments", json=locker(**more))


def test_the_table_has_every_kind() -> None:
    assert {*INSTEAD, *WEBHOOK_FAULTS} == {*get_args(FaultKind)}


@pytest.mark.parametrize("kind", INSTEAD)
def test_a_fault_in_place_of_the_carrier(workspace: Workspace, kind: str) -> None:
    rule(workspace, when=CREATE, fault={"kind": kind, **MORE.get(kind, {})})
    for _ in range(2):  # a limit lets the first one pass
        create(workspace)
    told = INSTEAD[kind]
    assert why(workspace)[0] == (told if "A rule" in told else told + NOTHING)


@pytest.mark.parametrize("kind", [kind for kind in INSTEAD if kind != "rate_limit"])
def test_a_fault_once_the_carrier_did_its_work(workspace: Workspace, kind: str) -> None:
    more = {"by": "1ms"} if kind in ("timeout", "slow_body") else {}
    rule(workspace, when=CREATE, fault={"kind": kind, "when": "after", **more})
    create(workspace)
    told = INSTEAD[kind].replace("got 200", "got 201")
    if kind == "status":
        told = "The client got 503, as a rule wanted it."
    assert why(workspace)[0] == told + DONE
    assert len(workspace.records("inpost", "shipments")) == 1


@pytest.mark.parametrize("kind", WEBHOOK_FAULTS)
def test_a_fault_of_a_webhook_is_none_of_the_answer(workspace: Workspace, kind: str) -> None:
    by = {} if kind == "drop_webhook" else {"by": "1s"}
    rule(workspace, when={"carrier": "inpost"}, fault={"kind": kind, **by})
    create(workspace)
    assert why(workspace)[0] == "inpost.create_shipment answered with 201."


@pytest.mark.parametrize("kind", ["connection_reset", "status"])
def test_what_was_refused_before_its_answer_was_lost_is_no_work(
    workspace: Workspace, kind: str
) -> None:
    rule(workspace, when=CREATE, fault={"kind": kind, "when": "after"})
    create(workspace, service="nothing_like_it")
    first = why(workspace)[0]
    assert " The carrier's own answer: Refused with 400 validation_failed: service" in first
    assert first.endswith("nothing was changed.")


def test_a_path_that_there_is_not_and_whose_404_is_lost(workspace: Workspace) -> None:
    rule(workspace, when={"carrier": "inpost"}, fault={"kind": "connection_reset", "when": "after"})
    with pytest.raises(httpx2.HTTPError):
        workspace.client.get("/v1/shipment")
    assert why(workspace)[0] == (
        "The client met a reset of the connection, as a rule wanted it. The carrier's own answer: "
        "No operation took GET /v1/shipment: InPost ShipX has no path /v1/shipment."
    )


@pytest.mark.parametrize(
    ("respond", "told"),
    [
        (
            {"merge": {"name": "Another"}},
            "inpost.get_organization answered with 200. A rule changed the answer.",
        ),
        (
            {"when": "after", "status": 404, "body": {}},
            "inpost.get_organization answered with 200. A rule changed the answer, to 404.",
        ),
        (
            {"patch": [{"op": "remove", "path": "/nowhere"}]},
            "inpost.get_organization answered with 200.",
        ),
        ({"status": 404}, "A rule answered with 404 in place of the carrier."),
    ],
)
def test_an_answer_that_a_rule_changed(
    workspace: Workspace, respond: dict[str, Any], told: str
) -> None:
    rule(workspace, when=GET, respond=respond)
    workspace.client.get("/v1/organizations/1")
    assert why(workspace)[0] == told
