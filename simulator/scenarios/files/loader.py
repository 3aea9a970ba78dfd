"""Reads scenario files: all that is wrong with one is told at once, each at its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from simulator import resources
from simulator.scenarios.files import checks
from simulator.scenarios.model import Scenario
from simulator.scenarios.reading import positions
from simulator.scenarios.reading.positions import Document, NotReadable, Problem
from simulator.scenarios.vocabulary import Vocabulary

_MOST_TOLD = 100
"""Problems of a file; whoever has more has something else in his hands than a scenario."""


class Refused(Exception):
    """A file cannot be taken. `problems` are its lines, ``file:line:column: what is wrong``."""

    def __init__(self, source: str, found: Sequence[Problem]) -> None:
        self.found = list(found)[:_MOST_TOLD]
        self.problems = [told(source, problem) for problem in self.found]
        if len(found) > _MOST_TOLD:
            self.problems.append(f"{source}: and more")
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario with the text that it was read from."""

    scenario: Scenario
    document: dict[str, Any]
    source: str
    _text: Document

    def place(self, *path: str | int) -> str:
        """Where a part stands, as ``file:line:column``; of what is not there, what holds it."""
        mark = self._text.mark(path, of_key=True)
        return self.source if mark is None else f"{self.source}:{mark.line}:{mark.column}"


def load(path: Path, known: Vocabulary) -> Source:
    """Read a file. Raises `Refused` with everything that is wrong with it."""
    source = str(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(positions.LARGEST + 1)
    except FileNotFoundError:
        raise _unreadable(source, "there is no such file") from None
    except OSError as error:
        raise _unreadable(source, f"cannot be read: {error.strerror}") from None
    return read(content, source, known)


def read(content: bytes, source: str, known: Vocabulary) -> Source:
    """Read a text, YAML or JSON. Raises `Refused` with everything that is wrong with it."""
    try:
        document = positions.read(positions.decoded(content))
    except NotReadable as error:
        raise Refused(source, [error.problem]) from None
    if not isinstance(document.data, dict):
        raise _unreadable(source, _no_object(document.data))
    found = document.problems + problems(document.data, known, document)
    if found:
        raise Refused(source, sorted(found, key=lambda problem: problem.mark or (0, 0)))
    scenario = msgspec.convert(document.data, Scenario)
    return Source(scenario, document.data, source, document)


def problems(data: Any, known: Vocabulary, document: Document | None = None) -> list[Problem]:
    """Everything that is wrong with the data of a scenario; with a document, where it stands."""
    return [
        Problem(
            fault.path,
            None if document is None else document.mark(fault.path, of_key=fault.of_key),
            fault.message,
        )
        for fault in checks.faults(known, data)
    ]


def told(source: str, problem: Problem) -> str:
    """A problem on one line: place, path within the file, and what is wrong."""
    place = "" if problem.mark is None else f":{problem.mark.line}:{problem.mark.column}"
    path = dotted(problem.path)
    return f"{source}{place}: {f'{path}: ' if path else ''}{problem.message}"


def dotted(path: Iterable[str | int]) -> str:
    """A path with dots, as the control API writes places."""
    return ".".join(str(step) for step in path)


def _no_object(data: Any) -> str:
    """Why what was read is no scenario; a name in its place is one that somebody wants loaded."""
    begins = 'a scenario begins with "scenario: its title"'
    if data is None:
        return f"is empty: {begins}"
    if not isinstance(data, str):
        return f"is no object of keys and values: {begins}"
    if resources.scenario_path(data) is not None:
        hint = f"; carrier-simulator scenarios {data.removesuffix('.yaml')} prints the library's"
    else:
        hint = resources.scenario_meant(data)
    return f"is the text {data!r:.80}, no object of keys and values: {begins}{hint}"


def _unreadable(source: str, message: str) -> Refused:
    return Refused(source, [Problem((), None, message)])
