"""MyParcel as a client with one key sees it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx2

from tests.myparcel.bodies import PostNL
from tests.support.server import Workspace
from tests.support.wire import Wire

SHIPMENT = "application/vnd.shipment+json;charset=utf-8"


def basic(key: str) -> str:
    """The Authorization header of a key."""
    return f"basic {base64.b64encode(key.encode()).decode()}"


TODAYS_SERVERS = ("api.myparcel.nl", "api.sendmyparcel.be")


_SIGNS = re.compile(
    r"version=1\.[1-9]|reference_identifier|secondary_shipments|multi_collo_main_shipment_id"
    r"|shipment_label|classification\W+[0-9.]{5}"
    r"|age_check|saturday_delivery|box_number|retail_network_id"
)
"""Part of what shows today's edition in a request."""


def renumbered(body: Any) -> Any:
    """A copy of a body in which PostNL has its number of today."""
    if isinstance(body, dict):
        return {name: renumbered(value) for name, value in body.items()}
    if isinstance(body, list):
        return [renumbered(value) for value in body]
    return 1 if isinstance(body, PostNL) else body


class Told(NamedTuple):
    """A finding as a client reads it, whatever the form of the edition.

    `human` is without the place with which that of a rule begins today.
    """

    code: int
    field: str
    human: str


def faults(response: httpx2.Response) -> list[Told]:
    """What a refusal says to be wrong: flat with ``code``, or by codes as keys."""
    found: list[Told] = []
    for error in response.json()["errors"]:
        if "code" in error:
            groups = [(error["code"], error)]
        else:
            groups = [(int(code), group) for code, group in error.items()]
        for code, group in groups:
            fields = group.get("fields") or [""]
            human = group.get("human") or [group.get("message", "")] * len(fields)
            if code:
                human = [
                    sentence.removeprefix(f"{field} ")
                    for field, sentence in zip(fields, human, strict=True)
                ]
            found += [Told(code, *pair) for pair in zip(fields, human, strict=True)]
    return found


def codes(response: httpx2.Response) -> list[int]:
    """The codes of a refusal, each once, in their order."""
    return list(dict.fromkeys(each.code for each in faults(response)))


class Shop:
    """A client of MyParcel with the key of one shop, and the workspace that it works in."""

    def __init__(
        self,
        workspace: Workspace,
        key: str | None = "sim-myparcel-postpaid",
        server: str = "myparcel",
    ) -> None:
        self.workspace = workspace
        self.server = server
        self.base_url = f"{workspace.base_url}/w/{workspace.name}/{server}"
        headers = {} if key is None else {"Authorization": basic(key)}
        self.client = httpx2.Client(
            base_url=self.base_url, headers=headers, trust_env=False, transport=Wire(), timeout=30
        )
        self._others: list[Shop] = []

    def with_key(self, key: str | None) -> Shop:
        """The same workspace with another key; None for no key."""
        other = Shop(self.workspace, key, self.server)
        self._others.append(other)
        return other

    def post(self, body: Any, content_type: str = SHIPMENT, **headers: str) -> httpx2.Response:
        """POST /shipments with this body."""
        told = {"Content-Type": content_type, **headers}
        return self.client.post("/shipments", json=self.numbered(body, told), headers=told)

    def numbered(self, body: Any, headers: Mapping[str, str]) -> Any:
        """The body with PostNL as it is numbered by the edition that the request will have."""
        chosen = self.workspace.quirks_set.get("myparcel.edition", "auto")
        shows = self.server in TODAYS_SERVERS or _SIGNS.search(json.dumps([body, dict(headers)]))
        return renumbered(body) if chosen == "today" or (chosen == "auto" and shows) else body

    def post_shipments(self, shipments: list[Any], content_type: str = SHIPMENT) -> httpx2.Response:
        """POST /shipments with these shipments."""
        return self.post({"data": {"shipments": shipments}}, content_type)

    def create(self, *shipments: Any) -> list[int]:
        """The ids of new shipments, of which a request takes a hundred."""
        made: list[int] = []
        for start in range(0, len(shipments), 100):
            response = self.post_shipments(list(shipments[start : start + 100]))
            assert response.status_code == 200, response.text
            made += [item["id"] for item in response.json()["data"]["ids"]]
        return made

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
