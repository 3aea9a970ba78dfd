"""What `make chaos` takes for broken: each law finds what it is there for, and nothing else."""

from __future__ import annotations

import math

import pytest

from benchmarks.chaos.asking import Outcome
from benchmarks.chaos.lives.dropping import Dropped
from benchmarks.chaos.lives.history import FIRST, Birth, History, Look, Write
from benchmarks.chaos.ruling.rounds import Round
from benchmarks.chaos.telling import Story

KEPT: Outcome = "kept"
NEVER = math.inf


def seen(seed: int, references: str, at: float) -> Look:
    """A look that takes no time."""
    ids = range(FIRST, FIRST + len(references))
    return Look(seed, [*references], [*ids], at, at)


def history(*looks: Look, brought: str = "") -> History:
    """`a` is made, the world begins again as 2, perhaps with what a snapshot brings, and `b` is
    made; nobody knows of `c`, which was sent in the first life, and `x` was refused."""
    writes = [
        Write("a", KEPT, 1, 2),
        Write("c", "unknown", 1, NEVER),
        Write("x", "refused", 1, 2),
        Write("b", KEPT, 5, 6),
    ]
    births = [Birth(1, KEPT, 0, 0.5), Birth(2, KEPT, 3, 4, frozenset(brought))]
    return History({each.reference: each for each in writes}, {b.seed: b for b in births}, [*looks])


@pytest.mark.parametrize(
    "looks",
    [
        (seen(1, "a", 2.5), seen(2, "", 4.5), seen(2, "b", 7)),
        (seen(1, "", 1.5), seen(1, "ac", 3.5), seen(2, "b", 5.5)),
        (seen(2, "cb", 7), seen(2, "bc", 8)),
    ],
)
def test_lives_that_follow_each_other_are_no_fault(looks: tuple[Look, ...]) -> None:
    assert [*history(*looks).broken()] == []


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        ((seen(1, "", 2.5),), "a was acknowledged, and is not there in 1"),
        ((seen(2, "ab", 7),), "a is there, which is of before in 2"),
        ((seen(2, "", 7),), "b was acknowledged, and is not there in 2"),
        ((seen(2, "xb", 7),), "x was refused, and is there in 2"),
        ((seen(2, "bb", 7),), "b is there 2 times in 2"),
        ((seen(2, "bq", 7),), "q is there, which nobody sent in 2"),
        ((seen(1, "ab", 7),), "it is over since 2 was acknowledged, and still seen in 1"),
        ((seen(3, "", 7),), "a life of the seed 3, which nobody asked for"),
        ((seen(1, "ac", 3.5), seen(2, "cb", 7)), "c was made in the lives [1, 2]"),
        (
            (Look(2, ["b"], [FIRST + 1], 7, 7),),
            f"1 ids from {FIRST + 1} to {FIRST + 1} in 2",
        ),
    ],
)
def test_what_a_world_that_begins_again_may_not_show(looks: tuple[Look, ...], said: str) -> None:
    assert said in [*history(*looks).broken()]


def test_a_life_that_comes_back_is_a_fault() -> None:
    births = {1: Birth(1, KEPT, 0, 1), 2: Birth(2, "unknown", 2, NEVER)}
    looks = [seen(1, "", 1.5), seen(2, "", 3), seen(1, "", 4)]
    assert [*History({}, births, looks).broken()] == ["1 was seen again after 2"]


def test_what_a_snapshot_brings_is_there() -> None:
    assert [*history(seen(2, "ab", 7), brought="a").broken()] == []
    said = "a was in the snapshot, and is not there in 2"
    assert [*history(seen(2, "b", 7), brought="a").broken()] == [said]


def test_what_a_dropped_world_may_not_show() -> None:
    def shipments(references: str, first: int = FIRST) -> list[dict[str, object]]:
        return [{"reference": each, "id": first + n} for n, each in enumerate(references)]

    world = Dropped("w", here={"b"}, gone={"a"}, perhaps={"c"}, drops=1)
    assert [*world.wrong(shipments("b"))] == [*world.wrong(shipments("cb"))] == []
    assert [*world.wrong(shipments("ab"))] == ["w has ['a'] of before drop 1"]
    assert [*world.wrong(None)] == ["w lacks ['b'] of 1"]
    assert [*world.wrong(shipments("bd"))] == ["w has ['d'], which nobody acknowledged"]
    assert [*world.wrong(shipments("b", FIRST + 1))]
    world.over = True
    assert [*world.wrong(None)] == []


def test_how_often_a_rule_may_act() -> None:
    def broken(
        used: int, journalled: int, acted: int, passed: int = 0, unknown: int = 0
    ) -> list[str]:
        round_ = Round("r", 3, KEPT, 1, acted, passed, unknown)
        return [*round_.broken([{"rule": {"name": "r"}, "used": used}], journalled)]

    assert broken(3, 3, acted=3, passed=2) == broken(2, 2, acted=2) == []
    assert broken(3, 2, acted=2, unknown=1, passed=1) == []
    assert broken(2, 2, acted=2, passed=1) == ["r let 1 pass, and acted 2 times of 3"]
    assert broken(3, 3, acted=2) == [
        "r used up 3, acted 2 to 2 times",
        "r acted 2 to 2 times of 3, 3 in the journal",
    ]
    assert "r acted 4 times of 3" in broken(3, 3, acted=4)
    gone = Round("r", times=3, added=KEPT, id=1, taken=KEPT, acted=1, late=1)
    assert [*gone.broken([], 1)] == ["r acted 1 times after it was taken away"]


def test_how_often_a_scenario_may_act() -> None:
    story = Story("s", loaded=KEPT, surely=2, perhaps=3)
    assert [*story.broken({0: 5, 1: 2}, 0)] == []
    assert [*story.broken({0: 6, 1: 2}, 0)] == ["s, kept, left: None, acted 6 times of 5"]
    assert [*story.broken({0: 5, 1: 1}, 0)] == ["s acted 1 times after creates, of 2 to 3"]
    story.left = KEPT
    assert [*story.broken({0: 3, 1: 1}, 0)] == []
    assert [*story.broken({0: 3, 1: 1}, 1)] == ["s acted 1 times after it was let go"]
