"""The container, where there is no container engine: what it would be started with, and what its
client does with the server that listens instead."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from simulator.testing.containers import PORT, CarrierSimulatorContainer
from simulator.version import VERSION


@pytest.fixture
def container(server: str, monkeypatch: pytest.MonkeyPatch) -> CarrierSimulatorContainer:
    """A container that is not started; its port is that of the session's server."""
    place = urlsplit(server)
    kind = CarrierSimulatorContainer
    monkeypatch.setattr("testcontainers.core.container.DockerClient", lambda **_: None)
    monkeypatch.setattr(kind, "get_container_host_ip", lambda _: place.hostname)
    monkeypatch.setattr(kind, "get_exposed_port", lambda _, port: {PORT: place.port}[port])
    return kind(settings={"profile": "documented", "carriers": ["inpost"], "access_log": False})


def test_it_is_the_image_of_this_version(container: CarrierSimulatorContainer) -> None:
    assert container.image == f"carrier-simulator:{VERSION}"
    assert list(map(str, container.ports)) == [str(PORT)]


def test_settings_are_its_environment(container: CarrierSimulatorContainer) -> None:
    assert container.env == {
        "SIMULATOR_PROFILE": "documented",
        "SIMULATOR_CARRIERS": "inpost",
        "SIMULATOR_ACCESS_LOG": "false",
    }


def test_its_worlds_are_those_of_any_server(container: CarrierSimulatorContainer) -> None:
    with container.simulator() as simulator, simulator.world() as world:
        assert world.inpost.base_url.startswith(container.url)


def test_it_keeps_its_token(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testcontainers.core.container.DockerClient", lambda **_: None)
    guarded = CarrierSimulatorContainer("registry.example.com/carriers:1", token="opensesame")
    assert guarded.image == "registry.example.com/carriers:1"
    assert guarded.env == {"SIMULATOR_CONTROL_TOKEN": "opensesame"}
    with pytest.raises(TypeError, match=r"'carrier' is no setting .* did you mean 'carriers'"):
        CarrierSimulatorContainer(settings={"carrier": "inpost"})
