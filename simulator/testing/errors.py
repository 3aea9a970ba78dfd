"""What can go wrong between a test and the simulator; each message says what to do."""

from __future__ import annotations

import re
from typing import Any, Self

from simulator.server_process.errors import NotStarted as NotStarted
from simulator.server_process.errors import SimulatorError as SimulatorError


class NoServer(SimulatorError):
    """Nobody answers where the server was, or should be."""


class WrongVersion(SimulatorError):
    """The server is of a version that this client does not speak to."""


class NotServed(SimulatorError):
    """The server does not serve that carrier."""


class Refused(SimulatorError):
    """The control API refused: `status`, `detail`, and the whole `problem` as it was answered."""

    def __init__(self, what: str, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        errors = problem.get("errors") or []
        lines = [": ".join(filter(None, map(each.get, ("path", "message")))) for each in errors]
        self.detail: str = "\n".join(lines) or str(problem.get("detail") or problem)
        super().__init__(f"{what} was refused with {status}: {self.detail}")

    def of(self, what: str, *, with_lines: bool) -> Refused:
        """The same refusal, of what the body was: places are within that, with lines or without."""
        errors = [
            {"path": _within(str(each.get("path"))), "message": str(each.get("message"))}
            for each in self.problem.get("errors") or []
        ]
        for each in errors:
            if not with_lines:
                each["message"] = _LINE.sub("", each["message"])
        return Refused(what, self.status, {**self.problem, "errors": errors})


_LINE = re.compile(r"^line \d+, column \d+: ")


def _within(path: str) -> str:
    """A place of a body, seen from within it."""
    return path.removeprefix("body").removeprefix(".")


class VerificationFailed(AssertionError):
    """What the client did is not what was to be; one line for each check that failed."""


class NothingCame(AssertionError):
    """What was waited for did not come in time."""

    @classmethod
    def under(cls, said: str, clock_mode: str) -> Self:
        """What did not come, and what moves a clock of that mode if it does not run by itself."""
        return cls(f"{said}{_STANDING.get(clock_mode, '')}")


_STANDING = {
    "frozen": (
        "; the clock stands, so that nothing comes by itself: advance(until=...) or "
        'advance("1h") moves it'
    ),
    "eager": (
        "; the clock stands until the program polls: a GET of a carrier moves it, and advance() "
        "does"
    ),
}
"""The modes in which a clock does not run, and what moves it."""
