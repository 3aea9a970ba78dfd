"""A workspace in which much has happened and much is still to come, at all three carriers."""

from __future__ import annotations

from typing import Any

from tests.myparcel import bodies
from tests.myparcel.client import Shop
from tests.postplus import shipping
from tests.postplus.client import Client
from tests.support.server import Workspace
from tests.support.shipments import POSTPAID, by_courier, order, to_locker

_SCENARIO: dict[str, Any] = {
    "scenario": "busy",
    "timeline": [
        {"at": "+3d", "do": {"inpost.top_up": {"organization": 1, "amount": 500}}},
        {
            "after": "inpost.shipment_confirmed",
            "do": {"inpost.top_up": {"organization": 1, "amount": 100}},
        },
    ],
}


def fill(workspace: Workspace) -> None:
    """Let things happen at all carriers, with rules, quirks, webhooks and jobs left."""
    assert workspace.control.put("/scenario", json=_SCENARIO).status_code == 200
    workspace.quirk("inpost.rate_limit", 900)
    workspace.control.post(
        "/rules",
        json={
            "when": {"operation": "inpost.get_label"},
            "fault": {"kind": "status", "status": 404},
        },
    )
    first = order(workspace, to_locker())
    order(workspace, by_courier(), POSTPAID)
    workspace.advance("1m")
    workspace.do("inpost.start_journey", shipment=first["id"], journey="locker_delivered")
    order(workspace, to_locker())
    shop = Shop(workspace)
    number, *_ = shop.create(bodies.shipment(), bodies.belgian())
    assert shop.client.get(f"/shipment_labels/{number}").status_code == 200
    shop.close()
    postplus = Client(workspace)
    shipment = shipping.filled(postplus)
    shipping.submit(postplus, shipment["id"])
    postplus.close()
    workspace.advance("2m")
