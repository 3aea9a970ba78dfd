"""Every row of the tables of magic values does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest
from dirty_equals import IsPartialDict

from simulator.carriers import registry
from simulator.carriers.carrier import Carrier
from tests.inpost.shipx import create, get, locker
from tests.magic import inpost_proofs, myparcel_proofs, postplus_proofs
from tests.magic.proofs import PROOFS, rules
from tests.support.server import Workspace

DOCS = Path(__file__).parent.parent.parent / "docs"
CARRIERS = registry.load()
ROWS = [
    *((carrier.name, row.value) for carrier in CARRIERS for row in carrier.magic.values),
    *((carrier.name, row.directive) for carrier in CARRIERS for row in carrier.magic.examples),
]


@pytest.mark.parametrize(("carrier", "text"), ROWS, ids=map(" ".join, ROWS))
def test_a_row_does_what_its_outcome_says(workspace: Workspace, carrier: str, text: str) -> None:
    assert (carrier, text) in PROOFS, f"nothing proves {text} of {carrier}"
    PROOFS[carrier, text](workspace, text)


def test_no_row_is_proved_that_is_not_there() -> None:
    assert set(PROOFS) == set(ROWS)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: str(carrier.name))
def test_the_documents_have_the_same_tables(carrier: Carrier) -> None:
    section = (DOCS / f"{carrier.name}.md").read_text().split("## Magic values")[1]
    section = section.split("\n## ")[0]
    written = re.findall(r"^\| `([^`]+)` \| (.+?) \|$", section, re.MULTILINE)
    magic = carrier.magic
    assert written == [
        *((row.value, row.outcome) for row in magic.values),
        *((row.directive, row.outcome) for row in magic.examples),
    ]
    for where in {row.where for row in magic.values} | {t for m in magic.made for t in m.texts}:
        assert f"`{where}`" in section


def _listed(workspace: Workspace, **query: str) -> httpx2.Response:
    return httpx2.get(
        f"{workspace.base_url}/_sim/magic", params=query, trust_env=False, verify=False
    )


def test_the_tables_are_served(workspace: Workspace) -> None:
    told = _listed(workspace).json()
    assert [(row["carrier"], row["value"]) for row in told["items"]] + [
        (row["carrier"], row["directive"]) for row in told["directives"]
    ] == ROWS
    assert told["items"][0] == {
        "carrier": "inpost",
        "where": "receiver.email",
        "value": "no-money@sim.test",
        "outcome": "Its purchase fails for want of money: a transaction that is `failure`, with "
        "`debt_collection`",
        "effect": ["[[purchase: fail]]"],
    }
    assert [(each["carrier"], each["of"]) for each in told["words"]] == [
        ("inpost", "shipment"),
        ("myparcel", "shipment"),
        ("postplus", "parcel"),
        ("postplus", "shipment"),
    ]


def test_the_table_of_one_carrier(workspace: Workspace) -> None:
    told = _listed(workspace, carrier="postplus").json()
    for part in ("items", "directives", "words"):
        assert {row["carrier"] for row in told[part]} == {"postplus"}
    unknown = _listed(workspace, carrier="inpots")
    assert unknown.status_code == 404
    assert "inpost" in unknown.text
    assert _listed(workspace, carier="inpost").status_code == 422


def test_every_step_that_a_directive_names_is_one() -> None:
    for carrier in CARRIERS:
        for made in carrier.magic.made:
            named = {step.partition(".")[2] for step in made.steps.values()}
            assert named <= set(carrier.steps), made.noun


@pytest.mark.parametrize("how", ["documented", "quirk"])
@pytest.mark.parametrize(
    "value", ["no-money@sim.test", "busy@sim.test", "stuck@sim.test", "lost@sim.test"]
)
def test_magic_can_be_switched_off(workspace: Workspace, how: str, value: str) -> None:
    if how == "documented":
        reset = {"profile": "documented", "clock": {"mode": "frozen", "at": "2026-03-02T09:15:00Z"}}
        assert workspace.control.post("/reset", json=reset).status_code == 200
    else:
        workspace.quirk("inpost.magic", False)
    body = inpost_proofs.to(value, reference="A [[label: 404]] [[locker_lost]] [[create: 503]]")
    number = create(workspace, body)["id"]
    workspace.advance("3s")
    assert get(workspace, number)["status"] == "confirmed"
    assert inpost_proofs.label(workspace, number) == 200
    workspace.advance("20d")
    assert get(workspace, number)["status"] == "confirmed"
    assert rules(workspace) == []


@pytest.mark.parametrize("carrier", ["myparcel", "postplus"])
def test_the_others_can_be_switched_off_too(workspace: Workspace, carrier: str) -> None:
    workspace.quirk(f"{carrier}.magic", False)
    if carrier == "myparcel":
        with myparcel_proofs.shopping(workspace) as shop:
            body = {**myparcel_proofs.order("no-money@sim.test"), "carrier": 1}  # PostNL of today
            [number] = shop.create({**body, "reference_identifier": "[[create: 500]]"})
            assert myparcel_proofs.label(shop, number).status_code == 200
            body["recipient"]["postal_code"] = "5500AA"
            shop.create(body)
    else:
        with postplus_proofs.sending(workspace) as client:
            answer = postplus_proofs.made(client, "[[label: 503]]")
            assert postplus_proofs.label(client, answer) == 200
    assert rules(workspace) == []


def test_text_and_answer_stay_as_they_are(workspace: Workspace) -> None:
    text = "A-1 [[offers: late 10m]]"
    made = create(workspace, locker(reference=text))
    assert made == IsPartialDict(reference=text, status="created")
    assert get(workspace, made["id"])["reference"] == text
