"""The simulator in a container of its own, by Testcontainers (``carrier-simulator[containers]``).

>>> with CarrierSimulatorContainer() as carriers, carriers.simulator() as simulator:
...     with simulator.world(at="2026-03-02T10:15:00+01:00") as world:
...         world.inpost.base_url
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

from simulator.server_process.process import known_option
from simulator.testing.blocking.simulator import Simulator, connect
from simulator.version import VERSION

PORT = 8080
"""Where the image listens."""

IMAGE = f"carrier-simulator:{VERSION}"
"""The image as ``make image`` builds it when it is told this name; yours is in a registry."""


class CarrierSimulatorContainer(DockerContainer):
    """A container of the simulator that is healthy as soon as it was started.

    `settings` are those of ``carrier-simulator serve``, as of `run`; `token` is the control token
    to set.
    """

    def __init__(
        self,
        image: str = IMAGE,
        *,
        token: str | None = None,
        settings: dict[str, object] | None = None,
        **arguments: Any,
    ) -> None:
        super().__init__(image, **arguments)
        self.token = token
        self.with_exposed_ports(PORT)
        self.waiting_for(HttpWaitStrategy(PORT, "/_sim/health").for_status_code(200))
        wanted = {**(settings or {}), **({} if token is None else {"control_token": token})}
        for name, value in wanted.items():
            self.with_env(known_option(name).variable, _written(value))

    @property
    def url(self) -> str:
        """The base URL as this machine reaches it."""
        return f"http://{self.get_container_host_ip()}:{self.get_exposed_port(PORT)}"

    @contextmanager
    def simulator(self) -> Iterator[Simulator]:
        """A client of it, as `connect` gives one."""
        with connect(self.url, token=self.token) as simulator:
            yield simulator


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ",".join(str(each) for each in value)
    return str(value)
