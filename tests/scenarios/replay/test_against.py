"""Stories played against a carrier itself, for which a told server stands in."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from simulator.scenarios.replay.events import FileResult
from simulator.scenarios.replay.run import Options
from simulator.scenarios.replay.stages.sandbox import BadTarget, Policy, Sandbox, refusals
from simulator.scenarios.replay.stages.stage import Unreachable
from tests.scenarios.replay.playing import (
    CARRIERS,
    CREATE,
    READ,
    Heard,
    Playing,
    StandIn,
    asked,
    gaps,
    outcomes,
)

SECRET = "s3cret-of-the-sandbox"

BOOKED: dict[str, Any] = {"id": 7, "status": "created", "reference": "A-1"}


@pytest.fixture(autouse=True)
def _credential(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_AUTH_INPOST", SECRET)


def against(url: str, **policy: Any) -> Sandbox:
    return Sandbox.of((f"inpost={url}/",), (), Policy(**policy), CARRIERS)


def play_against(
    play: Playing, sandbox: StandIn, *steps: dict[str, Any], **policy: Any
) -> FileResult:
    options = Options(timeout=10, sandbox=against(sandbox.url, **policy))
    path = play.write(*steps, clock=None)
    return play.run(path, options=options, alone=True, secrets=(SECRET,)).results[0]


def refused(play: Playing, *steps: dict[str, Any], **more: Any) -> list[str]:
    policy = more.pop("policy", {})
    sandbox = against("https://sandbox.example", **policy)
    story = play.read(play.write(*steps, **{"clock": None, **more}))
    return [message for _, message in refusals(story.scenario, sandbox, CARRIERS)]


def test_the_credential_of_the_environment_stands_for_the_simulators(
    play: Playing, sandbox: StandIn
) -> None:
    sandbox.answer = lambda heard: (201 if heard.method == "POST" else 200, BOOKED)
    result = play_against(play, sandbox, CREATE, READ)
    assert outcomes(result) == ["passed", "passed"]
    assert [(heard.method, heard.path) for heard in sandbox.heard] == [
        ("POST", "/v1/organizations/1/shipments"),
        ("GET", "/v1/shipments/7"),
    ]
    assert {heard.headers["authorization"] for heard in sandbox.heard} == {f"Bearer {SECRET}"}


def test_a_wrong_token_is_sent_as_it_is(play: Playing, sandbox: StandIn) -> None:
    sandbox.answer = lambda heard: (401, {"error": "token_invalid"})
    step = {"request": asked("GET", "/v1/shipments/1", auth="wrong"), "expect": {"status": 401}}
    assert play_against(play, sandbox, step).outcome == "passed"
    assert sandbox.heard[0].headers["authorization"] == "Bearer wrong"


def test_what_only_a_simulator_can_do_is_refused_before_anything_is_sent(play: Playing) -> None:
    action = {"inpost.set_balance": {"organization": 1, "amount": "1.00"}}
    steps = (CREATE, {"advance": "2s"}, {"do": action}, {"webhook": {"event": "x"}})
    told = refused(play, *steps, given=[action], verify=[{"no_unmatched": True}])
    assert told == [
        "given is for the simulator only; --control skip leaves it out",
        "verify is for the simulator only; --control skip leaves it out",
        "nobody moves a carrier's clock; --clock skip or --clock wait",
        "a carrier does no actions; --control skip leaves it out",
        "a carrier has no inbox; --control skip leaves it out",
    ]


def test_it_is_skipped_where_that_is_asked_for(play: Playing, sandbox: StandIn) -> None:
    sandbox.answer = lambda heard: (201, BOOKED)
    action = {"inpost.set_balance": {"organization": 1, "amount": "1.00"}}
    steps = (CREATE, {"advance": "9d"}, {"do": action}, {"webhook": {"event": "x"}})
    result = play_against(play, sandbox, *steps, clock="skip", control="skip")
    assert outcomes(result) == ["passed", "skipped", "skipped", "skipped"]
    assert result.steps[1].message == "nobody moves a carrier's clock (--clock skip)"


def test_a_short_while_is_waited_for_in_real_time(play: Playing, sandbox: StandIn) -> None:
    result = play_against(play, sandbox, {"advance": "10ms"}, clock="wait")
    assert outcomes(result) == ["passed"]
    assert result.steps[0].seconds >= 0.01


def test_what_takes_too_long_is_not_waited_for(play: Playing) -> None:
    told = refused(play, {"advance": "61s"}, {"wait": "2h"}, policy={"clock": "wait"})
    assert told == [
        "61s is too long to be waited for (at most 60 s); --clock skip leaves it out",
        "2h is too long to be waited for (at most 60 s); --clock skip leaves it out",
    ]


def test_a_credential_that_is_not_set_is_named(
    play: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SIMULATOR_AUTH_INPOST")
    assert "SIMULATOR_AUTH_INPOST, which is not set" in refused(play, CREATE)[0]


def test_a_carrier_without_a_url_is_named(play: Playing) -> None:
    step = {"request": {"carrier": "myparcel", "method": "GET", "path": "/shipments"}}
    assert refused(play, step) == ["there is no --against myparcel=URL for it"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("inpst=https://x.example", "there is no carrier 'inpst'"),
        ("inpost=sandbox.example", "takes a base URL"),
        ("https://me:pw@x.example", "without a name, password or query"),
        ("https://x.example/?token=1", "without a name, password or query"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused(given: str, says: str) -> None:
    with pytest.raises(BadTarget, match=says.replace("?", r"\?")) as refusal:
        Sandbox.of((given,), (), Policy(), CARRIERS)
    assert "pw" not in str(refusal.value).replace("password", "")


def test_a_secret_on_the_command_line_is_not_taken_for_the_name_of_a_variable() -> None:
    with pytest.raises(BadTarget, match="never the secret itself"):
        Sandbox.of(("https://x.example",), ("inpost",), Policy(), CARRIERS)


def test_a_carrier_that_is_not_reached_breaks_the_story(play: Playing) -> None:
    options = Options(sandbox=against("http://127.0.0.1:9"))
    path = play.write(CREATE, READ, clock=None)
    result = play.run(path, options=options, alone=True).results[0]
    assert result.outcome == "broken"
    assert outcomes(result) == ["broken", "not run"]


def test_a_simulator_that_is_not_there_is_told_at_once(play: Playing) -> None:
    play.server = "http://127.0.0.1:9"
    with pytest.raises(Unreachable, match="is the server running"):
        play(CREATE)


def test_a_server_that_is_no_simulator_is_told_at_once(play: Playing, sandbox: StandIn) -> None:
    sandbox.answer = lambda heard: (404, {})
    play.server = sandbox.url
    with pytest.raises(Unreachable, match="no carrier simulator"):
        play(CREATE)


def drift(play: Playing, sandbox: StandIn, *steps: dict[str, Any]) -> FileResult:
    options = Options(timeout=10, sandbox=against(sandbox.url), shape=True)
    return play.run(play.write(*steps, clock=None), options=options).results[0]


def through(play: Playing, change: Any) -> Any:
    """A sandbox that is the simulator, but for a change of what it answers."""
    name = f"sandbox-{play.folder.name}"

    def answer(heard: Heard) -> tuple[int, Any]:
        real = httpx2.request(
            heard.method,
            f"{play.server}/w/{name}/inpost{heard.path}",
            content=heard.body,
            headers={
                "Authorization": "Bearer sim-inpost-prepaid",
                "Content-Type": "application/json",
            },
            trust_env=False,
            verify=False,
        )
        changed: tuple[int, Any] = change(real.status_code, real.json())
        return changed

    return answer


def test_the_same_shape_with_other_values_is_no_drift(play: Playing, sandbox: StandIn) -> None:
    def other(status: int, body: Any) -> tuple[int, Any]:
        return status, {**body, "id": 99, "reference": "other", "service": "none"}

    sandbox.answer = through(play, other)
    expected = {**CREATE, "expect": {"status": 201, "body": {"reference": "A-1", "id": 1}}}
    result = drift(play, sandbox, expected)
    assert result.outcome == "failed"
    # The simulator itself is held to the values that the story expects.
    assert result.steps[0].message.startswith("on the simulator")
    assert drift(play, sandbox, CREATE).outcome == "passed"


def test_drift_is_told_by_its_place_and_the_story_goes_on(play: Playing, sandbox: StandIn) -> None:
    def drifted(status: int, body: Any) -> tuple[int, Any]:
        changed = {name: value for name, value in body.items() if name != "mpk"}
        changed |= {"service": 5, "eco": True}
        return (200 if status == 201 else status), changed

    sandbox.answer = through(play, drifted)
    result = drift(play, sandbox, CREATE, {**READ, "request": {**READ["request"]}})
    assert outcomes(result)[0] == "failed"
    assert ("/status", "201 (the simulator)", "200 (the carrier)") in gaps(result.steps[0])
    for place in [
        ("/body/service", "string (the simulator)", "number (the carrier)"),
        ("/body/eco", "nothing (the simulator)", "boolean (the carrier)"),
        ("/body/mpk", "null (the simulator)", "nothing (the carrier)"),
    ]:
        assert place in gaps(result.steps[0])
        assert place in gaps(result.steps[1])


def polled(play: Playing, sandbox: StandIn, **poll: str) -> FileResult:
    """Create and read, where the simulator's shipment does not change meanwhile."""
    read = {**READ, "expect": {"body": {"status": "created", "reference": "A-1"}}, "poll": poll}
    options = Options(timeout=10, sandbox=against(sandbox.url), shape=True)
    return play.run(play.write(CREATE, read), options=options).results[0]


def test_both_sides_are_polled_until_each_is_as_expected(play: Playing, sandbox: StandIn) -> None:
    first: dict[str, Any] = {}

    def slowly(status: int, body: Any) -> tuple[int, Any]:
        asked = sum(heard.method == "GET" for heard in sandbox.heard)
        first.update(first or body)
        ready = asked in (0, 3)
        return status, first if ready else {**first, "status": "waiting", "offers": None}

    sandbox.answer = through(play, slowly)
    result = polled(play, sandbox, every="10ms", within="1s")
    assert outcomes(result) == ["passed", "passed"]
    assert [heard.method for heard in sandbox.heard] == ["POST", "GET", "GET", "GET"]


def test_when_the_time_of_a_poll_is_up_what_is_there_is_compared(
    play: Playing, sandbox: StandIn
) -> None:
    first: dict[str, Any] = {}

    def other(status: int, body: Any) -> tuple[int, Any]:
        first.update(first or body)
        return status, {**first, "reference": "other"}

    sandbox.answer = through(play, other)
    result = polled(play, sandbox, every="10ms", within="20ms")
    assert outcomes(result) == ["passed", "passed"]
    assert [heard.method for heard in sandbox.heard] == ["POST", "GET", "GET", "GET"]
