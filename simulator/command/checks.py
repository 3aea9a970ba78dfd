"""Checks a file, whatever kind it says that it is: scenario, OpenAPI document, or settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulator.command.spec_check import check_spec, is_spec
from simulator.scenarios.vocabulary import Vocabulary
from simulator.settings import SettingsError, resolve


def check(path: Path, known: Callable[[], Vocabulary]) -> list[str]:
    """What is wrong with a file, one ``file:line:column: ...`` each; empty if nothing is.

    `known` gathers the words of all carriers, which takes half a second and only scenarios need.
    """
    if is_scenario(path):
        return _scenario_problems(path, known())
    return check_spec(path) if is_spec(path) else _settings_problems(path)


def is_scenario(path: Path) -> bool:
    """Whether the file says of itself that it is a scenario, or lies where scenarios do."""
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        return False
    with path.open("rb") as stream:
        beginning = stream.read(20_000)
    lines = beginning.replace(b'"', b"").splitlines()
    named = any(line.lstrip(b" {").startswith(b"scenario:") for line in lines)
    return named or b"scenario.schema.json" in beginning or "scenarios" in path.parts[:-1]


def _scenario_problems(path: Path, known: Vocabulary) -> list[str]:
    from simulator.scenarios.files.loader import Refused, load

    try:
        load(path, known)
    except Refused as error:
        return error.problems
    return []


def _settings_problems(path: Path) -> list[str]:
    try:
        resolve(environment={}, config=path)
    except SettingsError as error:
        return [str(error).removeprefix("--config: ")]
    return []
