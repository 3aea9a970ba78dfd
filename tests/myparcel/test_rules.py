"""Every rule about bodies, in each of its readings: what is taken, and the code of what is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.myparcel.bodies import BELGIAN, CUSTOMS, DUTCH, changed, dutch, shipment, swiss
from tests.myparcel.client import Shop, codes, faults
from tests.myparcel.reading_rows import DOCUMENTED, LENIENT, ONE_BY_ONE, STRICT
from tests.myparcel.rule_rows import BOTH, SAFE, insured
from tests.myparcel.value_rows import VALUES
from tests.support.server import START, Workspace

EITHER = BOTH + VALUES


@contextmanager
def reading(server: str, strict: bool | None) -> Iterator[Shop]:
    """A shop for all rows of a reading: they leave nothing that another row could meet.

    `strict` is None for the profile of the documents.
    """
    workspace = Workspace(server, f"rules-{os.getpid()}-{strict}")
    workspace.freeze(START)
    if strict is None:
        workspace.control.post("/reset", json={"profile": "documented"})
    else:
        workspace.quirk("myparcel.edition", "2017")
        workspace.quirk("myparcel.strict", strict)
    shop = Shop(workspace)
    yield shop
    shop.close()
    workspace.close()


@pytest.fixture(scope="module")
def lenient(server: str) -> Iterator[Shop]:
    with reading(server, strict=False) as shop:
        yield shop


@pytest.fixture(scope="module")
def strict(server: str) -> Iterator[Shop]:
    with reading(server, strict=True) as shop:
        yield shop


def judged(shop: Shop, body: dict[str, Any]) -> list[tuple[int, str]]:
    """The codes and places of what is wrong with a shipment; none when it was created."""
    response = shop.post_shipments([body])
    if response.status_code == 200:
        return []
    assert response.status_code == 422, response.text
    prefix = "data.shipments[0]."
    return sorted((each.code, each.field.removeprefix(prefix)) for each in faults(response))


def ids(rows: list[Any]) -> list[str]:
    return [f"{number}: {row[0]}" for number, row in enumerate(rows)]


@pytest.mark.parametrize(("rule", "body", "faults"), EITHER + LENIENT, ids=ids(EITHER + LENIENT))
def test_a_rule_in_its_lenient_reading(
    lenient: Shop, rule: str, body: dict[str, Any], faults: list[tuple[int, str]]
) -> None:
    assert judged(lenient, body) == sorted(faults)


@pytest.mark.parametrize(("rule", "body", "faults"), EITHER + STRICT, ids=ids(EITHER + STRICT))
def test_a_rule_in_its_strict_reading(
    strict: Shop, rule: str, body: dict[str, Any], faults: list[tuple[int, str]]
) -> None:
    assert judged(strict, body) == sorted(faults)


@pytest.fixture(scope="module")
def documented(server: str) -> Iterator[Shop]:
    with reading(server, strict=None) as shop:
        yield shop


@pytest.mark.parametrize(("rule", "body", "faults"), DOCUMENTED, ids=ids(DOCUMENTED))
def test_a_rule_in_the_documented_profile(
    documented: Shop, rule: str, body: dict[str, Any], faults: list[tuple[int, str]]
) -> None:
    assert judged(documented, body) == sorted(faults)


def test_an_amount_that_is_none_is_told_with_those_that_are(lenient: Shop, strict: Shop) -> None:
    body = dutch(**SAFE, **insured(30001))
    told = [
        shop.post_shipments([body]).json()["errors"][0]["human"][0] for shop in (lenient, strict)
    ]
    assert told == [
        "30001 is not one of 5000, 10000, 25000, 50000, a multiple of 50000 or at least 500000",
        "30001 is not one of 5000, 25000, 50000 or at least 500000",
    ]


@pytest.mark.parametrize(
    ("quirk", "value", "body", "faults"),
    ONE_BY_ONE,
    ids=[f"{row[0]} {row[1]}" for row in ONE_BY_ONE],
)
def test_a_reading_is_switched_by_itself(
    shop: Shop, quirk: str, value: Any, body: dict[str, Any], faults: list[tuple[int, str]]
) -> None:
    shop.workspace.quirk(f"myparcel.{quirk}", value)
    assert judged(shop, body) == faults


def test_a_whole_street_holds_the_number_from_version_1_1_on(shop: Shop) -> None:
    body = changed(shipment(), "recipient.number", None)
    body["recipient"]["street"] = "Kruytgebouw 8"
    plain = shop.post_shipments([body])
    assert plain.status_code == 422
    whole = shop.post_shipments([body], "application/vnd.shipment+json;version=1.1;charset=utf-8")
    assert whole.status_code == 200, whole.text
    body["recipient"]["street"] = "Kruytgebouw"
    missing = shop.post_shipments([body], "application/vnd.shipment+json;version=1.1")
    assert codes(missing) == [3503]


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_stored(shop: Shop) -> None:
    good = shipment()
    shop.workspace.quirk("myparcel.edition", "2017")
    bad = shipment({"cc": "NL", "number": "8"}, carrier=9, options={"package_type": 2, "return": 4})
    response = shop.post_shipments([good, bad, {"recipient": DUTCH}])
    assert response.status_code == 422
    assert {(each.code, each.field) for each in faults(response)} == {
        (3705, "data.shipments[1].options.return"),
        (3501, "data.shipments[1].recipient.city"),
        (3501, "data.shipments[1].recipient.street"),
        (3514, "data.shipments[1].recipient.person"),
        (3505, "data.shipments[1].recipient.postal_code"),
        (3728, "data.shipments[1].carrier"),
        (3728, "data.shipments[2].carrier"),
        (3712, "data.shipments[2].options"),
    }
    assert shop.workspace.records("myparcel", "shipments") == []


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("recipient", []),
        ("recipient", "Utrecht"),
        ("options", 1),
        ("pickup", "shop"),
        ("general_settings", 3),
        ("physical_properties", "heavy"),
        ("customs_declaration", 7),
    ],
)
def test_a_value_of_another_kind_is_a_finding_at_its_place(
    shop: Shop, member: str, value: Any
) -> None:
    response = shop.post_shipments([{**swiss(), member: value}])
    assert response.status_code == 422
    fields = [field for error in response.json()["errors"] for field in error["fields"]]
    assert f"data.shipments[0].{member}" in fields


def test_customs_are_asked_for_outside_the_union_only(shop: Shop) -> None:
    assert judged(shop, shipment(BELGIAN, customs_declaration={**CUSTOMS, "contents": 9})) == []
