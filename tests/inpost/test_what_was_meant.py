"""A value that is not known is told with the one that may be meant, and with all that would do."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.inpost.shipx import BY_LOCKER, POSTPAID, RECEIVER, Json, box, c2c, courier, locker, post
from tests.support.server import Workspace


def finding(workspace: Workspace, answer: httpx2.Response) -> Json:
    """The only finding of an exchange that was refused."""
    assert answer.status_code == 400, answer.text
    entry = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}").json()
    [found] = entry["findings"]
    told: Json = found
    return told


WRONG: list[tuple[Any, str, str | None, Any]] = [
    (
        locker(service="inpost_locker_standart"),
        "inpost_locker_standart",
        "inpost_locker_standard",
        ...,
    ),
    (locker(additional_services=["smss"]), "smss", "sms", ...),
    (locker(custom_attributes={**BY_LOCKER, "target_point": "KRA0100"}), "KRA0100", "KRA010", None),
    (locker(custom_attributes={**BY_LOCKER, "dropoff_point": "WAW478"}), "WAW478", "WAW478M", None),
    (locker(insurance={"amount": 5, "currency": "pln"}), "pln", "PLN", ["PLN"]),
    (c2c(parcels={"template": "letter_a"}), "letter_a", None, ...),
    (
        locker(custom_attributes={**BY_LOCKER, "sending_method": "branch"}),
        "branch",
        None,
        ...,
    ),
]


@pytest.mark.parametrize(("body", "sent", "meant", "allowed"), WRONG)
def test_a_create_is_told_which_value_was_meant_and_which_would_do(
    workspace: Workspace, body: Json, sent: str, meant: str | None, allowed: Any
) -> None:
    found = finding(workspace, post(workspace, body))
    assert found["value"] == sent
    if meant is not None:
        assert found["message"].endswith(f' (did you mean "{meant}"?)')
    if allowed is ...:
        assert meant is None or meant in found["allowed"]
        assert found["allowed"]
    else:
        assert found["allowed"] == allowed


@pytest.mark.parametrize(
    ("method", "path", "wrap"),
    [
        ("POST", "/v1/organizations/1/batches", lambda body: {"shipments": [body]}),
        (
            "POST",
            "/v1/organizations/1/shipments/calculate",
            lambda body: {"shipments": [{**body, "id": "A"}]},
        ),
    ],
)
def test_so_is_every_other_way_to_a_shipment(
    workspace: Workspace, method: str, path: str, wrap: Any
) -> None:
    body = wrap(locker(service="inpost_locker_standart"))
    answer = workspace.client.request(method, path, json=body)
    entry = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}").json()
    [found] = [each for each in entry["findings"] if each["path"][-1] == "service"]
    assert found["message"].endswith(' (did you mean "inpost_locker_standard"?)')
    assert "inpost_locker_standard" in found["allowed"]


@pytest.mark.parametrize("height", [0, 1_000_000_000])
def test_a_side_that_is_out_of_bounds_is_told_both(workspace: Workspace, height: int) -> None:
    sides = {"length": 100, "width": 100, "height": height}
    body = courier(parcels=[box(dimensions=sides)])
    found = finding(workspace, post(workspace, body, POSTPAID))
    assert found["value"] == height
    assert {"minimum": 1, "maximum": 1_000_000}.items() >= found["allowed"].items()


def test_a_country_is_told_to_be_one_of_two_letters(workspace: Workspace) -> None:
    address = {"street": "Prosta", "building_number": "1", "city": "Kraków", "post_code": "30-001"}
    receiver = {**RECEIVER, "address": {**address, "country_code": "Polska"}}
    found = finding(workspace, post(workspace, locker(receiver=receiver)))
    assert found["value"] == "Polska"
    assert "two letters like PL" in found["message"]


def test_a_report_in_another_format_is_told_the_only_one(workspace: Workspace) -> None:
    query = "start_date=2026-03-01&end_date=2026-03-02&format=xls"
    answer = workspace.client.get(f"/v1/organizations/1/reports/cod?{query}")
    found = finding(workspace, answer)
    assert (found["value"], found["allowed"]) == ("xls", ["csv"])
    assert "'xls' is not csv" in found["message"]


def test_a_dictionary_is_asked_in_a_sentence_that_can_be_read(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/sending_methods?service=inpost_lockr_standard")
    found = finding(workspace, answer)
    assert found["message"].endswith(
        'is not a service of GET /v1/services (did you mean "inpost_locker_standard"?)'
    )
    entry = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}").json()
    assert "?," not in " ".join(entry["why"])


def test_a_filter_of_ids_is_named_as_the_caller_named_it(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/organizations/1/shipments?id=15000001,abc")
    assert answer.json()["details"] == {"shipment": ["id_abc_does_not_exist"]}
    found = finding(workspace, answer)
    assert (found["path"], found["value"]) == (["id"], "abc")
