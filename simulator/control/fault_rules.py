"""Rules by name and in words: profiles of faults, and what a server is started with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from simulator.carriers.fault_profiles import PROFILES, FaultProfile, expand
from simulator.control import problems, rule_checks
from simulator.control.desk import Desk, page
from simulator.control.problems import Fault
from simulator.control.rule_checks import Served
from simulator.core.answers import Answer
from simulator.engine import rule_words
from simulator.engine.rules import RuleDefinition


class BadFault(ValueError):
    """A fault that cannot be; the message says everything that is wrong with it."""


def list_fault_profiles(desk: Desk) -> Answer:
    """The profiles with their rules in words, and what each carrier's busy day weighs on."""
    items = [
        {
            "name": profile.name,
            "summary": profile.summary,
            "rules": [{"words": step.words, "on": step.on} for step in profile.steps],
        }
        for profile in PROFILES.values()
    ]
    rush = {name: list(carrier.rush) for name, carrier in desk.carriers.items()}
    return Answer(body=page(items, rush=rush))


def of_profile(served: Served, body: Mapping[str, Any]) -> list[RuleDefinition]:
    """The rules of a profile, for one carrier or for all. Raises 422."""
    found = _profile_faults(served, body)
    if found:
        raise problems.invalid(*found)
    return _expanded(served, PROFILES[body["profile"]], body.get("carrier"))


def starting(served: Served, texts: Iterable[str]) -> list[RuleDefinition]:
    """The rules with which each workspace begins: a profile such as ``flaky`` or ``inpost: down``,
    words such as ``inpost.get_label: 404 x2``, or a rule as JSON.

    Raises `BadFault` with all that is wrong.
    """
    made: list[RuleDefinition] = []
    wrong: list[str] = []
    for text in texts:
        try:
            made += _read(served, text)
        except BadFault as error:
            wrong.append(f"{text!r:.200}: {error}")
    if wrong:
        raise BadFault("; ".join(wrong))
    return made


def _read(served: Served, text: str) -> list[RuleDefinition]:
    about, colon, words = (part.strip() for part in text.partition(":"))
    name = words if colon else about
    if name in PROFILES and not text.lstrip().startswith("{"):
        body: Any = {"profile": name, **({"carrier": about} if colon else {})}
    elif text.lstrip().startswith("{"):
        body = _json(text)
    else:
        try:
            body = rule_words.parse(text)
        except rule_words.BadWords as error:
            near = problems.did_you_mean(name, PROFILES)
            known = f" Profiles are {', '.join(PROFILES)}." if not colon else ""
            raise BadFault(f"{error}{near}{known}") from None
    if "profile" in body:
        found = _profile_faults(served, body)
        if not found:
            return _expanded(served, PROFILES[body["profile"]], body.get("carrier"))
    else:
        found = rule_checks.faults(served, body)
    if found:
        raise BadFault("; ".join(told(fault) for fault in found))
    return [msgspec.convert(body, RuleDefinition)]


def _json(text: str) -> Any:
    try:
        body = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise BadFault(f"is not JSON: {error}") from None
    return body


def told(fault: Fault) -> str:
    """A fault as a sentence without where a rule came from."""
    return f"{fault.path.removeprefix('body').lstrip('.') or 'it'} {fault.message}"


def _profile_faults(served: Served, body: Mapping[str, Any]) -> list[Fault]:
    found = [
        Fault(f"body.{name}", "means nothing beside profile: it takes a carrier")
        for name in body
        if name not in ("profile", "carrier")
    ]
    for name, known in (("profile", PROFILES), ("carrier", served.carriers)):
        value = body.get(name)
        if value is None and name == "carrier":
            continue
        if value not in known:
            hint = problems.did_you_mean(str(value), known)
            found.append(Fault(f"body.{name}", f"is not one of {', '.join(known)}.{hint}"))
    return found


def _expanded(served: Served, profile: FaultProfile, carrier: str | None) -> list[RuleDefinition]:
    rules = expand(profile, served.carriers.values(), carrier)
    return [msgspec.convert(rule, RuleDefinition) for rule in rules]
