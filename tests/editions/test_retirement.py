"""The end of an edition: announced, tried out, final, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.myparcel.bodies import shipment
from tests.support.server import Workspace

SHIPMENTS = {
    "inpost": ("/v1/organizations", "Bearer sim-inpost-postpaid"),
    "myparcel": ("/shipments", "bearer c2ltLW15cGFyY2VsLXBvc3RwYWlk"),
}


ANY = {
    "inpost": "/v1/organizations",
    "myparcel": "/accounts",
    "postplus": "/api/v1/accounts/current",
}


def ask(workspace: Workspace, carrier: str, server: str | None = None) -> httpx2.Response:
    path, authorization = SHIPMENTS[carrier]
    url = f"{workspace.base_url}/w/{workspace.name}/{server or carrier}{path}"
    headers = {"Authorization": authorization}
    return httpx2.get(url, headers=headers, trust_env=False, verify=False)


@pytest.fixture
def retired(workspace: Workspace) -> Workspace:
    """A workspace on 2 March at 9:00 UTC in which the edition of 2017 goes."""
    workspace.freeze("2026-03-02T09:00:00Z")
    workspace.do(
        "myparcel.retire",
        edition="2017",
        end="2026-03-31T00:00:00Z",
        brownouts=[{"begin": "2026-03-09T12:00:00Z", "end": "2026-03-09T13:00:00Z"}],
        link="https://developer.example/end",
    )
    return workspace


def test_the_end_is_announced_in_headers_of_that_edition_only(retired: Workspace) -> None:
    told = ask(retired, "myparcel", "api.myparcel.com")
    assert told.status_code == 200
    assert told.headers["deprecation"] == "@1772442000"
    assert told.headers["sunset"] == "Tue, 31 Mar 2026 00:00:00 GMT"
    assert told.headers["link"].startswith('<https://developer.example/end>; rel="deprecation"')
    assert "sunset" not in ask(retired, "myparcel", "api.myparcel.nl").headers
    assert "sunset" not in ask(retired, "inpost").headers


def test_the_announcement_stands_beside_the_links_that_an_answer_has(workspace: Workspace) -> None:
    pages = ask(workspace, "inpost").links
    assert {"first", "last"} <= set(pages)
    workspace.do("inpost.retire", link="https://developer.example/end")
    links = ask(workspace, "inpost").links
    assert links.pop("deprecation")["url"] == "https://developer.example/end"
    assert links == pages


def test_a_brownout_passes_and_the_end_stays(retired: Workspace) -> None:
    seen: list[int] = []
    for at in ("09T11:59:59", "09T12:00:00", "09T12:59:59", "09T13:00:00", "30T23:59:59"):
        retired.freeze(f"2026-03-{at}Z")
        seen.append(ask(retired, "myparcel").status_code)
    assert seen == [200, 410, 410, 200, 200]
    retired.freeze("2026-03-31T00:00:00Z")
    gone = ask(retired, "myparcel")
    assert (gone.status_code, gone.headers["sunset"]) == (410, "Tue, 31 Mar 2026 00:00:00 GMT")
    assert gone.json()["errors"][0]["message"] == (
        "The edition 2017 ended at 2026-03-31T00:00:00+00:00."
    )
    assert ask(retired, "myparcel", "api.myparcel.nl").status_code == 200


def test_the_explanation_says_which_edition_it_was_and_why(retired: Workspace) -> None:
    retired.freeze("2026-04-01T00:00:00Z")
    refused = ask(retired, "myparcel", "api.myparcel.com")
    entry = retired.control.get(f"journal/{refused.headers['x-sim-request-id']}").json()
    assert entry["edition"] == {"name": "2017", "because": "the host api.myparcel.com"}
    assert "The edition 2017 answered, told by the host api.myparcel.com." in entry["why"]
    assert "the edition 2017 ended" in entry["why"][0].lower()


def test_the_only_edition_is_told_as_such(workspace: Workspace) -> None:
    only = {"name": "today", "because": "there being no other"}
    workspace.freeze("2026-03-02T09:00:00Z")
    workspace.do("inpost.retire", brownouts=[{"begin": "+1h", "end": "+2h"}])
    for status in (200, 410):
        answer = ask(workspace, "inpost")
        entry = workspace.control.get(f"journal/{answer.headers['x-sim-request-id']}").json()
        assert (answer.status_code, entry["edition"]) == (status, only)
        assert not [sentence for sentence in entry["why"] if "told by" in sentence]
        workspace.advance("1h")


def test_what_only_the_body_shows_is_known_before_an_edition_is_gone(retired: Workspace) -> None:
    retired.freeze("2026-04-01T00:00:00Z")

    def create(**more: Any) -> httpx2.Response:
        url = f"{retired.base_url}/w/{retired.name}/myparcel/shipments"
        headers = {
            "Authorization": SHIPMENTS["myparcel"][1],
            "Content-Type": "application/vnd.shipment+json;charset=utf-8",
        }
        body = {"data": {"shipments": [{**shipment(), **more}]}}
        return httpx2.post(url, json=body, headers=headers, trust_env=False, verify=False)

    assert create().status_code == 410
    assert create(carrier="postnl", reference_identifier="order-1").status_code == 200


def test_a_retirement_is_taken_back(retired: Workspace) -> None:
    retired.freeze("2026-04-01T00:00:00Z")
    assert retired.do("myparcel.reinstate", edition="2017") == {"edition": "2017"}
    answer = ask(retired, "myparcel")
    assert (answer.status_code, "sunset" in answer.headers) == (200, False)


def test_the_only_edition_of_a_carrier_needs_no_name(workspace: Workspace) -> None:
    workspace.freeze("2026-03-02T09:00:00Z")
    told = workspace.do("inpost.retire", end="+30d", brownouts=[{"begin": "+1d", "end": "+2d"}])
    assert told["end"] == "2026-04-01T09:00:00Z"
    workspace.advance("1d")
    assert ask(workspace, "inpost").json()["error"] == "gone"
    workspace.advance("1d")
    assert ask(workspace, "inpost").status_code == 200


CODES: dict[str, dict[int, Any]] = {
    "inpost": {
        404: "resource_not_found",
        410: "gone",
        429: "too_many_requests",
        500: "internal_server_error",
        503: "service_unavailable",
    },
    "myparcel": {404: 3105, 410: 0, 429: 0, 500: 0, 503: 0},
    "postplus": {
        404: "NotFound",
        410: "Gone",
        429: "TooManyRequests",
        500: "InternalError",
        503: "ServiceUnavailable",
    },
}
"""What each carrier calls each status of a brownout, as it does elsewhere."""


def code_of(carrier: str, body: dict[str, Any]) -> Any:
    if carrier == "inpost":
        return body["error"]
    return body["errors"][0]["code"] if carrier == "myparcel" else body["errorDetails"][0]["code"]


@pytest.mark.parametrize(
    ("carrier", "status", "code"),
    [(carrier, *each) for carrier, codes in CODES.items() for each in codes.items()],
)
def test_a_brownout_has_the_words_of_the_carrier_for_its_status(
    workspace: Workspace, carrier: str, status: int, code: Any
) -> None:
    workspace.freeze("2026-03-02T09:00:00Z")
    edition = {"edition": "today"} if carrier == "myparcel" else {}
    period = {"begin": "+0s", "end": "+1h"}
    workspace.do(f"{carrier}.retire", brownouts=[period], brownout_status=status, **edition)
    url = f"{workspace.base_url}/w/{workspace.name}/{carrier}{ANY[carrier]}"
    refused = httpx2.get(url, trust_env=False, verify=False)
    assert (refused.status_code, "brownout" in refused.text) == (status, True)
    assert code_of(carrier, refused.json()) == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "edition is one of 2017, today; none is given"),
        ({"edition": "2018"}, "2017"),
        ({"edition": "2017", "end": "soon"}, "is not a time"),
        ({"edition": "2017", "end": "-1d"}, "before it is announced"),
        ({"edition": "2017", "brownouts": [{"begin": "+2h", "end": "+1h"}]}, "before it begins"),
        ({"edition": "2017", "brownouts": [{"begin": "+1h", "end": "60m"}]}, "ends as it begins"),
        ({"edition": "2017", "end": "+999999d"}, "'+999999d' is too long: at most 7300 days"),
        (
            {"edition": "2017", "end": "+1h", "brownouts": [{"begin": "+2h", "end": "+3h"}]},
            "after the end",
        ),
        ({"edition": "2017", "link": "see below"}, "not a URL"),
        ({"edition": "2017", "brownout_status": 200}, "410"),
    ],
)
def test_what_cannot_be_retired_is_told(
    workspace: Workspace, arguments: dict[str, Any], said: str
) -> None:
    response = workspace.control.post("/actions/myparcel.retire", json=arguments)
    assert response.status_code in (400, 409, 422), response.text
    assert said in response.text


def test_another_workspace_knows_nothing_of_it(
    retired: Workspace, new_workspace: Callable[[], Workspace]
) -> None:
    other = new_workspace()
    assert "deprecation" not in ask(other, "myparcel", "api.myparcel.com").headers
