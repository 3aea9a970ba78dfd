"""Rules by name and in words: profiles of faults, and what a server is started with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from simulator.carriers.fault_profiles import PROFILES, FaultProfile, expand
from simulator.core.faults import Fault, did_you_mean
from simulator.engine.rules import rule_words
from simulator.engine.rules.definitions import RuleDefinition
from simulator.scenarios.rules import rule_checks
from simulator.scenarios.vocabulary import Vocabulary


class BadFault(ValueError):
    """A fault that cannot be; the message says everything that is wrong with it."""


def starting(known: Vocabulary, texts: Iterable[str]) -> list[RuleDefinition]:
    """The rules with which each workspace begins: a profile such as ``flaky`` or ``inpost: down``,
    words such as ``inpost.get_label: 404 x2``, or a rule as JSON.

    Raises `BadFault` with all that is wrong.
    """
    made: list[RuleDefinition] = []
    wrong: list[str] = []
    for text in texts:
        try:
            made += _read(known, text)
        except BadFault as error:
            wrong.append(f"{text!r:.200}: {error}")
    if wrong:
        raise BadFault("; ".join(wrong))
    return made


def _read(known: Vocabulary, text: str) -> list[RuleDefinition]:
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
            near = did_you_mean(name, PROFILES)
            there = f" Profiles are {', '.join(PROFILES)}." if not colon else ""
            raise BadFault(f"{error}{near}{there}") from None
    if "profile" in body:
        found = profile_faults(known, body)
        if not found:
            return of_profile(known, PROFILES[body["profile"]], body.get("carrier"))
    else:
        found = rule_checks.faults(known, body)
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


def profile_faults(known: Vocabulary, body: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with a body that asks for a profile."""
    found = [
        Fault(f"body.{name}", "means nothing beside profile: it takes a carrier")
        for name in body
        if name not in ("profile", "carrier")
    ]
    for name, words in (("profile", PROFILES), ("carrier", known.carriers)):
        value = body.get(name)
        if value is None and name == "carrier":
            continue
        if value not in words:
            hint = did_you_mean(str(value), words)
            found.append(Fault(f"body.{name}", f"is not one of {', '.join(words)}.{hint}"))
    return found


def of_profile(
    known: Vocabulary, profile: FaultProfile, carrier: str | None
) -> list[RuleDefinition]:
    """The rules of a profile, for one carrier or for all."""
    rules = expand(profile, known.carriers.values(), carrier)
    return [msgspec.convert(rule, RuleDefinition) for rule in rules]
