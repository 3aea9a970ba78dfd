"""The closed list of events: what the program tells is declared, and what is declared is sound."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from simulator.carriers import registry
from simulator.carriers.event import ENGINE_EVENTS, EventSpec, Member, StatusOf, change_of
from simulator.carriers.telling import inspector
from simulator.core.chance import Chance
from simulator.core.clock import parse_instant
from simulator.core.tables import State
from simulator.engine.world import Request, Undeclared, World
from simulator.scenarios.events import SCENARIO_EVENTS
from tests.support.server import START
from tests.support.toy.records import PARCELS, TABLES, Parcel

SOURCE = Path(__file__).parent.parent.parent / "simulator"
CARRIERS = {carrier.name: carrier for carrier in registry.load()}
EVENTS = {
    spec.name: spec
    for spec in (
        *ENGINE_EVENTS,
        *SCENARIO_EVENTS,
        *(spec for each in CARRIERS.values() for spec in each.events),
    )
}


@cache
def _emits() -> list[tuple[str, str]]:
    """Every call of `emit` in the source: where it stands, and the pattern of the name."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text()
        if ".emit(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "emit"
            ):
                place = f"{path.relative_to(SOURCE)}:{node.lineno}"
                found.append((place, _pattern(node.args[0])))
    return found


def _pattern(name: ast.expr) -> str:
    if isinstance(name, ast.Constant):
        return re.escape(str(name.value))
    assert isinstance(name, ast.JoinedStr), ast.dump(name)
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+"
        for part in name.values
    )


@pytest.mark.parametrize(("place", "pattern"), _emits())
def test_what_the_source_tells_is_declared(place: str, pattern: str) -> None:
    assert [name for name in EVENTS if re.fullmatch(pattern, name)], place


@pytest.mark.parametrize("name", EVENTS)
def test_what_is_declared_is_told_by_the_source(name: str) -> None:
    assert [place for place, pattern in _emits() if re.fullmatch(pattern, name)]


@pytest.mark.parametrize("spec", EVENTS.values(), ids=EVENTS)
def test_an_example_is_as_it_is_declared(spec: EventSpec) -> None:
    assert list(spec.faults(spec.example)) == []
    assert spec.summary.endswith(".")


@pytest.mark.parametrize("carrier", CARRIERS)
def test_names_are_the_carriers_own_and_each_is_there_once(carrier: str) -> None:
    names = [spec.name for spec in CARRIERS[carrier].events]
    assert [name for name in names if not re.fullmatch(rf"{carrier}\.[a-z_]+", name)] == []
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_one_event_tells_every_change_of_what_a_journey_moves(carrier: str) -> None:
    tables = {spec.name: spec for spec in CARRIERS[carrier].tables}
    told = [spec.status for spec in CARRIERS[carrier].events if spec.status is not None]
    assert len({of.table for of in told}) == len(told)
    moved = {name for name, spec in tables.items() if "journey" in spec.record.__struct_fields__}
    assert moved
    assert moved <= {of.table for of in told}
    for of in told:
        assert "status" in tables[of.table].record.__struct_fields__


STATUS = StatusOf("parcel", PARCELS.name, "parcel_id")
MOVED = EventSpec(
    name="toy.moved",
    summary="A parcel moved.",
    payload=change_of(STATUS, {}, ("waiting", "arrived", "lost")),
    example={"parcel_id": 1, "status": "arrived", "previous": "waiting"},
    status=STATUS,
)
NOTED = EventSpec(
    name="toy.noted",
    summary="Somebody took notes.",
    payload={
        "count": Member("integer", "How many"),
        "by": Member("string", "Who", nullable=True),
        "ids": Member("integers", "Which"),
    },
    example={"count": 1, "by": None, "ids": []},
)


@pytest.fixture
def world() -> World:
    """A transaction in which a parcel waits."""
    state = State(TABLES)
    state[PARCELS].put(Parcel(1, "ann", "waiting", "0"))
    state.commit()
    return World("w", state, parse_instant(START), Chance(1), {}, Request(base_url=""))


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"count": 1, "by": "ann"}, "ids is missing"),
        ({"count": 1, "by": "ann", "ids": [1], "at": 2}, "at is not declared"),
        ({"count": True, "by": "ann", "ids": [1]}, "count may not be True"),
        ({"count": None, "by": "ann", "ids": [1]}, "count may not be None"),
        ({"count": 1, "by": None, "ids": ["1"]}, "ids may not be ['1']"),
    ],
)
def test_another_payload_is_refused(world: World, payload: dict[str, object], said: str) -> None:
    world.emit("toy.noted", **payload)
    with pytest.raises(Undeclared) as refused:
        inspector([NOTED])(world)
    assert str(refused.value) == f"the event toy.noted: {said}"


def test_an_event_that_nobody_declared_is_refused(world: World) -> None:
    world.emit("toy.notted")
    with pytest.raises(Undeclared, match=r"the event toy\.notted is not declared"):
        inspector([NOTED])(world)


@pytest.mark.parametrize("statuses", [["arrived"], ["arrived", "lost"], ["arrived", "waiting"]])
def test_every_change_of_a_status_has_to_be_told(world: World, statuses: list[str]) -> None:
    before = "waiting"
    for status in statuses:
        world[PARCELS].put(Parcel(1, "ann", status, "0"))
    with pytest.raises(Undeclared, match=r"toy\.moved told \[\]"):
        inspector([MOVED])(world)
    for status in statuses:
        world.emit("toy.moved", parcel_id=1, status=status, previous=before)
        before = status
    inspector([MOVED])(world)


def test_what_is_new_or_gone_has_not_changed_its_status(world: World) -> None:
    world[PARCELS].put(Parcel(2, "bob", "arrived", "0"))
    world[PARCELS].delete(1)
    inspector([MOVED])(world)


def test_a_status_that_no_record_has_cannot_be_told(world: World) -> None:
    world[PARCELS].put(Parcel(1, "ann", "waiting", "1"))
    world.emit("toy.moved", parcel_id=1, status="lost", previous="waiting")
    with pytest.raises(Undeclared, match=r"had the changes \[\]"):
        inspector([MOVED])(world)
