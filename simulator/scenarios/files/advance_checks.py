"""What can be wrong with a step that moves the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.carriers.event import EventSpec, status_hint
from simulator.core import reading
from simulator.core.clock import parse_duration, parse_instant
from simulator.core.templates import is_variable, variables
from simulator.scenarios.files.time_checks import time_faults
from simulator.scenarios.model import Advance
from simulator.scenarios.reading import shape
from simulator.scenarios.reading.positions import Path
from simulator.scenarios.reading.shape import Fault, hint
from simulator.scenarios.vocabulary import Vocabulary

_BESIDE: Final = ("match", "after", "within")
"""What says more of the event: within `until`, or beside the name of the event."""


def faults(known: Vocabulary, advance: str | Mapping[str, Any], path: Path) -> Iterator[Fault]:
    """Everything that is wrong with what ``clock/advance`` will be told, as far as it is known
    before variables have their values."""
    if isinstance(advance, str):
        yield from time_faults(path, parse_duration, advance)
        return
    wrong = shape.faults(advance, Advance, path)
    yield from wrong
    given = [name for name in ("by", "to", "until") if name in advance]
    if len(given) != 1:
        yield Fault(path, "needs one of by, to and until")
    if wrong:
        return
    for name, parse in (("by", parse_duration), ("to", parse_instant)):
        if name in advance and _is_known(advance[name]):
            yield from time_faults((*path, name), parse, advance[name])
    yield from _awaited(known, advance, path)


def _awaited(known: Vocabulary, advance: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    until = advance.get("until")
    inside: Mapping[str, Any] = until if isinstance(until, dict) else {}
    for name in _BESIDE:
        if name in advance and (until is None or name in inside):
            message = 'belongs to "until"' if until is None else "is said within until, too"
            yield Fault((*path, name), message, True)
    event = inside.get("event", until)
    if not isinstance(event, str):
        return
    place = (*path, "until", "event") if inside else (*path, "until")
    spec = known.events.get(event)
    if spec is None and _is_known(event):
        meant = status_hint(event, known.events) or hint(event, list(known.events))
        yield Fault(place, f'"{event}" is no event.{meant}')
    for part, below in ((advance, path), (inside, (*path, "until"))):
        yield from _conditions(spec, part, below)


def _conditions(spec: EventSpec | None, part: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    if "within" in part and _is_known(part["within"]):
        yield from time_faults((*path, "within"), parse_duration, part["within"])
    after = part.get("after")
    if isinstance(after, str) and not is_variable(after) and reading.whole(after) is None:
        yield Fault((*path, "after"), "has to be the number of an event")
    if spec is None:
        return
    for member in part.get("match", ()):
        if member not in spec.payload:
            meant = hint(member, list(spec.payload))
            message = f'{spec.name} tells no "{member}".{meant}'
            yield Fault((*path, "match", member), message, True)


def _is_known(text: str) -> bool:
    return next(variables(text), None) is None
