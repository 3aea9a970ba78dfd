"""Merged labels: a URL that is asked for, and what it leads to."""

from __future__ import annotations

from typing import Any

import httpx2
import pypdfium2
import pytest

from tests.labels.samples import scan_pdf
from tests.postplus.client import SHIPMENTS_ONLY_KEY, TEST_KEY, Client, Json, parcel
from tests.postplus.printing import (
    MEDIUM,
    SMALL,
    bagged,
    cancel,
    file_of,
    label_of,
    millimetres,
    shipment_of,
    texts,
)

LABELS = "/documents/parcel-prints/generate"
BAGS = "/documents/bag-labels/generate"


def generated(client: Client, path: str = LABELS, **query: Any) -> bytes:
    """The file that a generated URL leads to."""
    answer = client.get(path, **query)
    assert list(answer) == ["url"]
    response = client.http.get(answer["url"])
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/pdf"
    return response.content


def codes(made: list[Json]) -> list[list[tuple[str, str]]]:
    """What a scanner reads from labels with these parcels' numbers."""
    return [[("Code128", each["identifiers"]["parcelNr"])] for each in made]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """The table of contents: headings, and their pages."""
    toc = pypdfium2.PdfDocument(pdf).get_toc()
    return [(item.get_title(), item.get_dest().get_index()) for item in toc]


def four(client: Client) -> tuple[int, list[Json]]:
    """A shipment with a parcel in no bag, one in the second bag and two in the first."""
    return shipment_of(
        client,
        bagged("ORD-1", None, parcel={"type": "EMS"}),
        bagged("ORD-2", "BAG-FI-002"),
        bagged("ORD-3", "BAG-FI-001"),
        bagged("ORD-4", "BAG-FI-001"),
    )


def test_all_labels_of_a_shipment_bag_by_bag(client: Client) -> None:
    shipment, made = four(client)
    pdf = generated(client, ShipmentId=shipment)
    assert scan_pdf(pdf) == codes([made[2], made[3], made[1], made[0]])
    assert millimetres(pdf) == [SMALL, SMALL, SMALL, MEDIUM]
    assert bookmarks(pdf) == [("BAG-FI-001", 0), ("BAG-FI-002", 2), ("Without a bag", 3)]


def test_all_labels_of_a_shipment_parcel_by_parcel(client: Client) -> None:
    shipment, made = four(client)
    pdf = generated(client, ShipmentId=shipment, SingleParcelLabels=True)
    assert scan_pdf(pdf) == codes(made)
    numbers = [each["identifiers"]["parcelNr"] for each in made]
    assert bookmarks(pdf) == [(number, place) for place, number in enumerate(numbers)]


def test_labels_of_single_parcels_with_and_without_a_shipment(client: Client) -> None:
    shipment, made = four(client)
    ids = [each["identifiers"]["id"] for each in made]
    wanted = f"{ids[3]},{ids[1]}"
    together: list[dict[str, Any]] = [{}, {"ShipmentId": shipment}]
    for query in together:
        pdf = generated(client, ParcelIds=wanted, SingleParcelLabels=True, **query)
        assert scan_pdf(pdf) == codes([made[3], made[1]])
    alone = client.put_parcel(nr="ORD-5")
    assert scan_pdf(generated(client, ParcelIds=alone["identifiers"]["id"])) == codes([alone])
    foreign = {"ShipmentId": shipment, "ParcelIds": alone["identifiers"]["id"]}
    client.refused(404, "GET", LABELS, params=foreign)


def test_the_labels_are_those_of_single_downloads(client: Client) -> None:
    _, made = four(client)
    pdf = generated(client, ParcelIds=made[2]["identifiers"]["id"])
    assert texts(pdf) == texts(label_of(client, made[2]))


def test_the_file_is_named_after_the_shipment(client: Client) -> None:
    shipment, _ = four(client)
    url = client.get(LABELS, ShipmentId=shipment)["url"]
    file_of(client.http.get(url), f"labels-{shipment}.pdf")
    bags = client.get(BAGS, ShipmentId=shipment)["url"]
    file_of(client.http.get(bags), f"bags-{shipment}.pdf")


def test_cancelled_parcels_and_those_with_errors_are_left_out(client: Client) -> None:
    shipment, made = shipment_of(
        client, parcel("ORD-1"), parcel("ORD-2"), parcel("ORD-3", parcel={"parcelGrossWeight": 0.1})
    )
    cancel(client, made[0])
    assert scan_pdf(generated(client, ShipmentId=shipment)) == codes([made[1]])


def test_what_is_cancelled_or_deleted_later_is_left_out_too(client: Client) -> None:
    shipment, made = shipment_of(client, parcel("ORD-1"), parcel("ORD-2"), parcel("ORD-3"))
    url = client.get(LABELS, ShipmentId=shipment)["url"]
    cancel(client, made[0])
    client.ok("DELETE", f"/parcels/{made[1]['identifiers']['id']}")
    assert scan_pdf(client.http.get(url).content) == codes([made[2]])
    cancel(client, made[2])
    assert client.http.get(url).status_code == 404


