"""The worlds of a test: made for it, looked at when it is over, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from simulator.pytest_plugin import markers, options, servers

if TYPE_CHECKING:
    from simulator.testing import World

worlds_of_test: pytest.StashKey[list[World]] = pytest.StashKey[list["World"]]()
"""The worlds that a test has right now, in the order in which they were made."""


def made(item: pytest.Item, name: str | None = None, **begin: Any) -> World:
    """A world for a test as its markers want it; it has to be given to `forget`.

    What is wrong with a marker fails the test, in words and without a traceback. Raises
    `ValueError` for a name that is in use.
    """
    from simulator.testing.errors import SimulatorError

    try:
        return _made(item, name, **begin)
    except (SimulatorError, FileNotFoundError) as error:
        wrong = str(error)
    pytest.fail(wrong, pytrace=False)


def _made(item: pytest.Item, name: str | None, **begin: Any) -> World:
    server = servers.of(item.config)
    simulator = server.simulator()
    if name is not None:
        _check_name(item, server, name)
    quirks = markers.quirks(item)
    begin = {"profile": markers.profile(item), "scenarios": options.scenarios(item.config), **begin}
    world = simulator.world(name, **begin)
    item.stash.setdefault(worlds_of_test, []).append(world)
    try:
        if quirks:
            world.quirks(**quirks)
        for scenario in markers.scenarios(item):
            world.load(scenario)
    except BaseException:
        forget(item, world)
        raise
    return world


def forget(item: pytest.Item, world: World) -> None:
    """Delete a world of a test; a server that is gone has none to delete."""
    from simulator.testing.errors import SimulatorError

    item.stash[worlds_of_test].remove(world)
    server = servers.of(item.config)
    with suppress(SimulatorError):
        world.delete()
    for copy in [] if server.lookout is None else server.lookout.copies_left(world.name):
        with suppress(SimulatorError):
            server.simulator().existing(copy).delete()


def current(item: pytest.Item) -> Iterator[World]:
    """The worlds that a test has right now."""
    yield from item.stash.get(worlds_of_test, [])


def idle_markers(item: pytest.Item) -> str:
    """What is wrong with the markers of a test that was run: it has made no world for them."""
    return "" if worlds_of_test in item.stash else markers.idle(item)


def _check_name(item: pytest.Item, server: servers.Server, name: str) -> None:
    """Raise `ValueError` for a name that is in use, as far as this process can know."""
    if server.lookout is not None and server.lookout.has(name):
        raise ValueError(
            f"there is a world {name!r} already: take that one, fork() it, or give no name, "
            "for one that nobody else has"
        )
    workers = getattr(item.config, "workerinput", {}).get("workercount", 1)
    if name == "default" and workers > 1:
        raise ValueError(
            "'default' is the world of all requests that name none, and the workers of this run "
            "share it: give no name, or run with -n 0"
        )
