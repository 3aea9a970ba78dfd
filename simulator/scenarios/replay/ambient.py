"""Variables that no step has to save: ``${env.NAME}`` and ``${workspace}``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from simulator.core.templates import variables
from simulator.scenarios.model import Step
from simulator.scenarios.replay.stages.stage import BadStep

_ENVIRONMENT = "env."


def environment_names(steps: Iterable[Step]) -> Iterator[str]:
    """The environment variables that these steps name."""
    for step in steps:
        for name in variables(msgspec.to_builtins(step)):
            if name.startswith(_ENVIRONMENT):
                yield name.removeprefix(_ENVIRONMENT)


def check(step: Step) -> None:
    """Raise `BadStep` when a step names a variable of the environment that is not set."""
    unset = [name for name in dict.fromkeys(environment_names([step])) if name not in os.environ]
    if unset:
        which = "variable is" if len(unset) == 1 else "variables are"
        raise BadStep(f"the environment {which} not set: {', '.join(unset)}")


def ambient(workspace: str) -> dict[str, Any]:
    """The variables by their names."""
    environment: Mapping[str, str] = os.environ
    return {"env": environment, "workspace": workspace}
