"""What can be wrong with checks: all of it is told at once, with the place and the way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from simulator.core.faults import Fault
from simulator.engine.rules import matching
from simulator.engine.rules.definitions import When
from simulator.scenarios.model import Check, Requests
from simulator.scenarios.rules import rule_checks
from simulator.scenarios.vocabulary import Vocabulary

_NUMBERS = ("count", "at_least", "at_most", "never")
_KINDS = ("order", "no_duplicates", "no_unread", "no_unmatched")
_CHANCES = ("nth", "every", "probability")
_OF_RULES = ("event", "resource")
"""Members of rules about what the journal does not keep."""
_JUDGED = ("carrier", "operation", "method", "path", "query", "headers", "body", "caller", "url")
_REQUEST = (*_JUDGED, "between", "answered")
"""The members that say which requests a check is about."""

_MAY_BE_NULL = ("body", "caller", "answered")
"""The patterns that null is one of, as any value is."""

_NARROWED_BY = {
    "order": (),
    "no_duplicates": ("carrier",),
    "no_unread": _REQUEST,
    "no_unmatched": tuple(name for name in _REQUEST if name not in ("operation", "path")),
}
"""Which of those a kind of check takes."""


def faults(known: Vocabulary, sent: Any, place: str = "body") -> list[Fault]:
    """Everything that is wrong with a check; `place` is where it stands in what was sent."""
    try:
        check = msgspec.convert(sent, Check)
    except msgspec.ValidationError as error:
        return [Fault(place, str(error))]
    return list(_faults(known, check, place))


def _faults(known: Vocabulary, check: Check, place: str) -> Iterator[Fault]:
    given = [name for name in check.__struct_fields__ if _is_given(check, name)]
    yield from _requests_faults(known, check, place)
    yield from _kind_faults(given, place)
    yield from _number_faults(check, given, place)
    yield from _answered_faults(check.answered, f"{place}.answered")
    if check.order is not None and not check.order:
        yield Fault(f"{place}.order", "is empty: say what comes one after the other")
    for number, step in enumerate(check.order or ()):
        here = f"{place}.order.{number}"
        if isinstance(step, Requests):
            yield from _requests_faults(known, step, here)
            yield from _answered_faults(step.answered, f"{here}.answered")
        else:
            for fault in _requests_faults(known, When(operation=step), here):
                yield Fault(here, fault.message)


def _is_given(check: Check, name: str) -> bool:
    value = getattr(check, name)
    return value is not UNSET and (value is not None or name in _MAY_BE_NULL)


def _requests_faults(known: Vocabulary, when: When, place: str) -> Iterator[Fault]:
    """What is wrong with which requests a check, or an element of its order, is about."""
    for fault in rule_checks.when_faults(known, when):
        yield Fault(fault.path.replace("body.when", place, 1), fault.message)
    for name in _OF_RULES:
        if getattr(when, name) is not UNSET:
            yield Fault(
                f"{place}.{name}",
                "belongs to rules: the journal has what was sent and answered, say path or body",
            )
    for name in _CHANCES:
        if getattr(when, name) is not None:
            yield Fault(
                f"{place}.{name}",
                "belongs to rules, which take some of the requests; a check counts them: say "
                "count, at_least, at_most or never",
            )


def _kind_faults(given: Sequence[str], place: str) -> Iterator[Fault]:
    kinds = [name for name in _KINDS if name in given]
    if len(kinds) > 1:
        yield Fault(place, f"is one check, not several: {' and '.join(kinds)} go into one each")
        return
    for kind in kinds:
        for name in given:
            if name in _NUMBERS:
                yield Fault(f"{place}.{name}", f"has no place beside {kind}")
            elif name in _REQUEST and name not in _NARROWED_BY[kind]:
                yield Fault(f"{place}.{name}", _narrowing(kind))


def _narrowing(kind: str) -> str:
    if kind == "order":
        return "has no place beside order: put it into the elements that it is about"
    allowed = ", ".join(_NARROWED_BY[kind])
    return f"has no place beside {kind}, which takes {allowed}"


def _number_faults(check: Check, given: Sequence[str], place: str) -> Iterator[Fault]:
    for name in ("count", "at_least", "at_most"):
        number = getattr(check, name)
        if number is not None and number < 0:
            yield Fault(f"{place}.{name}", "is at least 0")
    for whole in ("never", "count"):
        others = [name for name in _NUMBERS if name in given and name != whole]
        if whole in given and others:
            yield Fault(place, f"says {whole}, which leaves nothing for {' and '.join(others)}")
            return
    if check.at_least is not None and check.at_most is not None and check.at_least > check.at_most:
        yield Fault(
            f"{place}.at_most", f"is {check.at_most}, less than at_least, which is {check.at_least}"
        )


def _answered_faults(answered: Any, place: str) -> Iterator[Fault]:
    if answered is UNSET:
        return
    if matching.is_condition(answered):
        for fault in matching.faults(answered):
            yield Fault(f"{place}{fault.place.replace('/', '.')}", fault.message)
    elif type(answered) is not int or not 100 <= answered <= 599:
        yield Fault(place, "is a status, such as 201, or a condition, such as {$oneof: [200, 201]}")
