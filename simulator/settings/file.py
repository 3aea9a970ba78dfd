"""Reads a configuration file, YAML or TOML, into entries that know where they were written."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from simulator.core.formats.yaml_errors import yaml_error_line


class Entry(NamedTuple):
    """One key of a configuration file with its value; `place` names the file, and YAML's line.

    `fault` says what is wrong with what was written, apart from what it means.
    """

    place: str
    key: str
    value: Any
    fault: str | None = None


def read_settings_file(path: Path) -> list[Entry]:
    """The top-level entries of the file; a name that ends in ``.toml`` is read as TOML.

    Raises `ValueError` with one line for a file that is missing, unreadable or broken.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(f"there is no file {path}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from None
    return _toml(path, content) if path.suffix.lower() == ".toml" else _yaml(path, content)


def _toml(path: Path, content: str) -> list[Entry]:
    try:
        return [Entry(f"{path}:", key, value) for key, value in tomllib.loads(content).items()]
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path} is not TOML: {error}") from None
    except RecursionError:
        raise ValueError(f"{path} is nested too deeply") from None


def _yaml(path: Path, content: str) -> list[Entry]:
    loader = yaml.CSafeLoader(content)
    try:
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode):
            raise ValueError(f"{path}:{node.start_mark.line + 1}: expected `key: value` lines")
        entries: list[Entry] = []
        for key, value in node.value:
            place, name = f"{path}:{key.start_mark.line + 1}:", str(key.value)
            if name in {entry.key for entry in entries}:
                entries.append(Entry(place, name, None, f"{name!r} is set a second time"))
            else:
                entries.append(_entry(place, name, loader, value))
    except yaml.YAMLError as error:
        raise ValueError(yaml_error_line(path, error)) from None
    except RecursionError:
        raise ValueError(f"{path} is nested too deeply") from None
    finally:
        loader.dispose()
    return entries


def _entry(place: str, key: str, loader: yaml.CSafeLoader, value: yaml.Node) -> Entry:
    try:
        return Entry(place, key, loader.construct_object(value, deep=True))
    except ValueError as error:
        # Something that looks like a date and is none: the loader's own error has no place.
        return Entry(place, key, None, f"{key}: {error}")
