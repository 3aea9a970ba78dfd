"""A summary in Markdown, for the page of a run in CI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from simulator.scenarios.replay.events import FileResult, RunEnded, StepResult
from simulator.scenarios.replay.reporters.words import exchange, summary

_MARKS = {"passed": "✅", "failed": "❌", "broken": "⚠️"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def text(run: RunEnded) -> str:
    """The summary as text."""
    return "\n".join(_lines(run)) + "\n"


def write(run: RunEnded, path: Path) -> None:
    """Write the summary."""
    path.write_text(text(run), encoding="utf-8")


def append(run: RunEnded, path: Path) -> None:
    """Add the summary to what is there, as CI's own page of a run wants it."""
    with path.open("a", encoding="utf-8") as page:
        page.write(text(run))


def _lines(run: RunEnded) -> Iterator[str]:
    yield "## Replay"
    yield ""
    yield _plain(summary(run))
    yield ""
    yield "| | scenario | file | steps | time |"
    yield "| --- | --- | --- | ---: | ---: |"
    for result in run.results:
        yield (
            f"| {_MARKS[result.outcome]} | {_plain(result.title)} | {_plain(result.path)} "
            f"| {result.count('passed')}/{len(result.steps)} | {result.seconds:.1f} s |"
        )
    for result in run.results:
        for step in result.steps:
            if step.outcome in ("failed", "broken"):
                yield from _step(result, step)
    skipped = [(result, step) for result in run.results for step in result.steps]
    for result, step in skipped:
        if step.outcome == "skipped":
            where = f"{result.path}, step {step.number} {step.name}"
            yield ""
            yield f"Skipped: {_plain(where)}: {_plain(step.message)}"


def _step(result: FileResult, step: StepResult) -> Iterator[str]:
    yield ""
    yield f"### {_plain(step.place)}: step {step.number} {_plain(step.name)}"
    yield ""
    yield _plain(step.message)
    if step.differences:
        yield ""
        yield "| place | wanted | found |"
        yield "| --- | --- | --- |"
        for gap in step.differences:
            yield f"| {_plain(gap.place)} | {_plain(gap.wanted)} | {_plain(gap.found)} |"
    lines = [*exchange(step)]
    if not lines:
        return
    # A fence that is longer than any within.
    ticks = [len(run) for run in re.findall("`+", " ".join(lines))]
    fence = "`" * max(3, *(length + 1 for length in ticks), 3)
    yield ""
    yield fence
    yield from lines
    yield fence


def _plain(text: str) -> str:
    """The text as it is: nothing in it means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
