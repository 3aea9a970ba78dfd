"""Where the files are that travel with the code: specifications, scenarios and documents.

In a wheel they lie inside the package, in a checkout beside it.
"""

from pathlib import Path

from simulator.core.faults import closest_words

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def specs_dir() -> Path:
    """The folder of the OpenAPI files, one for each carrier and one for the control API."""
    return _folder("specs")


def scenarios_dir() -> Path:
    """The folder of the scenarios that come with the simulator."""
    return _folder("scenarios")


def docs_dir() -> Path:
    """The folder of the documents."""
    return _folder("docs")


def scenario_names() -> list[str]:
    """The scenarios that come with the simulator, as `replay` takes them: ``inpost/runs-dry``."""
    folder = scenarios_dir()
    return [
        path.relative_to(folder).with_suffix("").as_posix()
        for path in sorted(folder.rglob("*.yaml"))
    ]


def scenario_path(name: str) -> Path | None:
    """The file of a scenario that comes with the simulator, by its name, whether that ends in
    ``.yaml`` or not; None where there is none of that name."""
    wanted = _bare(name)
    return scenarios_dir() / f"{wanted}.yaml" if wanted in scenario_names() else None


def scenario_meant(name: str) -> str:
    """``; did you mean the library's "inpost/lost-answer"?`` for a name that nearly is one of the
    library, with its folder or without; nothing where none is near."""
    known: dict[str, list[str]] = {}
    for each in scenario_names():
        known[each] = [each]
        known.setdefault(each.rpartition("/")[2], []).append(each)
    close = closest_words(_bare(name), known)
    meant = " or ".join(f'"{each}"' for each in known[close[0]]) if close else ""
    return f"; did you mean the library's {meant}?" if meant else ""


def _bare(name: str) -> str:
    return name.removesuffix(".yaml").removesuffix(".yml")


def spec_names() -> list[str]:
    """The names of the shipped specifications, sorted: ``control``, ``inpost``, ..."""
    return sorted(path.stem for path in specs_dir().glob("*.yaml"))


def spec_path(name: str) -> Path:
    """The file of one specification; raises ``KeyError`` where there is none of that name."""
    if name not in spec_names():
        raise KeyError(name)
    return specs_dir() / f"{name}.yaml"


def overlay_path(name: str, edition: str) -> Path:
    """The overlay that makes another edition of a specification."""
    return specs_dir() / "editions" / f"{name}.{edition}.yaml"


def description_paths() -> list[Path]:
    """The files of all specifications, and those of the overlays that make their other editions."""
    return [*map(spec_path, spec_names()), *sorted((specs_dir() / "editions").glob("*.yaml"))]


def scenario_schema_path() -> Path:
    """The JSON Schema of scenario files."""
    return specs_dir() / "scenario.schema.json"


def carrier_names() -> list[str]:
    """The carriers that this installation has a specification for, sorted."""
    return [name for name in spec_names() if name != "control"]
