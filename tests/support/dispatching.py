"""Dispatch orders as tests make them."""

from __future__ import annotations

from typing import Any

import httpx2
from dirty_equals import IsStr

from tests.support.server import Workspace

ORDERS = "/v1/organizations/1/dispatch_orders"
ADDRESS = {
    "street": "Prosta",
    "building_number": "5",
    "city": "Warszawa",
    "post_code": "00-838",
    "country_code": "PL",
}
NOW = IsStr(regex=r"2026-03-02T10:15:\d\d\.\d{3}\+01:00")
NOT_FOUND = {
    "status": 404,
    "error": "resource_not_found",
    "message": "Resource not found.",
    "details": {},
}


def dispatch(workspace: Workspace, *shipments: dict[str, Any], **changes: Any) -> httpx2.Response:
    """Order a courier for shipments of organization 1."""
    body = {"shipments": [s["id"] for s in shipments], "address": ADDRESS, **changes}
    return workspace.client.post(ORDERS, json=body)


def details_of(response: httpx2.Response) -> Any:
    """What a refused request is told."""
    assert response.status_code == 400, response.text
    assert response.json()["error"] == "validation_failed"
    return response.json()["details"]
