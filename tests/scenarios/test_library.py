"""The library: each story is well written, listed, and goes as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.resources import scenarios_dir
from simulator.scenarios.replay import files
from simulator.scenarios.replay.masking import Masker
from simulator.scenarios.replay.run import Options, Run, Simulator
from simulator.scenarios.vocabulary import Vocabulary
from tests.scenarios.replay.playing import CARRIERS, outcomes
from tools.scenario_index import index

FOLDER = scenarios_dir()
STORIES = sorted(FOLDER.rglob("*.yaml"))
NAMES = [str(path.relative_to(FOLDER)) for path in STORIES]
SCHEMA = "# yaml-language-server: $schema=../../specs/scenario.schema.json"


def test_there_are_stories_for_everybody() -> None:
    counts = {folder.name: len(list(folder.glob("*.yaml"))) for folder in FOLDER.iterdir()}
    assert counts["inpost"] + counts["myparcel"] + counts["postplus"] >= 40
    assert counts["everywhere"] >= 1


def test_the_page_lists_every_story() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert page == index(FOLDER), "run: python tools/scenario_index.py"


@pytest.mark.parametrize("path", STORIES, ids=NAMES)
def test_a_story_goes_as_it_says(known: Vocabulary, server: str, path: Path) -> None:
    masker = Masker([])
    run = Run(CARRIERS, Simulator(server), Options(), lambda event: None, masker)
    (result,) = run.play(files.read([str(path)], known)).results
    assert (result.outcome, result.notes) == ("passed", ()), outcomes(result)


@pytest.mark.parametrize("path", STORIES, ids=NAMES)
def test_a_story_says_what_it_is_for(path: Path) -> None:
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    assert first == SCHEMA
    comment = [line for line in rest[: rest.index(next(x for x in rest if x[:1] != "#"))] if line]
    assert len(" ".join(comment)) > 60, "its first comment says what it is for"
    assert f"name: {path.stem}" in rest
