"""Whether coverage is measured now, in the thread of the tests and in those of their servers.

The tracer makes the program twice as slow and more. Tests that send generated requests by the
hundred, or start programs that other tests run in their own process, go without it: they are marked
``unmeasured``. What they prove is the same; the gate counts only what all others run.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_tracers: dict[asyncio.AbstractEventLoop, Any] = {}
"""The tracer of each server's thread, while it serves."""

_paused = False

_measured: set[str] = set()
"""What was measured once."""

_OF_CHILDREN = "COVERAGE_PROCESS_"
"""Begins the variables by which a process that a test starts is measured too."""


@contextmanager
def followed() -> Iterator[None]:
    """Within the thread of a server and its loop: measure it when, and only when, tests are."""
    loop, tracer = asyncio.get_running_loop(), sys.gettrace()
    _tracers[loop] = tracer
    if _paused:
        sys.settrace(None)
    try:
        yield
    finally:
        del _tracers[loop]


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure neither this thread nor the servers nor processes that are started meanwhile.

    Threads in which a server draws are left as they are: they may outlive this. Within another one
    it changes nothing."""
    global _paused
    if _paused:
        yield
        return
    tracer = sys.gettrace()
    inherited = {name: os.environ.pop(name) for name in (*os.environ,) if _of_children(name)}
    _paused = True
    _tell_servers(dict.fromkeys(_tracers))
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)
        _paused = False
        _tell_servers(_tracers)
        os.environ |= inherited


@contextmanager
def measured_once(what: str) -> Iterator[None]:
    """Measure the first time, and no further, what runs the same lines each time."""
    if what in _measured:
        with unmeasured():
            yield
        return
    if not _paused:
        _measured.add(what)
    yield


def _of_children(name: str) -> bool:
    return name.startswith(_OF_CHILDREN)


def _tell_servers(tracers: dict[asyncio.AbstractEventLoop, Any]) -> None:
    """What a loop is told comes before the requests that are sent to it afterwards."""
    for loop, tracer in (*tracers.items(),):
        loop.call_soon_threadsafe(sys.settrace, tracer)
