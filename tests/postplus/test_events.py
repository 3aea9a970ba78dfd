"""Every event of PostPlus happens in a story, with the payload that is listed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from simulator.carriers.postplus.catalog.events import EVENTS
from tests.postplus.client import DOCUMENTS_FIRST_KEY, Client
from tests.postplus.following import event, made, send
from tests.postplus.manifests import csv, row
from tests.postplus.shipping import filled, shipment, submit, upload
from tests.support.told import assert_told_as_listed, events


def _cancelled(client: Client) -> None:
    made(client)
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})


def _deleted(client: Client) -> None:
    made(client)
    client.ok("DELETE", "/parcels/90001")


def _moved(to: str, client: Client) -> None:
    client.workspace.do("postplus.move", parcel=made(client), to=to)


def _imported(client: Client) -> None:
    send(client, event(made(client)))


def _submitted(client: Client) -> None:
    filled(client)
    submit(client, 3001)
    client.workspace.advance("3d")


def _planned(client: Client) -> None:
    planner = client.with_key(DOCUMENTS_FIRST_KEY)
    filled(planner)
    submit(planner, 3001)
    upload(planner, 3001, b"%PDF-1.4 a way bill", "awb.pdf", to="shipment-documents")


def _manifest(client: Client) -> None:
    shipment(client)
    upload(client, 3001, csv([row()]))


def _reset(client: Client) -> None:
    client.workspace.do("postplus.reset_test_data")


def _broken_off(client: Client) -> None:
    number = made(client)
    history = [{"at": "1h", "status": "Departed"}]
    client.workspace.do("postplus.play", parcel=number, history=history)
    client.workspace.do("postplus.scan", parcel=number, code="RETURN_TO_SENDER")
    client.workspace.advance("1h")


STORIES: dict[str, Callable[[Client], object]] = {
    "postplus.parcel_created": made,
    "postplus.parcel_cancelled": _cancelled,
    "postplus.parcel_deleted": _deleted,
    "postplus.parcel_scanned": partial(_moved, "Departed"),
    "postplus.parcel_manifested": partial(_moved, "Manifested"),
    "postplus.parcel_departed": partial(_moved, "Departed"),
    "postplus.parcel_delivered": partial(_moved, "Delivered"),
    "postplus.parcel_returned": partial(_moved, "Returned"),
    "postplus.parcel_status_changed": partial(_moved, "Delivered"),
    "postplus.tracking_imported": _imported,
    "postplus.shipment_created": _submitted,
    "postplus.shipment_pending": _planned,
    "postplus.shipment_planned": _planned,
    "postplus.shipment_manifested": _submitted,
    "postplus.shipment_arrived": _submitted,
    "postplus.shipment_completed": _submitted,
    "postplus.shipment_status_changed": _submitted,
    "postplus.documents_ready": _submitted,
    "postplus.manifest_taken": _manifest,
    "postplus.test_data_reset": _reset,
    "postplus.play_broken_off": _broken_off,
}


def test_every_event_has_a_story() -> None:
    assert list(STORIES) == [spec.name for spec in EVENTS]


@pytest.mark.parametrize("name", STORIES)
def test_an_event_is_told_as_it_is_listed(client: Client, name: str) -> None:
    STORIES[name](client)
    assert_told_as_listed(client.workspace, name)


def test_a_shipment_tells_every_change(client: Client) -> None:
    _submitted(client)
    told = events(client.workspace, "postplus.shipment_status_changed")
    assert [(each["previous"], each["status"]) for each in told] == [
        ("Created", "Manifested"),
        ("Manifested", "Arrived"),
        ("Arrived", "Completed"),
    ]


def test_a_shipment_of_a_file_is_imported_and_then_prepared(client: Client) -> None:
    _manifest(client)
    client.ok("POST", "/shipments/3001/prepare", json={})
    told = events(client.workspace, "postplus.shipment_status_changed")
    assert [(each["previous"], each["status"]) for each in told] == [
        ("Created", "Imported"),
        ("Imported", "Created"),
    ]


def test_a_correction_is_a_change_too(client: Client) -> None:
    number = made(client)
    for code in ("DELIVERED", "FIRST_MILE_SCAN"):
        send(client, event(number, eventId="ext", eventCode=code))
    told = events(client.workspace, "postplus.parcel_status_changed")
    assert [(each["previous"], each["status"]) for each in told] == [
        ("Created", "Delivered"),
        ("Delivered", "Created"),
    ]
