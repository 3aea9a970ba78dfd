"""`@myparcel/sdk`, as it comes from npm, lives its whole life in the default world."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.settings import Settings
from tests.support.server import START, Workspace, running

FOLDER = Path(__file__).parent
NODE = shutil.which("node") or ""

pytestmark = pytest.mark.skipif(
    not (NODE and (FOLDER / "node_modules" / ".installed").exists()),
    reason="needs Node, and `make clients`, which installs the SDK from npm",
)


@pytest.fixture(scope="module")
def default_world() -> Iterator[Workspace]:
    """The workspace of whoever names none, on a server that fails what is not described."""
    with running(Settings(response_validation="fail")) as base_url:
        world = Workspace(base_url, "default")
        yield world
        world.close()


@pytest.mark.parametrize("path", ["/api.myparcel.nl", "/myparcel"])
def test_the_sdk_lives_its_whole_life(default_world: Workspace, path: str) -> None:
    began = {"clock": {"mode": "frozen", "at": START}}
    assert default_world.control.post("/reset", json=began).status_code == 200
    lived = subprocess.run(
        [NODE, "--test-reporter=./told.mjs", "life.mjs"],
        cwd=FOLDER,
        env=os.environ
        | {
            "BASE_URL": f"{default_world.base_url}{path}",
            "CONTROL": default_world.control_url,
            "NO_PROXY": "127.0.0.1",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = [line for line in lived.stdout.splitlines() if not line.startswith("ok ")]
    assert lived.returncode == 0, "\n".join([*said, lived.stderr])
