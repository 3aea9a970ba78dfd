"""PostPlus as a client with one key sees it."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.support.server import Workspace
from tests.support.wire import Wire

TEST_KEY = "apitest1234567890"
INTEGRATION_KEY = "integration-api-key-12345"
SHIPMENTS_ONLY_KEY = "sim-postplus-shipments-only"
DOCUMENTS_FIRST_KEY = "sim-postplus-documents-first"

Json = dict[str, Any]


class Client:
    """A client of PostPlus with a key, and the workspace that it works in."""

    def __init__(self, workspace: Workspace, key: str | None = TEST_KEY) -> None:
        self.workspace = workspace
        self.base_url = f"{workspace.base_url}/w/{workspace.name}/postplus"
        headers = {} if key is None else {"X-API-KEY": key}
        self.http = httpx2.Client(
            base_url=f"{self.base_url}/api/v1",
            headers=headers,
            trust_env=False,
            transport=Wire(),
            timeout=60,
        )
        self._others: list[Client] = []

    def with_key(self, key: str | None) -> Client:
        """The same workspace with another key; None for no key."""
        other = Client(self.workspace, key)
        self._others.append(other)
        return other

    def ok(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of an answer with 200 (None for an empty one); fails on any other status."""
        response = self.http.request(method, path, **options)
        assert response.status_code == 200, f"{method} {path}: {response.text}"
        return response.json() if response.content else None

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a GET that succeeds."""
        return self.ok("GET", path, params=query)

    def put_parcel(self, **changes: Any) -> Json:
        """The answer to an upsert of `parcel()` with changes."""
        answer: Json = self.ok("PUT", "/parcels", json=parcel(**changes))
        return answer

    def refused(self, status: int, method: str, path: str, **options: Any) -> Json:
        """The problem that a request is refused with."""
        response = self.http.request(method, path, **options)
        assert response.status_code == status, f"{method} {path}: {response.text}"
        assert response.headers["content-type"].startswith("application/problem+json")
        problem: Json = response.json()
        assert problem["status"] == status
        return problem

    def close(self) -> None:
        """Close this client and those made of it."""
        self.http.close()
        for other in self._others:
            other.close()


RECEIVER: Json = {
    "name": "Aino Laine",
    "phone": "+358401234567",
    "email": "aino@example.test",
    "address": "Mannerheimintie 5",
    "zipCode": "00100",
    "city": "Helsinki",
    "countryCode": "FI",
}

MUG: Json = {
    "description": "Ceramic mug",
    "skuCode": "MUG-01",
    "hsCode": "691200",
    "quantity": 2,
    "valuePerItem": 7.5,
    "weightPerItem": 0.2,
}


def parcel(nr: str | None = "ORD-20250-1", **changes: Any) -> Json:
    """A registered parcel to Finland with two mugs; `nr` is the sender's number. `changes` are laid
    over the sections: a section that is an object is merged, None removes it."""
    body: Json = {
        "identifiers": {"senderParcelNr": nr},
        "parcel": {
            "transactionType": "B2C",
            "type": "Registered",
            "currency": "EUR",
            "parcelGrossWeight": 0.42,
            "items": [dict(MUG)],
        },
        "additionalInfo": {
            "serviceCode": "LTPO",
            "taxType": "DDP",
            "taxIdentification": "IM3720001234",
        },
        "receiver": dict(RECEIVER),
    }
    for name, value in changes.items():
        if value is None:
            body.pop(name, None)
        elif isinstance(value, dict) and isinstance(body.get(name), dict):
            body[name] = {**body[name], **value}
        else:
            body[name] = value
    return body
