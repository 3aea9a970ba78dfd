"""What a test may rely on."""

from __future__ import annotations

import inspect

import simulator.testing
from simulator import pytest_plugin
from simulator.testing import AsyncWorld, World
from tools.blocking import SOURCE, TARGET, blocking


def test_the_public_names_stay() -> None:
    assert simulator.testing.__all__ == sorted(simulator.testing.__all__)
    assert {name for name in dir(World) if not name.startswith("_")} == {
        *(
            "advance",
            "carrier",
            "carriers",
            "clock",
            "delete",
            "do",
            "eager",
            "events",
            "explain",
            "fail",
        ),
        *("fork", "freeze", "hold", "inbox", "inpost", "journal", "load", "look_ahead", "move"),
        *("myparcel", "on_time", "play", "postplus", "quirks", "receive", "records", "reset"),
        *("restore", "rules", "run_clock", "slow", "snapshot", "verify", "wait_for"),
    }
    assert {name for name in pytest_plugin.__all__ if not name.startswith("pytest_")} == {
        *("async_carrier_world", "async_carrier_world_factory", "carrier_environment"),
        *("carrier_simulator", "carrier_time", "carrier_world", "carrier_world_factory"),
    }


def test_every_public_name_says_what_it_is() -> None:
    for name in simulator.testing.__all__:
        assert inspect.getdoc(getattr(simulator.testing, name)), name
    for name, member in inspect.getmembers(World, inspect.isfunction):
        assert name.startswith("_") or inspect.getdoc(member), name


def test_both_worlds_have_the_same_methods_and_words() -> None:
    for name, member in inspect.getmembers(World, inspect.isfunction):
        if not name.startswith("__"):
            twin = getattr(AsyncWorld, name)
            assert inspect.getdoc(member) == inspect.getdoc(twin)
            assert [*inspect.signature(member).parameters] == [*inspect.signature(twin).parameters]


def test_the_blocking_client_is_made_from_the_other() -> None:
    names = sorted(path.name for path in SOURCE.glob("*.py"))
    assert names == sorted(path.name for path in TARGET.glob("*.py"))
    for name in names:
        assert (TARGET / name).read_text() == blocking(SOURCE / name), "python -m tools.blocking"
