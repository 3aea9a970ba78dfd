"""Which files are meant, and that all of them are read before any is played."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest

from simulator.scenarios.replay import files
from simulator.scenarios.replay.events import FileEnded
from tests.scenarios.replay.playing import CREATE, READ, Playing, vocabulary


def read(*given: str) -> list[str]:
    return [story.path.name for story in files.read(given, vocabulary())]


@pytest.fixture
def folder(play: Playing) -> Path:
    for name in ("b", "a"):
        play.write(CREATE, name=name)
    (play.folder / "notes.txt").write_text("no scenario")
    return play.folder


def test_a_folder_is_all_scenarios_in_it(folder: Path) -> None:
    assert read(str(folder)) == ["a.yaml", "b.yaml"]


def test_a_pattern_is_what_is_called_like_it_and_each_file_is_meant_once(folder: Path) -> None:
    assert read(str(folder / "b.yaml"), str(folder / "*.yaml")) == ["b.yaml", "a.yaml"]


def test_everything_that_is_wrong_is_told_at_its_place(folder: Path) -> None:
    (folder / "bad.yaml").write_text("scenario: x\nsteps:\n  - advnce: 2s\n")
    with pytest.raises(files.Unreadable) as refused:
        read(str(folder), str(folder / "none.yaml"), str(folder / "*.yml"))
    bad, none, pattern = refused.value.problems[0], *refused.value.problems[-2:]
    assert bad.startswith(f"{folder / 'bad.yaml'}:3:5: ")
    assert "advance" in bad
    assert none == f"{folder / 'none.yaml'}: there is no such file"
    assert pattern == f"{folder / '*.yml'}: no file is called like that"


@pytest.mark.parametrize(
    "name", ["inpost/lost_anwser.yaml", "inpost/lost-anwser", "inpost/lost-answr.yml"]
)
def test_a_misspelt_name_of_the_library_is_told(name: str) -> None:
    with pytest.raises(files.Unreadable) as refused:
        read(name)
    [told] = refused.value.problems
    assert told == (
        f'{name}: there is no such file; did you mean the library\'s "inpost/lost-answer"?'
    )


def test_a_scenario_of_the_library_may_be_named_with_its_ending() -> None:
    assert read("inpost/lost-answer.yaml", "inpost/lost-answer") == ["lost-answer.yaml"]


def test_a_folder_without_scenarios_is_told(tmp_path: Path) -> None:
    with pytest.raises(files.Unreadable, match="there is no scenario in this folder"):
        read(str(tmp_path))


@pytest.mark.parametrize("place", ["player.requests.build", "run.workspace_name", "begin"])
def test_an_error_that_nobody_thought_of_breaks_only_its_file(
    play: Playing, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    bad, good = play.write(CREATE, READ, name="bad"), play.write(CREATE, READ, name="good")
    where = "stages.simulated.SimulatedStage.begin" if place == "begin" else place
    name = f"simulator.scenarios.replay.{where}"
    real = resolve_name(name)
    asked: list[None] = []

    def at_first(*given: Any) -> Any:
        asked.append(None)
        if len(asked) == 1:
            raise RuntimeError("nobody\nthought of it")
        return real(*given)

    monkeypatch.setattr(name, at_first)
    run = play.run(bad, good)
    assert [result.outcome for result in run.results] == ["broken", "passed"]
    assert run.results[0].steps[0].message == (
        "replay could not go on: RuntimeError: nobody thought of it"
    )
    ended = [event.result for event in play.events if isinstance(event, FileEnded)]
    assert ended == list(run.results)


def test_a_file_without_steps_says_that_nothing_was_played(play: Playing) -> None:
    assert play().outcome == "passed"
    assert play().notes == ("nothing was played: the file has no steps",)
    assert play(verify=[{"no_unmatched": True}]).notes == ()
    assert play({"advance": "1s"}).notes == ()
