"""The steps that rules can hold: every job belongs to one, and the server lists them."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest

from simulator.carriers import registry
from simulator.carriers.carrier import Carrier

CARRIERS = registry.load(("inpost", "myparcel", "postplus"))


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.name)
def test_every_job_belongs_to_one_step(carrier: Carrier) -> None:
    kinds = [kind for step in carrier.steps.values() for kind in step.jobs]
    assert sorted(kinds) == sorted(carrier.jobs)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.name)
def test_a_step_that_can_fail_says_how(carrier: Carrier) -> None:
    unsaid = [s.name for s in carrier.steps.values() if (s.fail is None) != (s.fails == "")]
    assert unsaid == []


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.name)
def test_the_page_on_rules_has_every_step_and_whether_it_fails(carrier: Carrier) -> None:
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text()
    rows = re.findall(rf"^\| `{carrier.name}\.(\w+)` \| [^|]+ \|([^|]*)\|$", page, re.MULTILINE)
    assert [(name, bool(fails.strip())) for name, fails in rows] == [
        (name, step.fail is not None) for name, step in carrier.steps.items()
    ]


def test_the_server_lists_the_steps(server: str) -> None:
    items = httpx2.get(f"{server}/_sim/steps", trust_env=False, verify=False).json()["items"]
    assert [each["name"] for each in items] == [
        f"{carrier.name}.{name}" for carrier in CARRIERS for name in carrier.steps
    ]
    assert [each["name"] for each in items if each["asked_for"]] == [
        "inpost.label",
        "myparcel.label",
        "postplus.label",
    ]
