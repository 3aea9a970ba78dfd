"""What a world's methods say of a wrong call: what was given, and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from simulator.testing import NothingCame, NotServed, Refused, World
from simulator.testing.errors import SimulatorError
from tests.testing.project import Project

Call = Callable[[World], Any]

ONE_OF = (
    'advance() takes exactly one of by (a span: "2h"), to (an instant: '
    '"2026-03-02T10:15:00+01:00") and until (an event: "inpost.shipment_confirmed"); given '
)
EVENT = "inpost.shipment_confirmed"
LATER = "2026-03-03T10:00:00Z"

WRONG_TIMES: list[tuple[Call, type[Exception], str]] = [
    (lambda world: world.advance(), TypeError, f"{ONE_OF}was none of them"),
    (
        lambda world: world.advance("1h", to=LATER),
        TypeError,
        f'{ONE_OF}were by="1h", to="{LATER}"',
    ),
    (
        lambda world: world.advance(timedelta(hours=1), until=EVENT),
        TypeError,
        f'{ONE_OF}were by="1:00:00", until="{EVENT}"',
    ),
    (
        lambda world: world.advance("1h", within="2h"),
        TypeError,
        'advance(within="2h") says more of the event in until, and none is given',
    ),
    (
        lambda world: world.advance("-1h"),
        ValueError,
        "a span of time is not negative: -1h; a clock is turned back with freeze(at=...)",
    ),
    (
        lambda world: world.advance(timedelta(hours=-1)),
        ValueError,
        "a span of time is not negative: -1:00:00; a clock is turned back with freeze(at=...)",
    ),
    (
        lambda world: world.advance(5),  # type: ignore[arg-type]
        TypeError,
        '5 is no span of time: write "2h", "90s" or a timedelta',
    ),
    (
        lambda world: world.advance("two hours"),
        Refused,
        'body.by: "two hours" is not a duration: write numbers with units (ms, s, m, h, d, w)',
    ),
    (
        lambda world: world.advance(until="inpost.shipment_confirmd"),
        Refused,
        'body.until: "inpost.shipment_confirmd" is not an event; GET /_sim/events lists them. '
        f'Did you mean "{EVENT}"?',
    ),
    (
        lambda world: world.advance(until=EVENT, within="1h"),
        Refused,
        f"{EVENT} does not happen within 1h: the clock still shows 2026-03-02T09:15:00+00:00",
    ),
    (
        lambda world: world.advance(to=datetime(2020, 1, 1, tzinfo=UTC)),
        Refused,
        "409: `to` is 2020-01-01T00:00:00+00:00, and the clock shows 2026-03-02T09:15:00+00:00 "
        "already: it only advances. PUT clock can turn it back.",
    ),
    (
        lambda world: world.advance(to=datetime(2027, 1, 1)),
        ValueError,
        "2027-01-01T00:00:00 has no offset: say in which time zone it is, such as "
        "datetime(..., tzinfo=UTC)",
    ),
    (
        lambda world: world.advance(to=date(2027, 1, 1)),  # type: ignore[arg-type]
        TypeError,
        "datetime.date(2027, 1, 1) is no instant: write ISO 8601 with an offset, such as "
        '"2026-03-02T10:15:00+01:00", or an aware datetime',
    ),
    (
        lambda world: world.advance(to="tomorrow"),
        Refused,
        'body.to: "tomorrow" is not an instant of the years 1971 to 2199: write ISO 8601',
    ),
    (lambda world: world.look_ahead("-2h"), ValueError, "a span of time is not negative: -2h"),
    (lambda world: world.run_clock("scaled"), Refused, "body.speed: is required by a scaled clock"),
    (
        lambda world: world.wait_for(EVENT, timeout=0.001),
        NothingCame,
        f"{EVENT} did not happen within 0.001 s; the clock stands, so that nothing comes by "
        'itself: advance(until=...) or advance("1h") moves it',
    ),
    (
        lambda world: world.webhooks.wait("shipment_confirmed", timeout=0.001),
        NothingCame,
        "no webhook shipment_confirmed came within 0.001 s; the clock stands, so that nothing "
        'comes by itself: advance(until=...) or advance("1h") moves it',
    ),
]
"""A call, what it raises, and a part of the message."""


@pytest.mark.parametrize(("call", "kind", "said"), WRONG_TIMES)
def test_a_wrong_time_is_told(world: World, call: Call, kind: type[Exception], said: str) -> None:
    before = world.clock().at
    with pytest.raises(kind, match=re.escape(said)):
        call(world)
    assert world.clock().at == before


def test_a_clock_that_stands_until_somebody_polls_says_so(world: World) -> None:
    world.eager()
    with pytest.raises(NothingCame, match=r"until the program polls: a GET of a carrier moves it"):
        world.wait_for(EVENT, timeout=0.001)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with scenarios that cannot be loaded."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text("scenario: x\nsteps:\n  - advance: 2\n")
    (tmp_path / "broken.yaml").write_text("scenario: [x\n")
    (tmp_path / "named.yaml").write_text("inpost/lost-anwser\n")
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "ok.yaml").write_text("scenario: x\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


MEANT = """; did you mean the library's "inpost/lost-answer"?"""

