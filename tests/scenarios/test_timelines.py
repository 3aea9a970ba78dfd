"""What the world does in a story: at instants, after events, after statuses, after requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from tests.inpost.shipx import create, locker
from tests.scenarios.conftest import Load, put
from tests.support.server import Workspace

TOP_UP = "{ inpost.top_up: { organization: 1, amount: 1 } }"


def acted(workspace: Workspace) -> list[str]:
    """The instants at which timelines acted."""
    events = workspace.control.get("/events?event=scenario.acted").json()["items"]
    return [each["at"].replace("2026-", "").removesuffix(":00Z") for each in events]


def entry(workspace: Workspace, number: int = 0) -> dict[str, Any]:
    (loaded,) = workspace.control.get("/scenario").json()["items"]
    found: dict[str, Any] = loaded["timeline"][number]
    return found


def status(workspace: Workspace, shipment: int) -> str:
    text: str = workspace.client.get(f"/v1/shipments/{shipment}").json()["status"]
    return text


@pytest.mark.parametrize(
    ("when", "calendar", "expected"),
    [
        # The clock shows Monday, 2 March 2026, 10:15 in Warsaw: 09:15 in UTC.
        ("+2m", "inpost", "03-02T09:17"),
        ("2026-03-05T08:30", "inpost", "03-05T07:30"),
        ("2026-07-05T08:30", "inpost", "07-05T06:30"),
        ("2026-03-05T08:30", "postplus", "03-05T08:30"),
        ("2026-03-05T08:30:00+05:00", "inpost", "03-05T03:30"),
        ("next working day 10:00", "inpost", "03-03T09:00"),
        ("next working day", "inpost", "03-03T08:00"),
    ],
)
def test_instants(
    workspace: Workspace, load: Load, when: str, calendar: str, expected: str
) -> None:
    load(f"scenario: x\ntimeline:\n  - at: '{when}'\n    calendar: {calendar}\n    do: {TOP_UP}\n")
    workspace.advance("150d")
    assert acted(workspace) == [expected]


@pytest.mark.parametrize(
    ("now", "carrier", "expected"),
    [
        ("2026-03-06T12:00:00+01:00", "inpost", "03-09T09:00"),  # Friday, then the weekend
        ("2026-04-03T12:00:00+02:00", "inpost", "04-07T08:00"),  # Good Friday, then Easter
        ("2026-04-30T12:00:00+02:00", "inpost", "05-04T08:00"),  # Labour Day, a Friday
        ("2026-06-03T12:00:00+02:00", "inpost", "06-05T08:00"),  # Corpus Christi
        ("2026-12-23T12:00:00+01:00", "inpost", "12-28T09:00"),  # Christmas Eve counts too
        ("2026-04-24T12:00:00+02:00", "myparcel", "04-28T08:00"),  # King's Day, a Monday
        ("2026-06-03T12:00:00+02:00", "myparcel", "06-04T08:00"),
    ],
)
def test_working_days_are_those_of_the_carrier(
    workspace: Workspace, load: Load, now: str, carrier: str, expected: str
) -> None:
    workspace.freeze(now)
    load(
        f"scenario: x\ntimeline:\n  - at: next working day 10:00\n    calendar: {carrier}\n"
        f"    do: {TOP_UP}\n"
    )
    workspace.advance("7d")
    assert acted(workspace) == [expected]


def test_again_and_again(workspace: Workspace, load: Load) -> None:
    load(f"scenario: x\ntimeline:\n  - {{ at: +1m, every: 2m, repeat: 3, do: {TOP_UP} }}\n")
    workspace.advance("4m")
    assert entry(workspace)["due"] == ["2026-03-02T09:20:00Z"]
    assert (entry(workspace)["acted"], entry(workspace)["left"]) == (2, 0)
    workspace.advance("1h")
    assert acted(workspace) == ["03-02T09:16", "03-02T09:18", "03-02T09:20"]


def test_for_ever(workspace: Workspace, load: Load) -> None:
    load(f"scenario: x\ntimeline:\n  - {{ at: +1h, every: 1h, do: {TOP_UP} }}\n")
    workspace.advance("2d")
    assert entry(workspace)["acted"] == 48
    assert entry(workspace)["left"] is None


def test_after_an_event_with_what_it_told(workspace: Workspace, load: Load) -> None:
    load(
        """
