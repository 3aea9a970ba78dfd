"""A workspace that is broken breaks no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr

from simulator.core.clock import Clock, wall
from tests.support.server import serving
from tests.support.toy.server import toy_app


@pytest.mark.parametrize("mend", ["reset", "delete"])
def test_a_broken_workspace_is_told_and_can_be_mended(mend: str) -> None:
    app = toy_app()
    with (
        serving(app) as base_url,
        httpx2.Client(base_url=f"{base_url}/_sim", trust_env=False, verify=False) as sim,
    ):
        assert sim.put("/workspaces/bad/quirks", json={}).status_code == 200
        end = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
        hub = app._hub
        hub.set_clock(hub.workspace("bad"), Clock("offset", end, wall() - timedelta(days=1)))

        told = {"name": "bad", "broken": IsStr(regex="OverflowError: .*DELETE it.*reset.*")}
        assert sim.get("/workspaces").json()["items"] == [told, IsPartialDict(name="default")]
        assert sim.get("/workspaces/bad").json() == told
        assert sim.get("/health").status_code == 200
        assert sim.get("/metrics").status_code == 200
        if mend == "reset":
            assert sim.post("/workspaces/bad/reset").status_code == 200
            assert sim.get("/workspaces/bad").json() == IsPartialDict(name="bad", events=0)
        else:
            assert sim.delete("/workspaces/bad").status_code == 204
            assert sim.get("/workspaces/bad").status_code == 404
