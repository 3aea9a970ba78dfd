"""The carrier's dictionaries: statuses, services and sending methods; public, never paged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from simulator.carriers.inpost.catalog.basics import (
    ADDITIONAL_SERVICES,
    SENDING_METHODS,
    AdditionalService,
    SendingMethod,
)
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.catalog.statuses import STATUSES, StatusEntry
from simulator.carriers.inpost.rules import points as rules_points
from simulator.carriers.inpost.wire import errors, links
from simulator.core.answers import Answer
from simulator.engine.world import World

_DEFAULT_LANGUAGE = "pl_PL"

_SHORT_LANGUAGES = {"pl": "pl_PL", "en": "en_GB"}
"""What two clients in use send -> what the documents say."""

_FILLED_HOLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "pl_PL": {"missing": ("Zaginiona.", "Nie wiadomo, gdzie jest przesyłka.")},
    "en_GB": {"missing": ("Missing.", "It is not known where the parcel is.")},
}
"""Language -> status -> the texts that the carrier's translations lack, in our words."""


def list_statuses(world: World, lang: str | None = None) -> Answer:
    """``GET /v1/statuses``: the 53 statuses with texts in `lang`, ``pl_PL`` or ``en_GB``.

    Raises 400 ``invalid_parameter`` for another language; whether ``pl`` and ``en`` are others
    says the quirk ``inpost.short_languages``.
    """
    asked = lang or _DEFAULT_LANGUAGE
    language = asked
    if asked in _SHORT_LANGUAGES and world.quirk("inpost.short_languages"):
        language = _SHORT_LANGUAGES[asked]
    if language not in _FILLED_HOLES:
        known = list(_FILLED_HOLES)
        raise errors.invalid_parameter("lang", asked, f"one of {', '.join(known)}", known)
    filled = {} if world.quirk("inpost.translation_holes") else _FILLED_HOLES[language]
    items = []
    for entry in STATUSES:
        title, description = filled.get(entry.name) or _texts(entry, language)
        items.append({"name": entry.name, "title": title, "description": description})
    href = links.plain(world, f"/v1/statuses?{urlencode({'lang': asked})}")
    return Answer(body={"href": href, "items": items})


def list_services(world: World) -> Answer:
    """``GET /v1/services``: a bare array (observed)."""
    return Answer(
        body=[
            {
                "id": service.id,
                "name": service.name,
                "description": service.description,
                "additional_services": [
                    _described(ADDITIONAL_SERVICES[extra]) for extra in service.additional_services
                ],
            }
            for service in SERVICES.values()
            if service.listed
        ]
    )


def list_sending_methods(world: World, service: str | None = None) -> Answer:
    """``GET /v1/sending_methods``: all of them, or those that suit `service`.

    Raises 400 ``invalid_parameter`` for an unknown service. The quirk
    ``inpost.sending_methods_envelope`` chooses between an envelope and a bare array.
    """
    query = ""
    names: tuple[str, ...] = tuple(SENDING_METHODS)
    if service:
        if service not in SERVICES:
            known = list(SERVICES)
            raise errors.invalid_parameter(
                "service", service, "a service of GET /v1/services", known
            )
        names = rules_points.sending_methods(world, SERVICES[service])
        query = f"?{urlencode({'service': service})}"
    items = [_described(SENDING_METHODS[name]) for name in names]
    if world.quirk("inpost.sending_methods_envelope") == "array":
        return Answer(body=items)
    href = links.plain(world, f"/v1/sending_methods{query}")
    return Answer(body={"href": href, "items": items})


def _texts(entry: StatusEntry, language: str) -> tuple[str, str]:
    if language == "en_GB":
        return entry.title_en, entry.description_en
    return entry.title_pl, entry.description_pl


def _described(thing: AdditionalService | SendingMethod) -> dict[str, Any]:
    return {"id": thing.id, "name": thing.name, "description": thing.description}
