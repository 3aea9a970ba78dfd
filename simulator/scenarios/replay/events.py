"""What happens in a run, as events: the player emits them, reporters only consume them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

StepOutcome = Literal["passed", "failed", "broken", "skipped", "not run"]
"""`broken` is a step of which nothing can be said, since the server was not reached."""

FileOutcome = Literal["passed", "failed", "broken"]


class Gap(msgspec.Struct, frozen=True):
    """One place at which an answer is not as it should be.

    `place` is a JSON Pointer (`/status`, `/headers/location`, `/body/items/0/id`); both sides are
    told in words that a person reads.
    """

    place: str
    wanted: str
    found: str


class Sent(msgspec.Struct, frozen=True):
    """A request as it was sent; long bodies are cut."""

    method: str
    url: str
    headers: dict[str, str]
    body: str


class Got(msgspec.Struct, frozen=True):
    """An answer as it came; long bodies are cut."""

    status: int
    headers: dict[str, str]
    body: str


class StepResult(msgspec.Struct, frozen=True):
    """What came of one step, or of one check of `verify`.

    `why` is the simulator's own explanation of its answer, in its first sentences; `place` is
    `file:line:column` of the step. Steps that no file has are told under a `group`.
    """

    number: int
    name: str
    place: str
    outcome: StepOutcome
    seconds: float = 0.0
    message: str = ""
    differences: tuple[Gap, ...] = ()
    sent: Sent | None = None
    got: Got | None = None
    why: tuple[str, ...] = ()
    group: str = ""


class FileResult(msgspec.Struct, frozen=True):
    """What came of one file. `workspace` is named when it was kept."""

    path: str
    title: str
    outcome: FileOutcome
    seconds: float
    steps: tuple[StepResult, ...]
    notes: tuple[str, ...] = ()
    workspace: str | None = None

    def count(self, *outcomes: StepOutcome) -> int:
        """How many steps ended so."""
        return sum(step.outcome in outcomes for step in self.steps)


class RunStarted(msgspec.Struct, frozen=True, tag=True):
    """So many files are going to be played against this server."""

    at: datetime
    files: int
    against: str


class FileStarted(msgspec.Struct, frozen=True, tag=True):
    """A file's story begins; it has so many steps."""

    path: str
    steps: int


class StepEnded(msgspec.Struct, frozen=True, tag=True):
    """A step of a file has ended."""

    path: str
    step: StepResult


class FileEnded(msgspec.Struct, frozen=True, tag=True):
    """A file's story has ended."""

    result: FileResult


class RunEnded(msgspec.Struct, frozen=True, tag=True):
    """All files were played; `results` are in the order in which the files were given.

    In a `report` of a journal a workspace stands in the place of a file.
    """

    at: datetime
    ended: datetime
    seconds: float
    against: str
    results: tuple[FileResult, ...]
    kind: Literal["replay", "report"] = "replay"

    @property
    def steps(self) -> int:
        """How many steps there are in all."""
        return sum(len(result.steps) for result in self.results)

    def count(self, *outcomes: StepOutcome) -> int:
        """How many steps ended so."""
        return sum(result.count(*outcomes) for result in self.results)

    def files(self, outcome: FileOutcome) -> int:
        """How many files ended so."""
        return sum(result.outcome == outcome for result in self.results)


Event = RunStarted | FileStarted | StepEnded | FileEnded | RunEnded

Listener = Callable[[Event], None]
