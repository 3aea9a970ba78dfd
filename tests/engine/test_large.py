"""What is loaded comes in the order of its keys, and nobody looks for garbage meanwhile."""

from __future__ import annotations

import gc
from itertools import pairwise

import pytest

from simulator.engine.backends import large
from simulator.engine.backends.large import in_order, undisturbed
from simulator.engine.backends.rows import Rows, rows_of
from tests.engine.store_conformance import as_rows, note, tag


def test_by_table_the_keys_go_up() -> None:
    notes = [note(number * 999) for number in range(-50, 50)]
    tags = [tag(name) for name in ("", "a", "abcd", "abcde", "abcdf", "b", "ä")]
    whole = [*notes, *tags]
    mixed = [whole[number * 31 % len(whole)] for number in range(len(whole))]

    found = in_order(mixed)
    assert len(found) == len(mixed)
    assert [each for each in found if each.table == "t.notes"] == notes
    assert [each for each in found if each.table == "t.tags"] == tags
    tables = [each.table for each in found]
    assert sum(one != two for one, two in pairwise(tables)) == 1
    assert in_order([]) == []


@pytest.mark.asyncio
async def test_rows_of_records_are_as_those_that_were_added() -> None:
    changes = [*(note(number) for number in range(12_000)), tag("a"), *(note(-n) for n in (1, 2))]
    added = Rows()
    added.apply(changes)
    assert as_rows((await rows_of(changes)).all()) == as_rows(added.all()) == as_rows(changes)
    assert len(await rows_of(())) == 0


def test_garbage_is_looked_for_again_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(large, "_MANY", 3)
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    for count, froze in ((3, []), (4, [True])):
        with undisturbed(range(count)):
            assert not gc.isenabled()
        assert gc.isenabled()
        assert frozen == froze
