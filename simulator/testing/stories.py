"""What a world is asked to load: a file, a text, a value, or a story of the library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

_MOST_NAMED = 5
"""Files of a folder that are named."""


class Story(NamedTuple):
    """A scenario as it is sent: `content` is its YAML, or None, and then `value` is JSON.

    `called` is what a refusal calls it, `name` its name if it comes out of a file.
    """

    called: str
    name: str | None
    content: bytes | None
    value: Any = None


def read(what: str | Path | Mapping[str, Any], root: Path | None) -> Story:
    """The scenario that is meant.

    A text of several lines, or with a colon and a blank, is YAML itself. Any other text, and a
    `Path`, names a file: as it stands, below `root`, or in the library, with its ending or
    without. Raises `FileNotFoundError` with the places that were looked at and what may be meant,
    `TypeError` for what can be no scenario.
    """
    if isinstance(what, Mapping):
        title = what.get("scenario")
        called = "the scenario given as a value" if title is None else f"the scenario {title!r}"
        return Story(called, None, None, dict(what))
    if isinstance(what, str) and ("\n" in what or ": " in what):
        return Story("the scenario given as text", None, what.encode())
    if not isinstance(what, str | Path) or not str(what).strip():
        raise TypeError(
            f"{what!r} is no scenario: give the path of a file, YAML text, a mapping, or one of "
            'the library, such as "inpost/runs-dry"'
        )
    return _file(Path(what), root)


def _file(what: Path, root: Path | None) -> Story:
    from simulator.resources import scenario_meant, scenarios_dir

    wanted = what if what.suffix in (".yaml", ".yml") else what.with_name(f"{what.name}.yaml")
    roots = [Path.cwd(), *([] if root is None else [root]), scenarios_dir()]
    for base in roots:
        path = base / wanted
        if path.is_file():
            return Story(str(path), wanted.stem, path.read_bytes())
    for base in roots:
        if (base / what).is_dir():
            raise FileNotFoundError(_no_folder(base / what))
    looked = ", ".join(dict.fromkeys(str(base / wanted) for base in roots))
    meant = scenario_meant(what.as_posix())
    raise FileNotFoundError(f"there is no scenario {what}; looked at {looked}{meant}")


def _no_folder(path: Path) -> str:
    files = sorted(each.name for each in path.iterdir() if each.suffix in (".yaml", ".yml"))
    if len(files) > _MOST_NAMED:
        files = [*files[:_MOST_NAMED], f"and {len(files) - _MOST_NAMED} more"]
    there = f"name one of its files: {', '.join(files)}" if files else "it has no *.yaml"
    return f"{path} is a folder, no scenario; {there}"
