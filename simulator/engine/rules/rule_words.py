"""Rules in a few words: ``inpost.get_label: 404 x2``, ``myparcel: timeout``, ``503 5%``.

Before the colon stands what the rule is about, an operation or a carrier, and without a colon it is
about everything. Behind it stands what happens, and when:

| word | means |
| --- | --- |
| ``503``, ``404`` | that status, in the words of what stands before the carrier |
| ``connection_reset``, ``timeout`` and so on | that fault; ``reset`` and the like are short |
| ``timeout 5s``, ``slow_body 200ms`` | how long, how slowly |
| ``rate_limit 5/10s`` | five requests pass in ten seconds |
| ``delay 1500ms`` | the answer is late |
| ``after`` | once the carrier has done its work |
| ``x2`` | twice, then never again |
| ``5%`` | a seeded share of the requests |
| ``every 3``, ``nth 2`` | each third, only the second request |
"""

from __future__ import annotations

import re
from typing import Any, Final, get_args

from simulator.core.faults import closest_words
from simulator.engine.rules.definitions import FaultKind

KINDS: Final = tuple(kind for kind in get_args(FaultKind) if kind != "status")

_SHORT: Final = {
    "reset": "connection_reset",
    "empty": "empty_response",
    "truncated": "truncated_body",
    "malformed": "malformed_json",
    "slow": "delay",
}
_WORDS: Final = (*KINDS, "delay", "after", "every", "nth", *_SHORT)

_STATUS = re.compile(r"[1-9][0-9]{2}")
_TIMES = re.compile(r"x([0-9]{1,6})", re.IGNORECASE)
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%")
_DURATION = re.compile(r"[0-9]+(?:\.[0-9]+)?[a-z]+", re.IGNORECASE)
_RATE = re.compile(r"([0-9]{1,9})/([0-9]+[a-z]+)", re.IGNORECASE)
_COUNT = re.compile(r"[0-9]{1,9}")


class BadWords(ValueError):
    """Words that make no rule; `faults` tells all that is wrong with them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def parse(text: str) -> dict[str, Any]:
    """The rule of a text, as JSON. Raises `BadWords`."""
    about, colon, words = text.partition(":")
    rule = effect(words if colon else text)
    scope = about.strip() if colon else ""
    if scope not in ("", "*"):
        named = {"operation" if "." in scope else "carrier": scope}
        rule["when"] = {**named, **rule.get("when", {})}
    return rule


def effect(text: str) -> dict[str, Any]:
    """The rule of the words behind the colon: what happens, and when. Raises `BadWords`."""
    reader = _Reader(text.split())
    reader.read()
    if not reader.acts and not reader.faults:
        reader.faults.append(
            f"say what happens: a status such as 503, or {', '.join(KINDS)}, delay"
        )
    if reader.faults:
        raise BadWords(reader.faults)
    return reader.rule()


class _Reader:
    """Reads word after word, and keeps what is wrong with them."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._place = 0
        self._when: dict[str, Any] = {}
        self._fault: dict[str, Any] = {}
        self._delay: str | None = None
        self._times: int | None = None
        self._after = False
        self.faults: list[str] = []

    @property
    def acts(self) -> bool:
        return bool(self._fault) or self._delay is not None

    def read(self) -> None:
        while self._place < len(self._words):
            self._word(self._words[self._place])
        if self._after and not self._fault:
            self.faults.append("after goes with a fault, not with a delay alone")

    def rule(self) -> dict[str, Any]:
        fault = {**self._fault, **({"when": "after"} if self._after else {})}
        parts = {
            "when": self._when,
            "fault": fault,
            "delay": {} if self._delay is None else {"by": self._delay},
            "times": self._times,
        }
        return {name: part for name, part in parts.items() if part}

    def _word(self, written: str) -> None:
        self._place += 1
        word = written.lower().replace("-", "_")
        word = _SHORT.get(word, word)
        if _STATUS.fullmatch(word):
            self._fails({"kind": "status", "status": int(word)}, written)
        elif word in KINDS:
            self._fails(self._kind(word), written)
        elif word == "delay":
            self._once("delay", self._delay)
            self._delay = self._next(_DURATION, "delay", "a duration such as 1500ms")
        elif word == "after":
            self._after = True
        elif word in ("every", "nth"):
            count = self._next(_COUNT, word, "a number")
            self._when[word] = int(count or 1)
        elif found := _TIMES.fullmatch(word):
            self._once(written, self._times)
            self._times = int(found[1])
            if self._times < 1:
                self.faults.append(f"{written} is never: x1 is once")
        elif found := _SHARE.fullmatch(word):
            self._when["probability"] = float(found[1]) / 100
            if self._when["probability"] > 1:
                self.faults.append(f"{written} is more than all of them")
        else:
            self.faults.append(_unknown(written))

    def _fails(self, fault: dict[str, Any], written: str) -> None:
        if self._fault:
            self.faults.append(f"{written} is a second fault: one rule has one")
        self._fault = fault

    def _once(self, name: str, known: object) -> None:
        if known is not None:
            self.faults.append(f"{name} is said twice")

    def _kind(self, kind: str) -> dict[str, Any]:
        fault: dict[str, Any] = {"kind": kind}
        if kind == "rate_limit":
            rate = self._next(_RATE, kind, "a rate such as 5/10s")
            if rate is not None:
                count, per = rate.split("/")
                fault.update(requests=int(count), per=per)
        elif kind in ("timeout", "slow_body") and self._peek(_DURATION):
            fault["by"] = self._words[self._place]
            self._place += 1
        return fault

    def _peek(self, form: re.Pattern[str]) -> bool:
        return self._place < len(self._words) and bool(form.fullmatch(self._words[self._place]))

    def _next(self, form: re.Pattern[str], name: str, wanted: str) -> str | None:
        if not self._peek(form):
            self.faults.append(f"{name} is followed by {wanted}")
            return None
        self._place += 1
        return self._words[self._place - 1]


def _unknown(word: str) -> str:
    close = closest_words(word.lower(), _WORDS)
    hint = f' Did you mean "{close[0]}"?' if close else ""
    return f"{word!r:.60} is no status, fault or time.{hint}"
