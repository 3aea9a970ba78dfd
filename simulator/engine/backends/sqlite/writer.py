"""Whoever changes the file: one transaction for each call."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from simulator.core.tables import Change
from simulator.engine.backends.codec import Codec
from simulator.engine.backends.sqlite import runs
from simulator.engine.backends.sqlite.batch import Batch
from simulator.engine.backends.sqlite.blocks import Blocks
from simulator.engine.backends.sqlite.lives import Life, Lives, Log, entry_ids
from simulator.engine.backends.store import Commit, Kept, LogBounds, StoreFailure

REMEMBERED = 256
"""Commits of a workspace of which it is known what they changed; up to a quarter more."""
_PORTION = 1000
"""Rows of a life that are written or deleted at once, where nobody looks at them."""
_MANY = 20_000
"""Records of a whole workspace from which on they are not written at once."""
_STAGED_SECONDS = 60.0
"""After so long without a portion of it, a life that is about to begin is over."""


class Writer:
    """The clerk at the desk where it is written. Its calls raise sqlite3.Error."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        codec: Codec,
        bounds: Mapping[str, LogBounds],
        now: Callable[[], float],
        alone: Callable[[], bool],
    ) -> None:
        self.connection = connection
        self._alone = alone
        self._codec = codec
        self._bounds = bounds
        self._now = now
        self._lives = Lives(connection)
        self._blocks = Blocks(connection, codec)
        self._tables: dict[str, int] = {}
        self._staged: dict[str, int] = {}

    def forget(self) -> None:
        self._lives.forget()
        self._blocks.forget()
        self._tables.clear()
        self._staged.clear()

    def commit(self, commits: Sequence[Commit]) -> tuple[list[Kept | None], bool]:
        """Keep each of them or none, as `Store.commit` says; and whether a grave is left."""
        names = [each.workspace for each in commits]
        if not any(each.changes or each.logs or each.whole for each in commits):
            self._refresh()
            self._lives.fetch(names)
            return [self._question(each) for each in commits], False
        for each in commits:
            if each.whole and len(each.changes) > _MANY:
                self._stage(each)
        with self._transaction():
            self._lives.fetch(names)
            batch = Batch()
            answers = [self._one(each, batch) for each in commits]
            batch.write(self.connection, self._now())
            for life in batch.lives.values():
                self._shorten(life, batch)
            grave = bool(self._staged) or any(each.whole and each.expected for each in commits)
            for number in self._staged.values():
                self.connection.execute("UPDATE graves SET over = 0 WHERE life = ?", (number,))
            self._staged.clear()
            return answers, grave

    def drop(self, workspace: str, expected: Kept | None) -> tuple[bool, bool]:
        """Forget a workspace; tells whether it is gone, and whether a grave is left."""
        with self._transaction():
            self._lives.fetch([workspace])
            known = self._lives[workspace]
            if expected is not None and known is not None and known.kept != expected:
                return False, False
            life = self._lives.end(workspace)
            self.connection.execute("DELETE FROM claims WHERE workspace = ?", (workspace,))
            return True, life is not None and self._bury(life.life)

    def clear(self, workspace: str, log: str) -> None:
        with self._transaction():
            self._lives.fetch([workspace])
            life = self._lives[workspace]
            found = None if life is None else life.logs.get(log)
            if life is None or found is None:
                return
            self._delete_entries(
                life.entry_id(found, found.first), life.entry_id(found, found.last)
            )
            found.first, found.bytes = found.last + 1, 0
            batch = Batch()
            batch.lives[life.life] = life
            batch.write(self.connection, self._now())

    def claim(self, workspace: str, part: str, holder: str, seconds: float) -> bool:
        now = self._now()
        return (
            self.connection.execute(
                "INSERT INTO claims VALUES (?, ?, ?, ?) ON CONFLICT (workspace, part) DO UPDATE"
                " SET holder = excluded.holder, until = excluded.until"
                " WHERE holder = excluded.holder OR until <= ?",
                (workspace, part, holder, now + seconds, now),
            ).rowcount
            > 0
        )

    def release(self, workspace: str, part: str, holder: str) -> None:
        self.connection.execute(
            "DELETE FROM claims WHERE workspace = ? AND part = ? AND holder = ?",
            (workspace, part, holder),
        )

    def reserve(self, workspace: str, count: int) -> int:
        row = self.connection.execute(
            "UPDATE workspaces SET reserved = reserved + ? WHERE name = ? RETURNING reserved",
            (count, workspace),
        ).fetchall()
        if not row:
            raise StoreFailure(f"the workspace {workspace} is not kept any more: ask again")
        return int(row[0][0]) - count + 1

    def bury(self) -> bool:
        """Delete a portion of what lives left that are over; tells whether there is more."""
        row = self.connection.execute(
            "SELECT life FROM graves WHERE over <= ? LIMIT 1", (self._now(),)
        ).fetchone()
        if row is None:
            return False
        with self._transaction():
            self._bury(row[0])
        return True

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All that is done within, or nothing. Whoever calls undoes it after an error."""
        self.connection.execute("BEGIN IMMEDIATE")
        self._refresh()
        yield
        self.connection.execute("COMMIT")

    def _refresh(self) -> None:
        """Forget what another may have changed since."""
        if self._lives.refresh():
            self._blocks.forget()

    def _question(self, commit: Commit) -> Kept | None:
        """Whether a workspace is still at the version that is expected."""
        life = self._lives[commit.workspace]
        if life is None:
            return None if commit.expected else Kept(0, 0)
        return life.kept if life.version == commit.expected else None

    def _one(self, commit: Commit, batch: Batch) -> Kept | None:
        """Put what a commit is to write into the batch, if it may."""
        life = self._lives[commit.workspace]
        told = None if life is None else life.told(commit.token)
        if told is not None:
            return told
        if (0 if life is None else life.version) != commit.expected:
            return None
        if not commit.changes and not commit.whole:
            return self._question(commit) if life is None else self._logged(life, commit, batch)
        if life is None or commit.whole:
            if life is not None:
                batch.lives.pop(life.life, None)
            life = self._begun(commit, batch)
        else:
            life.version += 1
            self._changed(life, commit.changes, batch)
            if commit.due != life.due:
                life.due = batch.due[life.life] = commit.due
        return self._logged(life, commit, batch)

    def _logged(self, life: Life, commit: Commit, batch: Batch) -> Kept:
        """Add the entries of a commit to the logs of a life."""
        for name, entries in commit.logs.items():
            if not entries:
                continue
            log = life.log(name)
            start = life.entry_id(log, log.last + 1)
            batch.entries.extend(enumerate(entries, start))
            log.last += len(entries)
            log.bytes += sum(map(len, entries))
        if commit.changes or commit.whole or commit.logs:
            batch.lives[life.life] = life
            return life.remember(commit.token)
        return life.kept

    def _begun(self, commit: Commit, batch: Batch) -> Life:
        """The new life of a workspace with the records of a commit."""
        execute = self.connection.execute
        old, now = self._lives[commit.workspace], self._now()
        staged = self._staged.pop(commit.token, None)
        number = self._lives.number() if staged is None else staged
        life = self._lives.begin(commit.workspace, number, now)
        if old is not None:
            execute("DELETE FROM workspaces WHERE life = ?", (old.life,))
            execute("INSERT INTO graves VALUES (?, ?)", (old.life, now))
        life.due = commit.due
        if staged is None:
            self._furnish(life, commit, batch)
        else:
            self._still_to_begin("DELETE FROM graves WHERE life = ? AND over > 0", staged)
        return life

    def _still_to_begin(self, statement: str, life: int) -> None:
        """Change the grave of a life that is about to begin, if nobody has taken it for over."""
        if self.connection.execute(statement, (life,)).rowcount != 1:
            raise StoreFailure(
                f"the records of a workspace took more than {_STAGED_SECONDS:g} s to write, and "
                "another process gave them up: ask again"
            )

    def _furnish(self, life: Life, commit: Commit, batch: Batch) -> None:
        """Let a life begin with the records of a commit."""
        tables: dict[str, list[Change]] = {}
        for change in commit.changes:
            if change.record is not None:
                tables.setdefault(change.table, []).append(change)
        held = []
        for name, changes in tables.items():
            table = self._table(name)
            block = self._blocks.keep(table, changes) if commit.whole else None
            if block is not None:
                held.append(block)
                continue
            encode = self._codec.encode
            for _, key, record in changes:
                assert record is not None
                batch.rows[life.life, table, key] = encode(record)
        if held:
            self._blocks.hold(life.life, held)

    def _stage(self, commit: Commit) -> None:
        """Write the records of a life before it begins, for others to have their turn in between:
        nobody looks at them until it does, and if it never does they go."""
        over = self._now() + _STAGED_SECONDS
        with self._transaction():
            self._lives.fetch([commit.workspace])
            life = self._lives[commit.workspace]
            if (0 if life is None else life.version) != commit.expected:
                return
            number = self._lives.number()
            self.connection.execute("INSERT INTO graves VALUES (?, ?)", (number, over))
        encode = self._codec.encode
        for start in range(0, len(commit.changes), _PORTION):
            batch = Batch()
            with self._transaction():
                for name, key, record in commit.changes[start : start + _PORTION]:
                    if record is not None:
                        batch.rows[number, self._table(name), key] = encode(record)
                batch.write(self.connection, over)
                over = self._now() + _STAGED_SECONDS
                self._still_to_begin(
                    f"UPDATE graves SET over = {over} WHERE life = ? AND over > 0", number
                )
        self._staged[commit.token] = number

    def _changed(self, life: Life, changes: Sequence[Change], batch: Batch) -> None:
        """Change records of a life. Where nobody else is, nobody will ask what changed: who comes
        later loads what is there."""
        encode, rows, gone = self._codec.encode, batch.rows, batch.gone
        tables, number = self._tables, life.life
        keys = []
        for name, key, record in changes:
            table = tables.get(name) or self._table(name)
            keys.append((table, key))
            if record is not None:
                rows[number, table, key] = encode(record)
            elif self._blocks.has(number, table, key):
                rows[number, table, key] = None
            else:
                rows.pop((number, table, key), None)
                gone[number, table, key] = None
        if not self._alone():
            batch.commits.setdefault(number, []).append((life.version, keys))

    def _table(self, name: str) -> int:
        """The number of a table, which it gets where it has none."""
        if not self._tables:
            self._tables.update(self.connection.execute("SELECT name, id FROM tables").fetchall())
        table = self._tables.get(name)
        if table is None:
            execute = self.connection.execute
            execute("INSERT OR IGNORE INTO tables (name) VALUES (?)", (name,))
            (table,) = execute("SELECT id FROM tables WHERE name = ?", (name,)).fetchone()
            self._tables[name] = table
        return int(table)

    def _shorten(self, life: Life, batch: Batch) -> None:
        """Forget what lies beyond the bounds, if that is worth it: readers keep to them, too."""
        if life.life in batch.commits and life.version % (REMEMBERED // 4) == 0:
            self.connection.execute(
                "DELETE FROM commits WHERE life = ? AND version <= ?",
                (life.life, life.version - REMEMBERED),
            )
        for name, log in life.logs.items():
            bound = self._bounds.get(name)
            if bound is None:
                continue
            over = log.last - log.first + 1 - bound.entries
            if over > bound.entries // 8 or log.bytes > bound.bytes + bound.bytes // 8:
                self._shorten_log(life, log, bound)

    def _shorten_log(self, life: Life, log: Log, bound: LogBounds) -> None:
        """Let go of the oldest entries beyond the bounds."""
        first = max(log.first, log.last - bound.entries + 1)
        start = life.entry_id(log, 0)
        size = log.bytes - sum(runs.lengths(self.connection, start + log.first, start + first - 1))
        if size > bound.bytes:
            sizes = runs.lengths(self.connection, start + first, start + log.last)
            place = runs.oldest_within(sizes, bound.bytes)
            first += place
            size = sum(sizes[place:])
        self._delete_entries(start + log.first, start + first - 1)
        log.first, log.bytes = first, size
        batch = Batch()
        batch.lives[life.life] = life
        batch.write(self.connection, self._now())

    def _delete_entries(self, first: int, last: int) -> None:
        self.connection.execute("DELETE FROM entries WHERE id BETWEEN ? AND ?", (first, last))

    def _bury(self, life: int) -> bool:
        """Delete a portion of what is left of a life; tells whether there is more."""
        execute = self.connection.execute
        self._blocks.release(life)
        execute("DELETE FROM commits WHERE life = ?", (life,))
        records = execute(
            "DELETE FROM records WHERE rowid IN (SELECT rowid FROM records WHERE life = ? LIMIT ?)",
            (life, _PORTION),
        ).rowcount
        entries = execute(
            "DELETE FROM entries WHERE id IN"
            " (SELECT id FROM entries WHERE id BETWEEN ? AND ? LIMIT ?)",
            (*entry_ids(life), _PORTION),
        ).rowcount
        if max(records, entries) == _PORTION:
            execute("INSERT OR REPLACE INTO graves VALUES (?, 0)", (life,))
            return True
        execute("DELETE FROM graves WHERE life = ?", (life,))
        return False
