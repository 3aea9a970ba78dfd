"""Numbers of parcels: generated ones by mail type and service, and those of the client's range."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.carriers.postplus.rules import numbers
from simulator.core import s10
from tests.postplus.client import Client, Json, parcel
from tests.postplus.reading import notes
from tests.support.server import Workspace

GIVEN = "RF000000028LT"


def given(client: Client, number: str, nr: str | None = "ORD-1", **changes: Any) -> Json:
    """The answer to a parcel with a number of the client's own."""
    identifiers = {"senderParcelNr": nr, "parcelNr": number}
    return client.put_parcel(identifiers=identifiers, **changes)


@pytest.mark.parametrize(
    ("kind", "service", "number"),
    [
        ("Registered", "LTPO", "RR000070015LT"),
        ("Registered", "UZPO", "RR000070015UZ"),
        ("EMS", "UZPO", "EE000070015UZ"),
        ("ParcelUPU", "UZPO", "CC000070015UZ"),
        ("Prime", "LTPO", "LL000070015LT"),
        ("Premium", "LTPO", "LP000070015LT"),
        ("SRM", "FREEP", "LS000070015EE"),
        ("NotRegistered", "UZPO-PRIME", "UU000070015UZ"),
    ],
)
def test_a_postal_number_is_s10_by_mail_type_and_country_of_the_service(
    client: Client, kind: str, service: str, number: str
) -> None:
    answer = client.put_parcel(parcel={"type": kind}, additionalInfo={"serviceCode": service})
    assert answer["identifiers"]["parcelNr"] == number
    assert answer["references"]["carrierParcelNr"] == number
    assert answer["prints"][0]["barcodes"] == [number]
    assert numbers.fault(number) is None


def test_a_parcel_that_does_not_travel_by_post_has_a_number_of_ours_and_one_of_its_carrier(
    client: Client,
) -> None:
    answer = client.put_parcel(
        parcel={"type": "NonPostal"}, additionalInfo={"serviceCode": "LOCKER"}
    )
    assert answer["identifiers"]["parcelNr"] == "PPNP0000007001"
    assert answer["references"]["carrierParcelNr"] == "DPB00000007001"
    assert answer["references"]["carrier"] == "DPD Baltics"


def test_services_of_one_country_share_a_pool_and_no_number_comes_twice(client: Client) -> None:
    seen = [
        client.put_parcel(
            nr=f"{service}-{number}",
            parcel={"type": "NotRegistered"},
            additionalInfo={"serviceCode": service},
        )["identifiers"]["parcelNr"]
        for number in range(5)
        for service in ("UZPO", "UZPO-PRIME")
    ]
    assert len(set(seen)) == 10
    assert all(numbers.fault(number) is None for number in seen)


def test_a_number_of_the_accounts_range_is_echoed_and_tracked(client: Client) -> None:
    answer = given(client, GIVEN)
    assert answer["identifiers"]["parcelNr"] == GIVEN
    assert answer["references"]["carrierParcelNr"] == GIVEN
    assert answer["status"]["errorDetails"] == []
    assert answer["status"]["warningDetails"] == []
    tracked = client.get("/tracking/parcel-nrs/get-many", ParcelNrs=GIVEN)
    assert [each["parcelNr"] for each in tracked] == [GIVEN]


