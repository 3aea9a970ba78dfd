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


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A response in the carrier's terms.

    `body` is JSON-like data (msgspec encodes it, so structs will do), bytes that are ready, or a
    `Rendering`; with `empty` there is no body and no content type at all.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = {}
    media_type: str = JSON
    empty: bool = False


def no_content() -> Answer:
    """204 without a body."""
    return Answer(status=204, empty=True)


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One thing that is wrong with a request.

    `path` leads to the value in the body (member names and positions), `key` is the kind of fault
    in the carrier's words, `message` a sentence for people: what is wrong and what is allowed.
    `source` is the clause that the rule comes from; empty where that is the operation's own. A
    finding of a schema also tells the `keyword` that was not met, the `value`, and the JSON types
    that are `wanted` there.
    """

    path: tuple[str | int, ...]
    key: str
    message: str = ""
    keyword: str = ""
    value: Any = None
    wanted: tuple[str, ...] = ()
    source: str = ""


class Refusal(Exception):
    """Ends an operation with an error answer; everything that it had changed is undone.

    Carriers raise it through the named constructors in their own ``errors`` module. What the
    answer's body has no room for is told in the explanation: `reason` says in words why,
    `findings` are all that is wrong with the request, `advice` is what to do next.
    """

    def __init__(
        self,
        answer: Answer,
        reason: str = "",
        *,
        findings: Iterable[Finding] = (),
        advice: str = "",
    ) -> None:
        super().__init__(reason or f"refused with {answer.status}")
        self.answer = answer
        self.reason = reason
        self.findings = tuple(findings)
        self.advice = advice