scenario: x
timeline:
  - after: { event: inpost.shipment_confirmed, match: { organization_id: 1 } }
    wait: 26h
    do: { inpost.move: { shipment: "${event.shipment_id}", to: dispatched_by_sender } }
"""
    )
    first, second = (create(workspace, locker()) for _ in range(2))
    workspace.advance("25h")
    assert status(workspace, first["id"]) == "confirmed"
    workspace.advance("2h")
    assert status(workspace, first["id"]) == "dispatched_by_sender"
    assert status(workspace, second["id"]) == "confirmed", "once, unless it says repeat"


def test_after_a_status_for_as_long_as_it_is_loaded(workspace: Workspace, load: Load) -> None:
    load(
        """
scenario: x
timeline:
  - after: { status: inpost.taken_by_courier }
    wait: next working day 10:00
    repeat: always
    do: { inpost.move: { shipment: "${event.shipment_id}", to: adopted_at_source_branch } }
"""
    )
    shipments = [create(workspace, locker())["id"] for _ in range(2)]
    workspace.advance("1m")
    for shipment in shipments:
        workspace.do("inpost.move", shipment=shipment, to="taken_by_courier")
    workspace.advance("23h")
    assert [status(workspace, shipment) for shipment in shipments] == ["taken_by_courier"] * 2
    workspace.advance("1h")
    assert [status(workspace, shipment) for shipment in shipments] == [
        "adopted_at_source_branch"
    ] * 2
    assert acted(workspace) == ["03-03T09:00", "03-03T09:00"]


def test_after_a_request_that_is_like_this(workspace: Workspace, load: Load) -> None:
    load(
        """
scenario: x
timeline:
  - after:
      request: inpost.create_shipment
      answered: 201
      match: { body: { reference: B-2 }, answer: { status: created } }
    do: { inpost.top_up: { organization: 1, amount: "${event.answer.id}" } }
"""
    )
    create(workspace, locker(reference="A-1"))
    assert workspace.client.post("/v1/organizations/1/shipments", json={}).status_code == 400
    assert entry(workspace)["acted"] == 0
    create(workspace, locker(reference="B-2"))
    assert entry(workspace)["acted"] == 1
    told = workspace.control.get(f"/journal/{workspace.journal()[0]['id']}").json()["why"]
    said = "It set off entry 0 of the timeline of x, which acts at 2026-03-02T09:15:00+00:00."
    assert said in told


def test_several_actions_happen_together_or_not_at_all(workspace: Workspace, load: Load) -> None:
    load(
        """
scenario: x
name: both
timeline:
  - at: +1m
    every: 1m
    repeat: 2
    do:
      - inpost.set_balance: { organization: 1, amount: "7.00" }
      - inpost.move: { shipment: 99, to: delivered }
"""
    )
    workspace.advance("1h")
    events = workspace.control.get("/events?event=scenario.failed").json()["items"]
    said = "inpost.move: there is no shipment 99: name an id or a tracking number"
    assert [each["payload"] for each in events] == [
        {"scenario": "both", "entry": 0, "error": said}
    ] * 2
    assert [each["error"] for each in entry(workspace)["failures"]] == [said] * 2
    (organization,) = [o for o in workspace.records("inpost", "organizations") if o["id"] == 1]
    assert organization["balance"] != 700


def test_an_action_that_is_refused_is_told_once_and_is_no_fault_of_the_simulator(
    workspace: Workspace, load: Load
) -> None:
    load(
        """
scenario: x
timeline:
  - at: +1m
    do: { inpost.top_up: { organization: 99, amount: 1 } }
