"""Credentials as scenarios write them: the text itself, or ``${env.NAME}``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulator.core.templates import filled, variables
from simulator.scenarios.model import Step
from simulator.scenarios.replay.stage import BadStep

_ENVIRONMENT = "env."


def environment_names(steps: Iterable[Step]) -> Iterator[str]:
    """The environment variables that the credentials of these steps come from."""
    for step in steps:
        if step.request is not None:
            for name in variables(step.request.auth or ""):
                if name.startswith(_ENVIRONMENT):
                    yield name.removeprefix(_ENVIRONMENT)


def resolved(auth: str, saved: Mapping[str, Any]) -> str:
    """The credential itself. Raises `BadStep` for a variable of the environment that is not set,
    `UnknownVariable` for any other."""
    for name in variables(auth):
        variable = name.removeprefix(_ENVIRONMENT)
        if name.startswith(_ENVIRONMENT) and not os.environ.get(variable):
            raise BadStep(f"the environment variable {variable} is not set, and `auth` needs it")
    return str(filled(auth, {**saved, "env": os.environ}))
