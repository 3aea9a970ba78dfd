"""The fixtures. What they give is told in docs/testing.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from simulator.pytest_plugin import options, servers, worlds

if TYPE_CHECKING:
    from simulator.testing import AsyncWorld, Simulator, World


@pytest.fixture(scope="session")
def carrier_simulator(pytestconfig: pytest.Config) -> Simulator:
    """The server of this run, as a `Simulator`: the same one for all workers of xdist."""
    return servers.of(pytestconfig).simulator()


@pytest.fixture
def carrier_world_factory(
    request: pytest.FixtureRequest, carrier_simulator: Simulator
) -> Iterator[Callable[..., World]]:
    """Makes further worlds for this test: ``carrier_world_factory(at="2026-03-02T10:15:00Z")``.

    The arguments are those of `Simulator.world`; markers hold for each of them. A name that is in
    use raises `ValueError`.
    """
    made: list[World] = []

    def make(name: str | None = None, **begin: Any) -> World:
        world = worlds.made(request.node, name, **begin)
        made.append(world)
        return world

    yield make
    for world in reversed(made):
        worlds.forget(request.node, world)


@pytest.fixture
def carrier_world(carrier_world_factory: Callable[..., World]) -> World:
    """A world of this test's own, as a `World`: made for it, and deleted behind it."""
    return carrier_world_factory()


@pytest.fixture
def async_carrier_world_factory(
    carrier_world_factory: Callable[..., World],
) -> Callable[..., AsyncWorld]:
    """As `carrier_world_factory`, of worlds whose methods are awaited; calling it is not."""
    from simulator.testing.twins import awaited

    return lambda *name, **begin: awaited(carrier_world_factory(*name, **begin))


@pytest.fixture
def async_carrier_world(carrier_world: World) -> AsyncWorld:
    """`carrier_world` with methods that are awaited, for any plugin that runs async tests."""
    from simulator.testing.twins import awaited

    return awaited(carrier_world)


@pytest.fixture
def carrier_environment(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch, carrier_world: World
) -> Mapping[str, str]:
    """Sets environment variables to where `carrier_world` is, for this test.

    Which ones stands in the configuration, as lines ``INPOST_URL = inpost.base_url``.
    """
    wanted = options.environment(pytestconfig)
    if not wanted:
        raise pytest.UsageError(
            "carrier_environment sets what the configuration names: "
            'carrier_environment = ["INPOST_URL = inpost.base_url", '
            '"INPOST_TOKEN = inpost.credential"]'
        )
    values = {name: _value(carrier_world, place) for name, place in wanted.items()}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


def _value(world: World, place: str) -> str:
    carrier, _, what = place.partition(".")
    return str(getattr(world.carrier(carrier) if what else world, what or place))


@pytest.fixture
def carrier_time(carrier_world: World) -> Iterator[Any]:
    """Moves the time of this process with the clock of `carrier_world`, by time-machine.

    From the start on, and whenever `freeze`, `advance` and their like move the world or let it run;
    docs/testing.md says what holds in each mode. Gives time-machine's coordinates. Wants the extra
    ``carrier-simulator[time]``.
    """
    try:
        from simulator.pytest_plugin.travelling import travelling
    except ImportError:
        raise pytest.UsageError(
            "carrier_time needs time-machine: pip install 'carrier-simulator[time]'"
        ) from None
    with travelling(carrier_world) as coordinates:
        yield coordinates
