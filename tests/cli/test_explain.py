"""``carrier-simulator explain``: why an exchange was answered as it was, for a person."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable

import httpx2
import pytest

from simulator.cli import main
from simulator.settings import Settings
from tests.inpost.shipx import locker, post
from tests.support.receiver import receiving
from tests.support.server import Workspace, running

Typed = tuple[int, str, str]


@pytest.fixture
def explain(server: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., Typed]:
    """Types the command against the server of the tests; gives exit code, stdout and stderr."""

    def typed(*arguments: str, url: str = server) -> Typed:
        capsys.readouterr()  # the server's log, which is printed by the same process
        with pytest.raises(SystemExit) as left:
            main(["explain", "--url", url, *arguments])
        printed = capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return typed


def test_a_refused_request_is_explained_to_a_person(
    workspace: Workspace, explain: Callable[..., Typed]
) -> None:
    body = locker(custom_attributes=None)
    response = post(workspace, {**body, "customAttributes": {"target_point": "KRA010"}})
    code, out, err = explain(response.headers["X-Sim-Request-Id"])
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "POST /v1/organizations/1/shipments -> 400"
    for line in (
        "  operation  inpost.create_shipment",
        "  outcome    refusal",
        "  clock      2026-03-02T09:15:00Z",
        '* Nothing looked at body.customAttributes; did you mean "custom_attributes"?',
        "* The client was there when the answer was sent.",
    ):
        assert line in lines
    assert any(line.startswith("* This operation is documented: ") for line in lines)
    assert lines[8].startswith("* Refused with 400 validation_failed: custom_attributes.")
    assert any(line.endswith("?quirks=all") and "stood at the default" in line for line in lines)
    assert any(line.startswith("Request: ") and "application/json" in line for line in lines)
    assert '      "target_point": "KRA010"' in lines
    assert '  "error": "validation_failed",' in out


def test_a_request_that_no_operation_took(
    workspace: Workspace, explain: Callable[..., Typed]
) -> None:
    response = workspace.client.post("/v1/shipment/5/buy?x=1")
    code, out, _ = explain(response.headers["X-Sim-Request-Id"])
    assert code == 0
    assert out.startswith("POST /v1/shipment/5/buy?x=1 -> 404\n")
    assert "  operation  none\n" in out
    assert "* Did you mean POST /v1/shipments/{shipment_id}/buy: segment 2 is 'shipment'" in out


def test_an_answer_that_never_came_has_no_status(
    workspace: Workspace, explain: Callable[..., Typed]
) -> None:
    rule = {"fault": {"kind": "connection_reset", "when": "after"}}
    assert workspace.control.post("/rules", json=rule).status_code == 201
    with pytest.raises(httpx2.HTTPError):
        workspace.client.get("/v1/organizations/1")
    code, out, _ = explain(f"{workspace.name}-000001")
    assert code == 0
    assert out.startswith("GET /v1/organizations/1 -> no answer\n")
    assert "* The client met a reset of the connection, as a rule wanted it. " in out
    assert "\nAnswer: " not in out


def test_the_entry_as_json(workspace: Workspace, explain: Callable[..., Typed]) -> None:
    response = workspace.client.get("/v1/organizations/1")
    request_id = response.headers["X-Sim-Request-Id"]
    code, out, _ = explain(request_id, "--json")
    assert code == 0
    assert json.loads(out) == workspace.control.get(f"/journal/{request_id}").json()


def test_bytes_are_not_printed(workspace: Workspace, explain: Callable[..., Typed]) -> None:
    number = post(workspace, locker()).json()["id"]
    workspace.advance("2s")
    response = workspace.client.get(f"/v1/shipments/{number}/label")
    assert response.status_code == 200
    _, out, _ = explain(response.headers["X-Sim-Request-Id"])
    assert "Answer: " in out
    assert out.endswith("application/pdf\n  (not a text)\n")


def refused(typed: Typed) -> str:
    code, out, err = typed
    assert (code, out, err.count("\n")) == (2, "", 1)
    return err


@pytest.mark.parametrize("text", ["12", "default", "-000012", "default-abc", "a/b-000012"])
def test_what_is_no_id_is_refused(explain: Callable[..., Typed], text: str) -> None:
    said = refused(explain("--", text) if text.startswith("-") else explain(text))
    assert f"'{text}' is not the id of an exchange, such as default-000012" in said


def test_an_unknown_id_is_told_the_newest_ones(
    workspace: Workspace, explain: Callable[..., Typed]
) -> None:
    assert "it is empty" in refused(explain(f"{workspace.name}-000099"))
    ids = [
        workspace.client.get("/v1/organizations/1").headers["X-Sim-Request-Id"] for _ in range(2)
    ]
    said = refused(explain(f"{workspace.name}-000099"))
    assert f"the newest are {ids[1]}, {ids[0]}" in said


def test_an_unknown_workspace_is_not_made(
    workspace: Workspace, explain: Callable[..., Typed]
) -> None:
    wrong = f"{workspace.name}x"
    said = refused(explain(f"{wrong}-000001"))
    assert f"there is no workspace '{wrong}' on this server; did you mean " in said
    listed = httpx2.get(
        f"{workspace.base_url}/_sim/workspaces", trust_env=False, verify=False
    ).json()["items"]
    assert wrong not in [each["name"] for each in listed]


def test_no_server_is_one_line(explain: Callable[..., Typed]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}", "nonsense", "http://[", "ftp://127.0.0.1"):
        said = refused(explain("default-000001", url=url))
        assert f"no server answers at {url} (" in said
        assert "start one with carrier-simulator serve" in said


def test_another_server_is_told_apart(explain: Callable[..., Typed]) -> None:
    with receiving() as other:
        said = refused(explain("default-000001", url=other.url))
    assert f"{other.url} does not answer as a carrier simulator does (status 200)" in said


def test_a_control_token_is_asked_for_and_taken(
    explain: Callable[..., Typed], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Settings(control_token="hush")) as guarded:
        response = httpx2.get(f"{guarded}/inpost/v1/organizations/1", trust_env=False, verify=False)
        request_id = response.headers["X-Sim-Request-Id"]
        said = refused(explain(request_id, url=guarded))
        assert "--token or SIMULATOR_CONTROL_TOKEN" in said
        assert explain(request_id, "--token", "hush", url=guarded)[0] == 0
        monkeypatch.setenv("SIMULATOR_CONTROL_TOKEN", "hush")
        assert explain(request_id, url=guarded)[0] == 0
