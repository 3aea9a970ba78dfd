"""Holds of a journey are about histories of their own too: late, and then done or failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any, NamedTuple

import pytest

from tests.inpost.shipx import create, get, locker
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package
from tests.myparcel.tracked import status_of
from tests.postplus.client import Client
from tests.postplus.following import made
from tests.rules.making import rule
from tests.support.server import Workspace


class Parcel(NamedTuple):
    """A parcel whose next step was written down: patterns of it and of another one, its status
    now, and the statuses before the step, once it is done, and once it has failed."""

    carrier: str
    resource: dict[str, Any]
    another: dict[str, Any]
    status: Callable[[], Any]
    before: Any
    done: Any
    failed: Any


@contextmanager
def of_inpost(workspace: Workspace) -> Iterator[Parcel]:
    number = create(workspace, locker(reference="A-1"))["id"]
    workspace.advance("10s")
    workspace.do(
        "inpost.play",
        shipment=number,
        history=[{"at": "+1h", "status": "dispatched_by_sender"}],
    )
    yield Parcel(
        "inpost",
        {"reference": "A-1"},
        {"reference": "B-1"},
        lambda: get(workspace, number)["status"],
        "confirmed",
        "dispatched_by_sender",
        "missing",
    )


@contextmanager
def of_myparcel(workspace: Workspace) -> Iterator[Parcel]:
    shop = Shop(workspace)
    [number] = shop.create(package())
    workspace.do(
        "myparcel.play",
        shipment=number,
        history=[
            {"at": "-2h", "status": 2},
            {"at": "-1h", "status": 3},
            {"at": "+1h", "status": 4},
        ],
    )
    with closing(shop):
        yield Parcel(
            "myparcel", {"id": number}, {"id": 1}, lambda: status_of(shop, number), 3, 4, 32
        )


@contextmanager
def of_postplus(workspace: Workspace) -> Iterator[Parcel]:
    client = Client(workspace)
    number = made(client, "A-1")
    workspace.do("postplus.play", parcel=number, history=[{"at": "+1h", "status": "Departed"}])

    def status() -> Any:
        return client.get(f"/parcels/parcel-nrs/{number}")["status"]["status"]

    own, another = ({"identifiers": {"senderParcelNr": nr}} for nr in ("A-1", "B-1"))
    with closing(client):
        yield Parcel("postplus", own, another, status, "Created", "Departed", "Returned")


PLAYED = pytest.mark.parametrize("played", [of_inpost, of_myparcel, of_postplus])


Play = Callable[[Workspace], AbstractContextManager[Parcel]]


@PLAYED
@pytest.mark.parametrize("then", ["done", "fail"])
def test_what_was_written_down_comes_late_and_is_done_or_fails(
    workspace: Workspace, played: Play, then: str
) -> None:
    with played(workspace) as parcel:
        hold = {"step": f"{parcel.carrier}.journey", "for": "2d", "then": then}
        rule(workspace, when={"resource": parcel.resource}, hold=hold)
        workspace.advance("1d")
        assert parcel.status() == parcel.before
        workspace.advance("2d")
        assert parcel.status() == (parcel.done if then == "done" else parcel.failed)


@PLAYED
def test_another_parcel_is_not_held(workspace: Workspace, played: Play) -> None:
    with played(workspace) as parcel:
        hold = {"step": f"{parcel.carrier}.journey"}
        rule(workspace, when={"resource": parcel.another}, hold=hold)
        workspace.advance("1d")
        assert parcel.status() == parcel.done
