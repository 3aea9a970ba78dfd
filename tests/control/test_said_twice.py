"""What a request to the controls says twice is refused: one of the values would be lost."""

from __future__ import annotations

import pytest

from tests.support.server import Workspace


@pytest.mark.parametrize(
    ("method", "path", "body", "places"),
    [
        ("POST", "/clock/advance", '{"by": "1h", "by": "2h"}', ["body.by"]),
        (
            "POST",
            "/rules",
            '{"when": {"method": "GET", "method": "PUT"}, "delay": {"by": "1s"}}',
            ["body.when.method"],
        ),
        ("GET", "/inbox?event=arrived&event=arrived", "", ["query.event"]),
        ("GET", "/journal?limit=1&status=2xx&limit=2", "", ["query.limit"]),
    ],
)
def test_what_is_said_twice_is_refused(
    workspace: Workspace, method: str, path: str, body: str, places: list[str]
) -> None:
    headers = {"Content-Type": "application/json"} if body else {}
    refused = workspace.control.request(method, path, content=body.encode(), headers=headers)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {"path": place, "message": "stands more than once: give it one value"} for place in places
    ]
    assert workspace.control.get("/clock").json()["at"] == "2026-03-02T09:15:00Z"
