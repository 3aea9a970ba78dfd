"""A project whose tests are run with the plugin."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

SHOP = """
import datetime, os, time
import httpx2, pytest

BODY = {
    "service": "inpost_locker_standard",
    "reference": "ORD-1",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "parcel_locker"},
}

def ship(carrier):
    url = f"{carrier.base_url}/v1/organizations/4/shipments"
    return httpx2.post(url, headers=dict(carrier.headers), json=BODY)
"""

HEAD = "[pytest]\nasyncio_default_fixture_loop_scope = function\n"
ROOT = Path(__file__).parent.parent.parent
PLUGINS = ("pytest_carrier_simulator", "pytest_asyncio.plugin", "anyio.pytest_plugin")
"""Of all that is installed a project's run has only what it needs: the others take a second."""


class Result:
    """What a run came to, such as ``{"passed": 2, "errors": 1}``, and what it printed."""

    def __init__(self, code: int, printed: str) -> None:
        self.code, self.printed = code, printed
        closing = re.findall(r"(\d+) (passed|failed|errors?)", printed.splitlines()[-1])
        self.outcomes = {name.replace("error", "errors")[:6]: int(count) for count, name in closing}

    def named(self, outcome: str) -> list[str]:
        """The tests that are listed as ``FAILED`` or ``ERROR``."""
        return re.findall(rf"^{outcome} test_shop\.py::([\w:]+)", self.printed, re.MULTILINE)

    def has(self, *patterns: str) -> bool:
        """Whether lines like these were printed one after the other, others between them."""
        lines = iter(self.printed.splitlines())
        return all(any(fnmatchcase(line, each) for line in lines) for each in patterns)


class Project:
    """A project in a folder of its own; a process of its own runs its tests.

    pytester would do the same, but forgets every module that this process imports meanwhile, of
    which the session's server may be one.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url

    def __call__(self, tests: str, *arguments: str, ini: str = "") -> Result:
        """Run these tests, behind `SHOP`, against the session's server."""
        return self.start(SHOP + tests, "--carrier-simulator", self.url, *arguments, ini=ini)

    def start(self, tests: str, *arguments: str, ini: str = "") -> Result:
        """Run these tests with a server of their own."""
        (self.folder / "test_shop.py").write_text(tests)
        (self.folder / "pytest.ini").write_text(HEAD + ini)
        named = [word for plugin in PLUGINS for word in ("-p", plugin)]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *named, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=300,
        )
        return Result(done.returncode, done.stdout + done.stderr)
