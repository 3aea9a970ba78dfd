"""What the pages of other sites can send from a developer's browser changes and tells nothing."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from simulator.settings import Settings
from tests.support.server import Workspace, running

EVIL = {"Origin": "https://evil.example"}
CROSS = {"Sec-Fetch-Site": "cross-site"}
LINK = {**CROSS, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}


def sent(server: str, method: str, path: str, **headers: str) -> tuple[int, Any]:
    """The answer to a request with these very headers, a `Host` of its own included."""
    host, port = server.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def reset(workspace: Workspace, **headers: str) -> tuple[int, Any]:
    path = f"/_sim/workspaces/{workspace.name}/reset"
    return sent(workspace.base_url, "POST", path, **headers)


@pytest.mark.parametrize(
    "headers",
    [
        EVIL,
        CROSS,
        {**CROSS, **EVIL, "Content-Type": "text/plain"},
        {"Origin": "null"},
        {**EVIL, "X-Forwarded-Host": "sim.example"},
        LINK,  # a form that is sent is no link
        {**CROSS, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    ],
)
def test_a_page_of_another_site_resets_nothing(
    workspace: Workspace, headers: dict[str, str]
) -> None:
    workspace.client.get("/v1/organizations/1")
    status, body = reset(workspace, **headers)
    assert (status, body["title"]) == (403, "Forbidden")
    assert "only this server's own pages" in body["detail"]
    assert len(workspace.journal()) == 1


@pytest.mark.parametrize("path", ["/health", "/workspaces", "/no/such/path", "/clock"])
def test_nothing_answers_a_page_of_another_site(workspace: Workspace, path: str) -> None:
    whole = f"/w/{workspace.name}/_sim{path}"
    assert sent(workspace.base_url, "GET", whole, **EVIL)[0] == 403


@pytest.mark.parametrize("host", ["evil.example:8080", "evil.example", "localhost.evil.example"])
@pytest.mark.parametrize("marks", [PAGE, {"Sec-Fetch-Mode": "navigate"}, LINK])
def test_a_name_that_could_be_anybodys_leads_no_browser_here(
    workspace: Workspace, host: str, marks: dict[str, str]
) -> None:
    journal = f"/_sim/workspaces/{workspace.name}/journal"
    status, body = sent(workspace.base_url, "GET", journal, Host=host, **marks)
    assert status == 403
    assert f"--host-allow {host.partition(':')[0]}" in body["detail"]
    # Neither does a header that a page can add to what it asks of its own name.
    marked = {**marks, "Host": host, "X-Forwarded-Host": "localhost:8080"}
    assert sent(workspace.base_url, "GET", journal, **marked)[0] == 403


def test_a_page_that_sends_to_its_own_name_is_judged_by_that_name(workspace: Workspace) -> None:
    origin = {"Origin": "http://evil.example:8080", "Host": "evil.example:8080"}
    status, body = reset(workspace, **origin)
    assert status == 403
    assert "--host-allow evil.example" in body["detail"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8080", "[::1]:8080", "192.168.7.8", "localhost", "shop.localhost:1", "sim:80"],
)
def test_the_servers_own_pages_go_on_working(workspace: Workspace, host: str) -> None:
    own = {**PAGE, "Host": host, "Origin": f"http://{host}"}
    assert reset(workspace, **own)[0] == 200
    # Browsers do not tell the site to what is neither https nor this machine.
    assert reset(workspace, Host=host, Origin=f"http://{host}")[0] == 200


def test_pages_behind_a_proxy_go_on_working(workspace: Workspace) -> None:
    outside = {"Origin": "https://sims.example", "Host": "sim:8080"}
    assert reset(workspace, **outside, **{"X-Forwarded-Host": "sims.example"})[0] == 200
    assert reset(workspace, **outside, **PAGE)[0] == 200
    assert reset(workspace, **outside)[0] == 403


def test_a_link_may_lead_to_what_can_be_read(workspace: Workspace) -> None:
    journal = f"/_sim/workspaces/{workspace.name}/journal"
    assert sent(workspace.base_url, "GET", journal, **LINK)[0] == 200
    framed = {**LINK, "Sec-Fetch-Dest": "iframe"}
    assert sent(workspace.base_url, "GET", journal, **framed)[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "sims.example"},
        # What Node's own fetch sends.
        {"Host": "sims.example", "Sec-Fetch-Mode": "cors", "Accept-Language": "*"},
    ],
)
def test_programs_are_not_asked(workspace: Workspace, headers: dict[str, str]) -> None:
    assert reset(workspace, **headers)[0] == 200


@pytest.fixture(scope="module")
def named() -> Iterator[str]:
    with running(Settings(host_allow=("Sims.example",))) as server:
        yield server


def test_a_name_that_is_allowed_leads_browsers_here(named: str) -> None:
    reset_it = "/_sim/workspaces/default/reset"
    own = {**PAGE, "Host": "sims.example:8080", "Origin": "http://sims.example:8080"}
    assert sent(named, "POST", reset_it, **own)[0] == 200
    assert sent(named, "POST", reset_it, **{**own, "Host": "other.example"})[0] == 403


def test_a_body_of_another_type_is_told_the_line_to_type(workspace: Workspace) -> None:
    for media in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data"):
        response = workspace.control.post(
            "/clock/advance", content=b'{"by": "1h"}', headers={"Content-Type": media}
        )
        assert response.status_code == 415
        assert "-H 'Content-Type: application/json'" in response.json()["detail"]
    story = workspace.control.put(
        "/scenario", content=b"a=b", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert story.status_code == 415
    assert "-H 'Content-Type: application/yaml'" in story.json()["detail"]


def test_the_carriers_are_asked_by_pages_as_ever(workspace: Workspace) -> None:
    client: httpx2.Client = workspace.client
    assert client.get("/v1/statuses", headers=EVIL).status_code == 200
