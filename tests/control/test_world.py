"""Actions, records and quirks of a workspace."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.support.receiver import Receiver
from tests.support.server import Workspace


def test_an_action_gives_back_what_it_did(workspace: Workspace) -> None:
    assert workspace.do("toy.add_parcel", owner="ann", copies=2) == {"parcels": [1, 2]}
    assert workspace.control.post("/actions/toy.subscribe", json={"url": None}).json() is None


def test_numbers_may_be_text(workspace: Workspace) -> None:
    assert workspace.do("toy.add_parcel", owner="ann", copies="2") == {"parcels": [1, 2]}


def test_an_unknown_action_is_told_what_there_is(workspace: Workspace) -> None:
    response = workspace.control.post("/actions/toy.ad_parcel", json={})

    assert response.status_code == 404
    assert response.json() == IsPartialDict(
        detail='There is no action "toy.ad_parcel". Did you mean "toy.add_parcel"?',
        known=["toy.add_parcel", "toy.break", "toy.remove", "toy.subscribe"],
    )


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ({}, "body.owner", "is required"),
        ({"owner": 5}, "body.owner", "has to be a text, not 5"),
        ({"owner": "ann", "copies": "two"}, "body.copies", 'has to be a whole number, not "two"'),
        ({"owner": "ann", "copys": 2}, "body.copys", '.*Did you mean "copies"?.*'),
    ],
)
def test_wrong_arguments_are_named(
    workspace: Workspace, body: dict[str, Any], path: str, message: str
) -> None:
    response = workspace.control.post("/actions/toy.add_parcel", json=body)

    assert response.status_code == 422
    assert response.json()["errors"] == [{"path": path, "message": IsStr(regex=message)}]


def test_everything_that_is_wrong_with_arguments_is_told_at_once(workspace: Workspace) -> None:
    response = workspace.control.post("/actions/toy.add_parcel", json={"ownr": 1, "copies": "lots"})

    assert [error["path"] for error in response.json()["errors"]] == [
        "body.ownr",
        "body.copies",
        "body.owner",
    ]


def test_an_action_without_a_body_lacks_its_arguments(workspace: Workspace) -> None:
    response = workspace.control.post("/actions/toy.remove")

    assert response.json()["errors"] == [{"path": "body.parcel", "message": "is required"}]


def test_an_impossible_action_changes_nothing(workspace: Workspace) -> None:
    response = workspace.control.post("/actions/toy.remove", json={"parcel": 1000})

    assert response.status_code == 409
    assert response.json()["detail"] == "parcel 1000 cannot be removed; 1 to 100 can"
    assert len(workspace.records("toy", "parcels")) == 1


def test_a_webhook_target_is_asked_first(workspace: Workspace, receiver: Receiver) -> None:
    receiver.get_status = 404

    response = workspace.control.post("/actions/toy.subscribe", json={"url": receiver.url})

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"path": "body.url", "message": f"a GET of {receiver.url} answered 404; it must answer 200"}
    ]
    assert workspace.records("toy", "subscribers") == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:1/", "a GET of http://127.0.0.1:1/ failed.*"),
        ("https://example.com/", "webhooks may not go to example.com.*--webhook-allow example.com"),
        ("ftp://localhost/", ".*not an http or https URL"),
        ("http://[", ".*is not a URL"),
    ],
)
def test_a_webhook_target_that_cannot_be_is_refused(
    workspace: Workspace, url: str, message: str
) -> None:
    response = workspace.control.post("/actions/toy.subscribe", json={"url": url})

    assert response.status_code == 422
    assert response.json()["errors"] == [{"path": "body.url", "message": IsStr(regex=message)}]


def test_what_an_action_sends_has_arrived_before_the_answer(
    workspace: Workspace, receiver: Receiver
) -> None:
    workspace.do("toy.subscribe", url=receiver.url)

    workspace.do("toy.add_parcel", owner="ann", after="0s")

    assert receiver.posts == ['{"parcel":1}']


def test_a_job_that_fails_is_undone_and_told(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    workspace.do("toy.break", parcel=1)

    assert workspace.records("toy", "parcels")[0]["id"] == 1
    assert workspace.control.get("/events").json()["items"][0] == IsPartialDict(
        event="engine.job_failed", payload={"job": "toy.explode", "arguments": {"parcel_id": 1}}
    )
    assert workspace.advance("1h")["jobs"] == 1


def test_tables_are_listed(workspace: Workspace) -> None:
    items = workspace.control.get("/records").json()["items"]

    assert {
        "carrier": "toy",
        "table": "parcels",
        "records": 1,
        "attributes": ["id", "owner", "status", "code", "arrived_at"],
    } in items
    assert "engine" in {item["carrier"] for item in items}


def test_records_come_in_pages(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=4)
    pages = []
    after: dict[str, str] = {}
    while True:
        page = workspace.control.get("/records/toy/parcels", params={"limit": 2, **after}).json()
        pages.append([parcel["id"] for parcel in page["items"]])
        if page["next"] is None:
            break
        after = {"after": page["next"]}

    assert pages == [[1, 2], [3, 4], [1000]]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        (["owner:ann"], [1, 2]),
        (["owner:ann", "status:arrived"], []),
        (["arrived_at:null"], [1, 2, 3, 1000]),
        (["id:3"], [3]),
        (["owner:"], []),
    ],
)
def test_records_are_chosen_by_attribute(
    workspace: Workspace, where: list[str], ids: list[int]
) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=2)
    workspace.do("toy.add_parcel", owner="bob")

    page = workspace.control.get("/records/toy/parcels", params={"where": where}).json()

    assert [parcel["id"] for parcel in page["items"]] == ids
    assert page["total"] == len(ids)


def test_records_that_come_later_are_chosen_too_and_come_in_pages(workspace: Workspace) -> None:
    asked = {"where": "arrived_at:null", "limit": "2"}
    workspace.do("toy.add_parcel", owner="ann", copies=2)
    before = workspace.control.get("/records/toy/parcels", params=asked).json()
    workspace.do("toy.add_parcel", owner="bob", copies=2)

    pages = []
    after: dict[str, str] = {}
    while True:
        page = workspace.control.get("/records/toy/parcels", params=asked | after).json()
        pages.append([parcel["id"] for parcel in page["items"]])
        if page["next"] is None:
            break
        after = {"after": page["next"]}

    assert before["total"] == 3
    assert pages == [[1, 2], [3, 4], [1000]]


def test_tables_keyed_by_text_come_in_pages_too(workspace: Workspace, receiver: Receiver) -> None:
    for name in ("b", "a", "c"):
        workspace.do("toy.subscribe", url=receiver.url, name=name)

    page = workspace.control.get("/records/toy/subscribers?after=a").json()

    assert [item["name"] for item in page["items"]] == ["b", "c"]


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/records/toy/parcel", 404, '.*Did you mean "toy.parcels".*'),
        ("/records/toi/parcels", 404, '.*Did you mean "toy.parcels".*'),
        ("/records/toy/parcels?where=stauts:x", 422, '.*Did you mean "status".*'),
        ("/records/toy/parcels?where=status", 422, ".*attribute:value.*"),
        ("/records/toy/parcels?after=x", 422, '.*"x" is not a key.*'),
        ("/records/toy/parcels?limit=0", 422, ".*limit.*"),
    ],
)
def test_wrong_questions_are_refused(
    workspace: Workspace, path: str, status: int, detail: str
) -> None:
    response = workspace.control.get(path)

    assert response.status_code == status
    assert response.json()["detail"] == IsStr(regex=detail)


def test_a_quirk_is_set_and_set_back(workspace: Workspace, toy: httpx2.Client) -> None:
    assert toy.get("/parcels/1").status_code == 404

    settings = workspace.control.put("/quirks", json={"toy.missing": "gone"}).json()
    assert settings == {
        "profile": "observed",
        "values": {"toy.missing": "gone", "toy.patience": 3},
        "changed": {"toy.missing": "gone"},
    }
    assert toy.get("/parcels/1").status_code == 410

    settings = workspace.control.put("/quirks", json={"toy.missing": None}).json()
    assert settings["changed"] == {}
    assert toy.get("/parcels/1").status_code == 404
    assert workspace.control.get("/quirks").json() == settings


def test_quirks_that_are_not_named_stay(workspace: Workspace) -> None:
    workspace.quirk("toy.missing", "gone")
    workspace.quirk("toy.patience", 5.0)

    assert workspace.control.get("/quirks").json()["changed"] == {
        "toy.missing": "gone",
        "toy.patience": 5,
    }


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ({"toy.mising": "gone"}, "body.toy.mising", '.*Did you mean "toy.missing"?.*'),
        ({"toy.missing": "lost"}, "body.toy.missing", 'must be "missing" or "gone", not "lost"'),
        (
            {"toy.missing": "missin"},
            "body.toy.missing",
            'must be "missing" or "gone", not "missin"\\. Did you mean "missing"\\?',
        ),
        ({"toy.missing": True}, "body.toy.missing", "must be .*"),
        ({"toy.missing": ["gone"]}, "body.toy.missing", ".*"),
        ({"toy.patience": 11}, "body.toy.patience", "must be a whole number from 0 to 10.*"),
        ({"toy.patience": 1.5}, "body.toy.patience", "must be a whole number.*"),
        ({"toy.patience": True}, "body.toy.patience", "must be a whole number.*"),
    ],
)
def test_a_wrong_quirk_sets_none(
    workspace: Workspace, body: dict[str, Any], path: str, message: str
) -> None:
    response = workspace.control.put("/quirks", json={"toy.patience": 4, **body})

    assert response.status_code == 422
    assert {"path": path, "message": IsStr(regex=message)} in response.json()["errors"]
    assert workspace.control.get("/quirks").json()["changed"] == {}
