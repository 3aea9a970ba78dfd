"""What a world keeps in memory, how fast worlds come and go, and what a long request holds up."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import httpx2

from benchmarks.bodies import FROZEN, POSTPAID
from benchmarks.measuring import Row, post_script, wrk
from benchmarks.soak.probe import beside
from benchmarks.soak.worlds import control, fresh, travel

SHIPMENTS = 10_000
WORKSPACES = 200
USED = 20
REQUESTS = 900
PARCELS = 10_000

# One connection makes a workspace by a create and deletes it, in turn. The first request is never
# sent: wrk looks at it to see whether there are several.
_CHURN = """
local count = -1
local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "%s" }
request = function()
  count = count + 1
  local name = "gone-" .. math.floor((count + 1) / 2)
  if count %% 2 == 1 then
    local path = "/w/" .. name .. "/inpost/v1/organizations/2/shipments"
    return wrk.format("POST", path, headers, wrk.body)
  end
  return wrk.format("DELETE", "/_sim/workspaces/" .. name, {}, nil)
end
"""


def keeping(base_url: str, pid: int, folder: Path, create: object) -> list[Row]:
    """The rows of memory, of coming and going, and of health beside a month."""
    return [
        *_memory(base_url, pid, create),
        _coming_and_going(base_url, folder, create),
        asyncio.run(_month(int(base_url.rpartition(":")[2]))),
    ]


def _memory(base_url: str, pid: int, create: object) -> list[Row]:
    with httpx2.Client(base_url=base_url, trust_env=False, timeout=120) as client:

        def made(name: str, count: int) -> None:
            client.put(f"/w/{name}/_sim/clock", json=FROZEN)
            path = f"/w/{name}/inpost/v1/organizations/2/shipments"
            for _ in range(count):
                client.post(path, json=create, headers=POSTPAID).raise_for_status()
            client.post(f"/w/{name}/_sim/clock/advance", json={"by": "10s"}).raise_for_status()

        def several(name: str, workspaces: int, count: int) -> None:
            for number in range(workspaces):
                made(f"{name}-{number}", count)

        def grown(work: Callable[[], object]) -> float:
            before = _resident(pid)
            work()
            return _resident(pid) - before

        made("kept", 1_000)  # the journal is full, so that only shipments come
        shipment = grown(lambda: made("kept", SHIPMENTS)) / SHIPMENTS
        new = grown(lambda: several("new", WORKSPACES, 1)) / WORKSPACES
        used = grown(lambda: several("used", USED, REQUESTS)) / USED
        for each in client.get("/_sim/workspaces").json()["items"]:
            if each["name"] != "default":
                client.delete(f"/_sim/workspaces/{each['name']}")
    return [
        ("memory of a confirmed shipment", f"{shipment:.1f} KB", "<= 4 KB", shipment <= 4),
        ("memory of a workspace with one shipment", f"{new:.0f} KB", "-", None),
        (f"memory of a workspace after {REQUESTS} creates", f"{used / 1024:.1f} MB", "-", None),
    ]


def _resident(pid: int) -> float:
    """Resident memory, KB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return float(found[1])


def _coming_and_going(base_url: str, folder: Path, create: object) -> Row:
    script = post_script(folder, "churn", create)
    script.write_text(script.read_text() + _CHURN % POSTPAID["Authorization"])
    rate = wrk(base_url, script, connections=1) / 2
    return "workspaces made, used once and deleted", f"{rate:.0f}/s", "-", None


async def _month(port: int) -> Row:
    """Health beside a month over many parcels, as its median, 99th hundredth and maximum."""
    await fresh(port, "month")
    await travel(port, "month", PARCELS)
    async with control(port, "month") as controls:
        async with beside(port) as found:
            await controls.ok("POST", "/clock/advance", {"by": "30d"})
        await controls.ok("DELETE", "")
    figure = f"{found.latency} (median/p99/max), the month {found.seconds:.1f} s"
    held = found.latency.longest <= 0.05
    return f"health beside 30 days over {PARCELS:,} parcels", figure, "max <= 50 ms", held
