"""What a user's pyright says, of code that uses us and of what it imports.

`make lint` has mypy's word on the same lines.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
NODE = shutil.which("node") or ""
PYRIGHT = FOLDER / "node_modules" / "pyright" / "index.js"

pytestmark = [
    pytest.mark.skipif(
        not (NODE and PYRIGHT.exists()),
        reason="needs Node, and `tools/npm.sh tests/typing`, which installs pyright from npm",
    ),
    pytest.mark.unmeasured,
]


def said(*arguments: str) -> Any:
    """What pyright reports, in an environment in which the simulator is installed."""
    own = Path(sys.executable).parent
    done = subprocess.run(
        [NODE, str(PYRIGHT), *arguments, "--outputjson"],
        cwd=FOLDER,
        env={
            **os.environ,
            "PATH": f"{own}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.startswith("{"), done.stdout + done.stderr
    return json.loads(done.stdout)


def test_it_takes_what_mypy_takes_and_refuses_what_mypy_refuses() -> None:
    report = said("--project", ".")
    assert report["summary"]["filesAnalyzed"] == 1
    lines = [
        f"{each['range']['start']['line'] + 1}: {each['message']}"
        for each in report["generalDiagnostics"]
    ]
    assert lines == []


@pytest.mark.parametrize("package", ["simulator.testing", "simulator.pytest_plugin"])
def test_everything_that_a_user_imports_says_its_type(package: str) -> None:
    found = said("--verifytypes", package, "--ignoreexternal")["typeCompleteness"]
    assert found["pyTypedPath"] == str(ROOT / "simulator" / "py.typed")
    counts = found["exportedSymbolCounts"]
    assert counts["withKnownType"] >= 50
    untold = {
        symbol["name"]: [each["message"] for each in symbol["diagnostics"]]
        for symbol in found["symbols"]
        if symbol["diagnostics"]
    }
    assert untold == {}
    assert (counts["withAmbiguousType"], counts["withUnknownType"]) == (0, 0)
