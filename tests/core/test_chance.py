"""Chance: a function of seed, purpose and key, never of the order of calls."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.core.chance import Chance

_draws = st.lists(
    st.tuples(st.sampled_from(("code", "name")), st.one_of(st.integers(), st.text())), min_size=1
)


@given(st.integers(0), _draws, st.randoms())
def test_the_order_of_draws_changes_nothing(
    seed: int, draws: list[tuple[str, int]], shuffler: object
) -> None:
    chance = Chance(seed)
    there = [chance.number(purpose, key) for purpose, key in draws]
    back = [Chance(seed).number(purpose, key) for purpose, key in reversed(draws)]

    assert there == back[::-1]


@given(st.integers(0), st.integers(-5, 5), st.integers(0, 10))
def test_draws_stay_within_their_bounds(seed: int, low: int, span: int) -> None:
    chance = Chance(seed)

    assert low <= chance.integer("x", 1, low, low + span) <= low + span
    assert 0 <= chance.fraction("x", 1) < 1
    assert chance.choice("x", 1, "abc") in "abc"


def test_seed_purpose_and_key_all_count() -> None:
    numbers = {
        Chance(1).number("a", 1),
        Chance(2).number("a", 1),
        Chance(1).number("b", 1),
        Chance(1).number("a", 2),
        Chance(1).number("a1", ""),
    }

    assert len(numbers) == 5


def test_digits_and_hexadecimals_have_their_length() -> None:
    chance = Chance(1)

    assert all(len(chance.digits("d", key, 24)) == 24 for key in range(50))
    assert len(chance.hexadecimal("h", 1)) == 32
    assert chance.hexadecimal("h", 1, 8) == chance.hexadecimal("h", 1)[:8]


def test_faker_repeats_itself_whoever_asked_before() -> None:
    name = Chance(1).faker("person", 7, "pl_PL").name()
    Chance(1).faker("person", 8, "pl_PL").name()

    assert Chance(1).faker("person", 7, "pl_PL").name() == name