WRONG_SCENARIOS: list[tuple[Any, type[Exception], str]] = [
    ("inpost/lost_anwser.yaml", FileNotFoundError, "lost_anwser.yaml" + MEANT),
    (Path("inpost/lost-anwser"), FileNotFoundError, "lost-anwser.yaml" + MEANT),
    (
        "lost-anwser",
        FileNotFoundError,
        """; did you mean the library's "inpost/lost-answer" or "postplus/lost-answer"?""",
    ),
    ("nothing/like_it.yaml", FileNotFoundError, "there is no scenario nothing/like_it.yaml"),
    ("stories", FileNotFoundError, "{folder}/stories is a folder, no scenario; name one of its "),
    (Path("empty"), FileNotFoundError, "{folder}/empty is a folder, no scenario; it has no *.yaml"),
    ("inpost", FileNotFoundError, "files: all-errors-at-once.yaml, any-locker.yaml, "),
    (
        "bad.yaml",
        Refused,
        "{folder}/bad.yaml was refused with 422: steps.0.advance: line 3, column 14: has to be ",
    ),
    (
        "broken.yaml",
        Refused,
        "{folder}/broken.yaml was refused with 422: line 2, column 1: is not YAML: ",
    ),
    (
        "named.yaml",
        Refused,
        "{folder}/named.yaml was refused with 422: is the text 'inpost/lost-anwser', no object of "
        'keys and values: a scenario begins with "scenario: its title"' + MEANT,
    ),
    (
        "scenario: one\nsteppes: []\n",
        Refused,
        'the scenario given as text was refused with 422: steppes: line 2, column 1: "steppes" is ',
    ),
    (
        {"scenario": "one", "steppes": []},
        Refused,
        "the scenario 'one' was refused with 422: steppes: \"steppes\" is not a key here.",
    ),
    (5, TypeError, "5 is no scenario: give the path of a file, YAML text, a mapping, or one of "),
    ("", TypeError, 'the library, such as "inpost/runs-dry"'),
]
"""What is loaded, what that raises, and a part of the message."""


@pytest.mark.parametrize(("scenario", "kind", "said"), WRONG_SCENARIOS)
def test_a_wrong_scenario_is_told(
    world: World, folder: Path, scenario: Any, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=re.escape(said.replace("{folder}", str(folder)))):
        world.load(scenario)
    assert httpx2.get(f"{world.url}/_sim/scenario").json()["items"] == []


def test_a_text_of_one_line_is_a_scenario(world: World) -> None:
    assert world.load('{"scenario": "One line"}').name == "one-line"
    assert world.load("scenario: Another line").name == "another-line"


def test_a_misspelt_carrier_is_told(world: World) -> None:
    with pytest.raises(NotServed, match=r"serves: inpost, .*\. Did you mean \"inpost\"\?") as told:
        world.carrier("inpots")
    assert isinstance(told.value, SimulatorError)


def test_a_misspelt_scenario_of_a_marker_is_told(run: Project) -> None:
    result = run("""
@pytest.mark.carrier_scenario("inpost/lost_anwser.yaml")
def test_it(carrier_world):
    pass
""")
    assert result.outcomes == {"errors": 1}
    assert """did you mean the library's "inpost/lost-answer"?""" in " ".join(
        result.printed.split()
    )
