"""The account of a key, for every key that a fresh workspace knows."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.carriers.postplus.default_world import KEYS_HELP
from tests.postplus.client import TEST_KEY, Client

CUSTOMER = ["parcels", "shipments", "documents", "tracking", "hs-codes", "accounts"]
SHIPPER = ["parcels", "shipments", "documents", "tracking", "accounts"]
SERVICES = ["UZPO", "UZPO-PRIME", "LTPO", "FREEP", "LOCKER"]
RANGE = {"prefix": "RF", "from": 0, "to": 99_999, "countryCode": "LT"}

ACCOUNTS: dict[str, dict[str, Any]] = {
    TEST_KEY: {
        "id": 501,
        "name": "Demo Shop",
        "environment": "test",
        "scopes": CUSTOMER,
        "serviceCodes": SERVICES,
        "parcelNrRanges": [RANGE],
    },
    "sim-postplus-production": {
        "id": 601,
        "name": "Production Shop",
        "environment": "production",
        "scopes": CUSTOMER,
        "serviceCodes": SERVICES,
        "parcelNrRanges": [{**RANGE, "prefix": "RP"}],
    },
    "sim-postplus-shipments-only": {
        "id": 502,
        "name": "Shipments Only",
        "environment": "test",
        "scopes": SHIPPER,
        "serviceCodes": ["UZPO", "LTPO"],
        "parcelNrRanges": [],
    },
    "sim-postplus-documents-first": {
        "id": 503,
        "name": "Documents First",
        "environment": "test",
        "scopes": CUSTOMER,
        "serviceCodes": ["LTPO"],
        "parcelNrRanges": [],
    },
}
WITHOUT_THE_SCOPE = (
    "integration-api-key-12345",
    "labelapitest1234567890",
    "sim-postplus-integration-production",
)


def test_every_default_key_is_tried_here() -> None:
    assert sorted((*ACCOUNTS, *WITHOUT_THE_SCOPE)) == sorted(key for key, _ in KEYS_HELP)


@pytest.mark.parametrize("key", ACCOUNTS)
def test_an_account_tells_its_scopes_services_and_ranges(client: Client, key: str) -> None:
    assert client.with_key(key).get("/accounts/current") == ACCOUNTS[key]


@pytest.mark.parametrize("key", WITHOUT_THE_SCOPE)
def test_a_key_without_the_scope_is_refused(client: Client, key: str) -> None:
    problem = client.with_key(key).refused(403, "GET", "/accounts/current")
    assert problem["detail"] == "API key is not authorized to perform this operation"


@pytest.mark.parametrize(
    ("key", "detail"), [(None, "API key is missing"), ("nobody", "API key is not valid")]
)
def test_without_a_known_key_there_is_no_account(
    client: Client, key: str | None, detail: str
) -> None:
    assert client.with_key(key).refused(401, "GET", "/accounts/current")["detail"] == detail


def test_the_path_may_be_written_in_any_letter_case(client: Client) -> None:
    assert client.get("/Accounts/CURRENT") == ACCOUNTS[TEST_KEY]
