"""How one setting is read: from text (a flag, the environment) or from a file's own types.

Every kind raises `ValueError` for a value that it does not take; the message is left to
`Kind.allowed`, so that each source says the same about the same setting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.core.faults import closest_words

_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}
_SIZES = {"": 1, "b": 1, "kb": 1000, "mb": 1000**2, "kib": 1024, "mib": 1024**2, "gib": 1024**3}
_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_QUANTITY = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A type of setting: how to read it, what to say that it takes, how to write it as text.

    A flag of one that `repeats` may be given several times, and is read as a tuple of texts.
    """

    metavar: str
    allowed: str
    read: Callable[[Any], Any]
    write: Callable[[Any], str] = str
    choices: Callable[[], list[str]] = list
    repeats: bool = False

    def suggestion(self, raw: object) -> str | None:
        """The choice that the writer most likely meant, if one is close."""
        written = raw if isinstance(raw, list) else str(raw).split(",")
        known = self.choices()
        for word in (str(item).strip() for item in written):
            close = closest_words(word.lower(), known) if word not in known else []
            if close:
                return close[0]
        return None


@dataclass(frozen=True)
class Option:
    """One setting: its field in `Settings`, its kind, and a sentence for the person who sets it."""

    name: str
    kind: Kind
    help: str

    @property
    def flag(self) -> str:
        """The setting as a command line flag: ``--journal-entries``."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """The setting as an environment variable: ``SIMULATOR_JOURNAL_ENTRIES``."""
        return f"SIMULATOR_{self.name.upper()}"


def _quantity(raw: object, units: dict[str, float] | dict[str, int]) -> float:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValueError(raw)
    match = _QUANTITY.fullmatch(str(raw).strip())
    if match is None or match[2].lower() not in units:
        raise ValueError(raw)
    return float(match[1]) * units[match[2].lower()]


def text() -> Kind:
    """Any text that is not empty and stays on one line."""

    def read(raw: object) -> str:
        if not isinstance(raw, str) or not raw.strip() or not raw.isprintable():
            raise ValueError(raw)
        return raw.strip()

    return Kind("TEXT", "one line of text", read)


def integer(low: int, high: int | None = None) -> Kind:
    """A whole number from `low`, to `high` if there is one; both are allowed."""

    def read(raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int | str):
            raise ValueError(raw)
        if isinstance(raw, str) and not re.fullmatch(r"\s*-?[0-9]{1,20}\s*", raw):
            raise ValueError(raw)
        value = int(raw)
        if value < low or (high is not None and value > high):
            raise ValueError(raw)
        return value

    limits = f"of at least {low}" if high is None else f"from {low} to {high}"
    return Kind("NUMBER", f"a whole number {limits}", read)


def number_above_zero() -> Kind:
    """A number, decimals allowed, that is larger than zero."""

    def read(raw: object) -> float:
        value = _quantity(raw, {"": 1})
        if value <= 0:
            raise ValueError(raw)
        return value

    return Kind("NUMBER", "a number above 0", read)


def size() -> Kind:
    """A size in bytes: a number alone, or with KiB, MiB, GiB, kB or MB."""

    def read(raw: object) -> int:
        value = _quantity(raw, _SIZES)
        if value < 1 or value != int(value):
            raise ValueError(raw)
        return int(value)

    return Kind("SIZE", "a size in bytes such as 65536, 512KiB or 16MiB", read)


def duration() -> Kind:
    """A length of time in seconds: a number alone, or with ms, s, m or h."""

    def read(raw: object) -> float:
        return _quantity(raw, _SECONDS)

    return Kind("DURATION", "a duration such as 5, 1500ms, 5s or 2m", read)


def switch() -> Kind:
    """Yes or no; a flag of this kind is written alone or with ``--no-``."""

    def read(raw: object) -> bool:
        if isinstance(raw, bool):
            return raw
        word = str(raw).strip().lower()
        if not isinstance(raw, str) or word not in _WORDS:
            raise ValueError(raw)
        return _WORDS[word]

    def write(value: bool) -> str:
        return "true" if value else "false"

    return Kind("", "true or false", read, write, lambda: ["true", "false"])


def choice(*allowed: str) -> Kind:
    """One word of a closed set."""

    def read(raw: object) -> str:
        # YAML reads a bare `off` as a boolean; the word that was written is what was meant.
        word = "off" if raw is False and "off" in allowed else raw
        if not isinstance(word, str) or word.strip().lower() not in allowed:
            raise ValueError(raw)
        return word.strip().lower()

    return Kind("|".join(allowed), f"one of {', '.join(allowed)}", read, choices=lambda: [*allowed])


def words(allowed: Callable[[], list[str]] | None = None, noun: str = "words") -> Kind:
    """Several words: a list in a file, separated by commas elsewhere; empty is allowed.

    `allowed` is asked only when a value is read or explained.
    """
    known = allowed or list

    def read(raw: object) -> tuple[str, ...]:
        items = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise ValueError(raw)
        # A list given twice over means what it says once; the order stays the writer's.
        chosen = tuple(dict.fromkeys(item.strip().lower() for item in items if item.strip()))
        if allowed is not None and not set(chosen) <= set(known()):
            raise ValueError(raw)
        return chosen

    return Kind("LIST", f"{noun} separated by commas", read, ",".join, known)


def faults() -> Kind:
    """Faults as texts: each flag is one, a text from elsewhere has one a line or between ``;``.

    A file may have a list, and rules as mappings; a text that is a JSON list or object is one too.
    """

    def read(raw: object) -> tuple[str, ...]:
        if isinstance(raw, str):
            raw = json.loads(raw) if raw.lstrip()[:1] in ("[", "{") else re.split(r"[;\n]", raw)
        items = [raw] if isinstance(raw, dict) else raw
        if not isinstance(items, list | tuple):
            raise ValueError(raw)
        texts = [json.dumps(item) if isinstance(item, dict) else item for item in items]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(raw)
        return tuple(text.strip() for text in texts if text.strip())

    def write(texts: tuple[str, ...]) -> str:
        rules = any(text.startswith(("{", "[")) for text in texts)
        return json.dumps(texts) if rules else "; ".join(texts)

    allowed = "faults such as flaky, inpost:down, 'inpost.get_label: 404 x2' or a rule as JSON"
    return Kind("FAULT", allowed, read, write, repeats=True)


def store() -> Kind:
    """Where workspaces are kept: ``memory``, or the URL of a store."""
    known = ("memory", "sqlite", "redis", "rediss", "redis+cluster", "rediss+cluster", "unix")

    def read(raw: object) -> str:
        if not isinstance(raw, str) or not raw.isprintable():
            raise ValueError(raw)
        place = raw.strip()
        if place != "memory" and (":" not in place or place.partition(":")[0] not in known):
            raise ValueError(raw)
        return place

    allowed = "memory, sqlite:///file.db, sqlite:////absolute/file.db or redis://host:6379"
    return Kind("STORE", allowed, read)


def instant() -> Kind:
    """An instant with its offset from UTC, as in ISO 8601."""

    def read(raw: object) -> datetime:
        if isinstance(raw, str):
            raw = datetime.fromisoformat(raw.strip())
        if not isinstance(raw, datetime) or raw.tzinfo is None:
            raise ValueError(raw)
        return raw

    allowed = "an instant with its offset such as 2026-03-02T10:15:00+01:00"
    return Kind("INSTANT", allowed, read, datetime.isoformat)
