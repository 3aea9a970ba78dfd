"""PostPlus' magic values at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.magic.proofs import LOST, naps, proves
from tests.postplus import shipping
from tests.postplus.client import Client, Json, parcel
from tests.support.server import Workspace


@contextmanager
def sending(workspace: Workspace) -> Iterator[Client]:
    client = Client(workspace)
    yield client
    client.close()


def order(text: str) -> Json:
    """A parcel whose magic is an address or stands in the sender's number."""
    return parcel(f"A-1 {text}") if text.startswith("[[") else parcel(receiver={"email": text})


def put(client: Client, body: Json) -> int:
    return client.http.put("/parcels", json=body).status_code


def made(client: Client, text: str) -> Json:
    answer: Json = client.ok("PUT", "/parcels", json=order(text))
    assert not answer["status"]["hasErrors"], answer["status"]
    return answer


def label(client: Client, answer: Json) -> int:
    number = answer["references"]["printId"]
    return client.http.get(f"/documents/parcel-prints/{number}").status_code


def made_by_client(workspace: Workspace) -> int:
    """How many parcels there are that the default world does not have."""
    return sum(each["id"] >= 90_001 for each in workspace.records("postplus", "parcels"))


def later(client: Client, text: str) -> str:
    """The status of a parcel long after it was made."""
    number = made(client, text)["identifiers"]["id"]
    client.workspace.advance("60d")
    status: str = client.get(f"/parcels/{number}")["status"]["status"]
    return status


def notes(text: str) -> dict[str, Any]:
    return {"arrivalInfo": {"notes": f"Gate 4 {text}"}}


@proves("postplus", "label-fails@sim.test")
def label_fails(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        answer = made(client, text)
        assert [label(client, answer) for _ in range(3)] == [503] * 3


@proves("postplus", "stuck@sim.test")
def stuck(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        answer = made(client, text)
        workspace.advance("10d")
        assert label(client, answer) == 409


@proves("postplus", "slow@sim.test")
def slow(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client, naps() as told:
        number = made(client, text)["identifiers"]["id"]
        assert told == [5.0]
        client.get(f"/parcels/{number}")
        assert told == [5.0, 5.0]
        client.put_parcel(identifiers={"senderParcelNr": "B-1"})
        assert told == [5.0, 5.0]


@proves("postplus", "busy@sim.test", "[[create: 503 x2]]")
def busy(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        assert [put(client, order(text)) for _ in range(4)] == [503, 503, 200, 200]
    assert made_by_client(workspace) == 1


@proves("postplus", "hangs-up@sim.test")
def hangs_up(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        with pytest.raises(LOST):
            put(client, order(text))
        assert made_by_client(workspace) == 1
        assert put(client, order(text)) == 200


@proves("postplus", "[[create: connection_reset after]]")
def always_hangs_up(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        for _ in range(3):
            with pytest.raises(LOST):
                put(client, order(text))
    assert made_by_client(workspace) == 1


@proves("postplus", "delivered@sim.test", "[[held_collected]]")
def delivered(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        assert later(client, text) == "Delivered"
    codes = [each["code"] for each in workspace.records("postplus", "events")]
    assert ("HOLD_ITEM_AT_DEST_DISTR" in codes) is text.startswith("[[")


@proves("postplus", "not-collected@sim.test")
def not_collected(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        assert later(client, text) == "Returned"
    codes = [each["code"] for each in workspace.records("postplus", "events")]
    assert "HOLD_ITEM_AT_DEST_DISTR" in codes


@proves("postplus", "returned@sim.test")
def returned(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        assert later(client, text) == "Returned"
    codes = [each["code"] for each in workspace.records("postplus", "events")]
    assert "STOP_ITEM_IMPORT_AT_DEST" in codes


@proves("postplus", "lost@sim.test")
def lost(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        assert later(client, text) == "Departed"
    assert "SEND_RECEPTACLE_ABROAD" in str(workspace.records("postplus", "events")[-1])


@proves("postplus", "[[label: 404 x2]]")
def label_twice(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        answer = made(client, text)
        assert [label(client, answer) for _ in range(3)] == [404, 404, 200]


@proves("postplus", "[[label: first 2]]")
def label_too_early(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        answer = made(client, text)
        assert [label(client, answer) for _ in range(3)] == [409, 409, 200]


@proves("postplus", "[[processing: stuck]]")
def processing_stuck(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        number = shipping.filled(client, **notes(text))["id"]
        shipping.prepare(client, number)
        workspace.advance("1d")
        assert shipping.read(client, number)["isProcessing"] is True


@proves("postplus", "[[processing: fail]]")
def processing_fails(workspace: Workspace, text: str) -> None:
    with sending(workspace) as client:
        number = shipping.filled(client, **notes(text))["id"]
        shipping.prepare(client, number)
        workspace.advance("1m")
        shown = shipping.read(client, number)["status"]
        assert (shown["hasErrors"], shown["canSubmit"]) == (True, False)


@proves("postplus", "[[documents: late 1h]]")
def documents_late(workspace: Workspace, text: str) -> None:
    workspace.quirk("postplus.documents_delay", 0)
    with sending(workspace) as client:
        number = shipping.filled(client, **notes(text))["id"]
        shipping.submit(client, number)
        workspace.advance("59m")
        assert shipping.read(client, number, "documents")["documents"] == []
        workspace.advance("2m")
        assert len(shipping.read(client, number, "documents")["documents"]) == 4
