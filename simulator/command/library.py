"""The scenarios that come with the simulator, for people on a terminal."""

from __future__ import annotations

import click

from simulator.core.faults import closest_words
from simulator.scenarios.files.positions import decoded, read
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
    for path in shipped():
        if shipped_name(path) == name:
            return path.read_text(encoding="utf-8")
    names = [shipped_name(path) for path in shipped()]
    close = closest_words(name, names)
    hint = f"did you mean {close[0]!r}?" if close else "carrier-simulator scenarios lists them"
    raise click.UsageError(f"there is no scenario {name!r} in the library; {hint}")
