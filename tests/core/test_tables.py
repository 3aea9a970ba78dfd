"""Tables: records by key, indexes that follow, and changes that can be undone exactly."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.tables import Change, State, TableSpec


class Parcel(msgspec.Struct, frozen=True):
    id: int
    owner: str
    weight: int = 0


PARCELS = TableSpec("t.parcels", Parcel, indexes=("owner", "weight"))
NOTES = TableSpec("t.notes", Parcel, key="owner", indexes=("id",))

_parcels = st.builds(
    Parcel, id=st.integers(1, 6), owner=st.sampled_from("abc"), weight=st.integers(0, 2)
)
_steps = st.lists(
    st.tuples(st.sampled_from((PARCELS, NOTES)), st.booleans(), _parcels), max_size=12
)


def _play(state: State, steps: list[tuple[TableSpec[Parcel], bool, Parcel]]) -> None:
    for spec, keep, parcel in steps:
        if keep:
            state[spec].put(parcel)
        else:
            state[spec].delete(getattr(parcel, spec.key))


def _contents(state: State) -> Any:
    """Everything that a reader of the state can see."""
    return {
        name: (
            list(table),
            len(table),
            {key: table.get(key) for key in (*range(7), *"abc")},
            {
                (index, value): table.where(index, value)
                for index in table.spec.indexes
                for value in (*range(7), *"abc")
            },
        )
        for name, table in state.tables.items()
    }


def _made_of(steps: list[tuple[TableSpec[Parcel], bool, Parcel]]) -> State:
    state = State((PARCELS, NOTES))
    _play(state, steps)
    state.commit()
    return state


@given(_steps, _steps)
def test_a_rollback_leaves_no_trace(before: Any, undone: Any) -> None:
    state = _made_of(before)
    seen = _contents(state)

    _play(state, undone)
    state.rollback()

    assert _contents(state) == seen
    assert not state.changed


@given(_steps, _steps)
def test_changes_carried_over_make_the_same_state(before: Any, after: Any) -> None:
    state, copy = _made_of(before), _made_of(before)

    _play(state, after)
    copy.apply(state.changes())

    assert _contents(copy) == _contents(state)
    assert not copy.changed


@given(_steps, _steps)
def test_a_copy_goes_its_own_way(before: Any, after: Any) -> None:
    state = _made_of(before)
    seen = _contents(state)

    copy = state.copy()
    assert _contents(copy) == seen
    _play(copy, after)
    _play(twin := _made_of(before), after)

    assert _contents(state) == seen
    assert _contents(copy) == _contents(twin)


@given(_steps)
def test_indexes_say_what_a_search_would(steps: Any) -> None:
    state = _made_of(steps)
    table = state[PARCELS]

    for owner in "abc":
        found = [parcel for parcel in table if parcel.owner == owner]
        assert table.where("owner", owner) == found
        assert table.first("owner", owner) == (found[0] if found else None)


@given(_steps)
def test_records_come_in_the_order_of_their_keys(steps: Any) -> None:
    state = _made_of(steps)

    assert [parcel.id for parcel in state[PARCELS]] == sorted(p.id for p in state[PARCELS])
    assert [note.owner for note in state[NOTES]] == sorted(note.owner for note in state[NOTES])


def test_those_that_exist_come_in_the_order_asked_for() -> None:
    parcels = State((PARCELS,))[PARCELS]
    first, second = (parcels.put(Parcel(number, "a")) for number in (1, 2))
    assert parcels.existing((2, 7, 1, 2)) == [second, first, second]
    assert parcels.existing(()) == []


def test_a_key_that_changed_twice_is_one_change() -> None:
    state = State((PARCELS,))
    table = state[PARCELS]
    table.put(Parcel(1, "a"))
    last = table.put(Parcel(1, "b"))
    table.put(Parcel(2, "c"))
    table.delete(2)

    assert state.changes() == [Change("t.parcels", 1, last), Change("t.parcels", 2, None)]


def test_a_table_may_change_while_it_is_walked() -> None:
    table = State((PARCELS,))[PARCELS]
    for number in (1, 2, 3):
        table.put(Parcel(number, "a"))

    for parcel in table:
        table.delete(parcel.id)

    assert len(table) == 0
    assert 1 not in table
    assert table.get(1) is None


@given(before=_steps, undone=_steps, kept=_steps, key=st.integers(0, 7))
def test_what_comes_after_a_key_is_what_an_ordered_look_finds(
    before: Any, undone: Any, kept: Any, key: int
) -> None:
    state = _made_of(before)
    list(state[PARCELS].after(0))  # from now on the order is kept up to date
    _play(state, undone)
    state.rollback()
    _play(state, kept)
    for table in (state[PARCELS], state.copy()[PARCELS]):
        assert list(table.after(key)) == [row for row in table if row.id > key]


@given(
    before=_steps,
    filled=st.lists(st.lists(st.tuples(st.integers(7, 14), st.sampled_from("abc")), max_size=8)),
    after=_steps,
)
def test_filled_in_is_as_put(before: Any, filled: Any, after: Any) -> None:
    state, twin = _made_of(before), _made_of(before)
    list(state[PARCELS].after(0))
    whole = state.copy()
    seen = _contents(whole)
    given: set[int] = set()
    for some in filled:
        parcels = [*{n: Parcel(n, owner, n % 3) for n, owner in some if n not in given}.values()]
        given |= {parcel.id for parcel in parcels}
        state[PARCELS].fill(parcels)
        for parcel in parcels:
            twin[PARCELS].put(parcel)
    twin.commit()

    assert not state.changed
    assert _contents(state) == _contents(twin)
    assert _contents(whole) == seen
    for each in (state, twin):
        _play(each, after)
    assert _contents(state) == _contents(twin)
    assert list(state[PARCELS].after(5)) == list(twin[PARCELS].after(5))
