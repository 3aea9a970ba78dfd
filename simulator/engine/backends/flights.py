"""Groups on their way to the store, and what becomes of them: they are kept, or they fall."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress

from simulator.core.tables import Change
from simulator.engine.backends.asking import Asking
from simulator.engine.backends.group import Group
from simulator.engine.backends.near import Follower, Near, Nears, Nobody, Outrun
from simulator.engine.backends.rows import MANY, rows_of
from simulator.engine.backends.solitude import Solitude
from simulator.engine.backends.store import EVENTS, Commit, Kept, StoreFailure, Whole


class Flights:
    """Sends one group of each workspace after the other, those of all workspaces together, and then
    what came meanwhile."""

    def __init__(self, asking: Asking, nears: Nears, solitude: Solitude) -> None:
        self.follower: Follower = Nobody()
        self._ask = asking.ask
        self._store = asking.store
        self._nears = nears
        self._solitude = solitude
        self._waiting: dict[str, Near] = {}
        self._drops: dict[str, asyncio.Future[None]] = {}
        self._flushing: asyncio.Task[None] | None = None
        self._token = os.urandom(8).hex()
        self._commits = itertools.count()

    def drop(self, workspace: str) -> None:
        """Let the store forget a workspace."""
        if workspace not in self._drops:
            self._drops[workspace] = asyncio.get_running_loop().create_future()
        self._wake()

    async def dropped(self, workspace: str) -> None:
        """Wait until a workspace is forgotten, if it is to be. Raises `StoreFailure`."""
        dropping = self._drops.get(workspace)
        if dropping is not None:
            await asyncio.shield(dropping)

    async def land(self) -> None:
        """Wait until nothing is on its way."""
        while self._flushing is not None:
            await self._flushing

    def group(self, workspace: str, near: Near) -> Group:
        """The group that gathers what is done in a workspace now."""
        group = near.pending
        if group is None:
            group = near.pending = Group()
            self._waiting[workspace] = near
            self._wake()
        return group

    def _wake(self) -> None:
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        # Whoever made the first draft has its transaction still before it.
        try:
            await asyncio.sleep(0)
            while self._waiting or self._drops:
                await self._drop()
                await self._send()
        finally:
            self._flushing = None
            if self._waiting or self._drops:
                self._wake()

    async def _drop(self) -> None:
        for name in [*self._drops]:
            failure: StoreFailure | None = None
            try:
                await self._ask(self._store.drop(name))
            except StoreFailure as error:
                failure = error
            waiting = self._drops.pop(name)
            if waiting.cancelled():
                continue
            if failure is None:
                waiting.set_result(None)
            else:
                waiting.set_exception(failure)
                waiting.exception()  # there may be nobody who waits

    async def _send(self) -> None:
        flying = {}
        for name, near in self._waiting.items():
            group, near.pending = near.pending, None
            if group is not None:
                near.flying = group
                flying[name] = near, group
        self._waiting = {}
        if not flying:
            return
        commits = [await self._commit(name, *each) for name, each in flying.items()]
        sole = self._solitude.period()
        try:
            found = await self._ask(self._store.commit(commits))
        except StoreFailure as failure:
            for name, (near, _) in flying.items():
                self._let_fall(name, near, failure)
            return
        outrun = []
        for commit, kept in zip(commits, found, strict=True):
            near, group = flying[commit.workspace]
            near.sole = None if kept is None else sole
            if kept is None:
                outrun.append((commit.workspace, near))
            else:
                await self._settle(commit, near, group, kept)
        for name, near in outrun:
            await self._catch_up(name, near)

    async def _commit(self, name: str, near: Near, group: Group) -> Commit:
        if group.whole is not None and len(group.whole) > MANY:
            changes = await asyncio.to_thread(group.all)
        else:
            changes = group.all()
        return Commit(
            workspace=name,
            token=f"{self._token}-{next(self._commits)}",
            expected=near.kept.version,
            changes=changes,
            logs={log: [each.text for each in entries] for log, entries in group.logs.items()},
            whole=group.whole is not None,
            due=self.follower.due(name),
        )

    async def _settle(self, commit: Commit, near: Near, group: Group, kept: Kept) -> None:
        """A group was kept."""
        name = commit.workspace
        near.flying = None
        if group.whole is None:
            near.rows.apply(commit.changes)
        else:
            near.rows = group.whole
        self._nears.names.add(name)
        before, near.kept = near.kept, kept
        if commit.whole:
            self.follower.began(name, kept)
        elif _lacks(kept, before, commit.logs):
            self.follower.doubted(name)
        await self._hear_others(name, kept, len(commit.logs.get(EVENTS, ())))
        if not self._nears.has(name, near):
            self._nears.names.discard(name)
        group.end(kept)

    async def _hear_others(self, name: str, kept: Kept, own: int = 0) -> None:
        """Tell the events of others that came before the last `own` ones. What cannot be asked for
        now comes the next time."""
        known, last = self.follower.events_known(name), kept.ends.get(EVENTS, 0) - own
        if known is None or last <= known:
            return
        with suppress(StoreFailure):
            entries = await self._ask(self._store.entries(name, EVENTS, known))
            self.follower.heard(name, [entry for entry in entries if entry[0] <= last])

    async def _catch_up(self, name: str, near: Near) -> None:
        """Take over what another process did, and let the drafts fall."""
        known = near.kept
        whole: Whole | None = None
        sole = self._solitude.period()
        try:
            missed = await self._ask(self._store.since(name, known.version))
            if missed is None:
                whole = await self._ask(self._store.load(name))
        except StoreFailure as failure:
            self._let_fall(name, near, failure)
            return
        near.sole = sole
        begins_again = any(group.replaces for group in near.drafts)
        if missed is not None:
            near.kept = missed.kept
        elif whole is not None:
            rows = await rows_of(whole.changes)
            near.kept, near.rows = whole.kept, rows
        else:
            self._lose(name, near, Outrun())
            return
        if begins_again:
            # It does not hang on what was there.
            if missed is not None:
                near.rows.apply(missed.changes)
            self._again(name, near)
            return
        self._let_fall(name, near, Outrun(), None if missed is None else missed.changes)
        if missed is None or _lacks(missed.kept, known, {}):
            self.follower.doubted(name)
        await self._hear_others(name, near.kept)

    def _again(self, name: str, near: Near) -> None:
        """Let what begins again leave again, with what came behind it. What has flown before that
        falls; a journal that is forgotten then need not have it."""
        flown, later, near.flying = near.flying, near.pending, None
        if flown is not None and flown.replaces:
            near.pending = flown
            if later is not None:
                flown.take_in(later)
        elif flown is not None and later is not None:
            later.sure.take_in(flown.sure)
            flown.drafted.end(None, Outrun())
        self._waiting[name] = near

    def _let_fall(
        self,
        name: str,
        near: Near,
        failure: Exception,
        missed: Sequence[Change] | None = (),
    ) -> None:
        """Undo all drafts on top of what is kept, to which `missed` come (None: all is another)."""
        if missed is not None and near.kept.version == 0:
            self._lose(name, near, failure)
            return
        drafts, near.flying, near.pending = near.drafts, None, None
        self._waiting.pop(name, None)
        before, near.version = near.version, self._nears.next_version()
        if missed is None or any(group.whole is not None for group in drafts):
            if missed:
                near.rows.apply(missed)
            near.corrected = None
        else:
            near.rows.apply(missed)
            places = {(table, key): None for table, key, _ in missed}
            for group in drafts:
                places.update(dict.fromkeys(group.changes))
            changes = [Change(*place, near.rows.get(*place)) for place in places]
            last = near.corrected
            if last is not None and last[1] == before:
                before, changes = last[0], [*last[2], *changes]
            near.corrected = before, near.version, changes
        if self._nears.has(name, near):
            self.follower.fell(name)
        for group in drafts:
            group.drafted.end(None, failure)
            if isinstance(failure, Outrun) and self._nears.has(name, near):
                self._carry_over(name, near, group)
            else:
                group.sure.end(None, failure)

    def _carry_over(self, name: str, near: Near, group: Group) -> None:
        """Let what is sure come with the next group."""
        rest = group.what_is_sure()
        if rest is not None:
            self.group(name, near).take_in(rest)

    def _lose(self, name: str, near: Near, failure: Exception) -> None:
        """The workspace is gone, or never was kept."""
        drafts, near.flying, near.pending = near.drafts, None, None
        self._waiting.pop(name, None)
        if self._nears.forget(name, near):
            self.follower.fell(name)
        for group in drafts:
            group.end(None, failure)


def _lacks(kept: Kept, before: Kept, own: Mapping[str, Sequence[bytes]]) -> bool:
    """Whether a log ends earlier than it did before, but for the entries that came just now."""
    ends = {log: end - len(own.get(log, ())) for log, end in kept.ends.items()}
    return any(ends.get(log, 0) < end for log, end in before.ends.items())
