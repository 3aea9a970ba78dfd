"""Ids as the documents write them: texts, but numbers for offers, collectors and webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.inpost.shipx import ADDRESS, SANDBOX, bought, c2c, get, offer_mode, prepared
from tests.support.server import Workspace

NUMBERS = {"offer_id", "created_by_id", "dispatch_order_id"}
"""What the documents type or show as a number, offers apart."""


def ids(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every id in an answer with its place; those of offers under ``offers``."""
    if isinstance(value, list):
        for item in value:
            yield from ids(item, path)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name in ("id", "selected_offer_id") or name.endswith("_id"):
                yield f"{path}/{name}", member
            else:
                yield from ids(member, f"{path}/{name}")


def wrong(place: str, value: Any) -> bool:
    *_, above, name = place.split("/")
    if value is None or name in ("partner_id", "tax_id", "external_customer_id"):
        return False
    number = name in NUMBERS or (above in ("offers", "selected_offer") and name == "id")
    return type(value) is not (int if number else str)


def test_every_resource_has_its_ids_as_texts(workspace: Workspace) -> None:
    workspace.control.post("reset", json={"profile": "documented"})
    client = workspace.inpost(SANDBOX)
    own = "/v1/organizations/4"
    mpk = client.post(f"{own}/mpks", json={"name": "Sklep A", "description": "A"}).json()
    person = {
        "name": "Ewa",
        "first_name": "Ewa",
        "last_name": "M",
        "phone": "501502503",
        "email": "ewa@example.com",
        "main_address": ADDRESS,
        "delivery_address": ADDRESS,
    }
    entry = client.post(f"{own}/address_books", json=person).json()
    shipment = bought(workspace, c2c(mpk="Sklep A"), SANDBOX)
    number = shipment["id"]
    ordering = {"shipments": [number], "address": ADDRESS, "comment": "brama"}
    order = client.post(f"{own}/dispatch_orders", json=ordering).json()
    comment = client.post(f"{own}/dispatch_orders/{order['id']}/comment", json={"comment": "a"})
    item = {**c2c(), "id": "A"}
    batch = client.post(f"{own}/batches", json={"shipments": [item]}).json()
    workspace.advance("5s")
    answers = {
        "too late": client.delete(f"/v1/shipments/{number}").json(),
        "bought before": client.post(
            f"/v1/shipments/{number}/buy", json={"offer_id": shipment["offers"][0]["id"]}
        ).json(),
        "mpk": mpk,
        "entry": entry,
        "shipment": shipment,
        "order": order,
        "comment": comment.json(),
        "batch": client.get(f"/v1/batches/{batch['id']}").json(),
        "collected": get(workspace, number, SANDBOX),
        "prepared": prepared(workspace, offer_mode(parcels={"template": "small"}), SANDBOX),
        **{
            path: client.get(f"/v1/{path}").json()
            for path in (
                "organizations",
                "organizations/4",
                "organizations/4/users",
                "organizations/4/statistics",
                "organizations/4/shipments",
                "organizations/4/mpks",
                "organizations/4/address_books",
                "organizations/4/dispatch_orders",
                "organizations/4/dispatch_points",
            )
        },
    }
    told = [found for name, answer in answers.items() for found in ids(answer, name)]
    assert len(told) > 100
    assert [found for found in told if wrong(*found)] == []


def test_webhooks_and_hrefs_are_those_of_the_documents(workspace: Workspace) -> None:
    workspace.control.post("reset", json={"profile": "documented"})
    shipment = bought(workspace, c2c())
    assert shipment["href"] == (
        f"{workspace.inpost_url}/v1/organizations/1/shipments/{shipment['id']}"
    )
    assert workspace.client.get(shipment["href"]).json() == shipment
    assert workspace.client.get(shipment["href"].replace("s/1/", "s/2/")).status_code in (403, 404)
    misspelt = workspace.client.get("/v1/organizations/1/shipments/lables")
    assert misspelt.status_code == 404
    [told] = [hook for hook in workspace.webhooks() if hook["event"] == "shipment_confirmed"]
    body = workspace.control.get(f"/webhooks/{told['id']}").json()["body"]
    notification = json.loads(body) if isinstance(body, str) else body
    assert notification["payload"]["shipment_id"] == int(shipment["id"])


def test_errors_and_prices_name_shipments_as_answers_do(workspace: Workspace) -> None:
    workspace.control.post("reset", json={"profile": "documented"})
    client = workspace.inpost(SANDBOX)
    number = client.post("/v1/organizations/4/shipments", json=c2c()).json()["id"]
    early = client.get(f"/v1/shipments/{number}/label").json()
    assert early["details"]["shipment_id"] == number
    workspace.advance("5s")
    asking = {"shipments": [number], "address": ADDRESS}
    price = client.post("/v1/organizations/4/dispatch_orders/calculate", json=asking).json()
    assert [kind["shipments"] for kind in price["price_list"].values()] == [[number]]
