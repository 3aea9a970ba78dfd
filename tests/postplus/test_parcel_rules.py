"""What is wrong with the data of a parcel: every sentence in the 200, and nothing else refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus.client import MUG, RECEIVER, Client, Json
from tests.support.server import Workspace

SENDER: Json = {
    "name": "Demo Shop",
    "address": "Pirita tee 20",
    "zipCode": "10127",
    "city": "Tallinn",
    "countryCode": "EE",
}


def _items(*items: Json, gross: float | None = 5) -> Json:
    return {"parcel": {"items": list(items), "parcelGrossWeight": gross}}


ERRORS: list[tuple[Json, list[str]]] = [
    # Goods.
    ({"parcel": {"items": []}}, ["At least one item is required"]),
    ({"parcel": {"items": None}}, ["At least one item is required"]),
    (_items({**MUG, "description": " "}), ["Item 1: description is required"]),
    (_items({**MUG, "quantity": None}), ["Item 1: quantity is required"]),
    (_items({**MUG, "quantity": 0}), ["Item 1: quantity 0 is less than 1"]),
    (_items({**MUG, "quantity": -1}), ["Item 1: quantity -1 is less than 1"]),
    (
        _items({**MUG, "quantity": 2**31}),
        ["Item 1: quantity 2147483648 is not a whole number within 32 bits"],
    ),
    (_items({**MUG, "valuePerItem": ""}), ["Item 1: valuePerItem is required"]),
    (_items({**MUG, "valuePerItem": -0.5}), ["Item 1: valuePerItem -0.5 is less than 0"]),
    (
        _items({**MUG, "valuePerItem": 1e300}),
        ["Item 1: valuePerItem 1e+300 is not a number up to 10^12"],
    ),
    (_items({**MUG, "weightPerItem": None}), ["Item 1: weightPerItem is required"]),
    (_items({**MUG, "weightPerItem": 0}), ["Item 1: weightPerItem 0 is not greater than 0"]),
    # What is said of a value that cannot be read or cannot be is said once.
    (
        _items({**MUG, "quantity": 10**20}, gross=None),
        ["Item 1: quantity 100000000000000000000 is not a whole number within 32 bits"],
    ),
    (
        _items({**MUG, "weightPerItem": "9" * 60}, gross=None),
        [f"Item 1: weightPerItem {'9' * 40}… is not a number up to 10^12"],
    ),
    (_items({**MUG, "weightPerItem": None}, gross=None), ["Item 1: weightPerItem is required"]),
    (
        _items({**MUG, "weightPerItem": -1}, gross=None),
        ["Item 1: weightPerItem -1 is not greater than 0"],
    ),
    (
        _items(dict(MUG), {**MUG, "quantity": 10**20}, gross=0.1),
        ["Item 2: quantity 100000000000000000000 is not a whole number within 32 bits"],
    ),
    (
        {"parcel": {"parcelGrossWeight": 1e300}},
        ["ParcelGrossWeight 1e+300 is not a number up to 10^12"],
    ),
    (
        {
            "parcel": {"type": "NonPostal"},
            "additionalInfo": {"serviceCode": "LOCKER"},
            "receiver": {"pickupPointId": 2**40},
        },
        ["Receiver: pickupPointId 1099511627776 is not a whole number within 32 bits"],
    ),
    (
        _items(dict(MUG), {**MUG, "hsCode": "6912"}),
        ["Item 2: HS code 6912 does not have 6 to 10 digits"],
    ),
    (
        _items({**MUG, "hsCode": "69120000000"}),
        ["Item 1: HS code 69120000000 does not have 6 to 10 digits"],
    ),
    (
        _items({**MUG, "hsCode": "6912.00"}),
        ["Item 1: HS code 6912.00 does not have 6 to 10 digits"],
    ),
    # Measures.
    (
        {"parcel": {"parcelGrossWeight": 0.3999}},
        ["Gross weight 0.3999 is less than the total weight of items 0.4"],
    ),
    (
        {"parcel": {"parcelGrossWeight": -1}},
        ["Gross weight -1 is less than the total weight of items 0.4"],
    ),
    (
        _items({**MUG, "weightPerItem": None}, gross=0),
        ["Item 1: weightPerItem is required", "Gross weight 0 is not greater than 0"],
    ),
    (
        {"parcel": {"height": -1, "width": "-0.5", "length": -2}},
        [
            "Height -1 is less than 0",
            "Width -0.5 is less than 0",
            "Length -2 is less than 0",
        ],
    ),
    # Service and kind.
    ({"additionalInfo": {"serviceCode": "X"}}, ["Service code X is not configured"]),
    (
        {"parcel": {"type": "Letter"}},
        [
            "Type Letter is not one of EMS, NonPostal, NotRegistered, ParcelUPU, Premium, Prime, "
            "Registered, SRM"
        ],
    ),
    (
        {"parcel": {"transactionType": "B2B"}},
        ["Transaction type B2B is not one of B2C, C2C"],
    ),
    (
        {"parcel": {"currency": "euro"}},
        ["Currency euro is not a code of three capital letters"],
    ),
    (
        {"additionalInfo": {"ordinal": 2**40}},
        ["Ordinal 1099511627776 is not a whole number within 32 bits"],
    ),
    ({"additionalInfo": {"shipDate": "tomorrow"}}, ["Ship date tomorrow is not a date"]),
    ({"additionalInfo": {"shipDate": "2026-02-30"}}, ["Ship date 2026-02-30 is not a date"]),
    # Receivers.
    (
        {"receiver": None},
        [
            "Receiver name is required",
            "Receiver address is required",
            "Receiver city is required",
            "Receiver countryCode is required",
        ],
    ),
    ({"receiver": {"name": ""}}, ["Receiver name is required"]),
    ({"receiver": {"address": None}}, ["Receiver address is required"]),
    ({"receiver": {"zipCode": ""}}, ["Receiver zipCode is required"]),
    ({"receiver": {"countryCode": ""}}, ["Receiver countryCode is required"]),
    (
        {"receiver": {"countryCode": "XX"}},
        ["Receiver countryCode XX is not the code of a country"],
    ),
    ({"receiver": {"pickupPointId": 999999}}, ["Pickup point 999999 is not found"]),
    # Senders.
    ({"parcel": {"transactionType": "C2C"}}, ["Sender is required for C2C"]),
    (
        {"parcel": {"transactionType": "C2C"}, "sender": {"name": "", "city": ""}},
        ["Sender is required for C2C"],
    ),
    (
        {"parcel": {"transactionType": "C2C"}, "sender": {"name": "Demo Shop"}},
        [
            "Sender address is required",
            "Sender city is required",
            "Sender countryCode is required",
        ],
    ),
    (
        {"sender": {"countryCode": "Estonia"}},
        ["Sender countryCode Estonia is not the code of a country"],
    ),
    # Shipments.
    ({"shipmentId": 4711}, ["Shipment 4711 is not found"]),
]


@pytest.mark.parametrize(("changes", "sentences"), ERRORS)
def test_errors_in_the_data_are_told_in_the_200(
    client: Client, changes: Json, sentences: list[str]
) -> None:
    answer = client.put_parcel(**changes)
    assert answer["status"]["errorDetails"] == sentences
    assert answer["status"]["hasErrors"] is True
    assert answer["status"]["warningDetails"] == []
    assert answer["identifiers"] == {
        "id": 90001,
        "parcelNr": None,
        "senderParcelNr": "ORD-20250-1",
    }
    assert (answer["references"]["printId"], answer["prints"]) == (None, [])
    assert client.get("/parcels/90001")["status"] == answer["status"]


WITHOUT_ERRORS: list[tuple[Json, list[str]]] = [
    ({"parcel": {"parcelGrossWeight": 0.4}}, []),
    ({"parcel": {"type": "registered", "transactionType": "b2c"}}, []),
    ({"parcel": {"transactionType": "C2C"}, "sender": SENDER}, []),
    ({"sender": {"name": "Only a name"}}, []),
    (_items({**MUG, "valuePerItem": 0}), []),
    (_items({**MUG, "hsCode": "6912001000"}), []),
    (_items({**MUG, "hsCode": ""}), ["Item 1: HS code is missing"]),
    (_items({**MUG, "description": "Documents", "hsCode": None}), []),
    ({"receiver": {"countryCode": "IE", "zipCode": ""}}, []),
    (
        {"additionalInfo": {"serviceCode": "LTPO", "taxType": "DDP", "taxIdentification": ""}},
        ["DDP to FI needs an IOSS number in taxIdentification"],
    ),
    (
        {"additionalInfo": {"taxIdentification": "IM37"}},
        ["taxIdentification IM37 is not an IOSS number: IM and 10 digits"],
    ),
    ({"additionalInfo": {"taxType": "DDU", "taxIdentification": ""}}, []),
    ({"additionalInfo": {"taxType": "ddu"}}, []),
    ({"additionalInfo": {"taxType": "DAP"}}, ["Tax type DAP is neither DDP nor DDU"]),
    ({"additionalInfo": {"shipDate": "2026-03-05"}}, []),
    ({"additionalInfo": {"shipDate": "2026-03-05 08:00:00"}}, []),
    ({"additionalInfo": {"shipDate": "2026-03-05T08:00:00Z"}}, []),
    ({"receiver": {"countryCode": "US"}, "additionalInfo": {"taxIdentification": ""}}, []),
    (
        {"additionalInfo": {"serviceCode": "LOCKER"}, "parcel": {"type": "NonPostal"}},
        ["Service LOCKER delivers to a pickup point, and pickupPointId is missing"],
    ),
]


@pytest.mark.parametrize(("changes", "warnings"), WITHOUT_ERRORS)
def test_what_is_only_doubtful_is_a_warning_beside_number_and_label(
    client: Client, changes: Json, warnings: list[str]
) -> None:
    answer = client.put_parcel(**changes)
    assert answer["status"]["errorDetails"] == []
    assert answer["status"]["warningDetails"] == warnings
    assert answer["status"]["hasWarnings"] is bool(warnings)
    assert answer["identifiers"]["parcelNr"] is not None
    assert answer["references"]["printId"] == 50001


def test_a_missing_hs_code_is_an_error_where_the_quirk_says_so(
    client: Client, workspace: Workspace
) -> None:
    workspace.quirk("postplus.missing_hs_code", "error")
    answer = client.put_parcel(**_items({**MUG, "hsCode": ""}))
    assert answer["status"]["errorDetails"] == ["Item 1: HS code is missing"]
    assert answer["status"]["warningDetails"] == []
    documents = client.put_parcel(**_items({**MUG, "description": "document", "hsCode": ""}))
    assert documents["status"]["errorDetails"] == []


@pytest.mark.parametrize(
    ("items", "value", "weight"),
    [
        ([(3, 0.1, 0.1)], 0.3, 0.3),
        ([(10, 19.99, 0.07), (7, 0.01, 0.1)], 199.97, 1.4),
        ([(1, "0.10", "0.000001")], 0.1, 0.000001),
    ],
)
def test_values_and_weights_are_decimal_sums_of_the_items(
    client: Client, items: list[tuple[Any, ...]], value: float, weight: float
) -> None:
    listed = [
        {**MUG, "quantity": quantity, "valuePerItem": price, "weightPerItem": heavy}
        for quantity, price, heavy in items
    ]
    answer = client.put_parcel(**_items(*listed, gross=None))
    assert answer["status"]["errorDetails"] == []
    assert answer["parcel"]["parcelValue"] == value
    assert answer["parcel"]["parcelGrossWeight"] == weight
    same = client.put_parcel(**_items(*listed, gross=weight))
    assert same["status"]["errorDetails"] == []


def test_the_weight_of_the_items_is_exact_to_the_last_digit(client: Client) -> None:
    heavy = {**MUG, "quantity": 1, "weightPerItem": 1_000_000_000_000}
    light = {**MUG, "quantity": 1, "weightPerItem": 0.1234567890123456}
    lighter = {**MUG, "quantity": 1, "weightPerItem": 1e-16}
    answer = client.put_parcel(**_items(heavy, light, lighter, gross=1))
    assert answer["status"]["errorDetails"] == [
        "Gross weight 1 is less than the total weight of items 1000000000000.1234567890123457"
    ]


ECHOED: list[tuple[Json, str]] = [
    ({"receiver": {"countryCode": "X" * 500}}, "Receiver countryCode {} is not the code of a "),
    ({"parcel": {"currency": "X" * 500}}, "Currency {} is not a code of three capital letters"),
    ({"parcel": {"type": "X" * 500}}, "Type {} is not one of EMS, "),
    ({"parcel": {"transactionType": "X" * 500}}, "Transaction type {} is not one of B2C, C2C"),
    ({"additionalInfo": {"serviceCode": "X" * 500}}, "Service code {} is not configured"),
    ({"additionalInfo": {"shipDate": "X" * 500}}, "Ship date {} is not a date"),
    (_items({**MUG, "hsCode": "X" * 500}), "Item 1: HS code {} does not have 6 to 10 digits"),
    ({"identifiers": {"parcelNr": "X" * 500}}, "Parcel number {} is not a UPU S10 number: "),
    (
        {"identifiers": {"senderParcelNr": "X" * 500}, "status": {"isCancelled": True}},
        "Parcel {} is not found",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), ECHOED)
def test_long_values_are_cut_where_they_are_told(
    client: Client, changes: Json, sentence: str
) -> None:
    [told] = client.put_parcel(**changes)["status"]["errorDetails"]
    assert told.startswith(sentence.format("X" * 40 + "…"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"taxIdentification": "X" * 500}, "taxIdentification {} is not an IOSS number: "),
        ({"taxType": "X" * 500}, "Tax type {} is neither DDP nor DDU"),
    ],
)
def test_long_values_are_cut_in_warnings_too(client: Client, changes: Json, sentence: str) -> None:
    [told] = client.put_parcel(additionalInfo=changes)["status"]["warningDetails"]
    assert told.startswith(sentence.format("X" * 40 + "…"))


def test_an_account_has_only_its_own_services(client: Client) -> None:
    other = client.with_key("sim-postplus-shipments-only")
    answer = other.put_parcel(additionalInfo={"serviceCode": "FREEP"})
    assert answer["status"]["errorDetails"] == ["Service code FREEP is not configured"]


def test_an_account_without_services_cannot_send(client: Client, workspace: Workspace) -> None:
    snapshot = workspace.control.get("/snapshot").json()
    [demo] = [each for each in snapshot["tables"]["postplus.accounts"] if each["id"] == 501]
    demo["services"] = []
    workspace.control.put("/snapshot", json=snapshot)
    answer = client.put_parcel(additionalInfo=None)
    assert answer["status"]["errorDetails"] == ["No service code is configured"]
    assert answer["references"]["carrier"] is None


def test_a_pickup_point_has_to_be_there_and_open(client: Client) -> None:
    points = client.get("/parcels/pickup-points/query", CountryCode="EE", IncludeInactive=True)
    by_state = {point["isActive"]: point["id"] for point in points["pickupPoints"]}
    locker = {"additionalInfo": {"serviceCode": "LOCKER"}, "parcel": {"type": "NonPostal"}}
    closed = client.put_parcel(receiver={**RECEIVER, "pickupPointId": by_state[False]}, **locker)
    assert closed["status"]["errorDetails"] == [f"Pickup point {by_state[False]} is not active"]
    receiver = {**RECEIVER, "countryCode": "EE", "pickupPointId": by_state[True]}
    open_ = client.put_parcel(receiver=receiver, **locker)
    assert (open_["status"]["errorDetails"], open_["status"]["warningDetails"]) == ([], [])
    shown = client.get("/parcels/90001", IncludeReceiver=True)
    assert shown["receiver"]["pickupPointId"] == by_state[True]
    abroad = client.put_parcel(nr="B", receiver={"pickupPointId": by_state[True]}, **locker)
    assert abroad["status"]["errorDetails"] == []
    assert abroad["status"]["warningDetails"] == [
        f"Pickup point {by_state[True]} is in EE, the receiver is in FI"
    ]
