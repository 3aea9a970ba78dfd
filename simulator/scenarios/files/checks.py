"""What can be wrong with a scenario beyond its shape: unknown words, times that are none.

Each part is looked at as far as it has its shape, whatever is wrong with the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any

import msgspec
from msgspec import UNSET

from simulator.core import reading
from simulator.core.clock import BadTime, parse_duration
from simulator.core.templates import variables
from simulator.engine.rules.definitions import RuleDefinition
from simulator.engine.rules.matching import is_condition
from simulator.scenarios.files import step_checks
from simulator.scenarios.files.pattern_checks import pattern_faults, status_faults
from simulator.scenarios.files.time_checks import time_faults
from simulator.scenarios.model import After, Check, ClockSetting, Scenario, Step, TimelineEntry
from simulator.scenarios.reading.positions import Path
from simulator.scenarios.reading.shape import MOST, Fault, hint, without
from simulator.scenarios.reading.shape import faults as shape_faults
from simulator.scenarios.rules import rule_checks
from simulator.scenarios.verify.checks import faults as check_faults
from simulator.scenarios.vocabulary import Vocabulary
from simulator.scenarios.worlds import acting, clock_setting, moments

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_GREATEST_SEED = 2**63 - 1
_TIMES = ("at", "every", "wait", "within", "by", "per", "advance")
_SHORTEST_PAUSE = timedelta(seconds=1)


def faults(known: Vocabulary, data: Any) -> list[Fault]:
    """Everything that is wrong with the data of a scenario."""
    found = [_timed(fault, data) for fault in shape_faults(data, Scenario)]
    if not isinstance(data, dict) or len(found) >= MOST:
        return found
    wrong = [fault.path for fault in found]
    sound = without(data, [fault.path for fault in found if not fault.missing])
    more = [*_frame(data), *islice(_meant(known, sound, wrong), MOST)]
    # What is said of a whole may be so only because a part of it had to be left out.
    return found + [
        fault for fault in more if not any(each[: len(fault.path)] == fault.path for each in wrong)
    ]


def entry_faults(known: Vocabulary, entry: Any) -> list[Fault]:
    """Everything that is wrong with one entry of a timeline."""
    found = shape_faults(entry, TimelineEntry)
    return [_timed(fault, entry) for fault in found] or list(_entry(known, entry, ()))


def _timed(fault: Fault, data: Any) -> Fault:
    """How a time is written, where a number stands in its place: YAML takes ``+2`` for one."""
    of_time = bool(fault.path) and fault.path[-1] in _TIMES and fault.path != ("clock", "at")
    if not of_time or fault.of_key:
        return fault
    value: Any = data
    for step in fault.path:
        value = value[step]
    if type(value) not in (int, float):
        return fault
    return fault._replace(message=f"{fault.message}: write a number and a unit: 2s, 2m, 26h")


def _frame(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the name and the seed."""
    name, seed = data.get("name"), data.get("seed")
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield Fault(
            ("name",), 'has 1 to 64 letters, digits, ".", "_" and "-", and begins with one of these'
        )
    if type(seed) is int and not 0 <= seed <= _GREATEST_SEED:
        yield Fault(("seed",), f"is from 0 to {_GREATEST_SEED}")


def _meant(known: Vocabulary, sound: Mapping[str, Any], wrong: list[Path]) -> Iterator[Fault]:
    """What is wrong with the parts of a scenario as far as they have their shape."""
    for name, (kind, check) in _PARTS.items():
        part = sound.get(name)
        if isinstance(part, list):
            for place, item in enumerate(part):
                fit = _fitting(item, kind, (name, place), wrong)
                if fit is not None:
                    yield from check(known, fit, (name, place))
        elif isinstance(part, dict):
            fit = _fitting(part, kind, (name,), wrong)
            if fit is not None:
                yield from check(known, fit, (name,))
    steps = sound.get("steps")
    if isinstance(steps, list):
        fits = [_fitting(s, Step, ("steps", place), wrong) for place, s in enumerate(steps)]
        yield from step_checks.faults(known, fits)


