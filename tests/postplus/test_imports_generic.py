"""The generic import: kept as it came."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dirty_equals import IsStr

from tests.postplus.client import Client
from tests.postplus.following import (
    importer,
)

GENERIC = "/integrations/tracking-import-generic"


@pytest.mark.parametrize(
    "body",
    [
        {"integratorEventCode": "42", "integratorEventMessage": "Out", "date": "2026-03-01"},
        [1, {"a": None}],
        "text",
        7,
        None,
    ],
)
def test_a_generic_import_is_kept_as_it_came(client: Client, body: Any) -> None:
    response = importer(client).http.post(
        f"{GENERIC}?DataSource=DemoCarrier&DataId=7",
        content=json.dumps(body),
        headers={"Content-Type": "application/json"},
    )
    assert (response.status_code, response.content) == (200, b"")
    assert client.workspace.records("postplus", "raw_imports") == [
        {
            "id": 1,
            "account_id": 900,
            "data_source": "DemoCarrier",
            "tracking_code": None,
            "data_id": "7",
            "body": body,
            "received_on": IsStr(regex="2026-03-02T09:15:00.*"),
        }
    ]
    [entry] = client.workspace.journal(operation="postplus.import_tracking_generic")
    why = client.workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert any("kept as raw import 1" in line for line in why)


def test_a_generic_import_needs_a_data_source_and_a_body(client: Client) -> None:
    integrator = importer(client)
    for query in ("", "?DataSource=", "?TrackingCode=A"):
        problem = integrator.refused(400, "POST", GENERIC + query, json={})
        assert list(problem["errors"]) == ["DataSource"]
    integrator.refused(400, "POST", f"{GENERIC}?DataSource=A")
    client.refused(403, "POST", f"{GENERIC}?DataSource=A", json={})
    assert client.workspace.records("postplus", "raw_imports") == []
