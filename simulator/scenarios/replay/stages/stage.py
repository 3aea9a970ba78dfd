"""Where a scenario is played: in a workspace of a simulator, or against a carrier itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from simulator.scenarios.model import Scenario


class Unreachable(Exception):
    """The server was not reached, or is no simulator; the message says what to look at."""


class Refusal(Exception):
    """The simulator refused what a step asked of it; the message is its own."""


class BadStep(Exception):
    """A step that cannot be carried out as it stands; the message says why."""


class Skipped(Exception):
    """A step that means nothing here and was left out, as asked for; the message says why."""


def unexpected(error: Exception) -> str:
    """An error that nobody thought of, on one line."""
    words = " ".join(str(error).split())
    return f"replay could not go on: {type(error).__name__}{f': {words}' if words else ''}"


class Stage(Protocol):
    """What a player needs of the place where it plays."""

    @property
    def name(self) -> str:
        """The workspace; empty where there is none."""

    def begin(self, scenario: Scenario, document: Mapping[str, Any]) -> tuple[str, ...]:
        """Make the world as the scenario needs it; gives notes. Raises `Refusal`."""

    def base_url(self, carrier: str) -> str:
        """The carrier's base URL, without a slash at its end."""

    def headers(self, carrier: str, auth: str, saved: Mapping[str, Any]) -> dict[str, str]:
        """The headers that prove who the client is, for a credential as the scenario writes it."""

    def advance(self, by: Any) -> None:
        """Move the clock: by a duration, or by what ``clock/advance`` takes."""

    def wait(self, duration: timedelta) -> None:
        """Let time pass between two requests."""

    def pause(self, duration: timedelta) -> None:
        """Let time pass before the same is asked again."""

    def do(self, action: str, arguments: Any) -> Any:
        """Carry out an action; gives what came of it."""

    def webhooks(self) -> list[dict[str, Any]]:
        """All notifications so far, oldest first."""

    def explain(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        """Why an answer with these headers was given; nothing where nobody knows."""

    def verify(self, checks: list[Any]) -> list[dict[str, Any]]:
        """What came of the checks, each with `passed` and `message`."""

    def failures(self) -> list[tuple[int, str]]:
        """Entries of the timeline that could not do what they say: which one, and why."""

    def end(self) -> str | None:
        """Leave; gives the name of what was kept."""