def test_a_number_of_the_range_alone_identifies_the_parcel(client: Client) -> None:
    made = given(client, GIVEN, nr=None)
    assert made["identifiers"] == {"id": 90001, "parcelNr": GIVEN, "senderParcelNr": None}
    assert given(client, GIVEN, nr=None)["identifiers"] == made["identifiers"]
    named = given(client, GIVEN, nr="LATER")
    assert named["identifiers"] == {"id": 90001, "parcelNr": GIVEN, "senderParcelNr": "LATER"}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            "RF000000029LT",
            "Parcel number RF000000029LT has the check digit 9, it should be 8",
        ),
        (
            "RF001000007LT",
            "Parcel number RF001000007LT is not in a number range of this account",
        ),
        (
            "RR000000028LT",
            "Parcel number RR000000028LT is not in a number range of this account",
        ),
        (
            "RF000000028EE",
            "Parcel number RF000000028EE is not in a number range of this account",
        ),
        (
            "LP00000005PP",
            "Parcel number LP00000005PP is not a UPU S10 number: "
            "2 capital letters, 8 digits, a check digit, a country",
        ),
        (
            "ORD-7",
            "Parcel number ORD-7 is not a UPU S10 number: "
            "2 capital letters, 8 digits, a check digit, a country",
        ),
    ],
)
def test_other_numbers_are_errors_and_not_echoed(
    client: Client, number: str, sentence: str
) -> None:
    answer = given(client, number)
    assert answer["status"]["errorDetails"] == [sentence]
    assert answer["identifiers"] == {"id": 90001, "parcelNr": None, "senderParcelNr": "ORD-1"}
    client.refused(404, "GET", f"/parcels/parcel-nrs/{number}")


def test_a_number_used_twice_is_an_error_of_the_second_parcel(client: Client) -> None:
    given(client, GIVEN)
    second = given(client, GIVEN, nr="ORD-2")
    assert second["identifiers"] == {"id": 90002, "parcelNr": None, "senderParcelNr": "ORD-2"}
    assert second["status"]["errorDetails"] == [f"Parcel number {GIVEN} is already used"]
    corrected = given(client, "RF000000031LT", nr="ORD-2")
    assert corrected["identifiers"] == {
        "id": 90002,
        "parcelNr": "RF000000031LT",
        "senderParcelNr": "ORD-2",
    }


def test_a_number_appears_only_when_the_data_have_no_errors(client: Client) -> None:
    wrong = given(client, GIVEN, nr=None, receiver={"city": ""})
    assert wrong["identifiers"] == {"id": 90001, "parcelNr": None, "senderParcelNr": None}
    right = given(client, GIVEN, nr=None)
    assert right["identifiers"] == {"id": 90001, "parcelNr": GIVEN, "senderParcelNr": None}


def test_a_number_that_only_a_faulty_parcel_asks_for_is_still_free(client: Client) -> None:
    given(client, GIVEN, receiver={"city": ""})
    assert given(client, GIVEN, nr="ORD-2")["identifiers"]["parcelNr"] == GIVEN
    late = given(client, GIVEN)
    assert late["status"]["errorDetails"] == [
        f"parcelNr {GIVEN} and senderParcelNr ORD-1 belong to different parcels"
    ]


def test_a_refused_number_goes_when_a_request_leaves_it_out(
    client: Client, workspace: Workspace
) -> None:
    given(client, "RF000000029LT")
    answer = client.put_parcel(nr="ORD-1")
    assert answer["identifiers"]["parcelNr"] == "RR000070015LT"
    assert notes(workspace) == [
        "Parcel number RF000000029LT, which an earlier request gave, was not honoured."
    ]


def test_a_good_number_is_kept_until_the_rest_is_corrected(client: Client) -> None:
    given(client, GIVEN, receiver={"city": ""})
    assert client.put_parcel(nr="ORD-1")["identifiers"]["parcelNr"] == GIVEN


def test_a_range_belongs_to_one_account(client: Client) -> None:
    other = client.with_key("sim-postplus-shipments-only")
    assert given(other, GIVEN)["status"]["errorDetails"] == [
        f"Parcel number {GIVEN} is not in a number range of this account"
    ]


def test_without_a_type_the_letter_of_the_number_tells_it(client: Client) -> None:
    made = given(client, GIVEN, parcel={"type": ""})
    assert made["parcel"]["type"] == "Registered"
    other = given(client, "RF000000031LT", nr="ORD-2", parcel={"type": "Prime"})
    assert other["parcel"]["type"] == "Prime"
    assert other["status"]["errorDetails"] == []
    assert other["status"]["warningDetails"] == [
        "Parcel number RF000000031LT speaks for Registered, the parcel is Prime"
    ]


