"""Unread: what a request carried and nothing looked at, with what may be meant."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import httpx2
import pytest

from simulator.http.described.members import Members
from simulator.settings import Settings
from tests.inpost.shipx import locker, post
from tests.myparcel.bodies import shipment as dutch
from tests.myparcel.client import SHIPMENT, basic
from tests.postplus.client import TEST_KEY
from tests.support.server import Workspace, running


def unread(workspace: Workspace) -> list[tuple[str, str | None]]:
    """What the newest exchange carried in vain."""
    [newest] = workspace.journal(limit=1)
    entry = workspace.control.get(f"/journal/{newest['id']}").json()
    assert newest["unread_count"] == len(entry["unread"])
    return [(each["place"], each["did_you_mean"]) for each in entry["unread"]]


def postplus(workspace: Workspace, method: str, path: str, **more: Any) -> httpx2.Response:
    url = f"{workspace.base_url}/w/{workspace.name}/postplus/api/v1{path}"
    headers = {"X-API-KEY": TEST_KEY}
    return httpx2.request(method, url, headers=headers, trust_env=False, verify=False, **more)


def test_a_misspelt_member_is_named_with_its_place_and_the_word_that_is_meant(
    workspace: Workspace,
) -> None:
    body = deepcopy(locker())
    body["receiver"]["phonee"] = "501502503"
    body["parcels"] = [{"template": "small", "wieght": 1}]
    body["referense"] = body.pop("reference")
    assert post(workspace, body).status_code == 201
    assert unread(workspace) == [
        ("body.receiver.phonee", "phone"),
        ("body.parcels.0.wieght", "weight"),
        ("body.referense", "reference"),
    ]


def test_the_explanation_has_a_sentence_for_each(workspace: Workspace) -> None:
    post(workspace, {**locker(reference=None), "referense": "A-1", "colour": "red"})
    [entry] = workspace.journal()
    why = workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert 'Nothing looked at body.referense; did you mean "reference"?' in why
    assert "Nothing looked at body.colour." in why


def test_a_member_at_the_wrong_level_is_told_where_it_belongs(workspace: Workspace) -> None:
    post(workspace, {**locker(), "target_point": "KRA010", "template": "small"})
    assert unread(workspace) == [
        ("body.target_point", "custom_attributes.target_point"),
        ("body.template", "parcels.template"),
    ]


def test_a_request_that_is_refused_is_looked_into_as_well(workspace: Workspace) -> None:
    body = deepcopy(locker())
    body["receiver"]["phonee"] = body["receiver"].pop("phone")
    assert post(workspace, body).status_code == 400
    assert unread(workspace) == [("body.receiver.phonee", "phone")]


def test_what_a_finding_names_is_not_unread(workspace: Workspace) -> None:
    with running(Settings(strict=True)) as base_url:
        strict = Workspace(base_url, workspace.name)
        response = post(strict, {**locker(), "colour": "red"})
        assert response.status_code == 400
        [newest] = strict.journal(limit=1)
        entry = strict.control.get(f"/journal/{newest['id']}").json()
        assert [each["path"] for each in entry["findings"]] == [["colour"]]
        assert unread(strict) == []
        strict.close()


def test_a_parameter_that_nothing_knows(workspace: Workspace) -> None:
    workspace.client.get("/v1/organizations/1/shipments?sort_bye=id&reference=A-1&page=1&x=1&x=2")
    assert unread(workspace) == [
        ("query.sort_bye", "sort_by"),
        ("query.reference", None),
        ("query.x", None),
    ]


def test_a_parameter_in_place_of_the_one_that_is_required(workspace: Workspace) -> None:
    postplus(workspace, "GET", "/tracking/parcel-nrs/get-many?numbers=RR000070015LT")
    assert unread(workspace) == [("query.numbers", "ParcelNrs")]


def test_a_parameter_that_is_like_none_is_told_which_ones_there_are(workspace: Workspace) -> None:
    postplus(workspace, "GET", "/hs-codes/query?query=mug&count=1")
    assert unread(workspace) == [("query.query", None)]
    [entry] = workspace.journal()
    why = workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert "Nothing looked at query.query; postplus.query_hs_codes takes Text, Code, Count." in why


@pytest.mark.parametrize(
    "query", ["shipment_ids[]=1", "shipment_ids[0]=1", "shipemnt_ids=1,2", "shipment_ids="]
)
def test_what_a_carrier_reads_under_another_name_is_read(workspace: Workspace, query: str) -> None:
    workspace.client.get(f"/v1/organizations/1/shipments/labels?{query}")
    assert unread(workspace) == []


def test_the_body_of_a_get_is_read_as_its_query_is(workspace: Workspace) -> None:
    for body, expected in (
        ({"shipemnt_ids": [1], "format": "zpl"}, []),
        ({"shipment_ids": [1], "formatt": "zpl"}, [("body.formatt", "format")]),
    ):
        workspace.client.request("GET", "/v1/organizations/1/shipments/labels", json=body)
        assert unread(workspace) == expected


def test_names_in_another_case_are_read_and_told_as_they_were_written(
    workspace: Workspace,
) -> None:
    postplus(workspace, "POST", "/shipments", json={"Type": "AWB", "Numbre": "1", "Note": ""})
    assert unread(workspace) == [("body.Numbre", None)]
    postplus(workspace, "POST", "/shipments", json={"Type": "CMR", "type": "AWB"})
    assert unread(workspace) == [("body.Type", "type")]


def test_a_body_where_none_is_taken(workspace: Workspace) -> None:
    for content, expected in ((b'{"id": 5}', [("body", None)]), (b"{}", []), (b"", [])):
        workspace.client.request("DELETE", "/v1/shipments/5", content=content)
        assert unread(workspace) == expected


def test_each_media_type_has_members_of_its_own(workspace: Workspace) -> None:
    url = f"{workspace.base_url}/w/{workspace.name}/myparcel/shipments"
    item = {**dutch(), "recipients": [], "recipient": {**dutch()["recipient"], "streett": "x"}}
    headers = {"Authorization": basic("sim-myparcel-postpaid"), "Content-Type": SHIPMENT}
    content = {"data": {"shipments": [item]}}
    httpx2.post(url, json=content, headers=headers, trust_env=False, verify=False)
    assert ("body.data.shipments.0.recipient.streett", "street") in unread(workspace)


@pytest.mark.parametrize(
    ("content", "media"),
    [(b"{", "application/json"), (b'{"x": 1}', "text/plain"), (b"\xff", "application/json")],
)
def test_what_cannot_be_read_is_not_said_to_be_unread(
    workspace: Workspace, content: bytes, media: str
) -> None:
    workspace.client.post(
        "/v1/organizations/1/shipments", content=content, headers={"Content-Type": media}
    )
    assert unread(workspace) == []


def test_a_request_that_no_operation_took_has_nothing_unread(workspace: Workspace) -> None:
    workspace.client.get("/v1/shipment?x=1")
    assert unread(workspace) == []


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "object"}, {"any": 1}, []),
        ({"properties": {"a": {}}, "additionalProperties": True}, {"b": 1}, []),
        (
            {
                "properties": {"a": {}},
                "additionalProperties": {"properties": {"id": {}}},
            },
            {"x": {"id": 1, "idd": 2}},
            [(("x", "idd"), "id")],
        ),
        ({"oneOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, {"a": 1, "b": 1}, []),
        (
            {"properties": {"a": {}}, "allOf": [{"properties": {"nested": {"properties": {}}}}]},
            {"a": 1, "nested": {"b": 1}},
            [(("nested", "b"), None)],
        ),
        (
            {"items": {"properties": {"post_code": {}}}},
            [{}, {"postCode": 1}],
            [((1, "postCode"), "post_code")],
        ),
        ({"properties": {"a": {}}}, [1], []),
        ({"properties": {"a": {"x-also": ["b", "c"]}}}, {"b": 1}, []),
        ({"properties": {"a": {"x-also": ["b"]}}}, {"a": 1, "b": 1}, [(("b",), "a")]),
        ({"properties": {"a": {"type": "string"}}}, {"a": {"b": 1}}, []),
    ],
)
def test_schemas_that_are_parts_of_each_other_count_together(
    schema: dict[str, Any], value: Any, expected: list[Any]
) -> None:
    assert [tuple(each) for each in Members([schema]).unknown(value)] == expected
