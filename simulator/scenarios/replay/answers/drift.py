"""How a carrier's answer is built otherwise than the simulator's."""

from __future__ import annotations

from typing import Any

import httpx2
from msgspec import UNSET
from msgspec.structs import replace

from simulator.engine.rules.matching import ABSENT
from simulator.scenarios.model import Expectation
from simulator.scenarios.replay.answers import shapes
from simulator.scenarios.replay.answers.expectations import body_of, gap, unlike
from simulator.scenarios.replay.events import Gap
from simulator.scenarios.replay.player import Played


def unlike_in_shape(expected: Expectation | None, response: httpx2.Response) -> list[Gap]:
    """Every place at which an answer is built otherwise than a step expects; its status must be
    the expected one."""
    status = None if expected is None else replace(expected, body=UNSET, headers={})
    gaps = unlike(status, response)
    if expected is None:
        return gaps
    for name, pattern in expected.headers.items():
        value = response.headers.get(name, ABSENT)
        place = f"/headers/{name.lower()}"
        gaps += map(gap, shapes.unlike_pattern(pattern, value, place))
    if expected.body is not UNSET:
        body = body_of(response, expected.body)
        gaps += map(gap, shapes.unlike_pattern(expected.body, body, "/body"))
    return gaps


def drifted(simulated: httpx2.Response, real: httpx2.Response) -> list[Gap]:
    """Where the carrier's answer and the simulator's are built differently."""
    found: list[tuple[str, str, str]] = []
    if simulated.status_code != real.status_code:
        found.append(("/status", str(simulated.status_code), str(real.status_code)))
    media = _media(simulated), _media(real)
    if media[0] != media[1]:
        found.append(("/headers/content-type", *media))
    found += shapes.unlike(_body(simulated), _body(real), "/body")
    return [
        Gap(place, f"{here} (the simulator)", f"{there} (the carrier)")
        for place, here, there in found
    ]


def together(simulated: Played, real: Played) -> Played:
    """The result of a step that was played on both sides."""
    gaps = list(real.result.differences)
    result = real.result
    if simulated.result.outcome in ("failed", "broken"):
        message = f"on the simulator: {simulated.result.message}"
        gaps = [*simulated.result.differences, *gaps]
        result = replace(simulated.result, message=message, differences=tuple(gaps))
    if simulated.response is not None and real.response is not None:
        drift = drifted(simulated.response, real.response)
        if drift:
            outcome = "failed" if result.outcome == "passed" else result.outcome
            message = result.message or "the carrier answers otherwise than the simulator"
            result = replace(result, outcome=outcome, message=message, differences=(*gaps, *drift))
    return Played(result, real.response, simulated.goes_on and real.goes_on)


def _media(response: httpx2.Response) -> str:
    return response.headers.get("content-type", "none").partition(";")[0].strip().lower()


def _body(response: httpx2.Response) -> Any:
    """The body as JSON; one that is none, such as a file, only counts as a text."""
    body = body_of(response)
    return "" if isinstance(body, str) else body