def test_labels_of_one_type_only(client: Client) -> None:
    shipment, made = shipment_of(
        client, parcel("ORD-1"), parcel("ORD-2", parcel={"type": "NonPostal"})
    )
    for kind, own in (("PostalLabel", made[0]), ("carrierlabel", made[1])):
        assert scan_pdf(generated(client, ShipmentId=shipment, PrintType=kind)) == codes([own])


def test_the_same_things_have_the_same_url_and_the_same_bytes(client: Client) -> None:
    shipment, _ = four(client)
    first = client.get(LABELS, ShipmentId=shipment)["url"]
    content = client.http.get(first).content
    assert client.get(LABELS, ShipmentId=shipment)["url"] == first
    assert client.get(LABELS, ShipmentId=shipment, SingleParcelLabels=True)["url"] != first
    client.workspace.advance("2d")
    assert client.http.get(first).content == content


def test_the_url_is_absolute_under_the_callers_base_url_and_wants_a_key(client: Client) -> None:
    shipment, _ = four(client)
    url = client.get(LABELS, ShipmentId=shipment)["url"]
    assert url.startswith(f"{client.base_url}/api/v1/documents/generated/")
    assert len(url.rpartition("/")[2]) == 22
    assert httpx2.get(url, trust_env=False, verify=False).status_code == 401
    other = {"X-API-KEY": SHIPMENTS_ONLY_KEY}
    assert httpx2.get(url, headers=other, trust_env=False, verify=False).status_code == 404
    own = {"X-API-KEY": TEST_KEY}
    assert httpx2.get(url, headers=own, trust_env=False, verify=False).status_code == 200


def test_a_workspace_that_the_key_names_is_in_the_url(client: Client) -> None:
    shipment, _ = four(client)
    name = client.workspace.name
    base = f"{client.workspace.base_url}/postplus/api/v1"
    headers = {"X-API-KEY": f"{TEST_KEY}@{name}"}
    query = {"ShipmentId": shipment}
    answer = httpx2.get(
        f"{base}{LABELS}", params=query, headers=headers, trust_env=False, verify=False
    ).json()
    assert answer["url"].startswith(f"{client.base_url}/api/v1/documents/generated/")
    assert client.http.get(answer["url"]).status_code == 200


def test_every_bag_has_a_label_with_the_clients_number(client: Client) -> None:
    shipment, made = four(client)
    cancel(client, made[1])
    pdf = generated(client, BAGS, ShipmentId=shipment)
    assert scan_pdf(pdf) == [[("Code128", "BAG-FI-001")]]
    [text] = texts(pdf)
    for words in (
        "BAG",
        "Bag 1 of 1",
        "to terminal AMS, Amsterdam",
        "FI FINLAND",
        "Shipment 117-70123454 Mail type Registered",
        "Items 2 Weight 0.84 kg",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("path", "query", "status", "detail"),
    [
        (LABELS, {}, 400, "ShipmentId is missing, and so are ParcelIds: give one of them"),
        (BAGS, {}, 400, "ShipmentId is missing"),
        (LABELS, {"ShipmentId": "x"}, 400, None),
        (LABELS, {"ShipmentId": "9"}, 404, "Shipment not found"),
        (BAGS, {"ShipmentId": "9"}, 404, "Shipment not found"),
        (LABELS, {"ParcelIds": "90001,9"}, 404, "Parcel not found"),
        (
            LABELS,
            {"ParcelIds": ",".join(map(str, range(1, 102)))},
            400,
            "Up to 100 parcel ids are allowed",
        ),
        (
            LABELS,
            {"ShipmentId": "3001", "PrintType": "Invoice"},
            400,
            "PrintType is PostalLabel or CarrierLabel, not Invoice",
        ),
        (
            LABELS,
            {"ShipmentId": "3001", "PrintType": "CarrierLabel"},
            409,
            "There is no label to print of shipment 3001",
        ),
        (BAGS, {"ShipmentId": "3001"}, 409, "Shipment 117-70123454 has no bags"),
        ("/documents/generated/Zn2Tigb7CJznUrcD454Ng6", {}, 404, "Document not found"),
    ],
)
def test_what_cannot_be_generated_is_refused(
    client: Client, path: str, query: dict[str, str], status: int, detail: str | None
) -> None:
    shipment, made = shipment_of(client, parcel("ORD-1"))
    assert (shipment, made[0]["identifiers"]["id"]) == (3001, 90001)
    problem = client.refused(status, "GET", path, params=query)
    assert detail in (None, problem["detail"])


def test_a_deleted_shipments_bag_labels_are_gone(client: Client) -> None:
    shipment, _ = four(client)
    url = client.get(BAGS, ShipmentId=shipment)["url"]
    client.ok("DELETE", f"/shipments/{shipment}")
    assert client.http.get(url).status_code == 404
