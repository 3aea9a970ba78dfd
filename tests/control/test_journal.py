"""The journal: filters, the whole exchange, and why it was answered so."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsPositive, IsStr

from simulator.engine.bounds import HubOptions
from tests.support.server import Workspace, serving
from tests.support.toy.server import toy_app


@pytest.fixture
def played(workspace: Workspace, toy: httpx2.Client) -> Workspace:
    """Created, read, missed, badly asked, lost, unknown path, wrong method, in that order."""
    toy.post("/parcels", json={"owner": "ann"})
    toy.get("/parcels/1?x=1")
    workspace.advance("1h")
    toy.get("/parcels/77")
    toy.post("/parcels", json={"owner": ""})
    toy.post("/parcels/1/lose")
    toy.get("/parcel/1")
    toy.delete("/parcels/1")
    return workspace


def _entry(workspace: Workspace, number: int) -> dict[str, Any]:
    response = workspace.control.get(f"/journal/{workspace.name}-{number:06d}")
    assert response.status_code == 200, response.text
    entry: dict[str, Any] = response.json()
    return entry


def test_the_newest_exchange_comes_first(played: Workspace) -> None:
    assert [entry["status"] for entry in played.journal()] == [405, 404, 500, 422, 404, 200, 201]
    assert [entry["status"] for entry in played.journal(order="oldest", limit=2)] == [404, 405]


def test_an_exchange_on_one_line(played: Workspace) -> None:
    assert played.journal(operation="toy.get_parcel", status="2xx") == [
        {
            "id": f"{played.name}-000002",
            "at": "2026-03-02T09:15:00Z",
            "carrier": "toy",
            "operation": "toy.get_parcel",
            "method": "GET",
            "path": "/parcels/1",
            "query": "x=1",
            "status": 200,
            "outcome": "handler",
            "unmatched": False,
            "unread_count": 1,
            "heard": "answer",
            "milliseconds": IsPositive,
            "error": None,
        }
    ]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"carrier": "toy"}, [7, 6, 5, 4, 3, 2, 1]),
        ({"operation": "toy.create_parcel"}, [4, 1]),
        ({"method": "post"}, [5, 4, 1]),
        ({"path": "/parcels/*"}, [7, 5, 3, 2]),
        ({"path": "/parcels"}, [4, 1]),
        ({"status": "404"}, [6, 3]),
        ({"status": "4xx", "method": "GET"}, [6, 3]),
        ({"unmatched": "true"}, [7, 6]),
        ({"unmatched": "false", "limit": 2}, [5, 4]),
        ({"unread": "true"}, [2]),
        ({"unread": "false", "method": "GET"}, [6, 3]),
        ({"since": "2026-03-02T11:15:00+01:00"}, [7, 6, 5, 4, 3]),
        ({"limit": 1}, [7]),
    ],
)
def test_filters(played: Workspace, filters: dict[str, Any], numbers: list[int]) -> None:
    found = [int(entry["id"].rpartition("-")[2]) for entry in played.journal(**filters)]

    assert found == numbers


def test_since_takes_an_id_and_an_unescaped_offset(played: Workspace) -> None:
    assert len(played.journal(since=f"{played.name}-000005")) == 2
    response = played.control.get("/journal?since=2026-03-02T11:15:00+01:00")
    assert response.json() == IsPartialDict(total=5, kept=7, recorded=7)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("since=yesterday", "query.since"),
        ("since=other-000001", "query.since"),
        ("status=4x", "query.status"),
        ("limit=0", "query.limit"),
        ("limit=1001", "query.limit"),
        ("limit=ten", "query.limit"),
        ("unmatched=perhaps", "query.unmatched"),
        ("unread=perhaps", "query.unread"),
        ("order=random", "query.order"),
    ],
)
def test_wrong_filters_are_refused(workspace: Workspace, query: str, path: str) -> None:
    response = workspace.control.get(f"/journal?{query}")

    assert response.status_code == 422
    assert [error["path"] for error in response.json()["errors"]] == [path]


def test_an_exchange_is_shown_whole(played: Workspace) -> None:
    entry = _entry(played, 1)

    assert entry["request"] == {
        "headers": IsPartialDict({"content-type": "application/json"}),
        "bytes": 15,
        "truncated": False,
        "encoding": "json",
        "body": {"owner": "ann"},
    }
    assert entry["response"]["body"] == IsPartialDict(id=1, owner="ann")
    assert entry["response"]["headers"]["x-sim-request-id"] == entry["id"]
    assert entry["provenance"] == {"level": "documented", "source": "the toy's manual"}
    assert entry["why"] == [
        "toy.create_parcel answered with 201.",
        "POST /parcels matched toy.create_parcel (POST /parcels).",
        "This operation is documented: the toy's manual.",
        "The workspace's clock showed 2026-03-02T09:15:00+00:00.",
        "The client was there when the answer was sent.",
    ]


QUIRK = {
    "name": "toy.missing",
    "value": "missing",
    "default": "missing",
    "summary": "How a missing parcel is answered.",
}


def test_a_refusal_says_first_why(played: Workspace) -> None:
    assert _entry(played, 3)["why"][0] == "Refused with 404: there is no 77; nothing was changed."


def test_a_quirk_at_its_default_is_one_link_away(played: Workspace) -> None:
    entry = _entry(played, 3)
    assert entry["quirks"] == []
    url = f"/_sim/workspaces/{played.name}/journal/{entry['id']}?quirks=all"
    assert entry["quirks_url"] == url
    told = f"1 more quirk was looked at and stood at the default: GET {url}"
    assert told in entry["why"]
    whole = httpx2.get(f"{played.base_url}{url}", trust_env=False, verify=False).json()
    assert whole["quirks"] == [QUIRK]
    assert (
        "Quirk toy.missing is 'missing', its default: How a missing parcel is answered."
        in (whole["why"])
    )


def test_a_quirk_that_was_set_is_told_at_once(workspace: Workspace, toy: httpx2.Client) -> None:
    workspace.quirk("toy.missing", "gone")
    toy.get("/parcels/77")
    entry = _entry(workspace, 1)
    assert entry["status"] == 410
    assert entry["quirks"] == [{**QUIRK, "value": "gone"}]
    assert any("Quirk toy.missing is 'gone', set in this" in sentence for sentence in entry["why"])


def test_a_finding_is_named_with_its_place(played: Workspace) -> None:
    entry = _entry(played, 4)

    assert entry["outcome"] == "validation"
    assert entry["findings"] == [
        {
            "path": ["owner"],
            "key": "minLength",
            "message": "has 0 characters, at least 1 needed",
            "value": "",
            "allowed": {"minLength": 1},
            "source": "the toy's manual",
        }
    ]
    assert entry["why"][0] == (
        'Refused with 422: owner: has 0 characters, at least 1 needed, sent was "" (minLength); '
        "nothing was changed."
    )


def test_a_failure_is_in_the_journal_and_changed_nothing(played: Workspace) -> None:
    entry = _entry(played, 5)

    assert entry["error"] == "RuntimeError: lost in thought"
    assert any("all changes were undone" in sentence for sentence in entry["why"])
    assert [parcel["id"] for parcel in played.records("toy", "parcels")] == [1, 1000]
    assert "toy.lost" not in str(played.control.get("/events").json())


def test_an_unknown_path_is_told_what_is_nearest(played: Workspace) -> None:
    entry = _entry(played, 6)

    assert entry["operation"] is None
    assert entry["nearest"] == [
        {
            "carrier": "toy",
            "operation": "toy.get_parcel",
            "method": "GET",
            "path": "/parcels/{parcel_id}",
            "differences": ["segment 1 is 'parcel', not 'parcels'"],
        }
    ]
    assert entry["why"][1] == (
        "Did you mean GET /parcels/{parcel_id}: segment 1 is 'parcel', not 'parcels'?"
    )


def test_a_wrong_method_is_told_what_the_path_takes(played: Workspace) -> None:
    entry = _entry(played, 7)

    assert "/parcels/1 takes GET, not DELETE" in entry["why"][0]
    assert entry["nearest"][0]["differences"] == ["the method is DELETE, not GET"]


def test_a_malformed_body_and_a_wrong_media_type_are_explained(
    workspace: Workspace, toy: httpx2.Client
) -> None:
    json = {"Content-Type": "application/json"}
    toy.post("/parcels", content=b"{", headers=json)
    toy.post("/parcels", content=b"a", headers={"Content-Type": "text/plain"})
    toy.post("/parcels", content=b"[" * 99, headers=json)

    assert _entry(workspace, 1)["why"][0].startswith(
        "Refused with 400: the body could not be read: the body is not JSON"
    )
    assert "came as text/plain, but toy.create_parcel takes application/json" in str(
        _entry(workspace, 2)["why"]
    )
    assert _entry(workspace, 2)["request"] == IsPartialDict(encoding="text", body="a")
    assert _entry(workspace, 3)["why"][0].startswith("Refused with 413: the body exceeds a bound: ")


def test_bytes_are_shown_in_base64(workspace: Workspace, toy: httpx2.Client) -> None:
    toy.get("/parcels/1/label")

    response = _entry(workspace, 1)["response"]

    assert response == IsPartialDict(bytes=256, encoding="base64", body=IsStr(regex="AAECAw.*"))


def test_the_request_id_of_an_answer_leads_to_its_entry(
    workspace: Workspace, toy: httpx2.Client
) -> None:
    request_id = toy.get("/parcels/1").headers["X-Sim-Request-Id"]

    assert workspace.control.get(f"/journal/{request_id}").json()["id"] == request_id


def test_an_unknown_entry_is_not_found(workspace: Workspace) -> None:
    assert workspace.control.get("/journal/x-000009").status_code == 404


def test_a_cleared_journal_goes_on_counting(played: Workspace, toy: httpx2.Client) -> None:
    assert played.control.delete("/journal").json() == {"forgotten": 7}
    assert played.journal() == []

    assert toy.get("/parcels/1").headers["X-Sim-Request-Id"] == f"{played.name}-000008"


def test_the_journal_keeps_the_newest_within_its_bounds() -> None:
    with (
        serving(toy_app(HubOptions(journal_entries=3))) as base_url,
        httpx2.Client(base_url=base_url, trust_env=False, verify=False) as client,
    ):
        for number in range(5):
            client.get(f"/toy/parcels/{number}")
        journal = client.get("/_sim/workspaces/default/journal").json()

    assert [entry["path"] for entry in journal["items"]] == [f"/parcels/{n}" for n in (4, 3, 2)]
    assert journal == IsPartialDict(kept=3, recorded=5)


@pytest.mark.parametrize(
    ("query", "path", "said"),
    [
        ("operation=toy.get_parcl", "query.operation", 'Did you mean "toy.get_parcel"?'),
        ("carrier=tooy", "query.carrier", 'Did you mean "toy"?'),
    ],
)
def test_a_filter_by_what_there_is_not_is_refused(
    workspace: Workspace, query: str, path: str, said: str
) -> None:
    refused = workspace.control.get(f"/journal?{query}")
    assert refused.status_code == 422
    [fault] = refused.json()["errors"]
    assert fault["path"] == path
    assert fault["message"].endswith(said)
