"""Counts exchanges for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulator.engine.backends.mirror import Mirror
from simulator.engine.hub import Hub

if TYPE_CHECKING:
    from prometheus_client.core import Metric


_STORE = (
    ("round_trips", "Times that the store was asked."),
    ("commits", "Commits that the store kept."),
    ("conflicts", "Commits with which another process was faster."),
    ("retries", "Tries that were made again, after the connection was lost."),
    ("seconds", "Time until the store answered."),
)


class Metrics:
    """Exchanges by carrier, operation and status, and the time that they took."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._counts: dict[tuple[str, str, int], int] = {}
        self._seconds: dict[tuple[str, str, int], float] = {}

    def count(self, carrier: str, operation: str | None, status: int, microseconds: int) -> None:
        """Note one exchange."""
        key = (carrier, operation or "", status)
        self._counts[key] = self._counts.get(key, 0) + 1
        self._seconds[key] = self._seconds.get(key, 0.0) + microseconds / 1e6

    def collect(self) -> Iterator[Metric]:
        """The metrics in Prometheus' own terms."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        labels = ["carrier", "operation", "status"]
        total = CounterMetricFamily(
            "simulator_exchanges", "Requests answered by a carrier.", labels=labels
        )
        seconds = CounterMetricFamily(
            "simulator_exchange_seconds", "Time spent answering them.", labels=labels
        )
        for (carrier, operation, status), number in self._counts.items():
            values = [carrier, operation, str(status)]
            total.add_metric(values, number)
            seconds.add_metric(values, self._seconds[carrier, operation, status])
        yield total
        yield seconds
        workspaces = GaugeMetricFamily("simulator_workspaces", "Workspaces that exist.")
        workspaces.add_metric([], len(self._hub.names()))
        yield workspaces
        if self._hub.keeping is not None:
            yield from _of_store(self._hub.keeping.mirror)

    def text(self) -> bytes:
        """The Prometheus text format."""
        # Loaded when somebody asks, so that it does not delay the start.
        from prometheus_client import CollectorRegistry, generate_latest

        registry = CollectorRegistry()
        collector: Any = self
        registry.register(collector)
        return generate_latest(registry)


def _of_store(mirror: Mirror) -> Iterator[Metric]:
    """What the store was asked, whether it works, and what waits for it."""
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    for name, meaning in _STORE:
        counter = CounterMetricFamily(f"simulator_store_{name}", meaning)
        counter.add_metric([], getattr(mirror.store.counts, name))
        yield counter
    works = GaugeMetricFamily("simulator_store_works", "Whether the store answers.")
    works.add_metric([], float(mirror.failure is None))
    yield works
    waiting = GaugeMetricFamily(
        "simulator_store_drafts", "Workspaces of which changes are on their way to the store."
    )
    waiting.add_metric([], mirror.drafts)
    yield waiting
    near = GaugeMetricFamily("simulator_store_near", "Workspaces that are in memory.")
    near.add_metric([], mirror.near)
    yield near
