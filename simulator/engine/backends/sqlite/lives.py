"""What is known of workspaces without their records: how far they are, and their logs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from simulator.engine.backends.store import Kept

_RECENT = 8
"""Commits of a workspace that are told again to whoever tries one again."""
_LIVES = 4096
"""Workspaces that are remembered."""
_SLOT_BITS = 2
_NUMBER_BITS = 34
_BITS = _SLOT_BITS + _NUMBER_BITS

_COLUMNS = "life, name, version, began, due, logs, recent"


class Log(msgspec.Struct, array_like=True):
    """A log: its entries have the numbers `first` to `last`, and `bytes` together."""

    slot: int
    first: int = 1
    last: int = 0
    bytes: int = 0


class Recent(msgspec.Struct, array_like=True, frozen=True):
    """What a commit was answered with."""

    token: str
    version: int
    ends: dict[str, int]


class Life(msgspec.Struct):
    """A workspace from one beginning to the next."""

    life: int
    name: str
    version: int
    began: int
    due: float | None
    logs: dict[str, Log]
    recent: list[Recent]

    @property
    def kept(self) -> Kept:
        """How far it is."""
        return Kept(self.version, self.began, {name: log.last for name, log in self.logs.items()})

    def told(self, token: str) -> Kept | None:
        """What the commit with that token was answered with, if it is one of the latest."""
        for each in self.recent:
            if each.token == token:
                return Kept(each.version, self.began, each.ends)
        return None

    def remember(self, token: str) -> Kept:
        """Note the commit that led here; gives its answer."""
        kept = self.kept
        self.recent.append(Recent(token, kept.version, dict(kept.ends)))
        del self.recent[:-_RECENT]
        return kept

    def log(self, name: str) -> Log:
        """The log of that name, which begins with this if there is none."""
        log = self.logs.get(name)
        if log is None:
            if len(self.logs) == 1 << _SLOT_BITS:
                raise ValueError(f"a workspace has {1 << _SLOT_BITS} logs at most")
            log = self.logs[name] = Log(len(self.logs))
        return log

    def entry_id(self, log: Log, number: int) -> int:
        """The id of the entry with that number."""
        return (self.life << _BITS) + (log.slot << _NUMBER_BITS) + number


def entry_ids(life: int) -> tuple[int, int]:
    """The first and the last id that an entry of a life can have."""
    return life << _BITS, ((life + 1) << _BITS) - 1


_logs = msgspec.json.Decoder(dict[str, Log])
_recent = msgspec.json.Decoder(list[Recent])


def of_row(row: tuple[int, str, int, int, float | None, str, str]) -> Life:
    """The life of a row with the columns of `SELECT`."""
    life, name, version, began, due, logs, recent = row
    return Life(life, name, version, began, due, _logs.decode(logs), _recent.decode(recent))


SELECT = f"SELECT {_COLUMNS} FROM workspaces"


class Lives:
    """Those that a writer knows, as long as nobody else writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, Life | None] = {}
        self._seen: int | None = None

    def forget(self) -> None:
        """Nothing is known."""
        self._known.clear()
        self._seen = None

    def refresh(self) -> bool:
        """Forget what another may have changed since; tells whether there was one."""
        (seen,) = self._connection.execute("PRAGMA data_version").fetchone()
        if seen == self._seen:
            return False
        self._known.clear()
        self._seen = seen
        return True

    def fetch(self, names: Iterable[str]) -> None:
        """Know these, whether they are there or not."""
        known = self._known
        unknown = [name for name in names if name not in known]
        if not unknown:
            return
        if len(known) + len(unknown) > _LIVES:
            known.clear()
            unknown = list(names)
        known.update(dict.fromkeys(unknown))
        wanted = msgspec.json.encode(unknown).decode()
        rows = self._connection.execute(
            f"{SELECT} WHERE name IN (SELECT value FROM json_each(?))", (wanted,)
        )
        for row in rows.fetchall():
            known[row[1]] = of_row(row)

    def __getitem__(self, name: str) -> Life | None:
        """One that was fetched; None where it is not kept."""
        return self._known[name]

    def number(self) -> int:
        """The number of a life that nobody has."""
        (life,) = self._connection.execute(
            "UPDATE facts SET value = value + 1 WHERE name = 'lives' RETURNING value"
        ).fetchone()
        return int(life)

    def begin(self, name: str, life: int, now: float) -> Life:
        """The new life of a workspace, whose version was never one of that name."""
        execute = self._connection.execute
        before = self._known[name]
        (floor,) = execute("SELECT value FROM facts WHERE name = 'versions'").fetchone()
        version = max(int(now * 1_000_000), floor + 1, before.version + 1 if before else 0)
        begun = self._known[name] = Life(life, name, version, version, None, {}, [])
        return begun

    def end(self, name: str) -> Life | None:
        """Forget that a workspace is kept, and how; gives what it was."""
        life = self._known[name]
        self._known[name] = None
        if life is not None:
            execute = self._connection.execute
            execute("DELETE FROM workspaces WHERE life = ?", (life.life,))
            execute(
                "UPDATE facts SET value = max(value, ?) WHERE name = 'versions'", (life.version,)
            )
        return life