def _fitting(part: Any, kind: Any, path: Path, wrong: list[Path]) -> Any:
    """A part without what lacks something that it needs; None where nothing is left."""
    while lacking := shape_faults(part, kind):
        places = [fault.path for fault in lacking]
        wrong += [(*path, *place) for place in places]
        if () in places:
            return None
        part = without(part, places)
    return part


def _clock(known: Vocabulary, part: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    for fault in clock_setting.faults(part):
        yield Fault((*path, fault.path), fault.message)


def _given(known: Vocabulary, part: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    yield from acting.faults(known.actions, part, path)
    for name in dict.fromkeys(variables(part)):
        yield Fault(path, f"${{{name}}} has no value here: nothing has happened yet")


def _quirks(known: Vocabulary, part: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    for name, value in part.items():
        quirk = known.quirks.get(name)
        if quirk is None:
            meant = hint(name, list(known.quirks))
            message = f'"{name}" is no quirk; GET /_sim/quirks lists them.{meant}'
            yield Fault((*path, name), message, True)
        elif not quirk.accepts(value):
            yield Fault((*path, name), f"has to be {quirk.allowed()}{quirk.misfit(value)}")


def _rule(known: Vocabulary, part: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    for place, message in rule_checks.faults(known, part):
        yield Fault((*path, *_steps(part, place.removeprefix("body"))), message)


def _steps(data: Any, dotted: str) -> Path:
    """The path of a place that was told with dots; keys of the data may have dots themselves."""
    path: list[str | int] = []
    parts = [part for part in dotted.split(".") if part]
    while parts:
        for length in range(len(parts), 0, -1):
            key = ".".join(parts[:length])
            if isinstance(data, dict) and key in data:
                data, parts = data[key], parts[length:]
                path.append(key)
                break
            place = reading.whole(key)
            if isinstance(data, list) and place is not None and place < len(data):
                data, parts = data[place], parts[length:]
                path.append(place)
                break
        else:
            break
    return tuple(path)


def _entry(known: Vocabulary, part: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    entry = msgspec.convert(part, TimelineEntry)
    yield from acting.faults(known.actions, entry.do, (*path, "do"))
    if (entry.at is None) == (entry.after is None):
        yield Fault(path, 'needs one of "at" and "after"')
    yield from time_faults((*path, "at"), moments.check_moment, entry.at)
    yield from time_faults((*path, "wait"), moments.check_wait, entry.wait)
    yield from time_faults((*path, "every"), _check_pause, entry.every)
    if entry.wait is not None and entry.after is None:
        yield Fault((*path, "wait"), 'belongs to "after": with "at" say a later instant', True)
    if entry.every is not None and entry.at is None:
        yield Fault((*path, "every"), 'belongs to "at"; with "after" say "repeat"', True)
    if entry.repeat is not None and entry.at is not None and entry.every is None:
        yield Fault((*path, "repeat"), 'needs "every" beside "at"', True)
    if isinstance(entry.repeat, int) and entry.repeat < 1:
        yield Fault((*path, "repeat"), "is at least 1")
    if entry.calendar is not None and entry.calendar not in known.carriers:
        meant = hint(entry.calendar, list(known.carriers))
        yield Fault((*path, "calendar"), f'"{entry.calendar}" is no carrier.{meant}')
    if entry.after is not None:
        yield from _after(known, entry, (*path, "after"))
    yield from _variables(known, entry, (*path, "do"))


def _check_pause(text: str) -> None:
    if parse_duration(text) < _SHORTEST_PAUSE:
        raise BadTime(f"{text!r} is too short: at least 1s")


def _after(known: Vocabulary, entry: TimelineEntry, path: Path) -> Iterator[Fault]:
    after = entry.awaited
    assert after is not None
    given = [name for name in ("event", "status", "request") if getattr(after, name) is not None]
    if len(given) != 1:
        yield Fault(path, "needs one of event, status and request")
        return
    yield from pattern_faults(after.match, (*path, "match"))
    if after.answered is not UNSET:
        if after.request is None:
            yield Fault((*path, "answered"), 'belongs to "request"', True)
        yield from status_faults(after.answered, (*path, "answered"))
    if after.event is not None and after.event not in known.events:
        is_status = after.event in known.statuses
        bare = isinstance(entry.after, str)
        write = f"{{ status: {after.event} }}" if bare else '"status", not "event"'
        meant = f" That is a status: write {write}." if is_status else ""
        meant = meant or hint(after.event, list(known.events))
        place = path if bare else (*path, "event")
        yield Fault(place, f'"{after.event}" is no event.{meant}')
    yield from _matched(known, after, (*path, "match"))
    if after.request is not None and after.request not in known.operations:
        meant = hint(after.request, list(known.operations))
        yield Fault((*path, "request"), f'"{after.request}" is no operation.{meant}')
    if after.status is not None and after.status not in known.statuses:
        meant = hint(after.status, list(known.statuses))
        yield Fault((*path, "status"), f'"{after.status}" is no status of a carrier.{meant}')


_ASKED = ("operation", "path", "query", "body", "caller", "status", "answer")
"""What is told of a request that an entry waits for."""


def _variables(known: Vocabulary, entry: TimelineEntry, path: Path) -> Iterator[Fault]:
    after = entry.awaited
    for name in dict.fromkeys(variables(entry.do)):
        first, _, rest = name.partition(".")
        if after is None:
            yield Fault(path, f"${{{name}}} has no value: an instant tells nothing")
        elif first != "event":
            told = _told(known, after)
            meant = f"event.{rest}" if rest.partition(".")[0] in told else f"event.{name}"
            yield Fault(path, f'${{{name}}} has no value here. Did you mean "${{{meant}}}"?')
        else:
            yield from _member(known, after, rest.partition(".")[0], path)


def _told(known: Vocabulary, after: After) -> Collection[str]:
    """The members of what an entry waits for; empty where that is not known."""
    if after.request is not None:
        return _ASKED
    declared = known.statuses.get(after.status or "") or known.events.get(after.event or "")
    return () if declared is None else declared.payload


def _member(known: Vocabulary, after: After, member: str, path: Path) -> Iterator[Fault]:
    told = _told(known, after)
    if told and member not in told:
        what = after.event or after.status or after.request
        yield Fault(path, f'{what} tells no "{member}".{hint(member, list(told))}')


def _matched(known: Vocabulary, after: After, path: Path) -> Iterator[Fault]:
    """What can never be in what an entry waits for."""
    for member in after.match:
        yield from _member(known, after, member, (*path, member))
    operation = known.operations.get(after.request or "")
    parts = after.match.get("path")
    if operation is None or not isinstance(parts, dict) or is_condition(parts):
        return
    for name, value in parts.items():
        if name not in operation.path_names:
            meant = hint(name, operation.path_names)
            yield Fault((*path, "path", name), f'"{name}" is no path parameter.{meant}', True)
        elif isinstance(value, bool | int | float):
            yield Fault((*path, "path", name), f'is a text: write "{value}"')


def _check(known: Vocabulary, part: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    for place, message in check_faults(known, part):
        yield Fault((*path, *_steps(part, place.removeprefix("body"))), message)


_Part = tuple[Any, Callable[[Vocabulary, Any, Path], Iterator[Fault]]]

_PARTS: Mapping[str, _Part] = {
    "clock": (ClockSetting, _clock),
    "given": (dict[str, Any], _given),
    "quirks": (dict[str, Any], _quirks),
    "rules": (RuleDefinition, _rule),
    "timeline": (TimelineEntry, _entry),
    "verify": (Check, _check),
}
"""The parts of a scenario, what each of their items is, and what looks at one."""
