"""The words in which all reporters tell of a step."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenarios.replay.events import RunEnded, StepResult

_LONGEST_LINE = 600


def details(step: StepResult) -> Iterator[str]:
    """What is wrong with a step, a line each: differences, the request, the answer, and why."""
    if step.message:
        yield step.message
    for gap in step.differences:
        yield f"{gap.place}  wanted {gap.wanted}, found {gap.found}"
    yield from exchange(step)


def exchange(step: StepResult) -> Iterator[str]:
    """What was said on the wire in a step, and why it was answered so, a line each."""
    if step.sent is not None:
        yield _line("request", f"{step.sent.method} {step.sent.url}", step.sent.body)
    if step.got is not None:
        yield _line("answer", str(step.got.status), step.got.body)
    for number, sentence in enumerate(step.why):
        yield f"{'why' if number == 0 else '':<8} {sentence}"


def summary(run: RunEnded) -> str:
    """The whole run in one sentence."""
    files = len(run.results)
    parts = [f"{run.files('passed')} of {files} {'file' if files == 1 else 'files'} passed"]
    for word, count in (
        ("failed", run.files("failed")),
        ("broken", run.files("broken")),
        ("steps skipped", run.count("skipped")),
    ):
        if count:
            parts.append(f"{count} {word}")
    return f"{', '.join(parts)}; {run.steps} steps in {run.seconds:.1f} s"


def _line(title: str, head: str, body: str) -> str:
    text = f"{title:<8} {head}  {' '.join(body.split())}".rstrip()
    return text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 3]}..."
