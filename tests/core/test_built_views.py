"""A view that is built by portions says what a look at every record would, whatever changes in
between; and whoever can wait is never kept by it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.core.tables import State, Table, Unbuilt, follower, following, ordered
from tests.core.test_views import BY_ID, BY_WEIGHT, LETTERS, NAMES, PARCELS, WEIGHTS, Parcel

VIEWS = (LETTERS, BY_ID, BY_WEIGHT, WEIGHTS, NAMES)

_parcels = st.builds(
    Parcel,
    id=st.integers(1, 40),
    owner=st.sampled_from("abc"),
    weight=st.integers(0, 9),
    name=st.text("xyz", max_size=6),
)
_changes = st.lists(st.tuples(st.sampled_from(["put", "delete", "undone"]), _parcels), max_size=4)


@pytest.fixture(autouse=True, scope="module")
def _small_portions() -> Any:
    """As if the tables of these tests were large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(follower, "_PORTION", 3)
        patch.setattr(following, "_AT_ONCE", 5)
        patch.setattr(ordered, "_PIECE", 4)
        yield


def _change(state: State, changes: list[tuple[str, Parcel]]) -> None:
    table = state[PARCELS]
    for kind, parcel in changes:
        if kind == "delete":
            table.delete(parcel.id)
        else:
            table.put(parcel)
        if kind == "undone":
            state.rollback()
        state.commit()


def _filled(parcels: list[Parcel]) -> State:
    state = State((PARCELS,))
    _change(state, [("put", parcel) for parcel in parcels])
    return state


def _asked(state: State, view: Any, meanwhile: Any = lambda: None) -> Any:
    """The follower as somebody gets it who waits, while others change the records."""
    while True:
        try:
            return state.patiently(lambda: state[PARCELS].follower(view))
        except Unbuilt as lack:
            for _ in lack.following.building():
                meanwhile()


def _same(table: Table[Parcel]) -> None:
    """Every view says what the records say."""
    assert list(table.select(BY_ID)) == list(table)
    assert list(table.select(BY_WEIGHT)) == sorted(table, key=lambda each: (each.weight, each.id))
    for run in table.follower(BY_WEIGHT).runs.values():
        assert run == sorted(run)
    counts, weights = Counter[str](), Counter[str]()
    for each in table:
        counts[each.owner] += 1
        weights[each.owner] += each.weight
    assert table.follower(WEIGHTS).groups == {own: [counts[own], weights[own]] for own in counts}
    for letter in "xyz":
        having = [each.id for each in table if letter in each.name]
        assert list(table.follower(LETTERS).having(letter)) == having
    for part in ("x", "xy", "xyz", "zzx"):
        found = {each.id for each in table if part in each.name or part in each.owner}
        assert set(table.follower(NAMES).having(part)) == found


@settings(max_examples=60)
@given(
    st.lists(_parcels, max_size=40),
    st.lists(_changes, max_size=30),
    st.lists(_parcels, max_size=40),
    st.lists(_changes, max_size=30),
)
def test_what_changes_while_a_view_is_built_is_in_it(
    before: Any, while_built: Any, after: Any, while_caught_up: Any
) -> None:
    state = _filled(before)
    for changed, meanwhile in (((), while_built), (after, while_caught_up)):
        _change(state, [("put", parcel) for parcel in changed])
        for view in VIEWS:
            left = iter(meanwhile)
            _asked(state, view, lambda left=left: _change(state, next(left, [])))
        _same(state[PARCELS])


@pytest.mark.parametrize("view", VIEWS)
def test_no_portion_looks_at_more_than_a_few_records(view: Any) -> None:
    state = _filled([Parcel(number, "abc"[number % 3], 99 - number) for number in range(99)])

    portions = 0

    def count() -> None:
        nonlocal portions
        portions += 1

    _asked(state, view, count)
    assert portions >= 33
    assert _asked(state, view, count) is state[PARCELS].follower(view)
    built = portions

    _change(state, [("put", Parcel(number, "a", number)) for number in range(40)])
    _asked(state, view, count)
    assert portions - built >= 35 // 3


def test_who_asks_meanwhile_goes_on_with_the_same_work() -> None:
    state = _filled([Parcel(number, "a") for number in range(60)])
    lacks = []
    for _ in range(2):
        with pytest.raises(Unbuilt) as lack:
            state.patiently(lambda: state[PARCELS].follower(BY_ID))
        lacks.append(lack.value.following)

    first, second = (each.building() for each in lacks)
    assert first is second
    next(first)
    # Who cannot wait has it at once, and then there is nothing left to do for the others.
    assert list(state[PARCELS].select(BY_ID)) == list(state[PARCELS])
    assert list(second) == []


def test_who_is_few_records_behind_does_not_wait() -> None:
    state = _filled([Parcel(number, "a") for number in range(60)])
    _asked(state, BY_ID)
    _change(state, [("put", Parcel(100 + number, "b")) for number in range(5)])
    assert len(state.patiently(lambda: state[PARCELS].select(BY_ID))) == 65


def test_what_a_transaction_put_before_it_asked_is_not_in_the_view() -> None:
    state = _filled([Parcel(number, "a") for number in range(60)])

    def work() -> None:
        state[PARCELS].put(Parcel(7, "b", 8, "new"))
        state[PARCELS].follower(WEIGHTS)

    with pytest.raises(Unbuilt) as lack:
        state.patiently(work)
    state.rollback()
    for _ in lack.value.following.building():
        pass
    _same(state[PARCELS])