"""
    )
    workspace.advance("1h")
    [told] = workspace.control.get("/events").json()["items"]
    assert told["event"] == "scenario.failed"
    assert "99" in told["payload"]["error"]


def test_a_dry_run_logs_nothing_as_if_it_had_happened(workspace: Workspace, load: Load) -> None:
    load(
        """
scenario: x
timeline:
  - at: +1m
    do: { inpost.top_up: { organization: 99, amount: 1 } }
"""
    )
    with capture_logs() as lines:
        workspace.control.post("/clock/advance", json={"by": "1h", "dry_run": True})
    assert [line for line in lines if line.get("workspace") == workspace.name] == []
    with capture_logs() as lines:
        workspace.advance("1h")
    [refused] = [line for line in lines if line.get("workspace") == workspace.name]
    assert refused["event"] == "job refused"


def test_what_sets_itself_off_comes_to_an_end(workspace: Workspace, load: Load) -> None:
    load(
        """
scenario: x
timeline:
  - after: { event: scenario.acted }
    repeat: always
    do: { inpost.top_up: { organization: 1, amount: 1 } }
  - at: +1m
    do: { inpost.top_up: { organization: 1, amount: 1 } }
"""
    )
    workspace.advance("2m")
    assert entry(workspace)["acted"] == 100
    (failure,) = entry(workspace)["failures"]
    assert failure["error"] == "set itself off 100 times at one instant, and was stopped"


STORY = """
scenario: x
name: x
seed: 3
clock: { mode: frozen, at: "2026-03-02T10:15:00+01:00" }
given:
  - inpost.set_balance: { organization: 1, amount: "25.00" }
rules:
  - when: { operation: inpost.create_shipment, probability: 0.3 }
    fault: { kind: status, status: 503 }
  - when: { operation: inpost.get_shipment, every: 3 }
    fault: { kind: status, status: 502 }
    times: 4
timeline:
  - { at: +5m, every: 7m, repeat: 5, do: { inpost.top_up: { organization: 1, amount: 9 } } }
  - after: inpost.shipment_confirmed
    wait: 90s
    repeat: 3
    do: { inpost.move: { shipment: "${event.shipment_id}", to: dispatched_by_sender } }
  - after: { request: inpost.create_shipment, answered: 201 }
    wait: 10m
    repeat: always
    do: { inpost.move: { shipment: "${event.answer.id}", to: delivered } }
"""

MOVES = st.lists(st.sampled_from(["create", "read", "1m", "4m", "1h"]), min_size=2, max_size=8)


def play(workspace: Workspace, moves: list[str]) -> list[int]:
    statuses = []
    for move in moves:
        if move == "create":
            body = locker(reference="A-1")
            response = workspace.client.post("/v1/organizations/1/shipments", json=body)
            statuses.append(response.status_code)
        elif move == "read":
            statuses.append(workspace.client.get("/v1/shipments/15000001").status_code)
        else:
            workspace.advance(move)
    return statuses


@given(before=MOVES, after=MOVES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_story_that_was_kept_and_restored_at_any_point_ends_in_the_same_bytes(
    new_workspace: Callable[[], Workspace], before: list[str], after: list[str]
) -> None:
    straight, broken, restored = new_workspace(), new_workspace(), new_workspace()
    for workspace in (straight, broken):
        assert put(workspace, STORY, reset=True).status_code == 200
        play(workspace, before)
    shot = broken.control.get("/snapshot").json()
    assert restored.control.put("/snapshot", json=shot).status_code == 200
    assert play(straight, after) == play(restored, after)
    assert end(straight, straight.name) == end(restored, broken.name)


def end(workspace: Workspace, began_as: str) -> str:
    """The whole workspace; absolute URLs in what was answered have the name that it then had."""
    whole = workspace.control.get("/snapshot").text
    return whole.replace(workspace.name, "w").replace(began_as, "w")
