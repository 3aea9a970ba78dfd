"""Words for refusals that every carrier has: which key was sent, which things there are, and what
is about to happen. They are worked out only where something is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from simulator.carriers import registry
from simulator.core.faults import did_you_mean
from simulator.core.secrets import masked
from simulator.engine.concerning import concerning
from simulator.engine.records import FRAME, JOBS, Job
from simulator.engine.world import World

_MOST_KNOWN = 6
NEARBY = 3
"""How many things of a kind are named where one was not found."""
_LONGEST_GUESS = 100
_MINUTE, _DAY = 60.0, 86_400.0

Shown = Callable[[datetime], str]


def unknown_key(world: World, value: str, known: Collection[str], noun: str = "key") -> str:
    """Why a credential opens nothing. Its mark stands in its place, since it may be a real one,
    unless it opens another carrier in `world`."""
    owner = _carrier_of(world, value)
    if owner is not None:
        return f"the {noun} {value} is for {owner}, and opens nothing here"
    hint = did_you_mean(value, known) if len(value) <= _LONGEST_GUESS else ""
    return f"the {noun} {masked(value)} opens nothing in this workspace.{hint}"


def _carrier_of(world: World, value: str) -> str | None:
    """The title of the carrier that a credential opens in this workspace."""
    for carrier in registry.load():
        served = all(spec.name in world.state.tables for spec in carrier.tables)
        if served and value in carrier.keys(world.state):
            return carrier.title
    return None


def known_keys(known: Collection[str], how: str) -> str:
    """How to send one of the keys that there are."""
    if not known:
        return f"this workspace has none; {how}"
    more = f" and {len(known) - _MOST_KNOWN} more" if len(known) > _MOST_KNOWN else ""
    # Those that say what they are for come first; others are examples of documents.
    best = sorted(known, key=lambda key: (not key.startswith("sim-"), key))[:_MOST_KNOWN]
    return f"{how} with one of {', '.join(best)}{more}"


def nearby(name: str, ids: Iterable[Any]) -> str:
    """Which things of a kind there are: the newest, the last of `ids` first."""
    newest = list(ids)[-NEARBY:][::-1]
    if not newest:
        return f"there is no {name} yet that this caller may see: make one first"
    return f"the newest that this caller may see: {', '.join(str(each) for each in newest)}"


def soonest(world: World, name: str, value: int | str) -> Job | None:
    """The next job with this argument, which stands for the record that it will change."""
    found = concerning(world[JOBS], name, value)
    return min(found, key=lambda job: (job.waits, job.due, job.id), default=None)


def coming(world: World, job: Job, what: str, shown: Shown) -> str:
    """When the job will be, and how to get there."""
    if job.held is not None and job.waits:
        return f"{what} when rule {job.held.rule} lets it: delete the rule, or have it let go"
    seconds = max(0.0, (job.due - world.now).total_seconds())
    return f"{what} at {shown(job.due)}, in {span(seconds)}; {how_to_wait(world)}"


def span(seconds: float) -> str:
    """A length of time in its two largest units: ``45 days 3 h``, ``2 h 5 min``, ``0.253 s``."""
    if round(seconds, 2) < _MINUTE:
        return f"{seconds:.3g} s"
    step = 60 if seconds >= _DAY else 1
    hours, minutes = divmod(round(seconds / _MINUTE / step) * step, 60)
    days, hours = divmod(hours, 24)
    units = ((days, "day" if days == 1 else "days"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{count} {unit}" for count, unit in units if count)


def how_to_wait(world: World) -> str:
    """How time passes in this workspace."""
    frame = world[FRAME].get("frame")
    advance = f"POST /_sim/workspaces/{world.workspace}/clock/advance"
    if frame is not None and frame.clock.mode == "frozen":
        return f"the clock stands still, so advance it ({advance})"
    return f"advance the clock ({advance}) or poll"
