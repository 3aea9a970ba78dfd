"""Variables that no step has to save: ``${env.NAME}`` and ``${workspace}``.

What stands in the environment is taken without the white space at its end, which shells and files
of secrets leave there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from simulator.core.templates import variables
from simulator.scenarios.model import Step
from simulator.scenarios.replay.masking import SECRET_HEADERS
from simulator.scenarios.replay.stages.stage import BadStep
from simulator.scenarios.rules.header_checks import value_faults

SHORTEST_SECRET = 4
"""Characters of a credential: stars in the place of a shorter one would garble every report."""

_ENVIRONMENT = "env."

Path = tuple[str | int, ...]


class Use(NamedTuple):
    """A variable of the environment that a step names, and where: `path` is within the steps."""

    path: Path
    name: str

    @property
    def in_header(self) -> bool:
        """Whether it becomes a header."""
        return self.path[1:3] == ("request", "auth") or self.path[1:3] == ("request", "headers")

    @property
    def is_credential(self) -> bool:
        """Whether it says who the client is."""
        return self.in_header and (self.path[2] == "auth" or self._of_secret_header())

    def _of_secret_header(self) -> bool:
        return len(self.path) > 3 and str(self.path[3]).lower() in SECRET_HEADERS


def value(name: str) -> str | None:
    """What a variable of the environment holds; None where it is not set."""
    held = os.environ.get(name)
    return None if held is None else held.rstrip()


def unsendable(name: str, *, credential: bool = True) -> str | None:
    """Why what a variable of the environment holds cannot be sent as a header, or is no credential
    that could be kept out of reports. What it holds is not told."""
    held = value(name) or ""
    if credential and len(held) < SHORTEST_SECRET:
        return (
            f"the environment variable {name} is too short for a credential: at least "
            f"{SHORTEST_SECRET} characters, since stars are put in its place in reports"
        )
    wrong = next(value_faults(held), None)
    return None if wrong is None else f"the environment variable {name} cannot be a header: {wrong}"


def uses(steps: Iterable[Step]) -> Iterator[Use]:
    """The variables of the environment that steps name, each as often as it is named."""
    return _uses([msgspec.to_builtins(step) for step in steps], ())


def problems(steps: Sequence[Step]) -> Iterator[tuple[Path, str]]:
    """What is wrong with the environment that steps need, each variable told once."""
    told: set[str] = set()
    for use in uses(steps):
        if use.name in told:
            continue
        problem = None
        if value(use.name) is None:
            problem = f"the environment variable is not set: {use.name}"
        elif use.in_header:
            problem = unsendable(use.name, credential=use.is_credential)
        if problem is not None:
            told.add(use.name)
            yield ("steps", *use.path), problem


def check(step: Step) -> None:
    """Raise `BadStep` when a step names a variable of the environment that is not set."""
    for _, problem in problems([step]):
        raise BadStep(problem)


def ambient(workspace: str) -> dict[str, Any]:
    """The variables by their names."""
    environment = {name: held.rstrip() for name, held in os.environ.items()}
    return {"env": environment, "workspace": workspace}


def _uses(part: Any, path: Path) -> Iterator[Use]:
    if isinstance(part, str):
        for name in variables(part):
            if name.startswith(_ENVIRONMENT):
                yield Use(path, name.removeprefix(_ENVIRONMENT))
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from _uses(key, (*path, key))
            yield from _uses(inner, (*path, key))
    elif isinstance(part, list | tuple):
        for place, inner in enumerate(part):
            yield from _uses(inner, (*path, place))
