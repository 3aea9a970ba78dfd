"""The numbers of bags on their way: despatches, and receptacles after the pattern of S9."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from simulator.carriers.postplus.labels.receptacles import despatches, outbound_numbers
from simulator.carriers.postplus.records import DeclaredBag, Parcel, Party, Shipment

AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


def shipment(**changes: Any) -> Shipment:
    """A submitted shipment at the terminal of Tallinn."""
    fields: dict[str, Any] = {
        "id": 3001,
        "account_id": 501,
        "type": "AWB",
        "shipment_nr": "117-70123454",
        "terminal_code": "TLL",
        "created_on": AT,
        "submitted_on": AT,
    }
    return Shipment(**{**fields, **changes})


def parcel(
    bag: str | None, country: str = "FI", mail_type: str = "Registered", **changes: Any
) -> Parcel:
    """A parcel of 0.42 kg in a bag."""
    fields: dict[str, Any] = {
        "id": 90001,
        "account_id": 501,
        "bag_nr": bag,
        "type": mail_type,
        "gross_weight": Decimal("0.42"),
        "receiver": Party(country_code=country),
        "created_on": AT,
        "updated_on": AT,
    }
    return Parcel(**{**fields, **changes})


def test_a_receptacle_tells_offices_class_place_and_weight() -> None:
    [despatch] = despatches(shipment(), [parcel("B1"), parcel("B2"), parcel("B2")])
    assert [each.code for each in despatch.receptacles] == [
        "EETLLAFIHELAAUR60010001010005",
        "EETLLAFIHELAAUR60010002110009",
    ]
    assert {len(each.code) for each in despatch.receptacles} == {29}
    assert despatch.code == "EETLLAFIHELAAUR60010"


def test_each_country_and_class_of_mail_is_a_despatch() -> None:
    found = despatches(
        shipment(),
        [
            parcel("B1", "SE", "EMS"),
            parcel("B2", "FI", "ParcelUPU"),
            parcel("B3", "FI", "NotRegistered"),
            parcel("B4", "FI", "Prime"),
            parcel("B5", "FI", "SRM"),
        ],
    )
    assert [(each.country, each.mail_class, each.number) for each in found] == [
        ("FI", "CN", "0010"),
        ("FI", "UN", "0011"),
        ("FI", "UR", "0012"),
        ("FI", "UX", "0013"),
        ("SE", "EN", "0014"),
    ]


def test_what_goes_by_road_is_surface_mail() -> None:
    [despatch] = despatches(shipment(type="CMR"), [parcel("B1")])
    assert despatch.code[12] == "C"


def test_countries_and_terminals_without_a_known_office_have_a_made_up_one() -> None:
    [despatch] = despatches(shipment(terminal_code="QQ"), [parcel("B1", "BT")])
    assert despatch.code[:12] == "XXQQXABTXXXA"


def test_what_is_cancelled_or_has_errors_stays_behind() -> None:
    kept, gone, wrong = (
        parcel("B1"),
        parcel("B2", is_cancelled=True),
        parcel("B3", errors=("Receiver has no name",)),
    )
    assert [each.items for each in despatches(shipment(), [kept, gone, wrong])] == [1]
    assert list(outbound_numbers(shipment(), [kept, gone, wrong])) == ["B1"]


def test_bags_have_numbers_once_they_are_submitted() -> None:
    assert outbound_numbers(shipment(submitted_on=None), [parcel("B1")]) == {}


def test_a_bag_for_two_countries_has_two_numbers_and_loose_items_have_none() -> None:
    parcels = [parcel("B1", "FI"), parcel("B1", "SE"), parcel(None, "FI")]
    [(bag, numbers)] = outbound_numbers(shipment(), parcels).items()
    assert bag == "B1"
    assert [number[6:12] for number in numbers.split(",")] == ["FIHELA", "SESTOA"]


def test_declared_bags_are_taken_as_they_are() -> None:
    bag = DeclaredBag("B1", "SE", total_weight=Decimal("99999"), total_items=31)
    [despatch] = despatches(shipment(bags=(bag,)), [])
    assert (despatch.items, despatch.weight) == (31, Decimal(99999))
    assert despatch.receptacles[0].code.endswith("001109999")
