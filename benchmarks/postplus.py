"""PostPlus: upserts beside bare Starlette, tracking, imports, and the feed at its two ends."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

import httpx2

from benchmarks.bodies import ACCOUNT, INTEGRATOR, PARCEL, parcel
from benchmarks.measuring import Row, milliseconds, ratio_row, wrk
from benchmarks.servers import reference

ROUNDS = 5
MANY = 200
NUMBERS = 50
EVENTS = 100_000
IMPORTED = 500
PAGE = 500

# wrk asks for each request anew, so that each has sender numbers of its own.
_SCRIPT = """
local parcel = [[%s]]
local count = 0
wrk.headers["Content-Type"] = "application/json"
request = function()
  local parcels = {}
  for i = 1, %d do
    count = count + 1
    parcels[i] = '{"identifiers":{"senderParcelNr":"B-%s-' .. count .. '"},' .. parcel
  end
  local body = parcels[1]
  if %s then body = '{"parcels":[' .. table.concat(parcels, ",") .. "]}" end
  return wrk.format("%s", nil, nil, body)
end
"""


def _script(folder: Path, name: str, method: str, count: int) -> Path:
    script = folder / f"{name}.lua"
    rest = json.dumps(PARCEL)[1:]
    script.write_text(_SCRIPT % (rest, count, name, "true" if count > 1 else "false", method))
    return script


class _World:
    def __init__(self, base_url: str, name: str) -> None:
        self.api = f"{base_url}/w/{name}/postplus/api/v1"
        self._control = f"{base_url}/_sim/workspaces/{name}"
        self.client = httpx2.Client(trust_env=False, timeout=120)

    def reset(self) -> None:
        """A fresh world whose clock stands."""
        self._send("POST", f"{self._control}/reset", {})
        clock = {"mode": "frozen", "at": "2026-03-02T10:15:00+01:00"}
        self._send("PUT", f"{self._control}/clock", clock)

    def call(self, method: str, path: str, body: object = None, key: object = None) -> bytes:
        """The answer of the carrier."""
        return self._send(method, f"{self.api}{path}", body, key or ACCOUNT)

    def _send(self, method: str, url: str, body: object, headers: object = None) -> bytes:
        response = self.client.request(method, url, json=body, headers=headers)  # type: ignore[arg-type]
        response.raise_for_status()
        return response.content

    def parcels(self, count: int) -> list[str]:
        """The numbers of so many new parcels."""
        numbers: list[str] = []
        for start in range(0, count, MANY):
            wanted = range(start, min(start + MANY, count))
            elements = [parcel(f"P-{n}") for n in wanted]
            made = self.call("POST", "/parcels/create-or-update-many", {"parcels": elements})
            numbers += [each["identifiers"]["parcelNr"] for each in json.loads(made)["parcels"]]
        return numbers

    def events(self, numbers: list[str], first: int, count: int) -> object:
        """The body of an import."""
        return {
            "events": [
                {
                    "eventId": f"ext-{n}",
                    "eventCode": "FIRST_MILE_SCAN",
                    "eventTime": "2026-03-01 10:00:00",
                    "trackingNr": numbers[n % len(numbers)],
                }
                for n in range(first, first + count)
            ]
        }


def postplus_times(base_url: str, folder: Path) -> list[Row]:
    """The rows of PostPlus."""
    return _upserts(base_url, folder) + _feed(base_url)


def _upserts(base_url: str, folder: Path) -> list[Row]:
    world = _World(base_url, "bench-postplus")
    world.reset()
    one = {"identifiers": {"senderParcelNr": "SAMPLE"}, **PARCEL}
    (folder / "upsert.bytes").write_bytes(world.call("PUT", "/parcels", one))
    elements = [parcel(f"S-{n}") for n in range(MANY)]
    many = world.call("POST", "/parcels/create-or-update-many", {"parcels": elements})
    (folder / "upserts.bytes").write_bytes(many)
    singles, manies = [], []
    with reference(folder) as bare:
        for round_ in range(ROUNDS):
            single = _script(folder, f"one{round_}", "PUT", 1)
            several = _script(folder, f"many{round_}", "POST", MANY)
            world.reset()
            ours = wrk(f"{world.api}/parcels", single, ACCOUNT)
            singles.append((ours, wrk(f"{bare}/bare/upsert", single)))
            world.reset()
            ours = wrk(f"{world.api}/parcels/create-or-update-many", several, ACCOUNT) * MANY
            manies.append((ours, wrk(f"{bare}/bare/upserts", several) * MANY))
    return [
        ratio_row("PostPlus, upsert of one parcel, parcels/s", singles),
        ratio_row(f"PostPlus, upsert of {MANY} parcels, parcels/s", manies),
    ]


def _feed(base_url: str) -> list[Row]:
    world = _World(base_url, "bench-feed")
    world.reset()
    numbers = world.parcels(1000)
    imports = [
        milliseconds(
            lambda first=first: world.call(  # type: ignore[misc]
                "POST",
                "/integrations/tracking-import",
                world.events(numbers, first, IMPORTED),
                INTEGRATOR,
            )
        )
        for first in range(0, EVENTS, IMPORTED)
    ]
    asked = ",".join(numbers[:NUMBERS])
    tracking = [
        milliseconds(lambda: world.call("GET", f"/tracking/parcel-nrs/get-many?ParcelNrs={asked}"))
        for _ in range(30)
    ]
    cursors = [""]
    while True:
        page = json.loads(world.call("GET", f"/tracking?count={PAGE}&fetchId={cursors[-1]}"))
        if page["fetchDone"]:
            break
        cursors.append(page["nextFetchId"])
    firsts: list[float] = []
    lasts: list[float] = []
    for _ in range(30):
        for cursor, times in ((cursors[0], firsts), (cursors[-2], lasts)):
            path = f"/tracking?count={PAGE}&fetchId={cursor}"
            times.append(milliseconds(lambda path=path: world.call("GET", path)))  # type: ignore[misc]
    first, last = statistics.median(firsts), statistics.median(lasts)
    return [
        (
            f"PostPlus, last page of the feed over {EVENTS:,} events, times the first",
            f"{last / first:.2f} ({first:.1f} to {last:.1f} ms)",
            "<= 1.3",
            last / first <= 1.3,
        ),
        (
            f"PostPlus, tracking of {NUMBERS} parcels with {EVENTS // 1000} events each",
            f"{statistics.median(tracking):.1f} ms",
            "-",
            None,
        ),
        (
            f"PostPlus, import of {IMPORTED} events",
            f"{statistics.median(imports):.1f} ms",
            "-",
            None,
        ),
    ]