def test_lenient_numbers_need_no_check_digit_but_still_a_range(
    client: Client, workspace: Workspace
) -> None:
    workspace.quirk("postplus.numbers", "lenient")
    assert given(client, "RF00000005LT")["identifiers"]["parcelNr"] == "RF00000005LT"
    assert given(client, "RF000000069LT", nr="B")["identifiers"]["parcelNr"] == "RF000000069LT"
    assert given(client, "LP00000005PP", nr="C")["status"]["errorDetails"] == [
        "Parcel number LP00000005PP is not in a number range of this account"
    ]
    assert given(client, "RF0000005LT", nr="D")["status"]["errorDetails"] == [
        "Parcel number RF0000005LT is not a UPU number: 2 capital letters, 8 or 9 digits, a country"
    ]


def _use_up(workspace: Workspace, pool: str, last: int) -> None:
    snapshot = workspace.control.get("/snapshot").json()
    [counters] = snapshot["tables"]["engine.numbers"]
    counters["last"][f"postplus.numbers.{pool}"] = last
    response = workspace.control.put("/snapshot", json=snapshot)
    assert response.status_code < 300, response.text


def test_the_last_number_of_a_pool_is_given_and_then_it_is_used_up(
    client: Client, workspace: Workspace
) -> None:
    client.put_parcel()
    _use_up(workspace, "RRLT", s10.LAST_SERIAL - 1)
    last = client.put_parcel(nr="LAST")
    assert last["identifiers"]["parcelNr"] == "RR999999995LT"
    late = client.put_parcel(nr="LATE")
    assert late["status"]["errorDetails"] == ["The numbers for Registered by LTPO are used up"]
    assert late["identifiers"] == {"id": 90003, "parcelNr": None, "senderParcelNr": "LATE"}
    other = client.put_parcel(nr="LATE", parcel={"type": "Prime"})
    assert other["identifiers"]["parcelNr"] == "LL000070015LT"


def test_the_numbers_of_non_postal_parcels_can_be_used_up_too(
    client: Client, workspace: Workspace
) -> None:
    changes: Json = {
        "parcel": {"type": "NonPostal"},
        "additionalInfo": {"serviceCode": "LOCKER"},
    }
    client.put_parcel(**changes)
    _use_up(workspace, "non_postal", s10.LAST_SERIAL)
    assert client.put_parcel(nr="LATE", **changes)["status"]["errorDetails"] == [
        "The numbers for NonPostal by LOCKER are used up"
    ]


def test_generated_numbers_keep_out_of_every_accounts_range(
    client: Client, workspace: Workspace
) -> None:
    snapshot = workspace.control.get("/snapshot").json()
    [demo] = [each for each in snapshot["tables"]["postplus.accounts"] if each["id"] == 501]
    demo["ranges"].append({"prefix": "RR", "country": "LT", "first": 7000, "last": 7005})
    workspace.control.put("/snapshot", json=snapshot)
    assert client.put_parcel()["identifiers"]["parcelNr"] == s10.compose("RR", 7006, "LT")
    own = s10.compose("RR", 7003, "LT")
    assert given(client, own, nr="ORD-2")["identifiers"]["parcelNr"] == own


def test_each_workspace_has_its_own_numbers(client: Client, new_workspace: Any) -> None:
    other = Client(new_workspace())
    assert client.put_parcel() == other.put_parcel()
    other.close()


def test_the_body_of_the_documents_has_the_number_that_it_shows_but_for_the_country() -> None:
    assert parcel()["additionalInfo"]["serviceCode"] == "LTPO"
    assert s10.compose("RR", 7001, "EE") == "RR000070015EE"
