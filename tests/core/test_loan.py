"""Work on what a state lent: the state takes over all of it or none, and its views know."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.core.tables import Loan, State
from tests.core.test_views import BY_ID, BY_WEIGHT, NAMES, PARCELS, WEIGHTS, Parcel

VIEWS = (BY_ID, BY_WEIGHT, WEIGHTS, NAMES)

_parcels = st.builds(
    Parcel,
    id=st.integers(1, 12),
    owner=st.sampled_from("abc"),
    weight=st.integers(0, 3),
    name=st.text("xyz", max_size=3),
)
_changes = st.lists(st.tuples(st.sampled_from(["put", "delete", "undone"]), _parcels), max_size=8)


def _change(state: State, changes: list[tuple[str, Parcel]]) -> None:
    table = state[PARCELS]
    for kind, parcel in changes:
        mark = state.mark
        if kind == "delete":
            table.delete(parcel.id)
        else:
            table.put(parcel)
        if kind == "undone":
            state.rollback(mark)


def _shown(state: State) -> Any:
    table = state[PARCELS]
    listed = [[*table.select(view)[:100]] for view in (BY_ID, BY_WEIGHT)]
    owned = [table.where("owner", owner) for owner in "abc"]
    return [*table], [*table.after(3)], owned, listed


def _plain(state: State) -> Any:
    """The same of a state that was made of nothing but the records."""
    other = State((PARCELS,))
    for parcel in state[PARCELS]:
        other[PARCELS].put(parcel)
    return _shown(other)


@given(first=_changes, asked=st.booleans(), lent=_changes, own=_changes, later=_changes)
def test_what_is_done_on_a_loan_is_there_as_a_whole_or_not_at_all(
    first: list[Any], asked: bool, lent: list[Any], own: list[Any], later: list[Any]
) -> None:
    state = State((PARCELS,))
    _change(state, first)
    state.commit()
    before = _shown(state)
    if asked:
        for view in VIEWS:
            state[PARCELS].follower(view)
    loan = Loan(state)
    _change(loan.twin, lent)
    loan.close()
    assert _shown(state) == before
    # What the state changes and undoes meanwhile is nothing to the loan.
    _change(state, own)
    state.rollback()
    worked = _shown(loan.twin)
    loan.take_over()
    assert _shown(state) == worked == _plain(state)
    assert not state.changed
    _change(state, later)
    state.commit()
    assert _shown(state) == _plain(state)


@given(first=_changes, lent=_changes, own=_changes, forked=st.booleans())
def test_what_was_lent_in_vain_leaves_the_state_as_it_is(
    first: list[Any], lent: list[Any], own: list[Any], forked: bool
) -> None:
    state = State((PARCELS,))
    _change(state, first)
    state.commit()
    loan = Loan(state)
    fork = state.copy() if forked else State((PARCELS,))
    kept = _shown(fork)
    _change(loan.twin, lent)
    loan.close()
    loan.take_back()
    _change(state, own)
    state.commit()
    assert _shown(state) == _plain(state)
    assert _shown(fork) == kept


def test_a_state_does_not_copy_itself_for_a_loan_that_is_over() -> None:
    state = State((PARCELS,))
    state[PARCELS].put(Parcel(1, "a", 1, "x"))
    state.commit()
    rows = state[PARCELS]._rows
    Loan(state).take_back()
    state[PARCELS].put(Parcel(2, "a", 1, "x"))
    assert state[PARCELS]._rows is rows
