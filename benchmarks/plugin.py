"""What a test pays: the start of a session with the plugin, and a world of its own."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import Row, milliseconds
from benchmarks.servers import ENVIRONMENT
from simulator.testing import connect

SESSIONS = 7
WORLDS = 200

# Both processes read one clock, so that its instants can be compared.
_FIRST_TEST = """
import pathlib, time

def test_first(carrier_world):
    pathlib.Path("there").write_text(repr(time.perf_counter()))
"""


def plugin_times(base_url: str, folder: Path) -> list[Row]:
    """From the command to the first test's body, and worlds of which nothing is asked."""
    turns = [(_session(folder), _import_connexion()) for _ in range(SESSIONS)]
    began = statistics.median(session for session, _ in turns)
    ratio = statistics.median(session / imported for session, imported in turns)
    with connect(base_url) as simulator:

        def world() -> None:
            with simulator.world():
                pass

        world()
        lived = statistics.median(milliseconds(world) for _ in range(WORLDS))
    title = "pytest with the plugin: first world there"
    figure = f"{began:.2f} s ({ratio:.1f} times `import connexion`)"
    return [
        (title, figure, "< 1.2 s", began < 1.2),
        ("a world made and deleted", f"{lived:.1f} ms", "< 5 ms", lived < 5),
    ]


def _import_connexion() -> float:
    """Seconds for what a start mostly waits for, to see how fast the machine is."""
    command = [sys.executable, "-c", "import connexion"]
    return milliseconds(lambda: subprocess.run(command, check=True, env=ENVIRONMENT)) / 1000


def _session(folder: Path) -> float:
    """Seconds from the start of pytest, which loads no other plugin, until the first test runs."""
    (folder / "test_first.py").write_text(_FIRST_TEST)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "pytest_carrier_simulator"]
    environment = {**ENVIRONMENT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, env=environment)
    return float((folder / "there").read_text()) - began
