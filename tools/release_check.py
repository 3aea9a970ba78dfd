"""Builds wheel and sdist and tries them as a user gets them, in environments with nothing else.

    python -m tools.release_check [--python /path/to/python3.13 ...]

For each Python from 3.11 on that is found: the wheel is installed, its command answers, a server
starts and answers for all carriers, and the first file of docs/testing.md is green. The sdist is
tried with the first one. Prints a table; ends with 1 when something failed. For a version that is
not there it says whether every pin of constraints.txt has a wheel for it, all extras included.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = tuple(f"manylinux_2_{minor}_x86_64" for minor in range(17, 35))
"""What pip counts as one machine with a glibc of 2.34."""


class Failed(Exception):
    """A step did not do what it should; the message has what it printed."""


def build(folder: Path) -> tuple[Path, Path]:
    """Wheel and sdist of this checkout."""
    _run(sys.executable, "-m", "hatchling", "build", "-d", str(folder), cwd=ROOT)
    [wheel], [sdist] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def pythons(named: list[str]) -> Iterator[tuple[str, str | None]]:
    """Each version with an interpreter of it, or None where there is none."""
    there = [each for version in VERSIONS if (each := shutil.which(f"python{version}"))]
    found = {_version_of(each): each for each in [*there, sys.executable, *named]}
    for version in VERSIONS:
        yield version, found.get(version)


def attempt(python: str, archive: Path, folder: Path) -> None:
    """Install the archive into an empty environment and use it. Raises `Failed`."""
    _run(python, "-m", "venv", str(folder))
    own = folder / "bin"
    pip = (str(own / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
    _run(*pip, "install", "--constraint", str(ROOT / "constraints.txt"), str(archive), "pytest")
    # Outside the checkout, so that nothing but what was installed is found.
    printed = _run(str(own / "carrier-simulator"), "version", cwd=folder)
    if not printed.startswith("carrier-simulator "):
        raise Failed(printed)
    _run(str(own / "carrier-simulator"), "validate", cwd=folder)
    document = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    (folder / "test_shop.py").write_text(
        re.findall(r"```python\n(.*?)```", document, re.DOTALL)[0], encoding="utf-8"
    )
    printed = _run(str(own / "python"), "-m", "pytest", "-q", "test_shop.py", cwd=folder)
    if "2 passed" not in printed:
        raise Failed(printed)


def resolve(version: str, folder: Path) -> None:
    """Find a wheel of each pin for a Python that is not here. Raises `Failed`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = {each for group in (project["dependencies"], *extras) for each in group}
    own = {each for each in asked if each.startswith(project["name"])}
    folder.mkdir()
    requirements = folder / "requirements.txt"
    requirements.write_text("\n".join(sorted(asked - own)), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    abi = f"cp{version.replace('.', '')}"
    wanted = [f"--python-version={version}", "--implementation=cp", "--only-binary=:all:"]
    wanted += [f"--abi={each}" for each in (abi, "abi3", "none")]
    wanted += [f"--platform={each}" for each in PLATFORMS]
    files = [f"--constraint={ROOT / 'constraints.txt'}", f"--requirement={requirements}"]
    target = ("--dry-run", "--ignore-installed", f"--target={folder / 'there'}")
    _run(*pip, "install", *target, *wanted, *files)


def holds(work: Callable[..., None], *arguments: object) -> bool:
    """Whether it went through; what failed is printed."""
    try:
        work(*arguments)
    except Failed as error:
        print(error, file=sys.stderr)
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", action="append", default=[], metavar="PATH")
    held = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel, sdist = build(folder / "dist")
        print("| Python | wheel | sdist |\n| --- | --- | --- |")
        archives = [wheel, sdist]
        for version, python in pythons(parser.parse_args().python):
            if python is None:
                held.append(holds(resolve, version, folder / f"{version}.wheels"))
                found = "every pin has a wheel" if held[-1] else "a pin has no wheel"
                print(f"| {version} | not here; {found} | |", flush=True)
                continue
            verdicts = [
                holds(attempt, python, archive, folder / f"{version}{archive.suffix}")
                for archive in archives
            ]
            held += verdicts
            archives = [wheel]
            said = ["works" if each else "fails" for each in verdicts]
            print(f"| {version} | {' | '.join(said)} |", flush=True)
    return 0 if all(held) else 1


def _version_of(python: str) -> str | None:
    """Its version; None for one that does not run, as some version managers leave them."""
    try:
        return _run(python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
    except (Failed, OSError):
        return None


def _run(*command: str, cwd: Path | None = None) -> str:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "PYTHON", "SIMULATOR_", "VIRTUAL_ENV", "MAKE"))
    }
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=900
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
