"""What the simplified mode refuses, the offer mode does not offer; what is offered is accepted.

Every service is asked for by name in one batch of each variant, and for offers in one request.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import FRIDAY, SANDBOX, Json, create, get, post
from tests.inpost.variants import BY_LOCKER, TO_LOCKER, sides, variants
from tests.support.server import Workspace

ASKED = "/v1/organizations/4"


def services(workspace: Workspace) -> list[str]:
    [organization] = workspace.inpost(SANDBOX).get("/v1/organizations").json()["items"]
    named: list[str] = organization["services"]
    return named


def ask(workspace: Workspace, path: str, asked: list[str], body: Json) -> Any:
    """The response to a list of the same shipment by each service."""
    shipments = [
        {**body, "id": service, "service": service, "only_choice_of_offer": True}
        for service in asked
    ]
    return workspace.inpost(SANDBOX).post(f"{ASKED}/{path}", json={"shipments": shipments})


def refused(response: Any) -> dict[str, Any]:
    """The findings of each service that is refused."""
    if response.status_code < 300:
        return {}
    assert response.json()["error"] == "validation_failed", response.text
    [shipments] = response.json()["details"]["shipments"]
    found: dict[str, Any] = shipments
    return found


def offered(shipment: Json) -> set[str]:
    """The services that can be had, by the names that a create asks for them."""
    point = "inpost_locker_customer_service_point"
    return {
        offer["service"]["id"].replace(point, "inpost_locker_standard")
        for offer in shipment["offers"]
        if offer["status"] == "available"
    }


@pytest.mark.parametrize("profile", ["observed", "documented"])
@pytest.mark.parametrize("at", [FRIDAY, "2026-03-06T18:00:00+01:00"], ids=["open", "closed"])
def test_both_modes_agree(workspace: Workspace, profile: str, at: str) -> None:
    workspace.control.post("reset", json={"profile": profile})
    workspace.freeze(at)
    workspace.do("inpost.close_point", name="KRA012")
    every = services(workspace)
    client = workspace.inpost(SANDBOX)
    taken: dict[str, list[str]] = {}
    batches: dict[str, int | None] = {}
    offers: dict[str, int | None] = {}
    priced: dict[str, set[str]] = {}
    for name, body in variants():
        if at != FRIDAY and "weekend" not in name:
            continue
        no = refused(ask(workspace, "batches", every, body))
        taken[name] = [service for service in every if service not in no]
        batches[name], priced[name] = None, set()
        if taken[name]:
            answer = ask(workspace, "batches", taken[name], body)
            assert answer.status_code == 201, (name, answer.text)
            batches[name] = answer.json()["id"]
            late = refused(ask(workspace, "shipments/calculate", taken[name], body))
            priced[name] = {service for service in taken[name] if service not in late}
        response = post(workspace, body, SANDBOX)
        offers[name] = response.json()["id"] if response.status_code == 201 else None
    workspace.advance("2s")

    disagreements = []
    had: set[str] = set()
    for name in taken:
        selected: set[str] = set()
        if batches[name] is not None:
            made = client.get(f"/v1/batches/{batches[name]}").json()["shipments"]
            assert len(made) == len(taken[name])
            selected = {
                service
                for service, shipment in zip(taken[name], made, strict=True)
                if shipment["status"] == "offer_selected"
            }
        available = offered(get(workspace, offers[name], SANDBOX)) if offers[name] else set()
        if selected != available:
            disagreements.append((name, sorted(selected ^ available)))
        if priced[name] != available:
            disagreements.append((f"{name}, prices", sorted(priced[name] ^ available)))
        had |= available
    assert disagreements == []
    assert had == (set(every) if at == FRIDAY else had)


def test_every_service_of_the_default_world_is_asked(workspace: Workspace) -> None:
    known = {
        service
        for organization in workspace.records("inpost", "organizations")
        for service in organization["services"]
    }
    assert known == set(services(workspace))


def test_an_update_keeps_the_same_rules(workspace: Workspace) -> None:
    """A shipment of the offer mode takes a service exactly if the service was offered."""
    long = {"parcels": sides(400, 300, 70), "cod": {"amount": 5}, "additional_services": ["sms"]}
    body = {"receiver": {"email": "e@example.com", "phone": "501502503"}, **long}
    number = create(workspace, {**body, "custom_attributes": TO_LOCKER}, SANDBOX)["id"]
    workspace.advance("1s")
    shipment = get(workspace, number, SANDBOX)
    assert offered(shipment) == set()
    response = workspace.inpost(SANDBOX).put(
        f"/v1/shipments/{number}", json={"service": "inpost_locker_standard"}
    )
    assert response.json()["details"] == {"additional_services": [{"sms": ["unavailable"]}]}
    changed = workspace.inpost(SANDBOX).put(
        f"/v1/shipments/{number}",
        json={"service": "inpost_locker_pass_thru", "additional_services": []},
    )
    assert changed.json()["details"] == {
        "custom_attributes": [{"sending_method": ["unavailable"], "dropoff_point": ["required"]}]
    }
    accepted = workspace.inpost(SANDBOX).put(
        f"/v1/shipments/{number}",
        json={
            "service": "inpost_locker_pass_thru",
            "additional_services": [],
            "custom_attributes": BY_LOCKER,
        },
    )
    assert accepted.status_code == 200
