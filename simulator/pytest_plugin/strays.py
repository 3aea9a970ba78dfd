"""Requests that no operation of a carrier took: they fail the test during which they came."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from simulator.pytest_plugin import servers, worlds

if TYPE_CHECKING:
    from simulator.pytest_plugin.lookout import Stray

_SHOWN = 10
"""Requests that are shown."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail a test of which requests went astray: its own, and those of what it was set up with; and
    one whose markers did nothing."""
    result = yield
    idle = worlds.idle_markers(item)
    if idle:
        pytest.fail(idle, pytrace=False)
    _judge(item)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail the end of a test for the requests that nobody has looked at yet: those of what took it
    down, and of a test that was left early."""
    result = yield
    _judge(item)
    return result


def taken(item: pytest.Item) -> str:
    """The strays that nobody has told yet, in words; none where they are allowed. They are told.

    Raises `SimulatorError` where the server that had them is gone.
    """
    lookout = servers.of(item.config).lookout
    strays = [] if lookout is None else lookout.take()
    lenient = item.get_closest_marker("carrier_lenient") is not None
    return "" if lenient or not strays else "\n".join(_told(strays))


def _judge(item: pytest.Item) -> None:
    from simulator.testing.errors import SimulatorError

    try:
        wrong = taken(item)
    except SimulatorError as error:
        wrong = str(error)
    if wrong:
        pytest.fail(wrong, pytrace=False)


def _told(strays: list[Stray]) -> Iterator[str]:
    yield f"{len(strays)} of the requests hit no operation of a carrier:"
    for stray in strays[:_SHOWN]:
        yield f"  {stray.asked}"
        if stray.nearest:
            yield f"    nearest is {stray.nearest}"
    if len(strays) > _SHOWN:
        yield f"  and {len(strays) - _SHOWN} more"
    yield "@pytest.mark.carrier_lenient, or carrier_simulator_strict = false, allows it."
