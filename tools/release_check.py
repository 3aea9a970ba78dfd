"""Builds wheel and sdist and tries them as a user gets them, in environments with nothing else.

    python -m tools.release_check [--python /path/to/python3.13 ...]

For each Python from 3.11 on that is found: the wheel is installed, its command answers, a server
starts and answers for all carriers, and the first file of docs/testing.md is green. The sdist is
tried with the first one. Prints a table; ends with 1 when something failed, and says which
versions were not there to be tried.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


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


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", action="append", default=[], metavar="PATH")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel, sdist = build(folder / "dist")
        print("| Python | wheel | sdist |\n| --- | --- | --- |")
        archives = [wheel, sdist]
        for version, python in pythons(parser.parse_args().python):
            if python is None:
                print(f"| {version} | not here | |")
                continue
            verdicts = []
            for archive in archives:
                try:
                    attempt(python, archive, folder / f"{version}{archive.suffix}")
                    verdicts.append("works")
                except Failed as error:
                    failed = True
                    verdicts.append("fails")
                    print(error, file=sys.stderr)
            archives = [wheel]
            print(f"| {version} | {' | '.join(verdicts)} |", flush=True)
    return 1 if failed else 0


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
