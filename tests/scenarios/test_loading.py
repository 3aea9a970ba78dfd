"""Scenarios are loaded into a workspace whole, stacked under their names, and let go one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.scenarios.conftest import Load, put
from tests.support.server import START, Workspace

DEAR = """
scenario: An account runs dry
name: dry
given:
  - inpost.set_balance: { organization: 1, amount: "5.00" }
quirks: { inpost.webhook_retries: 2 }
rules:
  - when: { operation: inpost.get_organization }
    fault: { kind: status }
    times: 1
timeline:
  - at: +2m
    do: { inpost.top_up: { organization: 1, amount: "100.00" } }
verify:
  - { operation: inpost.create_shipment, count: 1 }
"""


def balance(workspace: Workspace) -> float:
    """The money of organization 1 in PLN."""
    (found,) = [each for each in workspace.records("inpost", "organizations") if each["id"] == 1]
    cents: int = found["balance"]
    return cents / 100


def quirks(workspace: Workspace) -> dict[str, Any]:
    changed: dict[str, Any] = workspace.control.get("/quirks").json()["changed"]
    return changed


def names(workspace: Workspace) -> list[str]:
    return [each["name"] for each in workspace.control.get("/scenario").json()["items"]]


@pytest.mark.parametrize(
    ("sent", "hint"),
    [
        ("inpost/lost-anwser", """; did you mean the library's "inpost/lost-answer"?"""),
        ("inpost/lost-answer", "; carrier-simulator scenarios inpost/lost-answer prints the "),
        ("something else", 'a scenario begins with "scenario: its title"'),
    ],
)
def test_a_name_in_the_place_of_a_scenario_is_told(
    workspace: Workspace, sent: str, hint: str
) -> None:
    response = put(workspace, sent)
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert error["path"] == "body"
    assert error["message"].startswith(f"is the text '{sent}', no object of keys and values: ")
    assert hint in error["message"]


def test_a_scenario_makes_the_world_and_what_will_happen(workspace: Workspace, load: Load) -> None:
    assert load(DEAR) == {
        "name": "dry",
        "scenario": "An account runs dry",
        "loaded_at": "2026-03-02T09:15:00Z",
        "quirks": {"inpost.webhook_retries": 2},
        "rules": [1],
        "findings": [],
        "timeline": [
            {
                "entry": 0,
                "does": {"inpost.top_up": {"organization": 1, "amount": "100.00"}},
                "name": None,
                "due": ["2026-03-02T09:17:00Z"],
                "acted": 0,
                "left": 0,
                "failures": [],
            }
        ],
        "verify": 1,
    }
    assert balance(workspace) == 5
    assert workspace.client.get("/v1/organizations/1").status_code == 503
    assert workspace.client.get("/v1/organizations/1").status_code == 200
    workspace.advance("2m")
    assert balance(workspace) == 105


def test_it_may_be_json_and_named_elsewhere(workspace: Workspace) -> None:
    story = {"scenario": "A title with Ünusual letters!"}
    assert workspace.control.put("/scenario", json=story).json()["name"] == (
        "a-title-with-unusual-letters"
    )
    assert workspace.control.put("/scenario?name=b.1", json=story).json()["name"] == "b.1"
    assert names(workspace) == ["a-title-with-unusual-letters", "b.1"]


def test_one_that_goes_takes_its_rules_quirks_and_future_along(
    workspace: Workspace, load: Load
) -> None:
    load(DEAR)
    assert workspace.control.delete("/scenario?name=dry").status_code == 204
    assert workspace.control.get("/rules").json() == {"items": []}
    assert quirks(workspace) == {}
    workspace.advance("1h")
    assert balance(workspace) == 5, "what it did stays, nothing more comes"
    assert names(workspace) == []


def test_one_of_the_same_name_takes_its_place(workspace: Workspace, load: Load) -> None:
    load(DEAR)
    told = load(DEAR.replace("100.00", "1.00"))
    assert told["rules"] == [2]
    workspace.advance("1h")
    assert balance(workspace) == 6


QUIET = "scenario: {name}\nname: {name}\nquirks: {{ inpost.webhook_retries: {retries} }}\n"


