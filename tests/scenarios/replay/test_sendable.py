"""What cannot be sent is refused before anything is: headers, and what the environment holds."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.cli import main
from simulator.scenarios.replay.files import Unreadable
from tests.scenarios.replay.playing import CREATE, Playing, StandIn, asked


def refused(play: Playing, **more: Any) -> list[str]:
    """What is said of a request with more than a method and a path; without the file's name."""
    path = play.write({"request": asked("GET", "/v1/points", **more)})
    with pytest.raises(Unreadable) as refusal:
        play.read(path)
    return [problem.removeprefix(f"{path}:") for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"X-A": "żółw"}, "X-A: has to be one line of Latin-1 characters"),
        ({"X-A": "a\nb"}, "X-A: has to be one line of Latin-1 characters"),
        ({"X-A": " a"}, "X-A: has to begin and end without spaces"),
        ({"bad name": "a"}, "bad name: is not the name of a header"),
        ({"Content-Length": "5"}, "Content-Length: is worked out from the body"),
    ],
)
def test_a_header_that_cannot_be_sent_is_refused_at_its_place(
    play: Playing, headers: dict[str, str], says: str
) -> None:
    (problem,) = refused(play, headers=headers)
    place, _, message = problem.partition(": ")
    assert message == f"steps.0.request.headers.{says}"
    line, column = map(int, place.split(":"))
    assert line > 1
    assert column > 1


def test_a_credential_that_cannot_be_sent_is_refused_at_its_place(play: Playing) -> None:
    (problem,) = refused(play, auth="żółw")
    assert problem.endswith(": steps.0.request.auth: has to be one line of Latin-1 characters")


def test_a_key_that_is_sent_in_base64_may_have_any_letters(play: Playing) -> None:
    request = {"carrier": "myparcel", "auth": "żółw", "method": "GET", "path": "/shipments"}
    result = play({"request": request, "expect": {"status": 401}})
    assert result.outcome == "passed"


def test_latin_1_is_sent(play: Playing, sandbox: StandIn) -> None:
    step = {"request": asked("GET", "/v1/points", headers={"X-A": "Zürich"})}
    assert replayed(play, sandbox, step) == 0
    assert sandbox.heard[0].headers["x-a"] == "Zürich"


def test_a_saved_value_that_cannot_be_a_header_fails_its_step(play: Playing) -> None:
    parcel = {**CREATE["request"]["body"], "comments": "two\nlines"}
    create = {**CREATE, "request": {**CREATE["request"], "body": parcel}}
    create = {**create, "save": {"comments": "/comments"}}
    result = play(create, {"request": asked("GET", "/v1/points", headers={"X-A": "${comments}"})})
    assert result.steps[1].message == "the header 'X-A' has to be one line of Latin-1 characters"


def replayed(play: Playing, sandbox: StandIn, *steps: dict[str, Any]) -> int:
    """The exit code of the command against a sandbox."""
    path = play.write(*steps, clock=None)
    with pytest.raises(SystemExit) as left:
        main(
            ["replay", str(path), "--against", f"inpost={sandbox.url}", "--auth-env", "inpost=KEY"]
        )
    assert isinstance(left.value.code, int)
    return left.value.code


POINTS = {"request": asked("GET", "/v1/points")}


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "a-long-enough-key")


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("żółw-of-the-sandbox", "KEY cannot be a header: has to be one line of Latin-1"),
        ("two\nlines", "KEY cannot be a header: has to be one line of Latin-1"),
        ("abc", "KEY is too short for a credential: at least 4 characters"),
    ],
)
def test_a_credential_of_the_environment_that_cannot_be_used_is_refused(
    play: Playing,
    sandbox: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    key: str,
    says: str,
) -> None:
    monkeypatch.setenv("KEY", key)
    own = {"request": asked("GET", "/v1/points", auth="${env.KEY}")}
    for step in (POINTS, own):
        assert replayed(play, sandbox, step, step) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        assert says in printed.err
        assert key not in printed.err
    assert sandbox.heard == []


def test_white_space_at_the_end_of_a_credential_is_left_out(
    play: Playing, sandbox: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", "a-long-enough-key\r\n")
    own = {"request": asked("GET", "/v1/points", auth="${env.KEY}")}
    assert replayed(play, sandbox, POINTS, own) == 0
    sent = [heard.headers["authorization"] for heard in sandbox.heard]
    assert sent == ["Bearer a-long-enough-key"] * 2


def test_a_short_value_that_is_no_credential_may_be_used(
    play: Playing,
    sandbox: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BUILD", "1")
    step = {"request": asked("GET", "/v1/points", headers={"X-Build": "${env.BUILD}"})}
    assert replayed(play, sandbox, step) == 0
    assert sandbox.heard[0].headers["x-build"] == "1"
    assert "***" not in capsys.readouterr().out


def test_what_is_not_set_is_told_before_anything_is_sent(
    play: Playing, sandbox: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    body = {"name": "${env.NOT_SET_1}", "other": "${env.NOT_SET_1}"}
    late = {"request": asked("POST", "/v1/x", body=body, query={"a": "${env.NOT_SET_2}"})}
    assert replayed(play, sandbox, POINTS, late) == 2
    told = [line.partition(": ") for line in capsys.readouterr().err.splitlines()]
    path = play.folder / "story.yaml"
    text = path.read_text().splitlines()
    assert {message for _, _, message in told} == {
        "the environment variable is not set: NOT_SET_1",
        "the environment variable is not set: NOT_SET_2",
    }
    for place, _, message in told:
        line = int(place.removeprefix(f"{path}:").partition(":")[0])
        assert message.rpartition(" ")[2] in text[line - 1]
    assert sandbox.heard == []


def test_a_control_token_that_cannot_be_sent_is_refused(
    play: Playing, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["replay", str(play.write(CREATE)), "--url", play.server, "--control-token", "żółw"])
    assert left.value.code == 2
    assert "--control-token (SIMULATOR_CONTROL_TOKEN) cannot be" in capsys.readouterr().err
