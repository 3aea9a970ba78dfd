"""Checks a file, whatever kind it says that it is: scenario, OpenAPI document, or settings."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import yaml

from simulator.command.spec_check import check_spec, is_spec
from simulator.scenarios.model import Scenario
from simulator.scenarios.vocabulary import Vocabulary
from simulator.settings import Settings, SettingsError, resolve

_ENDINGS = (".yaml", ".yml", ".json")


def check(path: Path, known: Callable[[], Vocabulary]) -> list[str]:
    """What is wrong with a file, one ``file:line:column: ...`` each; empty if nothing is.

    `known` gathers the words of all carriers, which takes half a second and only scenarios need.
    """
    unread = _unreadable(path)
    if unread:
        return [f"{path}{unread}"]
    if is_scenario(path):
        return _scenario_problems(path, known())
    return check_spec(path) if is_spec(path) else _settings_problems(path)


def is_scenario(path: Path) -> bool:
    """Whether the file says of itself that it is a scenario, lies where scenarios do, or holds
    mostly what scenarios do."""
    if path.suffix.lower() not in _ENDINGS:
        return False
    with path.open("rb") as stream:
        beginning = stream.read(20_000)
    lines = beginning.replace(b'"', b"").splitlines()
    named = any(line.lstrip(b" {").startswith(b"scenario:") for line in lines)
    if named or b"scenario.schema.json" in beginning or "scenarios" in path.parts[:-1]:
        return True
    keys = _keys(path)
    parts = [key for key in keys if key in Scenario.__struct_fields__]
    settings = [key for key in keys if key in Settings.__struct_fields__]
    return 2 * len(parts) > len(keys) and len(parts) > len(settings)


def _keys(path: Path) -> list[str]:
    """The keys at the top of a file; none where it cannot be read."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return []
    return [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []


def _unreadable(path: Path) -> str | None:
    """Why a file is none of all that it could be; what follows its name."""
    if path.suffix.lower() not in _ENDINGS:
        return None
    content = path.read_bytes()
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return ":1:1: is UTF-16: save it as UTF-8"
    return None if content.removeprefix(codecs.BOM_UTF8).strip() else ": is empty"


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
        return [problem.removeprefix("--config: ") for problem in error.problems]
    return []
