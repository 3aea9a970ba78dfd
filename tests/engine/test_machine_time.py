"""The machine's clock is set while shipments wait."""

from __future__ import annotations

import pytest

from simulator.core import clock as clocks
from simulator.settings import Settings
from tests.support.server import Workspace, running
from tests.support.shipments import to_locker


def test_a_shipment_gets_on_when_the_machines_clock_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, back = clocks.wall, [0.0]
    monkeypatch.setattr(clocks, "wall", clocks.never_back(lambda: shown().timestamp() - back[0]))
    with running(Settings()) as server:
        workspace = Workspace(server, "back")
        workspace.control.put("/clock", json={"mode": "real"})
        created = workspace.client.post("/v1/organizations/1/shipments", json=to_locker())
        assert created.status_code == 201, created.text
        back[0] = 3600.0
        # The world's own events, which come without anybody asking for the shipment.
        waited = workspace.control.get(
            "/events",
            params={"event": "inpost.shipment_confirmed", "limit": 1},
            headers={"Accept": "text/event-stream"},
        )
        assert "inpost.shipment_confirmed" in waited.text
        times = [entry["at"] for entry in workspace.journal(order="oldest")]
        assert times == sorted(times)
        workspace.close()
