"""Profiles of faults: which there are, and their rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.fault_profiles import PROFILES
from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.core.answers import Answer
from simulator.engine.rules.definitions import RuleDefinition
from simulator.scenarios.rules import fault_rules


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


def of_profile(desk: Desk, body: Mapping[str, Any]) -> list[RuleDefinition]:
    """The rules of a profile, for one carrier or for all. Raises 422."""
    found = fault_rules.profile_faults(desk.vocabulary, body)
    if found:
        raise problems.invalid(*found)
    profile = PROFILES[body["profile"]]
    return fault_rules.of_profile(desk.vocabulary, profile, body.get("carrier"))
