"""The public overview of PostPlus as a checklist, row by row."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict

from tests.labels.samples import scan_pdf
from tests.postplus.client import SHIPMENTS_ONLY_KEY, TEST_KEY, Client, parcel

pytestmark = pytest.mark.usefixtures("nothing_unread")


def test_parcels_labels_manifesting_and_hs_codes_in_one_run(client: Client) -> None:
    [code] = client.get("/hs-codes/query", Text="coffee mug", Count=1)["hsCodes"]
    made = client.put_parcel(
        parcel={"items": [{**parcel()["parcel"]["items"][0], "hsCode": code["code"]}]}
    )
    number = made["identifiers"]["parcelNr"]
    label = client.http.get(f"/documents/parcel-prints/{made['references']['printId']}")
    assert number in str(scan_pdf(label.content))
    shipment = client.ok("POST", "/shipments", json={"type": "CMR"})["id"]
    linked = client.ok(
        "POST",
        "/parcels/update-references-many",
        json={"parcelNrs": number, "updateBagNr": "BAG-FI-001", "linkShipmentId": shipment},
    )
    assert linked["successParcelsCount"] == 1
    token = client.ok("POST", f"/shipments/{shipment}/prepare", json={})["shipmentSubmitToken"]
    submitted = client.ok(
        "POST", f"/shipments/{shipment}/submit", json={"shipmentSubmitToken": token}
    )
    assert submitted["status"]["status"] == "Manifested"


def test_the_published_test_key_works_on_a_fresh_server(client: Client) -> None:
    assert client.get("/accounts/current") == IsPartialDict(name="Demo Shop", environment="test")


@pytest.mark.parametrize(
    ("host", "key", "status"),
    [
        ("api.test.post-plus.io", TEST_KEY, 200),
        ("api.test.post-plus.io", "sim-postplus-production", 401),
        ("api.post-plus.io", "sim-postplus-production", 200),
        ("api.post-plus.io", TEST_KEY, 401),
    ],
)
def test_the_test_and_the_production_host_have_keys_of_their_own(
    client: Client, host: str, key: str, status: int
) -> None:
    url = f"{client.workspace.base_url}/w/{client.workspace.name}/api/v1/accounts/current"
    response = httpx2.get(
        url, headers={"Host": host, "X-API-KEY": key}, trust_env=False, verify=False
    )
    assert response.status_code == status


@pytest.mark.parametrize("place", ["", "/w/{name}", "/postplus", "/w/{name}/postplus"])
def test_the_swagger_page_needs_no_key_wherever_it_stands(client: Client, place: str) -> None:
    workspace = client.workspace
    base = workspace.base_url + place.format(name=workspace.name)
    page = httpx2.get(f"{base}/swagger", follow_redirects=True, trust_env=False, verify=False)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert f'url: "{base.removeprefix(workspace.base_url)}/swagger/v1/swagger.json"' in page.text
    described = httpx2.get(f"{base}/swagger/v1/swagger.json", trust_env=False, verify=False).json()
    assert described["servers"] == [{"url": base.removeprefix(workspace.base_url) or "/"}]
    assert described["components"]["securitySchemes"]["apiKey"] == {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-KEY",
    }


def described_operations(client: Client) -> list[tuple[str, str]]:
    document: Any = httpx2.get(
        f"{client.workspace.base_url}/postplus/openapi.json", trust_env=False, verify=False
    ).json()
    return [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, item in document["paths"].items()
        for method in item
        if method in ("get", "put", "post", "delete")
    ]


def test_every_operation_without_the_key_is_401(client: Client) -> None:
    nobody = client.with_key(None)
    for method, path in described_operations(client):
        problem = nobody.refused(401, method, path.replace("{", "").replace("}", ""))
        assert problem["detail"] == "API key is missing", (method, path)


def test_a_key_without_the_scope_is_403(client: Client) -> None:
    shipper = client.with_key(SHIPMENTS_ONLY_KEY)
    problem = shipper.refused(403, "GET", "/hs-codes/query", params={"Text": "mug"})
    assert problem["detail"] == "API key is not authorized to perform this operation"


def test_another_accounts_record_is_404_and_its_cursor_unknown(client: Client) -> None:
    made = client.put_parcel()["identifiers"]["id"]
    cursor = client.get("/tracking", fetchId="")["nextFetchId"]
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    assert other.refused(404, "GET", f"/parcels/{made}")["detail"] == "Parcel not found"
    problem = other.refused(400, "GET", "/tracking", params={"fetchId": cursor})
    assert problem["detail"] == "FetchId is not valid"


def test_one_and_many_parcels_are_created_and_updated(client: Client) -> None:
    first = client.put_parcel(nr="A")["identifiers"]
    again = client.put_parcel(nr="A", receiver={"phone": "+358409999999"})["identifiers"]
    assert again == first
    many = {"parcels": [parcel("A"), parcel("B")]}
    told = client.ok("POST", "/parcels/create-or-update-many", json=many)["parcels"]
    assert [each["identifiers"]["senderParcelNr"] for each in told] == ["A", "B"]
    assert told[0]["identifiers"] == first


def test_references_such_as_bag_numbers_are_updated_and_parcels_linked(client: Client) -> None:
    client.put_parcel(nr="A")
    shipment = client.ok("POST", "/shipments", json={"type": "CMR"})
    client.ok(
        "POST",
        "/parcels/update-references-many",
        json={
            "senderParcelNrs": "A",
            "updateBagNr": "BAG-FI-002",
            "linkShipmentId": shipment["id"],
        },
    )
    told = client.get("/parcels/sender-parcel-nrs/A")["references"]
    assert told == IsPartialDict(
        bagNr="BAG-FI-002", shipmentId=shipment["id"], shipmentNr=shipment["shipmentNr"]
    )
