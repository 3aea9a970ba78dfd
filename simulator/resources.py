"""Where the files are that travel with the code: specifications, scenarios and documents.

In a wheel they lie inside the package, in a checkout beside it.
"""

from pathlib import Path

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
