"""A store against a model of dictionaries: whatever is done in whatever order, they agree."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from simulator.core.tables import Change, Key
from simulator.engine.backends.store import FIRST_NUMBERS, Commit, Kept, Store
from tests.engine.store_conformance import BOUNDS, as_rows, commit, note, tag

T = TypeVar("T")
Opener = Callable[[], AbstractAsyncContextManager[tuple[Store, Store]]]
_examples = itertools.count(1)

_numbers = st.integers(0, 12)
_changes = st.lists(
    st.one_of(
        st.builds(note, _numbers, st.one_of(st.none(), st.text(max_size=5))),
        st.builds(tag, st.sampled_from(["", "1", "a", "a\0", "é"]), st.sampled_from([None, 0.5])),
        st.builds(lambda n: note(n, "long" * 300), _numbers),
    ),
    max_size=8,
    unique_by=lambda change: (change.table, change.key),
)
_logs = st.dictionaries(
    st.sampled_from(sorted(BOUNDS)), st.lists(st.binary(max_size=900), max_size=9), max_size=2
)
_names = st.sampled_from(["a", "b", "c"])
_due = st.one_of(st.none(), st.integers(0, 100).map(float))


class _World:
    """What a workspace is to be."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.rows: dict[tuple[str, Key], Change] = {}
        self.logs: dict[str, list[tuple[int, bytes]]] = {}
        self.due: float | None = None
        self.reserved = FIRST_NUMBERS
        self.past: dict[int, dict[tuple[str, Key], Change]] = {}

    def take(self, made: Commit) -> None:
        if made.whole or made.changes:
            self.due = made.due
        for change in made.changes:
            if change.record is None:
                self.rows.pop((change.table, change.key), None)
            else:
                self.rows[change.table, change.key] = change
        for name, entries in made.logs.items():
            log = self.logs.setdefault(name, [])
            last = log[-1][0] if log else self.kept.ends.get(name, 0)
            log += enumerate(entries, last + 1)
            bounds = BOUNDS[name]
            while len(log) > bounds.entries or sum(len(e) for _, e in log) > bounds.bytes:
                del log[0]


