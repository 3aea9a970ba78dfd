"""Laws of holds: what was held and let go ends as if it never had been, and states carry it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.inpost.shipx import Json, create, get, locker, offer_mode
from tests.rules.making import rule
from tests.support.server import START, Workspace

LAWFUL = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
SHIPMENTS = st.lists(
    st.sampled_from([locker(), offer_mode(), locker(only_choice_of_offer=True)]),
    min_size=1,
    max_size=3,
)
_INSTANTS = ("_at", "expires_at", "label_available_from")


def timeless(value: Any, seen: dict[Any, int] | None = None) -> Any:
    """A shipment without its instants, and with ids that count from its first one on: offers and
    transactions of several shipments are numbered in the order in which they come."""
    seen = {} if seen is None else seen
    if isinstance(value, dict):
        return {
            name: seen.setdefault(each, len(seen))
            if name in ("id", "offer_id") and isinstance(each, int)
            else timeless(each, seen)
            for name, each in value.items()
            if not name.endswith(_INSTANTS)
        }
    return [timeless(each, seen) for each in value] if isinstance(value, list) else value


def begin(workspace: Workspace) -> None:
    clock = {"mode": "frozen", "at": START}
    assert workspace.control.post("/reset", json={"clock": clock}).status_code == 200


def made(workspace: Workspace, bodies: list[Json]) -> list[Any]:
    return [create(workspace, body)["id"] for body in bodies]


def ended(workspace: Workspace, numbers: list[Any]) -> list[Any]:
    """The shipments once all that was to come has come, but before offers grow old."""
    workspace.advance("10s")
    return [timeless(get(workspace, number)) for number in numbers]


@pytest.mark.parametrize("step", ["inpost.offers", "inpost.purchase"])
@LAWFUL
@given(bodies=SHIPMENTS, minutes=st.integers(0, 3), by_rule=st.booleans())
def test_what_is_let_go_ends_as_if_it_had_never_been_held(
    workspace: Workspace, step: str, bodies: list[Json], minutes: int, by_rule: bool
) -> None:
    begin(workspace)
    never = ended(workspace, made(workspace, bodies))
    begin(workspace)
    hold = {"step": step} if by_rule else {"step": step, "for": f"{minutes}m"}
    number = rule(workspace, hold=hold)
    numbers = made(workspace, bodies)
    workspace.advance(f"{60 * minutes + 5}s")
    if by_rule:
        assert workspace.control.delete(f"/rules/{number}").status_code == 204
    assert ended(workspace, numbers) == never


@LAWFUL
@given(
    at=st.integers(0, 8),
    for_=st.sampled_from([None, "2s", "4s"]),
    then=st.sampled_from(["done", "fail"]),
    nth=st.sampled_from([None, 1, 2]),
)
def test_a_state_that_is_restored_at_any_instant_ends_in_the_same_bytes(
    workspace: Workspace, at: int, for_: str | None, then: str, nth: int | None
) -> None:
    begin(workspace)
    late = {} if for_ is None else {"for": for_, "then": then}
    rule(
        workspace,
        when={} if nth is None else {"nth": nth},
        hold={"step": "inpost.offers", **late},
    )
    rule(workspace, fault={"kind": "reorder_webhooks", "by": "3s"})
    made(workspace, [locker(), offer_mode()])
    workspace.advance(f"{at}s")
    kept = workspace.control.get("/snapshot").json()
    workspace.advance("10s")
    first = workspace.control.get("/snapshot").content
    assert workspace.control.put("/snapshot", json=kept).status_code == 200
    workspace.advance("10s")
    assert workspace.control.get("/snapshot").content == first
