"""The simulator in a test: start it, take a world, move time, break the carrier, look at what came.

>>> from simulator.testing import run
>>> with run() as simulator, simulator.world(at="2026-03-02T10:15:00+01:00") as world:
...     world.inpost.base_url, world.inpost.credential

`run` starts a server, `connect` takes one that runs; each has a twin for event loops. The pytest
plugin (docs/testing.md) does this for you.
"""

from simulator.testing.answers import (
    Carrier,
    Clock,
    Credential,
    Delivery,
    Event,
    Exchange,
    Loaded,
    Moved,
    Notification,
    RuleState,
    Verdict,
)
from simulator.testing.asynchronous.rules import AsyncRule
from simulator.testing.asynchronous.simulator import AsyncSimulator, connect_async, run_async
from simulator.testing.asynchronous.webhooks import AsyncWebhooks
from simulator.testing.asynchronous.world import AsyncWorld
from simulator.testing.blocking.rules import Rule
from simulator.testing.blocking.simulator import Simulator, connect, run
from simulator.testing.blocking.webhooks import Webhooks
from simulator.testing.blocking.world import World
from simulator.testing.errors import (
    NoServer,
    NothingCame,
    NotServed,
    NotStarted,
    Refused,
    SimulatorError,
    VerificationFailed,
    WrongVersion,
)
from simulator.testing.receiver import Received, Receiver

__all__ = [
    "AsyncRule",
    "AsyncSimulator",
    "AsyncWebhooks",
    "AsyncWorld",
    "Carrier",
    "Clock",
    "Credential",
    "Delivery",
    "Event",
    "Exchange",
    "Loaded",
    "Moved",
    "NoServer",
    "NotServed",
    "NotStarted",
    "NothingCame",
    "Notification",
    "Received",
    "Receiver",
    "Refused",
    "Rule",
    "RuleState",
    "Simulator",
    "SimulatorError",
    "Verdict",
    "VerificationFailed",
    "Webhooks",
    "World",
    "WrongVersion",
    "connect",
    "connect_async",
    "run",
    "run_async",
]
