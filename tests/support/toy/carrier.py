"""The toy carrier as a value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction, Carrier, Credential, Headers, ReadQuirk
from simulator.carriers.editions.editions import Editions
from simulator.carriers.event import EventSpec, Member
from simulator.carriers.motion.moving import Movable
from simulator.carriers.quirk import NumberRange, QuirkSpec
from simulator.carriers.webhook import WebhookSpec
from simulator.core.answers import Answer, Finding
from simulator.engine.world import Request, World
from tests.support.toy import parcels
from tests.support.toy.records import PARCELS, SUBSCRIBERS, TABLES, Parcel, Subscriber

SPEC = Path(__file__).with_name("toy.yaml")


class _Envelope:
    def unknown_path(self, request: Request, quirk: ReadQuirk) -> Answer:
        return Answer(404, {"error": "unknown path"})

    def wrong_method(self, request: Request, allowed: Sequence[str], quirk: ReadQuirk) -> Answer:
        return Answer(405, {"error": "wrong method"}, {"Allow": ", ".join(allowed)})

    def wrong_media_type(self, request: Request, accepted: Sequence[str]) -> Answer:
        return Answer(415, {"error": "wrong media type"})

    def malformed(self, request: Request, message: str) -> Answer:
        return Answer(400, {"error": message})

    def too_large(self, request: Request, message: str) -> Answer:
        return Answer(413, {"error": message})

    def invalid(self, request: Request, findings: Sequence[Finding]) -> Answer:
        return Answer(422, {"error": findings[0].message})

    def internal(self, request: Request) -> Answer:
        return Answer(500, {"error": "internal"})

    def gone(self, request: Request, status: int, message: str) -> Answer:
        return Answer(status, {"error": message})


class AddParcel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    owner: str
    after: str = "1h"
    copies: int = 1


class Subscribe(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    url: str | None
    name: str = "shop"
    retries: int = 0


class Remove(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    parcel: int


class Step(msgspec.Struct, frozen=True):
    status: str
    after: timedelta


class Journey(msgspec.Struct, frozen=True):
    name: str
    steps: tuple[Step, ...]


def _add(world: World, wanted: AddParcel) -> dict[str, Any]:
    made = [parcels.add(world, wanted.owner, wanted.after).id for _ in range(wanted.copies)]
    return {"parcels": made}


def _subscribe(world: World, wanted: Subscribe) -> None:
    if wanted.url is None:
        world[SUBSCRIBERS].delete(wanted.name)
    else:
        world[SUBSCRIBERS].put(Subscriber(wanted.name, wanted.url, wanted.retries))


def _remove(world: World, wanted: Remove) -> None:
    world[PARCELS].delete(wanted.parcel)
    if wanted.parcel > 100:
        raise BadAction(f"parcel {wanted.parcel} cannot be removed; 1 to 100 can")


def _break(world: World, wanted: Remove) -> None:
    world.enqueue("toy.explode", parcel_id=wanted.parcel)


def _credential(headers: Headers) -> Credential | None:
    return None


def _nobody(world: World, credential: str | None) -> None:
    return None


def _populate(world: World) -> None:
    world[PARCELS].put(Parcel(1000, "nobody", "arrived", "0" * 8))


EDITIONS = Editions("toy")

TOY = Carrier(
    name="toy",
    title="Toy carrier",
    hosts=("api.toy.example",),
    owns_path=lambda path: path.startswith("/parcels"),
    credential=_credential,
    authenticate=_nobody,
    present=lambda credential: {},
    envelope=_Envelope(),
    tables=(*TABLES, *EDITIONS.tables),
    jobs={"arrive": parcels.arrive, "explode": parcels.explode},
    actions={
        action.name: action
        for action in (
            Action("add_parcel", "Adds parcels.", AddParcel, _add),
            Action("subscribe", "Tells somebody.", Subscribe, _subscribe, webhook_target="url"),
            Action("remove", "Removes a parcel.", Remove, _remove),
            Action("break", "Lets a job fail.", Remove, _break),
        )
    },
    journeys={"quick": Journey("quick", (Step("arrived", timedelta(days=1, hours=12)),))},
    quirks=(
        QuirkSpec(
            name="toy.missing",
            default_observed="missing",
            default_documented="gone",
            values=("missing", "gone"),
            summary="How a missing parcel is answered.",
            source="Made up.",
            provenance="inferred",
        ),
        QuirkSpec(
            name="toy.patience",
            default_observed=3,
            default_documented=3,
            values=NumberRange(0, 10, whole=True),
            summary="How patient it is.",
            source="Made up.",
            provenance="inferred",
        ),
    ),
    populate=_populate,
    editions=EDITIONS,
    credentials_help=(),
    webhooks={
        "arrived": WebhookSpec(
            "arrived",
            Movable(PARCELS, "code", noun="parcel"),
            "that has arrived",
            lambda parcel: parcel.status == "arrived",
            parcels.tell,
        )
    },
    events=(
        EventSpec(
            name="toy.arrived",
            summary="A parcel arrived.",
            payload={
                "parcel_id": Member("integer", "The parcel's id"),
                "owner": Member("string", "Whose it is"),
            },
            example={"parcel_id": 1, "owner": "ann"},
        ),
        EventSpec(
            name="toy.lost",
            summary="A parcel was lost.",
            payload={"parcel_id": Member("integer", "The parcel's id")},
            example={"parcel_id": 1},
        ),
    ),
)
