"""Bodies with far more than anybody sends: told briefly, and nobody waits for them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core import faults
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import holds
from simulator.engine.moving import timeline
from simulator.engine.workspace import Workspace as Moved
from simulator.http.described import members, schemas
from simulator.http.described.portions import portions
from simulator.http.described.schemas import BodySchema, without
from tests.myparcel.client import SHIPMENT, basic
from tests.support.server import Workspace

LATER = "2026-03-02T10:16:00+01:00"

VALUES = st.recursive(
    st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=260) | st.dictionaries(st.text("abc"), inner),
    max_leaves=900,
)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that holds no other, with its path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in inner:
        if isinstance(each, dict | list):
            yield from _leaves(each, (*path, name))
        else:
            yield (*path, name), each


@given(VALUES.filter(lambda value: isinstance(value, dict | list)))
def test_portions_together_are_the_whole(value: Any) -> None:
    found = {
        (portion.place(path), leaf)
        for portion in portions(value)
        for path, leaf in _leaves(portion.value)
    }
    assert found == set(_leaves(value))


@pytest.mark.parametrize("wrong", [0, 99, 100, 4321, 9999])
def test_a_wrong_element_is_found_wherever_it_stands(wrong: int) -> None:
    schema = BodySchema(
        {"properties": {"parcels": {"type": "array", "items": {"properties": {"items": INNER}}}}},
        {},
        {},
    )
    parcels: list[Any] = [{"items": [1, 2]} for _ in range(10_000)]
    parcels[wrong] = {"items": [1, 2, "three"]}
    [finding] = schema.findings({"parcels": parcels})
    assert finding.path == ("parcels", wrong, "items", 2)


INNER = {"type": "array", "items": {"type": "integer"}}


def test_of_very_many_findings_some_are_told_and_the_rest_counted() -> None:
    schema = BodySchema({"type": "array", "items": {"type": "string"}, "maxItems": 50}, {}, {})
    few = schema.findings([1] * 50)
    assert len(few) == 50
    [too_long] = schema.findings(["a"] * 10_000)
    assert too_long.message == "has 10000 elements, at most 50 taken"
    unbounded = BodySchema({"type": "array", "items": {"type": "string"}}, {}, {})
    found = unbounded.findings([1] * 10_000)
    assert schemas.MOST <= len(found) < 2 * schemas.MOST
    assert found[-1].message.endswith(f"{10_000 - len(found)} more elements were not looked at")


@pytest.mark.parametrize("parcels", [1, 150])
def test_a_list_within_an_element_is_found_too_long(parcels: int) -> None:
    inner = {"type": "array", "maxItems": 120, "items": {"type": "integer"}}
    items = {"type": "object", "required": ["items"], "properties": {"items": inner}}
    many = {"type": "array", "maxItems": 200, "items": items}
    schema = BodySchema(
        {"type": "object", "required": ["parcels"], "properties": {"parcels": many}}, {}, {}
    )
    value = {"parcels": [{"items": [1]} for _ in range(parcels)]}
    assert schema.findings(value) == []
    value["parcels"][-1]["items"] = [1] * 121
    [finding] = schema.findings(value)
    assert (finding.path, finding.keyword) == (("parcels", parcels - 1, "items"), "maxItems")
    [finding] = schema.findings({"parcels": [{"items": []}] * 201})
    assert (finding.path, finding.keyword) == (("parcels",), "maxItems")


def test_what_nothing_is_said_against_stands_as_it_was() -> None:
    value = {"parcels": [{"id": 1}, {"id": "x"}], "more": [[1], [2]]}
    schema = BodySchema(
        {"properties": {"parcels": {"items": {"properties": {"id": {"type": "integer"}}}}}}, {}, {}
    )
    kept = without(value, schema.findings(value))
    assert kept == {"parcels": [{"id": 1}, {}], "more": [[1], [2]]}
    assert kept["more"] is value["more"]


def test_a_word_is_compared_with_so_many_others(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counting(word: str, known: list[str], *bounds: Any) -> list[str]:
        compared.append(len(known))
        return []

    monkeypatch.setattr(faults, "get_close_matches", counting)
    faults.closest_words("shipment", [f"shipmen{number}" for number in range(50_000)])
    faults.closest_words("x" * 5000, ["x" * 5000])
    faults.closest_words("shipment", ["s", "shipments", "x" * 50])
    assert compared == [1000, 1]


def test_names_that_no_schema_knows_are_guessed_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def closest(name: str, known: Any) -> None:
        asked.append(name)

    monkeypatch.setattr(members, "closest", closest)
    schema = BodySchema({"properties": {"name": {}}}, {}, {}, strict=True)
    schema.findings({f"name{number}": 1 for number in range(2000)})
    assert 0 < len(asked) < 100


def test_a_body_of_a_million_values_is_refused(workspace: Workspace) -> None:
    answer = workspace.client.post("/v1/organizations/1/shipments", json={"parcels": [1] * 900_000})
    assert answer.status_code == 413
    answer = workspace.client.post(
        "/v1/organizations/1/shipments", json={"parcels": [","] * 90_000}
    )
    assert answer.status_code == 400


def test_a_create_of_ten_thousand_elements_is_told_in_a_line(workspace: Workspace) -> None:
    for carrier in ("myparcel", "api.myparcel.nl"):
        answer = httpx2.post(
            f"{workspace.base_url}/w/{workspace.name}/{carrier}/shipments",
            content=json.dumps({"data": {"shipments": [1] * 10_000}}),
            headers={"Authorization": basic("sim-myparcel-postpaid"), "Content-Type": SHIPMENT},
            trust_env=False,
        )
        assert answer.status_code == 422
        assert len(answer.content) < 100_000


@pytest.mark.parametrize("element", [1, {}])
@pytest.mark.parametrize(
    ("path", "member", "many"),
    [("shipments", "parcels", 1001), ("batches", "shipments", 2501)],
)
def test_too_many_wrong_elements_are_refused(
    workspace: Workspace, path: str, member: str, many: int, element: Any
) -> None:
    answer = workspace.client.post(f"/v1/organizations/1/{path}", json={member: [element] * many})
    assert (answer.status_code, answer.json()["error"]) == (400, "validation_failed")


def test_unknown_quirks_are_told_briefly(workspace: Workspace) -> None:
    names = {f"inpost.rate_hiden{number}": True for number in range(900)}
    answer = workspace.control.put("/quirks", json=names)
    assert answer.status_code == 422
    assert answer.json()["errors"][-1]["message"] == "and 800 more faults"
    assert "Did you mean" in answer.json()["detail"]
    many = {f"a{number}": True for number in range(50_000)}
    [error] = workspace.control.put("/quirks", json=many).json()["errors"]
    assert error["message"] == "names 50000 quirks, at most 1000 are set at once"


def test_health_answers_whatever_its_query_says(workspace: Workspace) -> None:
    answer = httpx2.get(f"{workspace.base_url}/_sim/health?x=1", trust_env=False)
    assert answer.status_code == 200


def test_a_long_host_of_a_webhook_is_refused_at_once(workspace: Workspace) -> None:
    url = f"http://a{'-' * 32_000}.test/"
    began = time.process_time()
    answer = workspace.control.post(
        "/actions/inpost.set_webhook", json={"organization": 1, "url": url}
    )
    assert answer.status_code == 422
    assert "too long" in answer.json()["detail"]
    assert time.process_time() - began < 2  # it was sixteen seconds of looking back


@pytest.mark.parametrize(
    ("method", "path", "to"),
    [("PUT", "/clock", {"at": LATER, "mode": "frozen"}), ("POST", "/clock/advance", {"to": LATER})],
    ids=["set", "advanced"],
)
def test_others_are_answered_beside_many_jobs(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    to: dict[str, str],
) -> None:
    """While the clock moves over what 400 shipments of a batch do, others are answered."""
    parcel = {
        "dimensions": {"length": "80", "width": "36", "height": "64"},
        "weight": {"amount": "2"},
    }
    address = {"street": "Dluga", "building_number": "1", "city": "Krakow", "post_code": "30-001"}
    receiver = {
        "email": "anna@example.test",
        "phone": "888000000",
        "first_name": "Anna",
        "last_name": "Nowak",
        "address": {**address, "country_code": "PL"},
    }
    create = {
        "service": "inpost_courier_standard",
        "receiver": receiver,
        "parcels": [parcel],
    }
    items = [{**create, "id": str(number)} for number in range(400)]
    owner = workspace.inpost("sim-inpost-postpaid")
    made = owner.post("/v1/organizations/2/batches", json={"shipments": items})
    assert made.status_code == 201, made.text
    turns = 0

    def ask() -> None:
        assert httpx2.get(f"{workspace.base_url}/_sim/health", trust_env=False).status_code == 200

    async def asking(hub: Hub, moved: Moved) -> bool:
        nonlocal turns
        turns += 1
        if turns < 5:
            await asyncio.to_thread(ask)
        return await holds(hub, moved)

    # Every job is a turn of its own; after the first ones others ask, and wait for the answer.
    monkeypatch.setattr(timeline, "TURN", 0)
    monkeypatch.setattr(timeline, "holds", asking)
    answer = workspace.control.request(method, path, json=to)
    assert answer.status_code == 200, answer.text
    assert turns > 400
    batch = owner.get(f"/v1/batches/{made.json()['id']}").json()
    assert (batch["status"], len(batch["shipments"])) == ("done", 400)