class StoreMachine(RuleBasedStateMachine):
    """Two stores over one place; `opener` opens them with whatever is there already."""

    opener: Opener

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.exit = AsyncExitStack()
        self.stores = self.run(self._open())
        self.prefix = f"example-{next(_examples)}-"
        self.model: dict[str, _World] = {}
        self.gone: dict[str, int] = {}
        self.latest: list[tuple[Commit, Kept]] = []
        self.steps = 0

    def run(self, asked: Coroutine[Any, Any, T]) -> T:
        """What it gives."""
        return self.runner.run(asked)

    async def _open(self) -> tuple[Store, Store]:
        return await self.exit.enter_async_context(type(self).opener())

    def teardown(self) -> None:
        try:
            for name in self.model:
                self.run(self.stores[0].drop(self.prefix + name))
            self.run(self.exit.aclose())
        finally:
            self.runner.close()

    @rule(
        which=st.booleans(),
        name=_names,
        changes=_changes,
        logs=_logs,
        whole=st.booleans(),
        due=_due,
        late=st.sampled_from([False, False, False, True]),
    )
    def commits(
        self,
        which: bool,
        name: str,
        changes: list[Change],
        logs: dict[str, list[bytes]],
        whole: bool,
        due: float | None,
        late: bool,
    ) -> None:
        world = self.model.get(name)
        if whole or world is None:
            changes = [change for change in changes if change.record is not None]
        if world is None and not changes and not whole:
            logs = {}
        expected = world.kept.version if world else 0
        made = commit(self.prefix + name, expected - late, *changes, whole=whole, due=due)
        made = msgspec.structs.replace(made, logs=logs)
        (kept,) = self.run(self.stores[which].commit([made]))
        if late:
            assert kept is None
            return
        assert kept is not None
        if world is None and not changes and not whole:
            assert kept == Kept(0, 0)
            return
        if world is None or whole:
            assert kept.version == kept.began > max(expected, self.gone.get(name, 0))
            world = self.model[name] = _World(Kept(kept.version, kept.began))
        elif changes:
            world.past[expected] = dict(world.rows)
            assert kept.version == expected + 1
        else:
            assert kept.version == expected
        world.take(made)
        world.kept = kept
        ends = {log: entries[-1][0] for log, entries in world.logs.items() if entries}
        assert {log: end for log, end in kept.ends.items() if log in ends} == ends
        if changes or whole:
            self.latest = [(made, kept), *self.latest[:2]]

    @rule(which=st.booleans())
    def tries_again(self, which: bool) -> None:
        for made, kept in self.latest:
            world = self.model.get(made.workspace.removeprefix(self.prefix))
            if world is not None and world.kept.began == kept.began:
                assert self.run(self.stores[which].commit([made])) == [kept]

    @rule(which=st.booleans(), name=_names)
    def drops(self, which: bool, name: str) -> None:
        self.run(self.stores[which].drop(self.prefix + name))
        world = self.model.pop(name, None)
        if world is not None:
            self.gone[name] = world.kept.version

    @rule(which=st.booleans(), name=_names, log=st.sampled_from(sorted(BOUNDS)))
    def clears(self, which: bool, name: str, log: str) -> None:
        self.run(self.stores[which].clear(self.prefix + name, log))
        world = self.model.get(name)
        if world is not None:
            world.logs.pop(log, None)

    @rule(which=st.booleans(), name=_names, count=st.integers(1, 5))
    def reserves(self, which: bool, name: str, count: int) -> None:
        world = self.model.get(name)
        if world is not None:
            first = self.run(self.stores[which].reserve(self.prefix + name, count))
            assert first == world.reserved + 1
            world.reserved += count

    @rule(which=st.booleans(), name=_names, after=st.integers(0, 30))
    def looks_at_logs(self, which: bool, name: str, after: int) -> None:
        world = self.model.get(name)
        for log in BOUNDS:
            found = self.run(self.stores[which].entries(self.prefix + name, log, after))
            expected = world.logs.get(log, []) if world else []
            assert found == [each for each in expected if each[0] > after]

    @rule(which=st.booleans(), name=_names)
    def catches_up(self, which: bool, name: str) -> None:
        world = self.model.get(name)
        if world is None:
            assert self.run(self.stores[which].since(self.prefix + name, 1)) is None
            return
        for version, past in world.past.items():
            missed = self.run(self.stores[which].since(self.prefix + name, version))
            if missed is None:
                continue
            assert missed.kept == world.kept
            for change in missed.changes:
                past.pop((change.table, change.key), None)
                if change.record is not None:
                    past[change.table, change.key] = change
            assert past == world.rows
            world.past[version] = dict(past)
        world.past.clear()

    @rule(which=st.booleans(), before=st.integers(0, 101))
    def asks_what_is_overdue(self, which: bool, before: int) -> None:
        found = self.run(self.stores[which].overdue(float(before), 1000))
        own = [each.removeprefix(self.prefix) for each in found if each.startswith(self.prefix)]
        dues = {name: world.due for name, world in self.model.items() if world.due is not None}
        assert sorted(own) == sorted(name for name, due in dues.items() if due < before)
        assert [dues[name] for name in own] == sorted(dues[name] for name in own)

    @invariant()
    def each_loads_what_was_kept(self) -> None:
        self.steps += 1
        store = self.stores[self.steps % 2]
        for name in ("a", "b", "c"):
            world = self.model.get(name)
            whole = self.run(store.load(self.prefix + name))
            if world is None:
                assert whole is None
                continue
            assert whole is not None
            assert whole.kept == world.kept
            assert as_rows(whole.changes) == as_rows(list(world.rows.values()))
