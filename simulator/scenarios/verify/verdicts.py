"""What is found out about a check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.carriers.shipping import Cost
from simulator.engine.rules.matching import Difference
from simulator.scenarios.model import Check
from simulator.scenarios.verify.evidence import Exchange


class Near(NamedTuple):
    """An exchange that bears on a check, and what it lacks for what was wanted."""

    exchange: Exchange
    differences: Sequence[Difference] = ()


class Duplicate(NamedTuple):
    """What was shipped several times over: ids of shipments, each with the exchange that made it.

    An exchange is None when the journal has none for it. `cost` is what was charged for all but
    one of them, None when that is nothing.
    """

    carrier: str
    noun: str
    account: str
    reference: str | None
    shipments: Sequence[tuple[int, str | None]]
    cost: Cost | None


class Verdict(NamedTuple):
    """Whether a check passed, how many things it found, and a sentence about it.

    `near` are the exchanges that tell why it failed, the most telling first.
    """

    check: Check
    passed: bool
    found: int
    message: str
    near: Sequence[Near] = ()
    duplicates: Sequence[Duplicate] = ()
