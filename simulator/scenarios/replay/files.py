"""Which files a run is about: files, folders and patterns, each read before anything is sent."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator.resources import scenario_meant, scenario_path, scenarios_dir
from simulator.scenarios.files import loader
from simulator.scenarios.replay.story import Story
from simulator.scenarios.vocabulary import Vocabulary

_ENDINGS = (".yaml", ".yml", ".json")


class Unreadable(Exception):
    """Files that cannot be played; `problems` are lines, most of them `file:line:column: why`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read(given: Iterable[str], known: Vocabulary) -> list[Story]:
    """All stories that are meant, each once, in the order of the arguments. Raises `Unreadable`
    with everything that is wrong with any of them."""
    problems: list[str] = []
    stories: list[Story] = []
    seen: set[Path] = set()
    for name in given:
        paths = list(_paths(name))
        if not paths:
            problems.append(_nothing(name))
        for path in paths:
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            try:
                loaded = loader.load(path, known)
            except loader.Refused as error:
                problems += error.problems
            else:
                stories.append(Story(path, loaded.scenario, loaded.document, loaded.place))
    if problems:
        raise Unreadable(problems)
    return stories


def _paths(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from sorted(
            each for each in path.rglob("*") if each.suffix in _ENDINGS and each.is_file()
        )
    elif path.exists():
        yield path
    else:
        # The shell of Windows, and quoting, leave patterns to the program.
        found = glob.glob(name, recursive=True)  # noqa: PTH207  (folders may be patterns too)
        yield from sorted(each for each in map(Path, found) if each.is_file()) or shipped(name)


def shipped(name: str = "") -> list[Path]:
    """The scenarios of the library that a name means: one (``inpost/runs-dry``), those of a folder
    (``inpost``), or all of them."""
    library = scenarios_dir()
    if name in ("", *(folder.name for folder in library.iterdir() if folder.is_dir())):
        return sorted((library / name).rglob("*.yaml"))
    path = scenario_path(name)
    return [] if path is None else [path]


def shipped_name(path: Path) -> str:
    """What a scenario of the library is called: its folder and its name."""
    return str(path.relative_to(scenarios_dir()).with_suffix(""))


def _nothing(name: str) -> str:
    if Path(name).is_dir():
        return f"{name}: there is no scenario in this folder (*.yaml, *.yml, *.json)"
    if glob.has_magic(name):
        return f"{name}: no file is called like that"
    return f"{name}: there is no such file{scenario_meant(name)}"
