"""What a test is told when it fails: the conversation with the carriers."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from simulator.pytest_plugin import strays, worlds

if TYPE_CHECKING:
    from simulator.testing import Exchange, World

_SHOWN = 40
"""Exchanges that a report shows, the latest ones."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give a failed test the conversation of its worlds, and keep them in files."""
    report = yield
    if call.excinfo is None:
        return report
    # They are told here, and not once more when it is taken down.
    astray = _astray(item)
    if not report.failed:
        return report
    idle = worlds.idle_markers(item) if call.when == "call" else ""
    if idle and idle not in str(report.longrepr):
        report.sections.append(("carrier simulator: markers", idle))
    if astray:
        report.sections.append(("carrier simulator: astray", astray))
    if "ScopeMismatch" in str(report.longrepr) and "carrier_" in str(report.longrepr):
        report.sections.append(
            (
                "carrier simulator",
                "carrier_world is the world of one test. For a wider scope make one of "
                "carrier_simulator, which lives for the session:\n"
                "    @pytest.fixture(scope='module')\n"
                "    def world(carrier_simulator):\n"
                "        with carrier_simulator.world() as world:\n"
                "            yield world",
            )
        )
    for world in worlds.current(item):
        report.sections.append((f"carrier simulator: {world.name}", _conversation(item, world)))
    return report


def _astray(item: pytest.Item) -> str:
    with suppress(Exception):  # whatever it is, the report of the test comes first
        return strays.taken(item)
    return ""


def _conversation(item: pytest.Item, world: World) -> str:
    from simulator.testing.errors import SimulatorError

    try:
        return _shown(item, world)
    except SimulatorError as error:
        return str(error)
    except Exception as error:  # whatever it is, the report of the test comes first
        return f"the conversation cannot be shown: {type(error).__name__}: {error}"


def _shown(item: pytest.Item, world: World) -> str:
    exchanges = world.journal()
    lines = [_line(world, each) for each in exchanges[-_SHOWN:]]
    if len(exchanges) > _SHOWN:
        lines.insert(0, f"({len(exchanges) - _SHOWN} earlier ones are left out)")
    shown = "\n".join(lines) or "nothing was asked of a carrier"
    path = _keep(item, world)
    if path is None:
        return shown
    put = f"curl -X PUT -H 'Content-Type: application/json' --data-binary @{path}"
    return f"{shown}\nthe world: {path}\nto open it: {put} URL/_sim/workspaces/NAME/snapshot"


def _line(world: World, exchange: Exchange) -> str:
    query = f"?{exchange.query}" if exchange.query else ""
    line = f"{exchange.id} {exchange.method} {exchange.path}{query} -> {exchange.status}"
    said = [*(world.explain(exchange).get("why") or []), ""]
    return f"{line}: {said[0]}"


def _keep(item: pytest.Item, world: World) -> Path | None:
    """Write the world down in pytest's cache; None where there is none."""
    folder = _folder(item.config)
    if folder is None:
        return None
    name = re.sub(r"[^\w.-]+", "_", item.nodeid)[-150:]
    path = folder / f"{name}.{world.name}.json"
    try:
        path.write_bytes(msgspec.json.encode(world.snapshot()))
    except OSError:
        return None
    return path


def _folder(config: pytest.Config) -> Path | None:
    cache = getattr(config, "cache", None)
    try:
        return None if cache is None else Path(cache.mkdir("carrier-worlds"))
    except OSError:
        return None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let go of the worlds that earlier runs kept."""
    if hasattr(session.config, "workerinput"):
        return
    folder = _folder(session.config)
    for kept in [] if folder is None else folder.glob("*.json"):
        kept.unlink(missing_ok=True)