@pytest.mark.parametrize(
    ("going", "left"),
    [
        (["b"], {"inpost.webhook_retries": 2}),
        (["a"], {"inpost.webhook_retries": 3}),
        (["a", "b"], {"inpost.webhook_retries": 1}),
        (["b", "a"], {"inpost.webhook_retries": 1}),
    ],
)
def test_stacked_scenarios_give_back_what_was_before_in_any_order(
    workspace: Workspace, load: Load, going: list[str], left: dict[str, Any]
) -> None:
    workspace.quirk("inpost.webhook_retries", 1)
    load(QUIET.format(name="a", retries=2))
    load(QUIET.format(name="b", retries=3))
    for name in going:
        workspace.control.delete(f"/scenario?name={name}")
    assert quirks(workspace) == left


def test_a_quirk_that_somebody_else_set_meanwhile_stays(workspace: Workspace, load: Load) -> None:
    load(QUIET.format(name="a", retries=2))
    workspace.quirk("inpost.webhook_retries", 4)
    workspace.control.delete("/scenario")
    assert quirks(workspace) == {"inpost.webhook_retries": 4}


def test_clock_seed_and_profile_are_set(workspace: Workspace, load: Load) -> None:
    load(
        "scenario: x\nseed: 7\nprofile: documented\n"
        "clock: { mode: frozen, at: 2026-12-24T08:00:00+01:00 }\n"
    )
    told = workspace.control.get("").json()
    assert (told["seed"], told["profile"]) == (7, "documented")
    assert told["clock"] == {"mode": "frozen", "at": "2026-12-24T07:00:00Z", "speed": 0.0}


def test_reset_begins_with_the_world_of_its_seed(
    new_workspace: Callable[[], Workspace],
) -> None:
    story = DEAR + f"seed: 7\nclock: {{ mode: frozen, at: '{START}' }}\n"
    first, second = new_workspace(), new_workspace()
    second.client.get("/v1/organizations/1")
    second.do("inpost.top_up", organization=2, amount="3.00")
    shots = []
    for workspace in (first, second):
        assert put(workspace, story, reset=True).status_code == 200
        shot = workspace.control.get("/snapshot").json()
        shots.append(shot["tables"])
    assert shots[0] == shots[1]
    assert second.journal() == []


def test_what_is_given_and_impossible_leaves_nothing_behind(workspace: Workspace) -> None:
    before = workspace.control.get("/snapshot").json()
    impossible = "given:\n  - inpost.top_up: { organization: 99, amount: 1 }\n"
    story = DEAR.replace("given:\n", impossible)
    for query in ({}, {"reset": True}):
        response = put(workspace, story, **query)
        assert response.status_code == 409
        assert response.json()["detail"] == (
            "given.0.inpost.top_up: inpost.top_up: there is no organization 99: there are 1, 2, 3, "
            "4; nothing was changed"
        )
        assert workspace.control.get("/snapshot").json() == before


def test_a_bad_file_is_refused_with_lines_and_columns(workspace: Workspace) -> None:
    response = put(workspace, "scenario: x\nrules:\n  - when: { operaton: y }\n    times: no\n")
    assert response.status_code == 422
    assert response.json()["errors"] == [
        {
            "path": "body.rules.0.when.operaton",
            "message": 'line 3, column 13: "operaton" is not a key here. Did you mean "operation"?',
        },
        {
            "path": "body.rules.0.times",
            "message": 'line 4, column 12: has to be a whole number, not "no"',
        },
    ]
    assert names(workspace) == []


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"a: [", "application/yaml", 422),
        (b"\xff\xfe", "text/yaml", 422),
        (b"", "application/yaml", 400),
        (b"{", "application/json", 422),
        (b'{"scenario": "x", "scenario": "y"}', "application/json", 422),
        (b"3", "application/json", 422),
        (b"scenario: x", "text/csv", 415),
        (b"scenario: x", "application/x-yaml", 200),
        (b"scenario: x", "text/x-yaml", 200),
        (b"scenario: x", None, 200),
    ],
)
def test_bodies_of_other_kinds(
    workspace: Workspace, content: bytes, media: str | None, status: int
) -> None:
    headers = {} if media is None else {"Content-Type": media}
    response = workspace.control.put("/scenario", content=content, headers=headers)
    assert response.status_code == status, response.text


