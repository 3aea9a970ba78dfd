"""Plays one file: makes its world, plays its steps, asks for its checks, leaves."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from simulator.scenarios.model import Scenario, Step
from simulator.scenarios.replay.answers.drift import together
from simulator.scenarios.replay.events import (
    FileEnded,
    FileOutcome,
    FileResult,
    FileStarted,
    Listener,
    StepEnded,
    StepOutcome,
    StepResult,
)
from simulator.scenarios.replay.player import Played, Player, name_of
from simulator.scenarios.replay.stages.stage import Refusal, Skipped, Stage, Unreachable, unexpected

Place = Callable[..., str]
"""Gives `file:line:column` of a place in the file: ``place("steps", 3)``."""


_GIVEN = re.compile(r"given\.([0-9]+)\.")
"""How the simulator tells which action of `given` was not possible."""

_NEAREST = 3
"""Requests that are told of a check which failed."""


class Story(NamedTuple):
    """A scenario that was read from a file."""

    path: Path
    scenario: Scenario
    document: Mapping[str, Any]
    place: Place


class Part(NamedTuple):
    """A stage and the player on it."""

    stage: Stage
    player: Player


def play(
    story: Story, parts: Sequence[Part], tell: Listener, stopped: Callable[[], bool]
) -> FileResult:
    """Play the file on one stage; or on two, and compare what either answers to each step.

    With two, a step that only differs does not end the story.
    """
    path = str(story.path)
    begun = time.perf_counter()
    tell(FileStarted(path, len(story.scenario.steps)))
    results: list[StepResult] = []
    notes: list[str] = []
    kept: str | None = None

    def ended(result: StepResult) -> None:
        results.append(result)
        tell(StepEnded(path, result))

    try:
        for part in parts:
            notes += part.stage.begin(story.scenario, story.document)
    except Unreachable as error:
        ended(_beginning(story, "broken", str(error)))
    except Refusal as error:
        ended(_beginning(story, "failed", str(error)))
    except Exception as error:
        ended(_beginning(story, "broken", unexpected(error)))
    going = not results
    for number, step in enumerate(story.scenario.steps, start=1):
        place = story.place("steps", number - 1)
        if not going or stopped():
            ended(StepResult(number, name_of(step), place, "not run"))
            continue
        played = _played(parts, step, number, place)
        ended(played.result)
        going = played.result.outcome in ("passed", "skipped") or (
            len(parts) > 1 and played.goes_on
        )
    for result in _judged(story, parts[0].stage, going and not stopped()):
        ended(result)
    for part in parts:
        try:
            notes += _of_timeline(story, part.stage)
            kept = part.stage.end() or kept
        except Unreachable as error:
            notes.append(f"the workspace was not deleted: {error}")
    if not story.scenario.steps and not story.scenario.verify:
        notes.append("nothing was played: the file has no steps")
    whole = FileResult(
        path=path,
        title=story.scenario.scenario,
        outcome=_outcome(results),
        seconds=time.perf_counter() - begun,
        steps=tuple(results),
        notes=tuple(notes),
        workspace=kept,
    )
    tell(FileEnded(whole))
    return whole


def broken(story: Story, error: Exception) -> FileResult:
    """What is told of a file that could not be played for a reason that nobody thought of."""
    begin = _beginning(story, "broken", unexpected(error))
    return FileResult(str(story.path), story.scenario.scenario, "broken", 0.0, (begin,))


def _played(parts: Sequence[Part], step: Step, number: int, place: str) -> Played:
    played = [part.player.play(step, number, place) for part in parts]
    return played[0] if len(played) == 1 else together(*played)


def _judged(story: Story, stage: Stage, going: bool) -> list[StepResult]:
    """What came of the checks, as further steps."""
    checks = story.scenario.verify
    first = len(story.scenario.steps) + 1
    blank = [
        StepResult(
            number, f"verify {check.name or _told(check)}", story.place("verify", index), "not run"
        )
        for index, (number, check) in enumerate(enumerate(checks, start=first))
    ]
    if not checks or not going:
        return blank
    replace = msgspec.structs.replace
    try:
        found = stage.verify(story.document["verify"])
    except Skipped as error:
        return [replace(each, outcome="skipped", message=str(error)) for each in blank]
    except Unreachable as error:
        return [replace(each, outcome="broken", message=str(error)) for each in blank]
    except Refusal as error:
        return [replace(each, outcome="failed", message=str(error)) for each in blank]
    return [
        replace(each, outcome="passed")
        if judged["passed"]
        else replace(
            each,
            outcome="failed",
            message=judged["message"],
            why=tuple(map(_nearest, judged["nearest"]))[:_NEAREST],
        )
        for each, judged in zip(blank, found, strict=True)
    ]


def _of_timeline(story: Story, stage: Stage) -> list[str]:
    """What the world of the story could not do, which no step would say."""
    timeline = story.scenario.timeline
    if not timeline:
        return []
    try:
        failures = stage.failures()
    except Refusal:
        return []  # the story could not even be loaded, and that was told
    return [
        f"the timeline could not do {timeline[entry].name or f'its entry {entry + 1}'} "
        f"({story.place('timeline', entry)}): {error}"
        for entry, error in failures
    ]


def _told(check: Any) -> str:
    return msgspec.json.encode(check).decode()


def _nearest(near: Mapping[str, Any]) -> str:
    """A request that comes near to what a check is about, and what is otherwise with it."""
    differs = "; ".join(
        f"{each['place']} is {each['found']}, not {each['wanted']}" for each in near["differences"]
    )
    request = f"{near['method']} {near['path']} (answered {near['status']})"
    return f"near: {request}{f': {differs}' if differs else ''}"


def _beginning(story: Story, outcome: StepOutcome, message: str) -> StepResult:
    given = _GIVEN.match(message)
    place = story.place() if given is None else story.place("given", int(given[1]))
    return StepResult(0, "begin", place, outcome, message=message)


def _outcome(results: Sequence[StepResult]) -> FileOutcome:
    outcomes = {result.outcome for result in results}
    if "broken" in outcomes:
        return "broken"
    return "failed" if outcomes & {"failed", "not run"} else "passed"
