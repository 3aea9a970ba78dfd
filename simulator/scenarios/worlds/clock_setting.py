"""A clock as people write it down: ``{mode: frozen, at: 2026-03-02T10:15:00+01:00}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator.core.clock import FASTEST, BadTime, Clock, parse_instant
from simulator.core.faults import Fault


def faults(setting: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with a setting that has its shape, each with the key that it is about."""
    mode, at, speed = setting["mode"], setting.get("at"), setting.get("speed")
    found = []
    if mode == "real" and at is not None:
        found.append(Fault("at", 'a real clock shows the machine\'s time; use "offset"'))
    if mode == "scaled" and speed is None:
        found.append(Fault("speed", "is required by a scaled clock"))
    if mode != "scaled" and speed is not None:
        found.append(Fault("speed", f"belongs to a scaled clock, not to a {mode} one"))
    if speed is not None and not 0 < speed <= FASTEST:
        found.append(Fault("speed", f"is more than 0 and at most {FASTEST:.0f}"))
    if at is not None and mode != "real":
        try:
            parse_instant(at)
        except BadTime as error:
            found.append(Fault("at", str(error)))
    return found


def clock(setting: Mapping[str, Any], present: datetime) -> Clock:
    """The clock of a setting without faults; where it names no instant, it starts at `present`."""
    at = setting.get("at")
    instant = present if at is None else parse_instant(at)
    return Clock.of(setting["mode"], instant, setting.get("speed"))
