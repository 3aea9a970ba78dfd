"""What the world does to organizations."""

from __future__ import annotations

import pytest

from tests.inpost.shipx import Json, create, locker
from tests.support.server import Workspace


def test_a_new_organization_with_a_token(workspace: Workspace) -> None:
    told = workspace.do("inpost.add_organization", name="Nowy Sklep", balance="12.50")
    assert told == {
        "organization": 5,
        "account": "prepaid",
        "balance": "12.50",
        "debt": False,
        "courier_contract": True,
        "bank_account_number": "PL61109010140000071219812874",
        "webhook_url": None,
        "token": "sim-inpost-5",
    }
    client = workspace.inpost("sim-inpost-5")
    assert client.post("/v1/organizations/5/shipments", json=locker()).status_code == 201
    named = workspace.do(
        "inpost.add_organization", name="Drugi", account="postpaid", token="our-own-token"
    )
    assert (named["organization"], named["token"]) == (6, "our-own-token")
    assert workspace.inpost("our-own-token").get("/v1/organizations/6").status_code == 200


def test_money_by_hand(workspace: Workspace) -> None:
    assert workspace.do("inpost.top_up", organization=3, amount="10.00")["balance"] == "10.00"
    assert workspace.do("inpost.top_up", organization=3, amount=0.5)["balance"] == "10.50"
    assert workspace.do("inpost.set_balance", organization=3, amount=-1)["balance"] == "-1.00"
    assert workspace.do("inpost.set_debt", organization=3, debt=True)["debt"] is True
    assert workspace.do("inpost.set_debt", organization=3, debt=False)["debt"] is False


@pytest.mark.parametrize(
    ("action", "arguments", "status"),
    [
        ("top_up", {"organization": 9, "amount": 1}, 409),
        ("top_up", {"organization": 1, "amount": 0}, 409),
        ("top_up", {"organization": 1, "amount": "Infinity"}, 409),
        ("top_up", {"organization": 1, "amount": "1e30"}, 409),
        ("top_up", {"organization": 1}, None),
        ("top_up", {"organization": 1, "amount": "ten"}, None),
        ("set_balance", {"organization": 1, "amount": 1, "currency": "PLN"}, None),
        ("add_organization", {"name": "A", "token": "sim-inpost-prepaid"}, 409),
        ("add_organization", {"name": "A", "token": "two words"}, 409),
        ("add_organization", {"name": "A", "account": "rich"}, None),
    ],
)
def test_what_is_refused_changes_nothing(
    workspace: Workspace, action: str, arguments: Json, status: int | None
) -> None:
    before = workspace.records("inpost", "organizations")
    response = workspace.control.post(f"/actions/inpost.{action}", json=arguments)
    assert response.status_code in ({400, 422} if status is None else {status}), response.text
    assert workspace.records("inpost", "organizations") == before


@pytest.mark.parametrize(
    ("action", "arguments", "told"),
    [
        (
            "top_up",
            {"organisation": 3, "amount": "lots"},
            [
                (
                    "body.organisation",
                    '"organisation" is no argument of inpost.top_up. Did you mean "organization"? '
                    "It takes organization, amount.",
                ),
                ("body.amount", 'has to be a number, not "lots"'),
                ("body.organization", "is required"),
            ],
        ),
        (
            "set_webhook",
            {"organization": 1, "url": "ftp://x", "stamp": "wal", "verify": "no"},
            [
                ("body.stamp", 'has to be one of wall, world, not "wal". Did you mean "wall"?'),
                ("body.verify", 'has to be true or false, not "no"'),
                ("body.url", "'ftp://x' is not an http or https URL"),
            ],
        ),
        (
            "play",
            {"shipment": 1, "history": [{"at": "-2d", "staus": "x"}]},
            [
                ("body.history[0].staus", '"staus" is not a key here. Did you mean "status"?'),
                ("body.history[0]", '"status" is missing'),
            ],
        ),
    ],
)
def test_wrong_arguments_are_told_at_once_with_what_was_meant(
    workspace: Workspace, action: str, arguments: Json, told: list[tuple[str, str]]
) -> None:
    response = workspace.control.post(f"/actions/inpost.{action}", json=arguments)
    assert response.status_code == 422, response.text
    assert [(each["path"], each["message"]) for each in response.json()["errors"]] == told


def test_shipments_are_told_as_events(workspace: Workspace) -> None:
    create(workspace, locker())
    workspace.advance("2s")
    events = workspace.control.get("/events").json()["items"]
    names = [event["event"] for event in events if event["event"].startswith("inpost.")]
    assert names == [
        "inpost.shipment_created",
        "inpost.offers_prepared",
        "inpost.shipment_status_changed",
        "inpost.shipment_status_changed",
        "inpost.shipment_confirmed",
        "inpost.shipment_status_changed",
    ]
    statuses = [
        (each["payload"]["previous"], each["payload"]["status"])
        for each in events
        if each["event"] == "inpost.shipment_status_changed"
    ]
    assert statuses == [
        ("created", "offers_prepared"),
        ("offers_prepared", "offer_selected"),
        ("offer_selected", "confirmed"),
    ]
