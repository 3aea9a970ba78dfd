"""MyParcel as a client with one key sees it."""

from __future__ import annotations

import base64
from typing import Any

import httpx2

from tests.support.server import Workspace

SHIPMENT = "application/vnd.shipment+json;charset=utf-8"


def basic(key: str) -> str:
    """The Authorization header of a key."""
    return f"basic {base64.b64encode(key.encode()).decode()}"


class Shop:
    """A client of MyParcel with the key of one shop, and the workspace that it works in."""

    def __init__(self, workspace: Workspace, key: str | None = "sim-myparcel-postpaid") -> None:
        self.workspace = workspace
        self.base_url = f"{workspace.base_url}/w/{workspace.name}/myparcel"
        headers = {} if key is None else {"Authorization": basic(key)}
        self.client = httpx2.Client(
            base_url=self.base_url, headers=headers, trust_env=False, verify=False, timeout=30
        )
        self._others: list[Shop] = []

    def with_key(self, key: str | None) -> Shop:
        """The same workspace with another key; None for no key."""
        other = Shop(self.workspace, key)
        self._others.append(other)
        return other

    def post(self, body: Any, content_type: str = SHIPMENT, **headers: str) -> httpx2.Response:
        """POST /shipments with this body."""
        return self.client.post(
            "/shipments", json=body, headers={"Content-Type": content_type, **headers}
        )

    def post_shipments(self, shipments: list[Any], content_type: str = SHIPMENT) -> httpx2.Response:
        """POST /shipments with these shipments."""
        return self.post({"data": {"shipments": shipments}}, content_type)

    def create(self, *shipments: Any) -> list[int]:
        """The ids of new shipments."""
        response = self.post_shipments(list(shipments))
        assert response.status_code == 200, response.text
        return [item["id"] for item in response.json()["data"]["ids"]]

    def read(self, *ids: int) -> list[Any]:
        """Shipments as GET /shipments/{ids} shows them."""
        response = self.client.get(f"/shipments/{';'.join(map(str, ids))}")
        assert response.status_code == 200, response.text
        shown: list[Any] = response.json()["data"]["shipments"]
        return shown

    def close(self) -> None:
        """Let go of the connections."""
        for other in self._others:
            other.close()
        self.client.close()
