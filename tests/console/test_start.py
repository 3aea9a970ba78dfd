"""Where somebody begins who has nothing but the address: a page, and a text for programs."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx2
import pytest

from simulator.carriers import registry
from simulator.carriers.carrier import Carrier
from simulator.settings import OPTIONS, Settings
from tests.support.server import Workspace, running

PERSON = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
CARRIERS = registry.load()
ENTRANCES = ("/", "/_sim", "/_sim/")
LISTS = ("/llms.txt", "/_sim/llms.txt")


class Page(HTMLParser):
    """A page as it is read aloud: its links, buttons, headings and landmarks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "a" and attributes.get("href"):
            self.links.append(str(attributes["href"]))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def person() -> Iterator[httpx2.Client]:
    """A browser."""
    with httpx2.Client(trust_env=False, verify=False, timeout=30, headers=PERSON) as client:
        yield client


@pytest.mark.parametrize("path", ENTRANCES)
def test_a_browser_is_shown_every_carrier_with_its_base_url_and_keys(
    server: str, person: httpx2.Client, path: str
) -> None:
    response = person.get(f"{server}{path}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    text = html.unescape(response.text)
    for carrier in CARRIERS:
        assert f">{server}/{carrier.name}<" in text
        for key, meaning in carrier.credentials_help:
            assert f">{key}<" in text
            assert meaning in text
            for name, value in carrier.present(key).items():
                assert f">{name}: {value}<" in text
    head = person.head(f"{server}{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == response.headers["content-length"]


@pytest.mark.parametrize("prefix", ["", "/w/pages"])
def test_every_link_of_the_page_leads_somewhere(
    workspace: Workspace, person: httpx2.Client, prefix: str
) -> None:
    prefix = prefix and f"/w/{workspace.name}"
    base = f"{workspace.base_url}{prefix}"
    page = Page(person.get(f"{base}/").text)
    links = [link for link in page.links if not link.startswith("#")]
    name = workspace.name if prefix else "default"
    journal = f"{base}/_sim/workspaces/{name}/journal"
    ui = [f"{base}/{each.name}{each.ui_path}/" for each in CARRIERS]
    described = [f"{base}/{each.name}{each.spec_path}" for each in CARRIERS]
    assert {*ui, *described, f"{base}/_sim/ui/", f"{base}/_sim/openapi.json", journal} <= {*links}
    answers = {link: person.get(link).status_code for link in links}
    assert {link: status for link, status in answers.items() if status != 200} == {}
    anchors = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert anchors <= {attributes.get("id") for _, attributes in page.tags}


def test_the_urls_of_the_page_follow_the_way_by_which_the_browser_came(
    server: str, person: httpx2.Client
) -> None:
    forwarded = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "carriers.example.test",
        "X-Forwarded-Prefix": "/sandbox",
    }
    for path in ("/w/a-test/", "/w/a-test/_sim/", "/w/a-test/llms.txt"):
        text = person.get(f"{server}{path}", headers=forwarded).text
        assert "https://carriers.example.test/sandbox/w/a-test/inpost" in text
        assert server not in text


def test_the_page_needs_nothing_from_elsewhere_and_has_names_for_everything(
    server: str, person: httpx2.Client
) -> None:
    response = person.get(f"{server}/")
    page = Page(response.text)
    assert page.of("html") == [{"lang": "en"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.of("meta")
    assert "prefers-color-scheme: dark" in response.text
    assert [tag for tag in ("main", "nav", "h1") if len(page.of(tag)) != 1] == []
    names = [button["aria-label"] for button in page.of("button")]
    assert len(set(names)) == len(names) > 10
    identities = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(identities)) == len(identities)
    assert {button["data-copies"] for button in page.of("button")} <= set(identities)
    assert [link for link in page.of("link") if not str(link["href"]).startswith("data:")] == []
    assert [script for script in page.of("script") if "src" in script] == []
    assert page.of("img") == []
    [script] = re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = response.headers["content-security-policy"]
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_a_look_at_the_page_makes_no_world(workspace: Workspace, person: httpx2.Client) -> None:
    for path in ("/", "/_sim/", "/llms.txt"):
        assert person.get(f"{workspace.base_url}/w/never-used{path}").status_code == 200
    listed = person.get(f"{workspace.base_url}/_sim/workspaces").json()["items"]
    assert "never-used" not in [each["name"] for each in listed]


def test_a_workspace_that_there_is_not_yet_has_no_journal_to_link_to(
    workspace: Workspace, person: httpx2.Client
) -> None:
    base = f"{workspace.base_url}/w/not-made-yet"
    response = person.get(f"{base}/")
    assert not [link for link in Page(response.text).links if link.endswith("/journal")]
    assert "Journal of not-made-yet: none yet." in response.text
    assert "404, as `not-made-yet` now is" in person.get(f"{base}/llms.txt").text
    made = person.get(f"{workspace.base_url}/w/{workspace.name}/llms.txt").text
    assert "now is" not in made


def test_only_what_is_served_is_shown(person: httpx2.Client) -> None:
    with running(Settings(carriers=("inpost",), control_token="opensesame")) as server:
        text = person.get(f"{server}/").text
        assert "opensesame" not in text + person.get(f"{server}/llms.txt").text
        assert "sim-inpost-sandbox" in text
        assert "sim-myparcel-postpaid" not in text
        assert "postplus.upsert_parcel" not in person.get(f"{server}/llms.txt").text
        assert httpx2.get(f"{server}/").status_code == 404


def test_programs_at_the_controls_are_told_of_the_list(server: str) -> None:
    response = httpx2.get(f"{server}/_sim/")
    assert response.status_code == 404
    assert "/_sim/llms.txt" in response.json()["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_the_text_for_programs_names_every_operation(server: str, path: str) -> None:
    response = httpx2.get(f"{server}{path}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("# Carrier simulator ")
    documents = {f"{each.name}": f"{server}/{each.name}{each.spec_path}" for each in CARRIERS}
    documents["control"] = f"{server}/_sim/openapi.json"
    lines = response.text.splitlines()
    missing = [
        operation["operationId"]
        for name, url in documents.items()
        for operation, path, method in operations(httpx2.get(url).json())
        if f"- {name}.{operation['operationId']}: `{method.upper()} {path}` {operation['summary']}"
        not in lines
    ]
    assert missing == []


def operations(document: Any) -> Iterator[tuple[Any, str, str]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in ("get", "put", "post", "delete", "patch"):
                yield operation, path.removeprefix("/_sim"), method


@pytest.mark.parametrize("prefix", ["", "/w/"])
def test_every_link_of_the_text_for_programs_leads_somewhere(
    workspace: Workspace, prefix: str
) -> None:
    prefix = prefix and f"/w/{workspace.name}"
    text = httpx2.get(f"{workspace.base_url}{prefix}/llms.txt").text
    links = set(re.findall(r"\]\(([^)]+)\)", text))
    assert len(links) > 15
    answers = {link: httpx2.get(link).status_code for link in links}
    assert {link: status for link, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("carrier", CARRIERS, ids=[carrier.name for carrier in CARRIERS])
def test_the_text_for_programs_knows_keys_actions_events_and_journeys(
    server: str, carrier: Carrier
) -> None:
    text = httpx2.get(f"{server}/llms.txt").text
    keys = [key for key, _ in carrier.credentials_help]
    actions = [f"{carrier.name}.{name}" for name in carrier.actions]
    events = [event.name for event in carrier.events]
    told = [*keys, *actions, *events, *carrier.journeys]
    assert [word for word in told if f"`{word}`" not in text] == []


def test_the_text_for_programs_knows_settings_and_scenarios(server: str) -> None:
    text = httpx2.get(f"{server}/llms.txt").text
    listed = {each.flag: f"- `{each.flag}`, `{each.variable}`: {each.help}" for each in OPTIONS}
    assert [flag for flag, line in listed.items() if line not in text] == []
    assert "inpost/runs-dry" in text


def test_a_document_comes_as_text_and_nothing_else_does(server: str) -> None:
    response = httpx2.get(f"{server}/_sim/docs/rules.md")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("# Rules")
    for path in ("nothing.md", "%2e%2e/README.md", "..%2fREADME.md", "rules", ""):
        assert httpx2.get(f"{server}/_sim/docs/{path}").status_code == 404


def test_a_document_that_there_is_not_is_a_problem_for_a_program_and_a_page_for_a_person(
    server: str, person: httpx2.Client
) -> None:
    for accept in ("*/*", "application/json"):
        refused = httpx2.get(f"{server}/_sim/docs/nope.md", headers={"Accept": accept})
        assert refused.status_code == 404
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["status"] == 404
        assert "There is no document nope.md. There are: " in refused.json()["detail"]
    shown = person.get(f"{server}/_sim/docs/nope.md")
    assert (shown.status_code, shown.headers["content-type"][:9]) == (404, "text/html")


def test_a_carriers_own_host_has_no_pages_of_ours(server: str, person: httpx2.Client) -> None:
    for path in ("/", "/llms.txt"):
        response = person.get(f"{server}{path}", headers={"Host": "api-shipx-pl.easypack24.net"})
        assert response.status_code == 404
        assert response.json()["error"]


def test_a_workspace_that_cannot_be_is_refused(server: str, person: httpx2.Client) -> None:
    response = person.get(f"{server}/", headers={"X-Sim-Workspace": "no blanks"})
    assert response.status_code == 400
