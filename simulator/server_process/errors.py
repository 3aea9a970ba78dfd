"""The errors of whoever wants a server; `simulator.testing.errors` has the others."""

from __future__ import annotations


class SimulatorError(Exception):
    """The root of all errors of `simulator.testing` that are not the test's own verdict."""


class NotStarted(SimulatorError):
    """The server did not come up; the message has what it said last."""
