"""Lines for people: on a terminal with a line of progress, elsewhere plain."""

from __future__ import annotations

import shutil
from typing import TextIO

from simulator.scenarios.replay.events import (
    Event,
    FileEnded,
    FileResult,
    FileStarted,
    RunEnded,
    StepEnded,
    StepResult,
)
from simulator.scenarios.replay.reporters.words import details, summary

_COLOURS = {"passed": "32", "failed": "31", "broken": "31", "skipped": "33"}
_WORDS = {"passed": "ok", "failed": "FAIL", "broken": "BROKEN"}
_CLEAR = "\r\x1b[2K"


class TextReporter:
    """Writes a line for each file as it ends, with what is wrong beneath it.

    With `live` a last line tells what is going on, and is written anew with each step.
    """

    def __init__(self, out: TextIO, *, live: bool, colours: bool) -> None:
        self._out = out
        self._live = live
        self._colours = colours
        self._playing: dict[str, str] = {}

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        match event:
            case FileStarted():
                self._playing[event.path] = f"{event.path} 0/{event.steps}"
            case StepEnded():
                shown = self._playing.get(event.path, "")
                of = shown.rpartition("/")[2]
                self._playing[event.path] = f"{event.path} {event.step.number}/{of}"
            case FileEnded():
                self._playing.pop(event.result.path, None)
                self._write(*self._file(event.result))
            case RunEnded():
                self._playing.clear()
                self._write("", summary(event))
        self._progress()

    def _file(self, result: FileResult) -> list[str]:
        word = f"{_WORDS[result.outcome]:<6}"
        lines = [
            f"{self._coloured(word, result.outcome)} {result.path}  {result.title}"
            f"  ({len(result.steps)} steps, {result.seconds:.2f} s)"
        ]
        for step in result.steps:
            lines += self._step(step)
        rest = [step.number for step in result.steps if step.outcome == "not run"]
        if rest:
            which = f"step {rest[0]}" if len(rest) == 1 else f"steps {rest[0]} to {rest[-1]}"
            lines.append(f"  not run: {which}")
        lines += [f"  {note}" for note in result.notes]
        if result.workspace is not None:
            lines.append(f"  kept in the workspace {result.workspace}")
        return lines

    def _step(self, step: StepResult) -> list[str]:
        if step.outcome in ("passed", "not run"):
            return []
        title = f"step {step.number} {step.name}"
        if step.outcome == "skipped":
            return [f"  {self._coloured('skipped', 'skipped')} {title}: {step.message}"]
        return [
            f"  {self._coloured(title, step.outcome)}  {step.place}",
            *(f"    {line}" for line in details(step)),
        ]

    def _write(self, *lines: str) -> None:
        if self._live:
            self._out.write(_CLEAR)
        # What a server says must not move the cursor about.
        self._out.writelines(f"{_visible(line, self._colours)}\n" for line in lines)
        self._out.flush()

    def _progress(self) -> None:
        if not self._live:
            return
        width = shutil.get_terminal_size().columns - 1
        line = " | ".join(self._playing.values())
        self._out.write(f"{_CLEAR}{_visible(line, False)[:width]}")
        self._out.flush()

    def _coloured(self, text: str, outcome: str) -> str:
        return f"\x1b[{_COLOURS[outcome]}m{text}\x1b[0m" if self._colours else text


def _visible(line: str, colours: bool) -> str:
    """The line without control characters, other than those of colours."""
    allowed = "\t\x1b" if colours else "\t"
    return "".join(
        each if each.isprintable() or each in allowed else "\N{REPLACEMENT CHARACTER}"
        for each in line
    )
