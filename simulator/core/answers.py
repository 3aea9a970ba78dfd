"""What an operation gives back: an answer, or a refusal with the answer that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

JSON = "application/json; charset=utf-8"


class Rendering(msgspec.Struct, frozen=True, gc=False):
    """A body that is slow to make: drawn after the transaction, outside the event loop.

    `draw` must depend on nothing but what it was given when it was made, so that the same record
    gives the same bytes.
    """

    draw: Callable[[], bytes]


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One thing that is wrong with a request.

    `path` leads to the value in the body (member names and positions), `key` is the kind of fault
    in the carrier's words, `message` a sentence for people: what is wrong and what is allowed.
    `source` is the clause that the rule comes from; empty where that is the operation's own.
    `allowed` are all values that would do, as a list, or the bounds, as an object; None where it is
    neither. `value` is what was sent, where `path` does not lead to it. A finding of a schema tells
    it always, and the `keyword` that was not met, and the JSON types that are `wanted` there.
    """

    path: tuple[str | int, ...]
    key: str
    message: str = ""
    keyword: str = ""
    value: Any = None
    wanted: tuple[str, ...] = ()
    source: str = ""
    allowed: Any = None


class Why(msgspec.Struct, frozen=True, gc=False):
    """What the journal's reader is told of an answer that refuses something.

    `reason` says in words why; it may be empty where `findings` do. `findings` are all that is
    wrong with the request, `advice` is what to do next, `key` the machine's word for the refusal.
    """

    reason: str = ""
    key: str = ""
    findings: tuple[Finding, ...] = ()
    advice: str = ""

    def beside(self, reason: str, findings: Iterable[Finding]) -> Why:
        """The same with these findings, and with that reason if there is one."""
        told = tuple(findings)
        return msgspec.structs.replace(self, reason=reason or self.reason, findings=told)

    @property
    def mute(self) -> str | None:
        """What is not told in words; None when everything is."""
        speechless = [finding for finding in self.findings if not finding.message]
        if speechless:
            return f"the finding {speechless[0].key!r} at {speechless[0].path} has no words"
        if self.findings or " " in self.reason.strip():
            return None
        return f"the reason {self.reason!r} is not in words"


WITHOUT_BODY = (204, 304)
"""Statuses of answers that end with their headers: a body would be read as the next answer."""


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A response in the carrier's terms.

    `body` is JSON-like data (msgspec encodes it, so structs will do), bytes that are ready, or a
    `Rendering`; with `empty` there is no body and no content type at all. `why` is for the journal.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = {}
    media_type: str = JSON
    empty: bool = False
    why: Why | None = None


def no_content() -> Answer:
    """204 without a body."""
    return Answer(status=204, empty=True)


class Refusal(Exception):
    """Ends an operation with an error answer; everything that it had changed is undone.

    Carriers raise it through the named constructors in their own ``errors`` module. What the
    answer's body has no room for is in its `why`, which the arguments make; an answer that has one
    keeps it where nothing else is said.
    """

    def __init__(
        self,
        answer: Answer,
        reason: str = "",
        *,
        key: str = "",
        findings: Iterable[Finding] = (),
        advice: str = "",
    ) -> None:
        super().__init__(reason or f"refused with {answer.status}")
        why = Why(reason, key, tuple(findings), advice)
        if answer.why is None or why != Why():
            answer = msgspec.structs.replace(answer, why=why)
        self.answer = answer

    @property
    def why(self) -> Why:
        """What the journal's reader is told."""
        return self.answer.why or Why()

    @property
    def reason(self) -> str:
        """Why, in words."""
        return self.why.reason


class Unreadable(Refusal):
    """What was sent cannot be read: refused whatever there is in the workspace."""
