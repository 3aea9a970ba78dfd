"""The scenarios that come with the simulator, for people on a terminal."""

from __future__ import annotations

import click

from simulator.resources import scenario_meant, scenario_path
from simulator.scenarios.reading.positions import decoded, read
from simulator.scenarios.replay.files import shipped, shipped_name


def listed() -> str:
    """A line for each: its name and its title."""
    paths = shipped()
    width = max((len(shipped_name(path)) for path in paths), default=0)
    titles = (read(decoded(path.read_bytes())).data["scenario"] for path in paths)
    pairs = zip(paths, titles, strict=True)
    return "".join(f"{shipped_name(path):<{width}}  {title}\n" for path, title in pairs)


def text_of(name: str) -> str:
    """The file of one. Raises `click.UsageError` when there is none of that name."""
    path = scenario_path(name)
    if path is not None:
        return path.read_text(encoding="utf-8")
    hint = scenario_meant(name) or "; carrier-simulator scenarios lists them"
    raise click.UsageError(f"there is no scenario {name!r} in the library{hint}")
