"""What GET gives, PUT takes, and GET gives it again."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.support.server import Workspace


def _named(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {**document, "workspace": name}


def test_what_is_given_is_taken_and_given_again(workspace: Workspace, rich: dict[str, Any]) -> None:
    assert {table.partition(".")[0] for table, rows in rich["tables"].items() if rows} >= {
        *("engine", "scenario", "inpost", "myparcel", "postplus")
    }

    taken = workspace.control.put("/snapshot", json=rich)

    assert taken.status_code == 200, taken.text
    again = workspace.control.get("/snapshot")
    assert again.json() == _named(rich, workspace.name)
    assert workspace.control.put("/snapshot", content=again.content).status_code == 200
    assert workspace.control.get("/snapshot").content == again.content


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_it_does_not_matter_how_a_document_arrives(
    workspace: Workspace, rich: dict[str, Any], size: int
) -> None:
    document = _named(rich, workspace.name)
    small = {name: rows[:2] for name, rows in document["tables"].items() if "engine" not in name}
    document["tables"] = {**document["tables"], **small} if size > 1 else document["tables"]
    text = json.dumps(document, indent=1 if size == 7 else None).encode()
    pieces = [text[at : at + 997 * size] for at in range(0, len(text), 997 * size)]

    response = workspace.control.put(
        "/snapshot", content=iter(pieces), headers={"Content-Type": "application/json"}
    )

    assert response.status_code == 200, response.text
    assert workspace.control.get("/snapshot").json() == document


def test_a_large_world_is_sent_in_pieces_with_its_size(
    workspace: Workspace, rich: dict[str, Any]
) -> None:
    subscription = rich["tables"]["engine.webhooks"] or [_webhook(0)]
    many = [{**subscription[0], "id": number} for number in range(1, 4001)]
    many = [{**each, "body": "x" * 500} for each in many]
    numbers = rich["tables"]["engine.numbers"][0]
    tables = {
        **rich["tables"],
        "engine.webhooks": many,
        "engine.numbers": [{**numbers, "last": {**numbers["last"], "engine.webhooks": 4000}}],
    }
    document = {**rich, "tables": tables, "workspace": workspace.name}
    assert workspace.control.put("/snapshot", json=document).status_code == 200

    taken = workspace.control.get("/snapshot")

    assert taken.json() == document
    assert int(taken.headers["Content-Length"]) == len(taken.content) > 1024**2
    head = workspace.control.head("/snapshot")
    assert head.headers["Content-Length"] == taken.headers["Content-Length"]


def _webhook(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "carrier": "inpost",
        "event": "shipment_status_changed",
        "target": None,
        "headers": {},
        "body": "{}",
        "created_at": "2026-03-02T09:15:00Z",
        "status": "not_subscribed",
        "retries": 0,
        "attempts": [],
        "next_attempt_at": None,
        "turn": number,
        "rule": None,
        "note": None,
        "lead": None,
        "stamp": None,
    }


def test_a_workspace_that_is_deleted_while_it_is_restored_stays_deleted(
    workspace: Workspace, rich: dict[str, Any]
) -> None:
    text = json.dumps(rich).encode()
    half_sent, deleted = threading.Event(), threading.Event()
    answers: list[httpx2.Response] = []

    def pieces() -> Any:
        yield text[: len(text) // 2]
        half_sent.set()
        assert deleted.wait(20)
        yield text[len(text) // 2 :]

    def put() -> None:
        headers = {"Content-Type": "application/json"}
        with httpx2.Client(trust_env=False, verify=False, timeout=30) as client:
            url = f"{workspace.control_url}/snapshot"
            answers.append(client.put(url, content=pieces(), headers=headers))

    workspace.control.delete("")
    putting = threading.Thread(target=put)
    putting.start()
    assert half_sent.wait(20)
    # It is made anew when the document begins to arrive.
    assert any(workspace.control.get("").status_code == 200 for _ in range(500))
    assert workspace.control.delete("").status_code == 204
    deleted.set()
    putting.join(20)

    assert answers[0].status_code == 409, answers[0].text
    assert "deleted" in answers[0].json()["detail"]
    assert workspace.control.get("").status_code == 404


def test_requests_are_answered_while_a_document_arrives(
    workspace: Workspace, new_workspace: Callable[[], Workspace], rich: dict[str, Any]
) -> None:
    other = new_workspace()
    text = json.dumps(rich).encode()

    def pieces() -> Any:
        yield text[:5000]
        assert other.control.get("/clock").status_code == 200
        before = workspace.control.get("").json()
        assert before["records"]["inpost.shipments"] == 0
        yield text[5000:]

    headers = {"Content-Type": "application/json"}
    with httpx2.Client(trust_env=False, verify=False, timeout=30) as client:
        url = f"{workspace.control_url}/snapshot"
        assert client.put(url, content=pieces(), headers=headers).status_code == 200
    assert workspace.control.get("").json()["records"]["inpost.shipments"] == 3


def test_a_body_beyond_the_bound_is_refused_before_it_comes(workspace: Workspace) -> None:
    import socket
    from urllib.parse import urlsplit

    parts = urlsplit(workspace.base_url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as line:
        line.sendall(
            f"PUT /_sim/workspaces/{workspace.name}/snapshot HTTP/1.1\r\nHost: x\r\n"
            f"Content-Type: application/json\r\nContent-Length: {1024**3 + 1}\r\n\r\n".encode()
        )
        answer = line.recv(65536)

    assert answer.startswith(b"HTTP/1.1 413"), answer
