"""The list of shipments: pages and filters."""

from __future__ import annotations

import pytest

from tests.postplus import shipping
from tests.postplus.client import Client
from tests.postplus.shipping import head, shipment, submit


def test_shipments_are_listed_page_by_page(client: Client) -> None:
    made = [shipment(client, None, type="CMR") for _ in range(5)]
    first = client.get("/shipments/query", Count=2)
    assert first == {
        "lastId": 3002,
        "shipments": [
            head(id=each["id"], type="CMR", shipmentNr=each["shipmentNr"]) for each in made[:2]
        ],
    }
    second = client.get("/shipments/query", Count=2, AfterId=3002)
    assert [each["id"] for each in second["shipments"]] == [3003, 3004]
    assert [each["id"] for each in client.get("/Shipments/Query", afterid=3004)["shipments"]] == [
        3005
    ]
    assert client.get("/shipments/query", AfterId=3005) == {"lastId": 3005, "shipments": []}
    client.ok("DELETE", "/shipments/3003")
    assert [each["id"] for each in client.get("/shipments/query", AfterId=3002)["shipments"]] == [
        3004,
        3005,
    ]


def test_filters_of_the_list(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    client.workspace.advance("1h")
    shipment(client, "TRUCK-1", type="CMR", terminalCode="NDL")
    client.workspace.advance("1h")
    shipment(client, "TRUCK-2", type="Transport", terminalCode="TLL")

    def listed(**query: str) -> list[int]:
        return [each["id"] for each in client.get("/shipments/query", **query)["shipments"]]

    assert listed() == [3001, 3002, 3003]
    assert listed(Type="awb") == [3001]
    assert listed(Type="AWB, Transport") == [3001, 3003]
    assert listed(Status="Manifested") == [3001]
    assert listed(Status="Created,Manifested", Type="CMR") == [3002]
    assert listed(ShipmentNr="TRUCK-1") == [3002]
    assert listed(ArrivalTerminalCode="NDL,TLL") == [3002, 3003]
    assert listed(CreatedAfter="2026-03-02T10:15:00Z") == [3002, 3003]
    assert listed(CreatedBefore="2026-03-02T10:15:00Z") == [3001]
    assert listed(CreatedAfter="2026-03-03") == []
    assert listed(Type="", Status="", CreatedAfter="", AfterId="", Count="") == [3001, 3002, 3003]


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("Count=0", "Count is from 1 to 500, not 0"),
        ("Count=501", "Count is from 1 to 500, not 501"),
        ("Count=ten", 'Count "ten" is not a whole number'),
        ("AfterId=-1", "AfterId is an id, not -1"),
        (
            "Status=Lost",
            "Status 'Lost' is none of Imported, Created, Pending, Planned, Manifested, Arrived, "
            "Completed",
        ),
        (
            "ArrivalTerminalCode=LHR",
            "ArrivalTerminalCode 'LHR' is none of AMS, NDL, PDL, HKT, MNL, BKK, TLL",
        ),
        (
            "CreatedAfter=now",
            "CreatedAfter 'now' is not a day or a time such as 2026-03-02T09:00:00Z",
        ),
        (
            "CreatedBefore=2026-13-01",
            "CreatedBefore '2026-13-01' is not a day or a time such as 2026-03-02T09:00:00Z",
        ),
    ],
)
def test_filters_that_cannot_be_read_are_refused(client: Client, query: str, detail: str) -> None:
    assert client.refused(400, "GET", f"/shipments/query?{query}")["detail"] == detail
