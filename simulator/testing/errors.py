"""What can go wrong between a test and the simulator; each message says what to do."""

from __future__ import annotations

from typing import Any


class SimulatorError(Exception):
    """The root of all errors of this package that are not the test's own verdict."""


class NotStarted(SimulatorError):
    """The server did not come up; the message has what it said last."""


class NoServer(SimulatorError):
    """Nobody answers where the server was, or should be."""


class WrongVersion(SimulatorError):
    """The server is of a version that this client does not speak to."""


class NotServed(SimulatorError):
    """The server does not serve that carrier."""


class Refused(SimulatorError):
    """The control API refused: `status`, `detail`, and the whole `problem` as it was answered."""

    def __init__(self, method: str, path: str, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        errors = problem.get("errors") or []
        lines = [f"{each.get('path')}: {each.get('message')}" for each in errors]
        self.detail = "\n".join(lines) or str(problem.get("detail") or problem)
        super().__init__(f"{method} {path} was refused with {status}: {self.detail}")


class VerificationFailed(AssertionError):
    """What the client did is not what was to be; one line for each check that failed."""


class NothingCame(AssertionError):
    """What was waited for did not come in time."""