def test_unknown_names_are_refused(workspace: Workspace, load: Load) -> None:
    load(DEAR)
    response = workspace.control.delete("/scenario?name=dri")
    assert response.status_code == 404
    assert response.json()["detail"] == 'There is no scenario "dri". Did you mean "dry"?'
    assert put(workspace, DEAR, name="a b").status_code == 422


def test_snapshots_and_forks_carry_what_is_still_to_come(
    workspace: Workspace, load: Load, new_workspace: Callable[[], Workspace]
) -> None:
    load(DEAR)
    other = new_workspace()
    shot = workspace.control.get("/snapshot").json()
    assert other.control.put("/snapshot", json=shot).status_code == 200
    assert other.control.get("/scenario").json() == workspace.control.get("/scenario").json()
    other.advance("2m")
    assert (balance(other), balance(workspace)) == (105, 5)
    workspace.control.post("/fork", json={"name": f"{workspace.name}-fork"})
    fork = httpx2.get(
        f"{workspace.base_url}/_sim/workspaces/{workspace.name}-fork/scenario",
        trust_env=False,
        verify=False,
    )
    assert fork.json() == workspace.control.get("/scenario").json()


def test_a_snapshot_with_a_story_that_would_be_refused_is_refused(
    workspace: Workspace, load: Load
) -> None:
    load(DEAR)
    shot = workspace.control.get("/snapshot").json()
    (loaded,) = shot["tables"]["scenario.loaded"]
    loaded["document"]["rules"] = [{"when": {"operation": "inpost.nothing"}}]
    (item,) = shot["tables"]["scenario.agenda"]
    item["entry"] = {"at": "soon", "do": {}}
    response = workspace.control.put("/snapshot", json=shot)
    assert response.status_code == 422
    assert [error["path"] for error in response.json()["errors"]] == [
        "body.tables.scenario.loaded.dry.document.rules.0",
        "body.tables.scenario.loaded.dry.document.rules.0.when.operation",
        "body.tables.scenario.agenda.1.entry.do",
        "body.tables.scenario.agenda.1.entry.at",
    ]
    assert names(workspace) == ["dry"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Paczka zagubiona w Łodzi", "paczka-zagubiona-w-lodzi"),
        ("Żółć", "zolc"),
        ("迷子の荷物", "-"),
        ("x" * 80, "x" * 50 + "-"),
    ],
)
def test_titles_become_names_that_are_not_taken_for_each_other(
    workspace: Workspace, title: str, name: str
) -> None:
    named = workspace.control.put("/scenario", json={"scenario": title}).json()["name"]
    other = workspace.control.put("/scenario", json={"scenario": f"{title}x"}).json()["name"]
    assert named.startswith(name.lstrip("-"))
    assert named != other


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("name: a/b", "name"),
        ("name: ''", "name"),
        (f"name: {'a' * 65}", "name"),
        ("seed: -1", "seed"),
        ("seed: 9223372036854775808", "seed"),
    ],
)
def test_names_and_seeds_that_cannot_be_are_refused(
    workspace: Workspace, line: str, said: str
) -> None:
    response = put(workspace, f"scenario: x\n{line}\n")
    assert response.status_code == 422
    assert [each["path"] for each in response.json()["errors"]] == [f"body.{said}"]


def test_rules_that_never_act_are_told(workspace: Workspace, load: Load) -> None:
    told = load(
        "scenario: x\nrules:\n  - { fault: { kind: status } }\n"
        "  - { when: { operation: inpost.get_label }, fault: { kind: timeout } }\n"
    )
    (finding,) = told["findings"]
    assert finding.startswith("rule 2 ")


def test_to_wait_for_a_status_as_an_event_is_told_how_to(workspace: Workspace) -> None:
    until = {"until": {"event": "inpost.ready_to_pickup"}}
    response = workspace.control.post("/clock/advance", json=until)
    assert response.status_code == 422
    assert response.json()["errors"][0]["message"].endswith(
        "That is a status: event: inpost.shipment_status_changed, match: {status: ready_to_pickup}"
    )
