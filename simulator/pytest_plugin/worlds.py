"""The worlds of a test: made for it, looked at when it is over, deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from simulator.pytest_plugin import options, servers

if TYPE_CHECKING:
    from simulator.testing import World

worlds_of_test = pytest.StashKey[list["World"]]()
"""The worlds that a test has right now, in the order in which they were made."""


def made(item: pytest.Item, **begin: Any) -> World:
    """A world for a test as its markers want it; it has to be given to `forget`.

    What is wrong with a marker fails the test, in words and without a traceback.
    """
    from simulator.testing.errors import SimulatorError

    try:
        return _made(item, **begin)
    except (SimulatorError, FileNotFoundError) as error:
        wrong = str(error)
    pytest.fail(wrong, pytrace=False)


def _made(item: pytest.Item, **begin: Any) -> World:
    simulator = servers.of(item.config).simulator()
    profile = _argument(item, "carrier_profile", "name", None)
    quirks = _argument(item, "carrier_quirks", "values", {})
    begin = {"profile": profile, **begin}
    world = simulator.world(scenarios=options.scenarios(item.config), **begin)
    item.stash.setdefault(worlds_of_test, []).append(world)
    try:
        if quirks:
            world.quirks(**quirks)
        for marker in reversed([*item.iter_markers("carrier_scenario")]):
            files = _given(marker, "file")
            if not files:
                raise pytest.UsageError(f"{item.nodeid}: carrier_scenario wants a file")
            for scenario in files:
                world.load(scenario)
    except BaseException:
        forget(item, world)
        raise
    return world


def forget(item: pytest.Item, world: World) -> None:
    """Delete a world of a test; a server that is gone has none to delete."""
    from simulator.testing.errors import SimulatorError

    item.stash[worlds_of_test].remove(world)
    with suppress(SimulatorError):
        world.delete()


def current(item: pytest.Item) -> Iterator[World]:
    """The worlds that a test has right now."""
    yield from item.stash.get(worlds_of_test, [])


def _argument(item: pytest.Item, marker: str, name: str, default: Any) -> Any:
    found = item.get_closest_marker(marker)
    if found is None:
        return default
    if marker == "carrier_quirks" and not found.args and found.kwargs:
        return found.kwargs
    values = _given(found, name)
    if len(values) != 1:
        raise pytest.UsageError(f"{item.nodeid}: {marker} wants one argument, {name}")
    if marker == "carrier_quirks" and not isinstance(values[0], Mapping):
        raise pytest.UsageError(
            f'{item.nodeid}: carrier_quirks wants a mapping, {{"inpost.expired_offers": "lenient"}}'
        )
    return values[0]


def _given(marker: pytest.Mark, name: str) -> list[Any]:
    return [*marker.args, *([marker.kwargs[name]] if name in marker.kwargs else [])]
