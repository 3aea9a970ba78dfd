"""Requests that no operation takes: what was likely meant, in the journal, the log and the 404."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from dirty_equals import IsFloat, IsStr
from structlog.testing import capture_logs

from simulator.core.secrets import masked
from tests.myparcel.client import basic
from tests.postplus.client import TEST_KEY
from tests.support.server import Workspace


def ask(workspace: Workspace, method: str, path: str, **more: Any) -> dict[str, Any]:
    """Send a request under the workspace and give its entry in the journal."""
    url = f"{workspace.base_url}/w/{workspace.name}{path}"
    httpx2.request(method, url, trust_env=False, verify=False, **more)
    [newest] = workspace.journal(limit=1)
    entry: dict[str, Any] = workspace.control.get(f"/journal/{newest['id']}").json()
    return entry


@pytest.mark.parametrize(
    ("method", "path", "meant"),
    [
        (
            "POST",
            "/inpost/v1/shipment/5/buy",
            "POST /v1/shipments/{shipment_id}/buy: segment 2 is 'shipment', not 'shipments'",
        ),
        (
            "DELETE",
            "/inpost/v1/shipments/5/buy",
            "POST /v1/shipments/{shipment_id}/buy: the method is DELETE, not POST",
        ),
        (
            "GET",
            "/inpost/v1/v1/shipments/5",
            "GET /v1/shipments/{shipment_id}: '/v1' stands there twice",
        ),
        (
            "GET",
            "/inpost/shipments/5/label",
            "GET /v1/shipments/{shipment_id}/label: '/v1' is missing at its beginning",
        ),
        (
            "GET",
            "/inpost/v1/organizations/4/shipmens/labels",
            "GET /v1/organizations/{organization_id}/shipments/labels: "
            "segment 4 is 'shipmens', not 'shipments'",
        ),
        (
            "GET",
            "/inpost/v1//shipments/5",
            "GET /v1/shipments/{shipment_id}: segment 2 is empty",
        ),
        (
            "GET",
            "/postplus/api/v1/parcel",
            "PUT /api/v1/parcels: segment 3 is 'parcel', not 'parcels'",
        ),
        (
            "GET",
            "/inpost/v1/shipmentz",
            "GET /v1/shipments/{shipment_id}: segment 2 is 'shipmentz', not 'shipments', "
            "'{shipment_id}' is missing after 'shipmentz'",
        ),
        (
            "GET",
            "/inpost/v2/shipments/5",
            "GET /v1/shipments/{shipment_id}: segment 1 is 'v2', not 'v1'",
        ),
        (
            "GET",
            "/inpost/v4/point",
            "GET /v1/points: segment 1 is 'v4', not 'v1', segment 2 is 'point', not 'points'",
        ),
        (
            "POST",
            "/myparcel/v1/organizations/4/shipments",
            "POST /v1/organizations/{organization_id}/shipments: "
            "that is InPost ShipX, under /inpost",
        ),
        (
            "GET",
            "/inpost/myparcel/shipments",
            "GET /shipments: that is MyParcel, under /myparcel",
        ),
    ],
)
def test_the_explanation_says_what_was_meant_and_what_differs(
    workspace: Workspace, method: str, path: str, meant: str
) -> None:
    entry = ask(workspace, method, path)
    assert entry["unmatched"]
    assert entry["why"][1].startswith(f"Did you mean {meant}")
    first = entry["nearest"][0]
    told = f"{first['method']} {first['path']}: {', '.join(first['differences'])}"
    assert told.startswith(meant)


MISTAKEN_BASES = [
    ("postplus", "PUT", "/parcels", "PUT /api/v1/parcels: '/api/v1' is missing at its beginning"),
    (
        "postplus",
        "GET",
        "/accounts/current",
        "GET /api/v1/accounts/current: '/api/v1' is missing at its beginning",
    ),
    (
        "postplus",
        "PUT",
        "/Parcel",
        "PUT /api/v1/parcels: '/api/v1' is missing at its beginning, "
        "segment 1 is 'Parcel', not 'parcels'",
    ),
    (
        "postplus",
        "PUT",
        "/v1/parcels",
        "PUT /api/v1/parcels: its beginning is '/v1', not '/api/v1'",
    ),
    (
        "postplus",
        "PUT",
        "/API/V1/api/v1/parcels",
        "PUT /api/v1/parcels: '/api/v1' stands there twice",
    ),
    (
        "postplus",
        "PUT",
        "/postplus-api/api/v1/parcels",
        "PUT /api/v1/parcels: '/postplus-api' is too much at its beginning",
    ),
    ("inpost", "GET", "/points", "GET /v1/points: '/v1' is missing at its beginning"),
    (
        "inpost",
        "GET",
        "/shipments/5",
        "GET /v1/shipments/{shipment_id}: '/v1' is missing at its beginning",
    ),
    ("inpost", "GET", "/v1/v1/points", "GET /v1/points: '/v1' stands there twice"),
    ("inpost", "GET", "/api/v1/points", "GET /v1/points: '/api' is too much at its beginning"),
    ("inpost", "GET", "/shipx/points", "GET /v1/points: its beginning is '/shipx', not '/v1'"),
    ("myparcel", "POST", "/v1/shipments", "POST /shipments: '/v1' is too much at its beginning"),
    (
        "myparcel",
        "GET",
        "/api/v1/shipments",
        "GET /shipments: '/api/v1' is too much at its beginning",
    ),
    (
        "myparcel",
        "GET",
        "/v1/shipments/5",
        "GET /shipments/{ids}: '/v1' is too much at its beginning",
    ),
]
"""Carrier, method, path behind a mistaken base URL, and what was meant."""


@pytest.mark.parametrize(("carrier", "method", "path", "meant"), MISTAKEN_BASES)
@pytest.mark.parametrize("form", ["prefix", "host"])
def test_a_mistaken_base_url_is_told_as_one(
    workspace: Workspace, form: str, carrier: str, method: str, path: str, meant: str
) -> None:
    if form == "prefix":
        entry = ask(workspace, method, f"/{carrier}{path}")
    else:
        entry = ask(workspace, method, path, headers={"Host": f"{carrier}.localhost"})
    assert entry["carrier"] == carrier
    assert entry["why"][1] == f"Did you mean {meant}?"
    assert entry["nearest"][0]["carrier"] == carrier


@pytest.mark.parametrize(
    ("method", "path", "meant"),
    [
        (
            "PUT",
            "/v1/parcels",
            "PUT /api/v1/parcels: that is PostPlus, under /postplus, "
            "its beginning is '/v1', not '/api/v1'",
        ),
        ("GET", "/v1/v1/points", "GET /v1/points: '/v1' stands there twice"),
        ("PUT", "/api/v1/api/v1/parcels", "PUT /api/v1/parcels: '/api/v1' stands there twice"),
        (
            "POST",
            "/v1/shipments",
            "POST /shipments: that is MyParcel, under /myparcel, "
            "'/v1' is too much at its beginning",
        ),
    ],
)
def test_a_mistaken_base_url_without_a_carrier_is_told(
    workspace: Workspace, method: str, path: str, meant: str
) -> None:
    entry = ask(workspace, method, path)
    told = [sentence for sentence in entry["why"] if sentence.endswith(f"{meant}?")]
    assert told, entry["why"]


def test_what_is_like_nothing_is_told_without_a_guess(workspace: Workspace) -> None:
    entry = ask(workspace, "GET", "/inpost/robots.txt")
    assert entry["nearest"] == []
    assert not any("Did you mean" in sentence for sentence in entry["why"])


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/inpots/v1/shipments/5", "GET /inpost/v1/shipments/{shipment_id}: segment 1 is 'inpots'"),
        ("/shipment/5", "GET /shipments/{ids}: segment 1 is 'shipment', not 'shipments'"),
        (
            "/api/parcels/get-many",
            "GET /api/v1/parcels/get-many: its beginning is '/api', not '/api/v1'",
        ),
        ("/parcels/get-many", "GET /api/v1/parcels/get-many: '/api/v1' is missing at its"),
        ("/points", "GET /v1/points: '/v1' is missing at its beginning"),
        ("/v3/shipments", "GET /shipments: '/v3' is too much at its beginning"),
    ],
)
def test_what_reaches_no_carrier_is_told_in_the_404(server: str, path: str, meant: str) -> None:
    response = httpx2.get(f"{server}{path}", trust_env=False, verify=False)
    assert response.status_code == 404
    assert f"Did you mean {meant}" in response.json()["detail"]
    assert "Carriers answer under /inpost" in response.json()["detail"]


@pytest.mark.parametrize("way", ["prefix", "header"])
def test_what_reaches_no_carrier_stands_in_the_workspace_that_it_names(
    workspace: Workspace, way: str
) -> None:
    prefix = f"/w/{workspace.name}" if way == "prefix" else ""
    headers = {} if prefix else {"X-Sim-Workspace": workspace.name}
    response = httpx2.post(
        f"{workspace.base_url}{prefix}/inpots/v1/shipments/5/buy",
        headers=headers,
        json={"offer_id": 1},
        trust_env=False,
        verify=False,
    )
    assert response.status_code == 404
    [stray] = workspace.journal(unmatched=True)
    assert stray["id"] == response.headers["X-Sim-Request-Id"] == f"{workspace.name}-000001"
    entry = workspace.control.get(f"/journal/{stray['id']}").json()
    assert (entry["carrier"], entry["operation"], entry["outcome"]) == (None, None, "unmatched")
    assert (entry["path"], entry["status"]) == ("/inpots/v1/shipments/5/buy", 404)
    assert entry["why"][:2] == [
        "No operation took POST /inpots/v1/shipments/5/buy: it reaches no carrier.",
        "Did you mean POST /inpost/v1/shipments/{shipment_id}/buy: "
        "segment 1 is 'inpots', not 'inpost'?",
    ]
    assert "its body was not read" in " ".join(entry["why"])
    checks = [{"no_unmatched": True}, {"operation": "inpost.buy_offer"}, {"no_unread": True}]
    verdicts = workspace.control.post("/verify", json={"checks": checks}).json()["checks"]
    assert [each["passed"] for each in verdicts] == [False, False, True]


def test_what_reaches_no_carrier_makes_no_workspace(server: str, workspace: Workspace) -> None:
    name = f"{workspace.name}-nowhere"
    with httpx2.Client(base_url=server, trust_env=False, verify=False) as client:
        response = client.get(f"/w/{name}/inpots/v1/shipments/5")
        number = response.headers["X-Sim-Request-Id"]
        entry = client.get(f"/_sim/workspaces/_refused/journal/{number}").json()
        assert f'There is no workspace "{name}"' in " ".join(entry["why"])
        assert client.get(f"/_sim/workspaces/{name}").status_code == 404
        assert client.get("/w/-x/inpots/v1").status_code == 400
        assert client.get("/favicon.ico").headers["X-Sim-Request-Id"] == "-"


def test_the_log_line_of_a_404_names_the_nearest(workspace: Workspace) -> None:
    with capture_logs() as lines:
        ask(workspace, "POST", "/inpost/v1/shipment/5/buy")
        httpx2.get(
            f"{workspace.base_url}/inpots/v1/{workspace.name}", trust_env=False, verify=False
        )
    [unmatched] = [line for line in lines if line.get("workspace") == workspace.name]
    assert unmatched == {
        "event": "no operation takes this request",
        "log_level": "warning",
        "carrier": "inpost",
        "workspace": workspace.name,
        "operation": None,
        "method": "POST",
        "path": "/v1/shipment/5/buy",
        "status": 404,
        "milliseconds": IsFloat(),
        "request_id": f"{workspace.name}-000001",
        "client": IsStr(regex=r"127\.0\.0\.1:\d+"),
        "nearest": [
            "POST /v1/shipments/{shipment_id}/buy: segment 2 is 'shipment', not 'shipments'"
        ],
    }
    nowhere = [line for line in lines if line["event"] == "no carrier takes this request"]
    assert f"/inpots/v1/{workspace.name}" in [line["path"] for line in nowhere]


@pytest.mark.parametrize(
    ("path", "headers", "said"),
    [
        (
            "/inpost/v1/organizations/1",
            {},
            "The request carried no credential that InPost ShipX reads.",
        ),
        (
            "/inpost/v1/organizations/1",
            {"X-API-KEY": TEST_KEY},
            "The request carried no credential that InPost ShipX reads; "
            "it carried one as PostPlus reads it.",
        ),
        (
            "/inpost/v1/organizations/1",
            {"Authorization": "Bearer sim-inpost-prepayed"},
            f"Refused with 401 token_invalid: the token {masked('sim-inpost-prepayed')} opens "
            'nothing in this workspace. Did you mean "sim-inpost-prepaid"? Nothing was changed.',
        ),
        (
            "/postplus/api/v1/accounts/current",
            {"Authorization": basic("sim-myparcel-postpaid")},
            "The request carried no credential that PostPlus reads; "
            "it carried one as MyParcel reads it.",
        ),
        (
            "/myparcel/shipments",
            {},
            "The request carried no credential that MyParcel reads.",
        ),
    ],
)
def test_a_missing_or_foreign_key_is_told(
    workspace: Workspace, path: str, headers: dict[str, str], said: str
) -> None:
    entry = ask(workspace, "GET", path, headers=headers)
    assert entry["status"] == 401
    assert said in entry["why"]


def test_a_misspelt_media_type_is_told(workspace: Workspace) -> None:
    entry = ask(
        workspace,
        "POST",
        "/myparcel/shipments",
        content=b"{}",
        headers={
            "Authorization": basic("sim-myparcel-postpaid"),
            "Content-Type": "application/vnd.shipments+json",
        },
    )
    assert entry["outcome"] == "media_type"
    assert any(
        sentence.endswith("did you mean application/vnd.shipment+json? Nothing was changed.")
        for sentence in entry["why"]
    )
