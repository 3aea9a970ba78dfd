"""In what an answer is not as a step expects it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import msgspec
from msgspec import UNSET

from simulator.core.formats import nesting
from simulator.engine.rules.matching import ABSENT, Difference, differences
from simulator.scenarios.model import Expectation
from simulator.scenarios.replay.events import Gap

Judge = Callable[[Expectation | None, httpx2.Response], list[Gap]]
"""Tells in what an answer is not as a step expects it."""

_LONGEST = 200


def unlike(expected: Expectation | None, response: httpx2.Response) -> list[Gap]:
    """Every place at which the answer differs; without an expected status it must be below 400."""
    found = [*_status(expected, response.status_code)]
    if expected is not None:
        headers = {name.lower(): value for name, value in response.headers.items()}
        for name, pattern in expected.headers.items():
            value = headers.get(name.lower(), ABSENT)
            found += differences(pattern, value, f"/headers/{name.lower()}")
        if expected.body is not UNSET:
            found += differences(expected.body, body_of(response, expected.body), "/body")
    return [gap(difference) for difference in found]


def body_of(response: httpx2.Response, pattern: Any = UNSET) -> Any:
    """The body as JSON where it is some, else as text; an empty one is absent.

    Where the pattern is a text that is no JSON string, the body is taken as the text that it is.
    """
    if not response.content:
        return "" if pattern == "" else ABSENT
    try:
        value = nesting.read(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return response.content.decode(errors="replace")
    # Digits alone are JSON as well; whoever expects a text means the text.
    if isinstance(pattern, str) and not isinstance(value, str):
        return response.content.decode(errors="replace")
    return value


def gap(difference: Difference) -> Gap:
    """A difference in words."""
    return Gap(difference.place or "/", difference.wanted, told(difference.found))


def told(value: Any) -> str:
    """A value as a person reads it, cut when it is long."""
    if value is ABSENT:
        return "nothing"
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _status(expected: Expectation | None, status: int) -> list[Difference]:
    if expected is not None and expected.status is not UNSET:
        return differences(expected.status, status, "/status")
    if status < 400:
        return []
    return [Difference("/status", "below 400, since the step expects no other", status)]
