"""Texts that only look like magic."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.carriers.magic.directives import MOST, written_in
from tests.inpost.shipx import create, locker, post
from tests.magic.inpost_proofs import confirmed, label
from tests.magic.myparcel_proofs import label as myparcel_label
from tests.magic.myparcel_proofs import shopping
from tests.magic.proofs import rules, why
from tests.myparcel.bodies import DUTCH, shipment
from tests.support.server import Workspace

HOSTILE = {
    "openings": "[[" * 10_000,
    "never closed": "[[" + "a" * 20_000,
    "closings": "]]" * 10_000,
    "half open": "[[a" * 7_000,
    "nested": "[" * 10_000 + "]" * 10_000,
    "many": "[[label: 404]]" * 2_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_reading_a_text_is_bounded(text: str) -> None:
    began = time.thread_time()
    for _ in range(10):
        assert len(written_in(text)) <= MOST
    assert time.thread_time() - began < 0.5


def test_brackets_in_thousands_change_no_answer(workspace: Workspace) -> None:
    plain = post(workspace, locker(comments="x" * 20_000))
    hostile = post(workspace, locker(comments="[[" * 10_000))
    assert hostile.status_code == plain.status_code
    assert rules(workspace) == []


def test_no_more_than_twenty_directives_of_a_text_are_read(workspace: Workspace) -> None:
    text = "".join(f"[[label: 404 nth {place}]]" for place in range(1, 5))
    create(workspace, locker(comments=text * 20, reference="[[create: 503 nth 99]]"))
    told = why(workspace)
    assert "Only the first 20 directives of comments were read." in told
    assert len(rules(workspace)) == 5  # the same one is made once


def test_a_batch_brings_at_most_twenty_rules_before_it_is_made(workspace: Workspace) -> None:
    items = [
        {"id": str(place), **locker(reference=f"A-{place} [[create: 503 nth 99]]")}
        for place in range(100)
    ]
    response = workspace.client.post("/v1/organizations/1/batches", json={"shipments": items})
    assert response.status_code == 201
    assert len(rules(workspace)) == 20


@pytest.mark.parametrize(
    "value", [None, 7, True, ["[[label: 404]]"], {"[[label: 404]]": "[[create: 503]]"}]
)
def test_values_of_other_kinds_are_judged_as_ever(workspace: Workspace, value: Any) -> None:
    body = {**locker(), "comments": value}
    workspace.quirk("inpost.magic", False)
    wanted = post(workspace, body).status_code
    workspace.quirk("inpost.magic", True)
    assert post(workspace, body).status_code == wanted


@pytest.mark.parametrize("body", [b"[[", b'{"data": "[[create: 503]] 5500AA"}', b'["[[@sim.test"]'])
def test_bodies_of_other_forms_are_refused_as_ever(workspace: Workspace, body: bytes) -> None:
    asked = [
        (workspace.client, "/v1/organizations/1/shipments", "application/json"),
        (workspace.client, "/v1/organizations/1/batches", "application/json"),
    ]
    with shopping(workspace) as shop:
        asked.append((shop.client, "/shipments", "application/vnd.shipment+json;charset=utf-8"))
        for client, path, media in asked:
            response = client.post(path, content=body, headers={"Content-Type": media})
            assert 400 <= response.status_code < 500
    assert rules(workspace) == []


_TEXTS = st.text(st.sampled_from("[]: x0149abAB@.sim-tes\u00e9"), min_size=3, max_size=60)


@given(text=_TEXTS, inside=st.booleans())
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_a_text_without_known_directives_never_changes_an_answer(
    workspace: Workspace, text: str, inside: bool
) -> None:
    text = f"[[{text}]]" if inside else text
    number = confirmed(workspace, locker(comments=text))
    assert label(workspace, number) == 200
    with shopping(workspace) as shop:
        recipient = {**DUTCH, "person": "Noor Visser"}
        options = {"package_type": 1, "label_description": text[:45]}
        [made] = shop.create(shipment(recipient, options=options))
        assert myparcel_label(shop, made).status_code == 200
    assert rules(workspace) == []
