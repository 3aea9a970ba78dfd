"""A number of an offline range that was used once is never free again (D18)."""

from __future__ import annotations

import pytest

from tests.postplus.client import Client, Json
from tests.postplus.test_parcel_numbers import GIVEN, given

USED = [f"Parcel number {GIVEN} is already used"]


def errors(answer: Json) -> list[str]:
    """The sentences of an answer."""
    found: list[str] = answer["status"]["errorDetails"]
    return found


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_number_stays_used_when_its_parcel_is_gone(client: Client, cancelled: bool) -> None:
    parcel_id = given(client, GIVEN)["identifiers"]["id"]
    if cancelled:
        client.put_parcel(identifiers={"id": parcel_id}, status={"isCancelled": True})
        assert errors(given(client, GIVEN, nr="ORD-2")) == USED
    client.ok("DELETE", f"/parcels/{parcel_id}")
    answer = given(client, GIVEN, nr="ORD-3")
    assert errors(answer) == USED
    assert answer["identifiers"]["parcelNr"] is None


def test_a_number_that_a_parcel_had_before_another_one_is_used(client: Client) -> None:
    client.workspace.quirk("postplus.core_change", "update")
    given(client, GIVEN)
    assert given(client, "RF000000031LT")["identifiers"]["parcelNr"] == "RF000000031LT"
    other = given(client, GIVEN, nr="ORD-2")
    assert errors(other) == USED
    client.ok("DELETE", f"/parcels/{other['identifiers']['id']}")
    # the parcel itself may go back to it
    assert given(client, GIVEN)["identifiers"]["parcelNr"] == GIVEN


def test_a_number_that_only_a_faulty_parcel_asked_for_was_not_used(client: Client) -> None:
    faulty = given(client, GIVEN, receiver={"city": ""})
    client.ok("DELETE", f"/parcels/{faulty['identifiers']['id']}")
    assert given(client, GIVEN, nr="ORD-2")["identifiers"]["parcelNr"] == GIVEN


def test_a_reset_of_the_test_data_frees_the_numbers(client: Client) -> None:
    parcel_id = given(client, GIVEN)["identifiers"]["id"]
    client.ok("DELETE", f"/parcels/{parcel_id}")
    client.workspace.do("postplus.reset_test_data")
    assert given(client, GIVEN)["identifiers"]["parcelNr"] == GIVEN
