"""The report on cash on delivery."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from simulator.carriers.inpost.account.reports import COLUMNS
from tests.inpost.confirmed import LOCKER, confirmed
from tests.support.server import Workspace

PATH = "/v1/organizations/1/reports/cod"
MARCH = {"start_date": "2026-03-01", "end_date": "2026-03-31"}
COD = {"amount": 49.9, "currency": "PLN"}


def report(workspace: Workspace, **parameters: str) -> list[dict[str, str]]:
    answer = workspace.client.get(PATH, params={**MARCH, **parameters})
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text), delimiter=";"))


def test_the_report_is_a_csv_file(workspace: Workspace) -> None:
    answer = workspace.client.get(PATH, params={**MARCH, "format": "CSV"})

    assert answer.headers["Content-Type"].partition(";")[0] == "application/csv"
    assert answer.headers["Content-Transfer-Encoding"] == "binary"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="cod_2026-03-01_2026-03-31.csv"'
    )
    assert answer.text == ";".join(COLUMNS) + "\r\n"


def test_bought_shipments_with_cod_are_listed_oldest_first(workspace: Workspace) -> None:
    first = confirmed(workspace, cod=COD, insurance=COD)
    confirmed(workspace)
    workspace.client.post("/v1/organizations/1/shipments", json={**LOCKER, "cod": COD})
    # The third is still being prepared when the report is drawn.
    rows = report(workspace)

    assert rows == [
        {
            "shipment_id": str(first["id"]),
            "tracking_number": first["tracking_number"],
            "reference": "ORDER-1001",
            "service": "inpost_locker_standard",
            "cod_amount": "49.90",
            "currency": "PLN",
            "status": "confirmed",
            "created_at": first["created_at"],
            "delivered_at": "",
        }
    ]

    workspace.advance("3s")
    assert [row["shipment_id"] for row in report(workspace)] == [
        str(first["id"]),
        str(first["id"] + 2),
    ]


def test_days_are_those_of_warsaw_and_both_ends_count(workspace: Workspace) -> None:
    workspace.freeze("2026-03-10T00:30:00+01:00")
    confirmed(workspace, cod=COD, insurance=COD)

    def found(start: str, end: str) -> int:
        return len(report(workspace, start_date=start, end_date=end))

    assert found("2026-03-10", "2026-03-10") == 1
    assert found("2026-03-01", "2026-03-09") == 0
    assert found("2026-03-11", "2026-03-31") == 0


@pytest.mark.parametrize("reference", ["=1+1", "@SUM(A1)", "-12", "+48 600", 'a;b"c'])
def test_a_reference_is_never_a_formula(workspace: Workspace, reference: str) -> None:
    confirmed(workspace, cod=COD, insurance=COD, reference=reference)

    shown = report(workspace)[0]["reference"]

    assert shown.removeprefix("'") == reference
    assert not shown.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("parameters", "details"),
    [
        ({}, {"start_date": ["required"], "end_date": ["required"]}),
        ({**MARCH, "format": "docx"}, {"format": ["invalid"]}),
        ({**MARCH, "start_date": "2026-04-01"}, {"start_date": ["invalid"]}),
        ({**MARCH, "start_date": "soon"}, {"start_date": ["invalid"]}),
        ({**MARCH, "end_date": "2026-02-30"}, {"end_date": ["invalid"]}),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(
    workspace: Workspace, parameters: dict[str, str], details: dict[str, Any]
) -> None:
    answer = workspace.client.get(PATH, params=parameters)

    assert answer.status_code == 400
    assert answer.json()["error"] == "validation_failed"
    assert answer.json()["details"] == details


def test_the_report_of_another_organization_is_forbidden(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/organizations/2/reports/cod", params=MARCH)

    assert answer.status_code == 403
