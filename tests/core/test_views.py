"""What follows the records of a table says what a look at every record would, and looks at few."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.tables import (
    Between,
    Narrowing,
    Ordered,
    State,
    Sums,
    Table,
    TableSpec,
    Texts,
    Values,
    narrowing,
)


class Parcel(msgspec.Struct, frozen=True):
    id: int
    owner: str
    weight: int = 0
    name: str = ""


PARCELS = TableSpec("t.parcels", Parcel, indexes=("owner",))
BY_ID = Ordered[Parcel](lambda parcel: parcel.owner)
BY_WEIGHT = Ordered[Parcel](lambda parcel: parcel.owner, lambda parcel: (parcel.weight,))
WEIGHTS = Sums[Parcel](lambda parcel: parcel.owner, lambda parcel: (parcel.weight,))
NAMES = Texts[Parcel](lambda parcel: (parcel.name, parcel.owner))
LETTERS = Values[Parcel](lambda parcel: parcel.name)

_parcels = st.builds(
    Parcel,
    id=st.integers(1, 9),
    owner=st.sampled_from("abc"),
    weight=st.integers(0, 3),
    name=st.text("xyz", max_size=6),
)
_steps = st.lists(st.tuples(st.booleans(), _parcels), max_size=20)


def _play(table: Table[Parcel], steps: list[tuple[bool, Parcel]]) -> None:
    for keep, parcel in steps:
        if keep:
            table.put(parcel)
        else:
            table.delete(parcel.id)


def _followed(before: Any, undone: Any, after: Any) -> Table[Parcel]:
    """A table whose views were asked for early, and that had changes and a rollback since."""
    state = State((PARCELS,))
    table = state[PARCELS]
    _play(table, before)
    state.commit()
    for view in (BY_ID, BY_WEIGHT):
        len(table.select(view))
    table.follower(WEIGHTS)
    table.follower(NAMES)
    table.follower(LETTERS)
    _play(table, undone)
    state.rollback()
    _play(table, after)
    return table


@given(_steps, _steps, _steps, st.sets(st.sampled_from("abc")), st.booleans(), st.data())
def test_a_selection_is_what_a_search_finds_in_the_order_asked_for(
    before: Any, undone: Any, after: Any, owners: set[str], descending: bool, data: Any
) -> None:
    table = _followed(before, undone, after)
    found = [parcel for parcel in table if parcel.owner in owners]
    orders: tuple[tuple[Ordered[Parcel], Any], ...] = (
        (BY_ID, lambda parcel: parcel.id),
        (BY_WEIGHT, lambda parcel: (parcel.weight, parcel.id)),
    )
    for view, key in orders:
        expected = sorted(found, key=key, reverse=descending)
        chosen = table.select(view, lambda parcel: parcel.owner in owners).descending(descending)

        assert len(chosen) == len(expected)
        assert list(chosen) == expected
        part = data.draw(st.slices(len(expected)))
        if part.step is None or part.step > 0:
            assert chosen[part] == expected[part]
        for place in range(len(expected)):
            assert chosen[place] == expected[place]


@given(_steps, _steps, _steps, st.integers(0, 3), st.integers(0, 3), st.integers(0, 9))
def test_a_selection_is_bounded_by_what_it_is_ordered_by(
    before: Any, undone: Any, after: Any, first: int, last: int, id: int
) -> None:
    table = _followed(before, undone, after)
    chosen = table.select(BY_WEIGHT)

    def ordered(parcels: list[Parcel]) -> list[Parcel]:
        return sorted(parcels, key=lambda parcel: (parcel.weight, parcel.id))

    assert list(chosen.from_to(first, last)) == ordered(
        [parcel for parcel in table if first <= parcel.weight <= last]
    )
    assert list(chosen.from_to(None, last)) == ordered([p for p in table if p.weight <= last])
    assert list(chosen.above(first, id)) == ordered(
        [parcel for parcel in table if (parcel.weight, parcel.id) > (first, id)]
    )
    assert list(table.select(BY_ID).above(id)) == [p for p in table if p.id > id]
    assert table.count_after(id) == len([p for p in table if p.id > id])


@given(_steps, _steps, _steps)
def test_who_has_a_value_is_found_by_it(before: Any, undone: Any, after: Any) -> None:
    table = _followed(before, undone, after)

    for letter in "xyz":
        having = [parcel.id for parcel in table if letter in parcel.name]
        assert list(table.follower(LETTERS).having(letter)) == having


_limits = st.none() | st.integers(0, 3)
_asked = st.tuples(st.sampled_from("abc"), _limits, _limits, st.none() | st.text("xyz", max_size=2))


@given(_steps, _steps, _steps, st.lists(_asked, max_size=9), st.data())
def test_what_filters_leave_is_what_a_look_at_every_record_finds(
    before: Any, undone: Any, after: Any, questions: Any, data: Any
) -> None:
    table = _followed(before, undone, after)
    much, few = data.draw(st.sampled_from([(99, 0), (1, 0), (99, 99)]))

    def ask(owner: str, first: int | None, last: int | None, part: str | None) -> list[Parcel]:
        found = narrowing.narrowed(
            table,
            order,
            lambda parcel: parcel.owner == owner,
            owner,
            [Between(BY_WEIGHT, first, last)],
            () if part is None else [_showing(table, part)],
        )
        return list(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "_MUCH", much)
        patch.setattr(narrowing, "_FEW", few)
        for question in (*questions, *questions):
            order = data.draw(st.sampled_from((BY_ID, BY_WEIGHT)))
            owner, first, last, part = question
            left = [
                parcel
                for parcel in table
                if parcel.owner == owner
                and (first is None or parcel.weight >= first)
                and (last is None or parcel.weight <= last)
                and (part is None or part in parcel.name)
            ]
            assert ask(*question) == order.sort(left, lambda parcel: parcel.id)
            _play(table, data.draw(_steps))


def _showing(table: Table[Parcel], part: str) -> Narrowing[Parcel]:
    return Narrowing(
        lambda: table.existing(table.follower(NAMES).having(part)),
        lambda parcel: part in parcel.name,
        part,
    )


def test_a_few_answers_are_kept_and_those_that_were_asked_for_last() -> None:
    table = State((PARCELS,))[PARCELS]
    for number in range(1000):
        table.put(Parcel(number, "a", number))
    looks: list[int] = []

    def ask(first: int) -> int:
        def find() -> list[Parcel]:
            looks.append(first)
            return [parcel for parcel in table if parcel.weight >= first]

        wanted = Narrowing(find, lambda parcel: parcel.weight >= first, first, exact=True)
        found = narrowing.narrowed(table, BY_ID, lambda _: True, "all", (), [wanted])
        assert len(found) == 1000 - first
        return len(looks)

    first_looks = ask(0)
    assert ask(0) == first_looks
    table.put(Parcel(0, "b", 0))
    assert ask(0) == first_looks
    for first in range(1, 4):
        ask(first)
        again = ask(0)
    assert again == ask(1)
    ask(4)
    ask(5)
    kept = len(looks)
    assert ask(5) == ask(4) == kept
    assert ask(2) > kept


@given(_steps, _steps, _steps)
def test_sums_are_those_of_all_records(before: Any, undone: Any, after: Any) -> None:
    table = _followed(before, undone, after)

    counts, weights = Counter[str](), Counter[str]()
    for parcel in table:
        counts[parcel.owner] += 1
        weights[parcel.owner] += parcel.weight

    sums = table.follower(WEIGHTS).groups
    assert sums == {owner: [counts[owner], weights[owner]] for owner in counts}


@given(_steps, _steps, _steps, st.text("abcxyz", max_size=4))
def test_a_search_finds_every_part_of_every_text(
    before: Any, undone: Any, after: Any, part: str
) -> None:
    table = _followed(before, undone, after)
    expected = {p.id for p in table if part in p.name or part in p.owner}

    found = table.follower(NAMES).having(part)

    assert len(found) == len(expected)
    assert set(found) == expected


def test_texts_that_nobody_has_any_more_are_forgotten() -> None:
    table = State((PARCELS,))[PARCELS]
    for number in range(3000):
        table.put(Parcel(1, "a", name=f"name {number}"))
        found = set(table.follower(NAMES).having(f"name {number}"))
        assert found == {1}

    names = table.follower(NAMES)
    assert sum(len(texts) for texts in names._grams.values()) < 20_000
    assert not names.having("name 2998")


def test_a_search_learns_bit_by_bit_and_finds_what_it_has_not_learned_yet() -> None:
    table = State((PARCELS,))[PARCELS]
    for number in range(9000):
        table.put(Parcel(number, "a", name=f"name {number}"))

    for number in (0, 4321, 8999):
        assert set(table.follower(NAMES).having(f"name {number}")) == {number}
        assert len(table.follower(NAMES).having("name")) == 9000
    assert not table.follower(NAMES)._new


def test_a_view_that_nobody_asks_for_holds_nothing() -> None:
    table = State((PARCELS,))[PARCELS]
    table.follower(WEIGHTS)
    for number in range(3000):
        table.put(Parcel(number % 7, "a", weight=number))

    assert table.follower(WEIGHTS).groups == {"a": [7, sum(range(2993, 3000))]}
    for number in range(3000):
        table.put(Parcel(number, "a"))

    assert not table._followers
    assert table.follower(WEIGHTS).groups == {"a": [3000, 0]}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("place", [0, 31, 12_345])
def test_a_page_touches_its_own_records_only(
    place: int, descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = State((PARCELS,))[PARCELS]
    for number in range(20_000):
        table.put(Parcel(number, "abc"[number % 3], number * 7 % 1000))
    for view in (BY_ID, BY_WEIGHT):
        table.select(view)
        touched: list[Any] = []
        monkeypatch.setattr(
            Table,
            "__getitem__",
            lambda self, key, touched=touched: touched.append(key) or self._rows[key],
        )
        chosen = table.select(view, lambda parcel: parcel.owner != "b").descending(descending)
        page = chosen[place : place + 30]
        monkeypatch.undo()

        assert len(page) == 30
        # One of each of the three groups tells whether it fits.
        assert len(touched) == 33
