"""Lists in a query: one text with commas, or the parameter repeated, or both."""

from __future__ import annotations

import pytest

from tests.postplus.client import Client
from tests.postplus.following import made_many
from tests.postplus.reading import why
from tests.postplus.shipping import shipment

Query = list[tuple[str, str]]


def get(client: Client, path: str, query: Query) -> str:
    """The text of a GET that succeeds."""
    response = client.http.get(path, params=tuple(query))
    assert response.status_code == 200, response.text
    return response.text


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/parcels/parcel-nrs/get-many", "ParcelNrs"),
        ("/parcels/sender-parcel-nrs/get-many", "SenderParcelNrs"),
        ("/parcels/carrier-parcel-nrs/get-many", "CarrierParcelNrs"),
        ("/tracking/parcel-nrs/get-many", "ParcelNrs"),
        ("/tracking/sender-parcel-nrs/get-many", "SenderParcelNrs"),
    ],
)
def test_a_repeated_list_of_numbers_is_the_union(client: Client, path: str, name: str) -> None:
    numbers = made_many(client, 4)
    if name == "SenderParcelNrs":
        numbers = [f"ORD-{n}" for n in range(4)]
    query = [(name, numbers[0]), (name.lower(), f"{numbers[1]},{numbers[0]}"), (name, numbers[2])]
    text = get(client, path, query)
    assert [number in text for number in numbers] == [True, True, True, False]


@pytest.mark.parametrize("path", ["/parcels/get-many", "/parcels/parcel-prints/get-many"])
def test_a_repeated_list_of_ids_is_the_union(client: Client, path: str) -> None:
    made_many(client, 3)
    first = 90001 if path == "/parcels/get-many" else 50001
    query = [("Ids", str(first)), ("ids", str(first + 1))]
    text = get(client, path, query)
    assert [f'"id":{first + n},' in text for n in range(3)] == [True, True, False]


def test_the_bound_of_a_list_counts_all_of_it(client: Client) -> None:
    query = [("Ids", ",".join(map(str, range(60)))), ("Ids", ",".join(map(str, range(60, 120))))]
    problem = client.refused(400, "GET", "/parcels/get-many", params=query)
    assert problem["detail"] == "Up to 100 parcel ids are allowed"


def test_repeated_ids_are_all_deleted(client: Client) -> None:
    made_many(client, 3)
    client.ok("DELETE", "/parcels/delete-many", params=[("ids", "90001"), ("Ids", "90002")])
    left = client.get("/parcels/query", AfterId=90000)["details"]
    assert [each["identifiers"]["id"] for each in left] == [90003]


def test_repeated_filters_and_sizes_are_the_union(client: Client) -> None:
    shipment(client)
    shipment(client, "T-1", type="CMR")
    shipment(client, "T-2", type="Courier")
    text = get(client, "/shipments/query", [("Type", "AWB"), ("type", "cmr")])
    assert [f'"type":"{kind}"' in text for kind in ("AWB", "CMR", "Courier")] == [True, True, False]
    query = [("IncludePrintSizes", "A4"), ("includeprintsizes", "A5")]
    get(client, "/parcels/query", query)
    said = " ".join(why(client.workspace))
    assert "A4" in said
    assert "A5" in said


def test_repeated_ids_and_countries_of_documents_are_the_union(client: Client) -> None:
    made_many(client, 3)
    generate = "/documents/parcel-prints/generate"
    both = get(client, generate, [("ParcelIds", "90001"), ("parcelids", "90002")])
    assert both == get(client, generate, [("ParcelIds", "90001,90002")])
    number = shipment(client)["id"]
    client.put_parcel(nr="SE", receiver={"countryCode": "SE"}, shipmentId=number)
    client.put_parcel(nr="FI", shipmentId=number)
    client.put_parcel(nr="LV", receiver={"countryCode": "LV"}, shipmentId=number)
    path = f"/documents/shipments/{number}/resulting-file"
    text = get(client, path, [("ParcelCountryCodes", "FI"), ("parcelcountrycodes", "se")])
    assert [f",{name}," in text for name in ("FI", "SE", "LV")] == [True, True, False]


@pytest.mark.parametrize("ids", ["x", "50001,x", "-1", "9" * 30])
def test_what_is_no_print_id_is_refused(client: Client, ids: str) -> None:
    problem = client.refused(400, "GET", "/parcels/parcel-prints/get-many", params={"ids": ids})
    assert problem["detail"].endswith("is not an id")
    assert list(problem["errors"]) == ["Ids"]
