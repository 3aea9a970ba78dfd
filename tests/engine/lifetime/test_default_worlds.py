"""New workspaces share the default world, and what is done in one is seen in no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.core.tables import State
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from tests.support.toy.carrier import TOY
from tests.support.toy.records import PARCELS, Parcel


def _hub() -> Hub:
    return Hub([TOY], MemoryBackend(), HubOptions())


def _seen(state: State) -> dict[int, str]:
    table = state[PARCELS]
    owners = {parcel.owner for parcel in table}
    by_index = {parcel.id for owner in owners for parcel in table.where("owner", owner)}
    assert by_index == {parcel.id for parcel in table}
    return {parcel.id: parcel.owner for parcel in table}


def test_tables_that_nobody_changed_are_the_same_and_take_nothing() -> None:
    hub = _hub()
    one, other = hub.workspace("one"), hub.workspace("other")

    assert one.state[PARCELS].rows() is other.state[PARCELS].rows()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from(["put", "delete", "fork", "reset", "drop", "undo"]),
            st.integers(998, 1003),
        ),
        max_size=30,
    )
)
def test_worlds_that_begin_alike_part_with_their_changes(
    steps: list[tuple[int, str, int]],
) -> None:
    hub = _hub()
    fresh = _seen(hub.fresh_state())
    known: dict[str, dict[int, str]] = {}
    for number, step, key in steps:
        name = f"w{number}"
        workspace = hub.workspace(name)
        model = known.setdefault(name, dict(fresh))
        if step == "fork":
            copy = hub.workspace("w9")
            hub.replace(copy, workspace.state.copy())
            known["w9"] = dict(model)
        elif step == "reset":
            hub.replace(workspace, hub.fresh_state())
            known[name] = dict(fresh)
        elif step == "drop":
            hub.drop(name)
            del known[name]
        else:
            _change(hub, workspace, step, key, model)
        for each, expected in known.items():
            assert _seen(hub.workspace(each).state) == expected
            assert _kept(hub, each) == expected


def _change(hub: Hub, workspace: Workspace, step: str, key: int, model: dict[int, str]) -> None:
    def work(world: World) -> None:
        if step == "delete":
            world[PARCELS].delete(key)
        else:
            world[PARCELS].put(Parcel(key, f"owner-{workspace.name}", "waiting", f"code-{key}"))
        if step == "undo":
            raise LookupError

    if step == "undo":
        try:
            hub.run(workspace, work)
        except LookupError:
            return
    hub.run(workspace, work)
    if step == "delete":
        model.pop(key, None)
    else:
        model[key] = f"owner-{workspace.name}"


def _kept(hub: Hub, name: str) -> dict[int, str]:
    kept = hub.backend.load(name)
    assert kept is not None
    return {
        each.record.id: each.record.owner for each in kept[1] if isinstance(each.record, Parcel)
    }
