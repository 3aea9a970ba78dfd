"""The journal says why InPost refused something, whose the thing is, and what to do next."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from simulator.core.secrets import masked
from tests.inpost.shipx import locker, post
from tests.support.server import Workspace


def explained(workspace: Workspace, answer: httpx2.Response) -> dict[str, Any]:
    """The journal's entry of an exchange."""
    found = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}")
    assert found.status_code == 200, found.text
    entry: dict[str, Any] = found.json()
    return entry


def test_a_label_before_the_purchase_is_told_when_the_next_step_comes(workspace: Workspace) -> None:
    number = post(workspace, locker()).json()["id"]
    workspace.advance("600ms")
    entry = explained(workspace, workspace.client.get(f"/v1/shipments/{number}/label"))
    assert entry["why"][0] == (
        f"Refused with 400 invalid_action: get_label is not possible: shipment {number} is "
        "offer_selected, it has to be confirmed or later; nothing was changed."
    )
    assert entry["advice"].startswith("no label yet: the purchase settles at 2026-03-02T10:15:01.")
    assert f"POST /_sim/workspaces/{workspace.name}/clock/advance" in entry["advice"]


def test_where_money_is_missing_the_action_that_brings_it_is_named(workspace: Workspace) -> None:
    client = workspace.inpost("sim-inpost-broke")
    number = client.post("/v1/organizations/3/shipments", json=locker()).json()["id"]
    workspace.advance("3s")
    entry = explained(workspace, client.get(f"/v1/shipments/{number}/label"))
    assert "the payment failed (debt_collection): organization 3 has 0.00 PLN" in entry["advice"]
    assert "top it up with the action inpost.top_up, then buy an offer" in entry["advice"]


def test_an_unknown_token_is_not_repeated_and_the_one_that_is_meant_is_named(
    workspace: Workspace,
) -> None:
    client = workspace.inpost("sim-inpost-prepiad")
    entry = explained(workspace, client.get("/v1/organizations/1"))
    told = " ".join(entry["why"])
    mark = masked("sim-inpost-prepiad")
    assert f'the token {mark} opens nothing in this workspace. Did you mean "' in told
    assert "sim-inpost-prepiad" not in told
    assert "sim-inpost-prepaid" in entry["advice"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/v1/organizations/2", "organization 2 (Sklep Abonamentowy) is not the token's"),
        ("/v1/organizations/99", "there is no organization 99; the token opens 1"),
        ("/v1/shipments/99", "there is no shipment 99"),
        ("/v1/shipments/abc", "'abc' is not the id of a shipment, which is a number"),
        ("/v1/points/KRA01", 'there is no point KRA01. Did you mean "KRA0'),
        ("/v1/points?type=popp", 'with commas between them (did you mean "pop"?)'),
        ("/v1/tracking/12", "'12' is not a tracking number, which has 24 digits"),
    ],
)
def test_it_is_told_whose_something_is_or_what_there_is(
    workspace: Workspace, path: str, said: str
) -> None:
    entry = explained(workspace, workspace.client.get(path))
    assert said in entry["why"][0]


def test_the_quirk_that_decides_is_shown_and_no_other(workspace: Workspace) -> None:
    entry = explained(workspace, workspace.client.get("/v1/organizations/2"))
    assert [quirk["name"] for quirk in entry["quirks"]] == ["inpost.foreign_organization"]


def test_a_finding_tells_what_was_sent_at_its_place(workspace: Workspace) -> None:
    body = locker(parcels=[{"id": "A", "template": "smal"}])
    entry = explained(workspace, post(workspace, body))
    [finding] = entry["findings"]
    assert (finding["path"], finding["value"]) == (["parcels", "A", "template"], "smal")
    assert 'did you mean "small"?' in finding["message"]
    assert finding["source"]


def test_who_asks_for_a_shipment_of_others_is_told_whose_token_opens_it(
    workspace: Workspace,
) -> None:
    number = post(workspace, locker()).json()["id"]
    stranger = workspace.inpost("sim-inpost-broke")
    entry = explained(workspace, stranger.get(f"/v1/shipments/{number}"))
    assert entry["advice"] == "use a token of organization 1: sim-inpost-prepaid"
    post(workspace, locker(), "sim-inpost-broke")
    entry = explained(workspace, stranger.get(f"/v1/shipments/{number}"))
    told = "use a token of organization 1: sim-inpost-prepaid; the newest"
    assert entry["advice"].startswith(told)
