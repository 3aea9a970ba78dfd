"""Makes of an answer what a scenario expects: exact where it will be the same, else a pattern."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from simulator.scenarios.recording.kinds import kind_of
from simulator.scenarios.recording.stand_ins import StandIns
from simulator.scenarios.recording.values import MOMENT, URL, UUID, is_telling

_MOST_ELEMENTS = 5
_KEPT_ELEMENTS = 3
_LONGEST = 200
_LARGEST_CERTAIN = 100_000
"""Whole numbers from here on are ids and the like, not amounts."""
_SECRETS = ("token", "password", "secret", "apikey", "authorization", "credential", "signature")

TEXT = {"$type": "string"}


class Expecting:
    """What is known when an answer is turned into an expectation: what the client sent, the names
    of values that were saved, and who is who."""

    def __init__(
        self, sent: Collection[str], saved: Mapping[tuple[type, Any], str], people: StandIns
    ) -> None:
        self._sent = sent
        self._saved = saved
        self._people = people

    def pattern(self, value: Any, trail: tuple[str, ...] = ()) -> Any:
        """The pattern of a value; `trail` are the members that lead to it."""
        if isinstance(value, dict):
            return {
                escaped(name): self.pattern(inner, (*trail, name))
                for name, inner in value.items()
                # A name like a condition's would be taken for one.
                if not name.startswith("$")
            }
        if isinstance(value, list):
            long = len(value) > _MOST_ELEMENTS
            kept = value[:_KEPT_ELEMENTS] if long else value
            return [self.pattern(inner, trail) for inner in kept]
        if isinstance(value, str):
            return self._text(value, trail)
        return self._number(value, trail[-1] if trail else "") if type(value) is int else value

    def text(self, value: str) -> Any:
        """The pattern of an answer that is nothing but a text."""
        certain = len(value) <= _LONGEST and not self._people.stands_in(value)
        return escaped(value) if certain else TEXT

    def _text(self, value: str, trail: tuple[str, ...]) -> Any:
        name = self._saved.get((str, value))
        if name is not None:
            return f"${{{name}}}"
        if is_secret(trail[-1] if trail else ""):
            return TEXT
        if kind_of(trail) is not None:
            return escaped(value) if self._people.was_sent(value, trail) else TEXT
        if value in self._sent:
            return escaped(value)
        if self._people.stands_in(value):
            return TEXT
        if MOMENT.fullmatch(value):
            return {"$regex": r"^\d{4}-\d{2}-\d{2}"}
        if URL.fullmatch(value):
            return {"$regex": "^https?://"}
        if UUID.fullmatch(value) or len(value) > _LONGEST:
            return TEXT
        digits = sum(each.isdigit() for each in value)
        if is_telling(value) and digits >= 5:
            return TEXT
        return escaped(value)

    def _number(self, value: int, member: str) -> Any:
        name = self._saved.get((int, value))
        if name is not None:
            return f"${{{name}}}"
        if str(value) in self._sent:
            return value
        named = member.lower() in ("id", "ids") or member.endswith(("_id", "Id", "ID", "_ids"))
        if (named and is_telling(value)) or abs(value) >= _LARGEST_CERTAIN:
            return {"$type": "integer"}
        return value


def is_secret(member: str) -> bool:
    """Whether a member of this name holds what nobody may know."""
    name = "".join(each for each in member.lower() if each.isalnum())
    return any(word in name for word in _SECRETS)


def escaped(text: str) -> str:
    """A text in which nothing is taken for a variable."""
    return text.replace("${", "$${")
