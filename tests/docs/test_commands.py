"""The commands of the documents do what the documents say, pasted from top to bottom."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from simulator.carriers import registry
from simulator.carriers.carrier import Carrier
from simulator.settings import Settings
from tests.support.server import Workspace, running
from tests.support.shipments import to_locker

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()
PAGES = ("inpost", "myparcel", "postplus")
"""The carriers that have a page of their own under docs/."""
OTHERS = ("rules", "verify", "replay", "journal", "scenarios", "webhooks", "editions")

DOCUMENTS = {
    "README": README,
    **{name: (ROOT / "docs" / f"{name}.md").read_text() for name in (*PAGES, *OTHERS)},
}

_PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
"""Where the commands of this installation are found first."""

# Every answer is reported on standard error, so that a refusal is not overlooked; behind all else,
# since of two -w the last one counts. The documents' own Python takes answers apart; without `site`
# it starts no measuring of coverage each time.
_SPEAKING_CURL = r"""
python3() { command python3 -S "$@"; }
carrier-simulator() { "$PYTHON" -m simulator "$@"; }
curl() { command curl "$@" -w '%{stderr}\nANSWER %{http_code} %{method} %{url}\n'; }
"""


def pasteable(document: str) -> str:
    """The shell blocks of a document that talk to the server, in their order."""
    blocks = re.findall(r"```sh\n(.*?)```", document, re.DOTALL)
    return "\n".join(
        block for block in blocks if "make run " not in block and "docker" not in block
    )


@pytest.mark.skipif(shutil.which("curl") is None, reason="the documents speak curl")
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_pasted_commands_are_refused_only_where_a_comment_says_so(
    document: str, tmp_path: Path
) -> None:
    script = pasteable(document).replace(".venv/bin/", "")
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    announced = re.findall(r"^#.*\b([45]\d\d)\b", script, re.MULTILINE)
    with running(Settings(response_validation="fail")) as base_url:
        result = subprocess.run(
            ["bash", "-euo", "pipefail"],
            input=_SPEAKING_CURL + script.replace("http://127.0.0.1:8080", base_url),
            cwd=tmp_path,
            env=os.environ
            | {
                "NO_PROXY": "127.0.0.1",
                "PATH": _PATH,
                "PYTHON": sys.executable,
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            timeout=120,
        )
    answers = re.findall(r"^ANSWER (\d+) (.*)$", result.stderr, re.MULTILINE)
    assert result.returncode == 0, result.stderr
    assert len(answers) == len(re.findall(r"\bcurl ", script))
    assert [status for status, _ in answers if not status.startswith("2")] == announced, answers
    if "label.pdf" in script:
        assert (tmp_path / "label.pdf").read_bytes().startswith(b"%PDF-1.4")


def control_rows() -> list[tuple[str, str, Any]]:
    """Method, path and body of each command in the README's table of what can be controlled."""
    section = README.split("## Control")[1].split("\n## ")[0]
    spans = re.findall(r"`(GET|PUT|POST|DELETE) ([^ `{]+)(?: (\{.*?\}))?`", section)
    return [(method, path, json.loads(body) if body else None) for method, path, body in spans]


@pytest.mark.parametrize(("method", "path", "body"), control_rows())
def test_the_control_table_names_what_there_is(
    workspace: Workspace, method: str, path: str, body: Any
) -> None:
    if path.startswith("actions/"):
        listed = httpx2.get(
            f"{workspace.base_url}/_sim/actions", trust_env=False, verify=False
        ).json()["items"]
        arguments = {each["name"]: str(each["arguments"]) for each in listed}
        action = path.removeprefix("actions/")
        assert [name for name in body if f"'{name}'" not in arguments[action]] == []
        return
    if path == "fork":
        body = {"name": f"{workspace.name}-copy"}
    if (method, path) == ("PUT", "snapshot"):
        body = workspace.control.get("/snapshot").json()
    base = workspace.base_url if path.startswith("/_sim") else f"{workspace.control_url}/"
    if path.startswith("inbox"):
        workspace.client.post("/v1/organizations/1/shipments", json=to_locker()).raise_for_status()
        workspace.advance("1h")
    response = httpx2.request(
        method, base + path, json=body, trust_env=False, verify=False, timeout=60
    )
    assert response.status_code == (201 if path in ("fork", "rules") else 200), response.text


CARRIERS = registry.load(PAGES)


@pytest.mark.parametrize("carrier", CARRIERS, ids=PAGES)
def test_every_default_key_is_listed(carrier: Carrier) -> None:
    assert [key for key, _ in carrier.credentials_help if f"`{key}`" not in README] == []


@pytest.mark.parametrize("carrier", CARRIERS, ids=PAGES)
def test_every_quirk_has_its_theme(carrier: Carrier) -> None:
    table = DOCUMENTS[carrier.name].split("| theme |")[1].split("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", table))
    quirks = [each.name.removeprefix(f"{carrier.name}.") for each in carrier.quirks]
    assert [name for name in quirks if name not in named] == []
