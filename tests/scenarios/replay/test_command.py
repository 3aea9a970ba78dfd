"""The command as a person or CI types it: what it prints, writes and exits with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import httpx2
import pytest

from simulator.cli import main
from simulator.settings import Settings
from tests.scenarios.replay.playing import CREATE, READ, Playing, StandIn
from tests.support.server import running

SECRET = "s3cret-of-the-sandbox"


ROOT = Path(__file__).parent.parent.parent.parent
COMMAND = (sys.executable, "-m", "simulator", "replay")


def replay(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=kept | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_simulator_is_started_for_the_run(play: Playing) -> None:
    path, page = play.write(CREATE, READ), play.folder / "page.md"
    outcome = replay(path, "--json", "-", GITHUB_STEP_SUMMARY=str(page))
    assert outcome.returncode == 0, outcome.stderr
    report = json.loads(outcome.stdout)
    assert report["passed"] is True
    assert outcome.stderr.startswith(f"ok     {path}  A story")
    assert "\x1b" not in outcome.stderr
    assert "1 of 1 file passed" in page.read_text()


def test_a_difference_is_exit_code_1_and_is_in_every_report(play: Playing) -> None:
    wrong = play.write(CREATE, {**READ, "expect": {"body": {"status": "lost"}}}, name="wrong")
    right = play.write(CREATE, name="right")
    names = {"junit": "r.xml", "ctrf": "c.json", "json": "r.json", "markdown": "r.md"}
    reports = {kind: play.folder / name for kind, name in names.items()}
    flags = [word for kind, path in reports.items() for word in (f"--{kind}", path)]
    outcome = replay(wrong, right, "--url", play.server, "--jobs", "2", *flags)
    assert outcome.returncode == 1, outcome.stderr
    place = f"{wrong}:"
    assert place in outcome.stdout
    assert '/body/status  wanted "lost", found "created"' in outcome.stdout
    assert ElementTree.parse(reports["junit"]).getroot().get("failures") == "1"
    assert json.loads(reports["ctrf"].read_text())["results"]["summary"]["failed"] == 1
    assert json.loads(reports["json"].read_text())["passed"] is False
    assert "| /body/status |" in reports["markdown"].read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "name at least one file"),
        (("none.yaml",), "none.yaml: there is no such file"),
        (("{file}", "--junit", "no/where.xml"), "cannot write no/where.xml: there is no folder no"),
        (("{file}", "--url", "http://127.0.0.1:9"), "is the server running"),
        (("{file}", "--compare", "shape"), "--compare means nothing without --against"),
        (
            ("{file}", "--compare", "shape", "--clock", "skip"),
            "--clock and --compare mean nothing without --against",
        ),
        (("{file}", "--out", "x.yaml"), "--out means nothing without --record"),
        (("{file}", "--url", "127.0.0.1:8092"), "with http:// or https:// before it, such as"),
        (("{file}", "--url", "http://[::1"), "with http:// or https:// before it, such as"),
        (("{file}", "--against", "inpost=https://x.example"), "nobody moves a carrier's clock"),
        (("--record", "http://127.0.0.1:9"), "--record needs --out FILE"),
        (("--record", "http://127.0.0.1:9", "--out", "{file}"), "--force writes over it"),
    ],
)
def test_what_cannot_be_played_is_exit_code_2(
    play: Playing, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(play.write(CREATE))
    with pytest.raises(SystemExit) as left:
        main(["replay", *(each.replace("{file}", file) for each in arguments)])
    printed = capsys.readouterr()
    assert left.value.code == 2
    assert says in printed.err
    assert printed.out == ""


def test_a_control_token_is_needed_and_never_told(play: Playing) -> None:
    path = play.write(CREATE, {**READ, "expect": {"headers": {"x": SECRET}}})
    with running(Settings(control_token=SECRET)) as url:
        without = replay(path, "--url", url)
        outcome = replay(path, "--url", url, "--json", "-", SIMULATOR_CONTROL_TOKEN=SECRET)
    assert without.returncode == 2
    assert "--control-token" in without.stderr
    assert outcome.returncode == 1
    assert SECRET not in outcome.stdout + outcome.stderr


@pytest.mark.parametrize("secret", [SECRET, "s3cret/zürich"])
def test_a_secret_is_in_no_output_even_when_the_carrier_repeats_it(
    play: Playing, sandbox: StandIn, secret: str
) -> None:
    # What is no ASCII comes back escaped: the stand-in writes JSON as Python does.
    sandbox.answer = lambda heard: (400, {"you sent": heard.headers["authorization"]})
    path = play.write(CREATE, clock=None)
    names = {"junit": "r.xml", "ctrf": "c.json", "json": "r.json", "markdown": "r.md"}
    reports = {kind: play.folder / name for kind, name in names.items()}
    flags = [word for kind, file in reports.items() for word in (f"--{kind}", file)]
    against = ("--against", f"inpost={sandbox.url}", "--auth-env", "inpost=MY_TOKEN")
    outcome = replay(path, *against, *flags, MY_TOKEN=secret)
    assert outcome.returncode == 1
    assert [heard.headers["authorization"] for heard in sandbox.heard] == [f"Bearer {secret}"]
    told = [outcome.stdout, outcome.stderr, *(file.read_text() for file in reports.values())]
    assert [text for text in told if "s3cret" in text or "rich" in text] == []
    assert "you sent" in outcome.stdout
    assert "***" in outcome.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_recording_ends_with_a_signal_and_plays_green(play: Playing, number: int) -> None:
    out = play.folder / "recorded.yaml"
    flags = ("--record", f"{play.server}/w/recorded-{number}/inpost", "--out", str(out))
    with subprocess.Popen([*COMMAND, *flags], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        first = run.stdout.readline()
        if not first.startswith("Give your client "):
            run.kill()  # or leaving the block would wait for it
            pytest.fail(first)
        url = first.split()[3]
        token = {"Authorization": "Bearer sim-inpost-prepaid"}
        answer = httpx2.get(
            f"{url}/v1/organizations/1", headers=token, trust_env=False, verify=False
        )
        assert answer.status_code == 200
        run.send_signal(number)
        assert run.wait(20) == 0
    assert play.run(out).results[0].outcome == "passed"
