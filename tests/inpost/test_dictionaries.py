"""Statuses, services and sending methods."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsPartialDict, IsStr

from simulator.carriers.inpost.catalog.statuses import STATUSES
from tests.support.server import Workspace


def test_statuses_come_in_the_carriers_order_without_a_token(workspace: Workspace) -> None:
    answer = workspace.inpost(None).get("/v1/statuses")

    assert answer.status_code == 200
    assert answer.json()["href"] == f"{workspace.inpost_url}/v1/statuses?lang=pl_PL"
    assert [item["name"] for item in answer.json()["items"]] == [s.name for s in STATUSES]
    assert len(answer.json()["items"]) == 53


def test_statuses_speak_english_when_asked(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/statuses", params={"lang": "en_GB"})

    assert answer.json()["items"][3] == {
        "name": "confirmed",
        "title": "Prepared by the Sender.",
        "description": IsStr(min_length=10),
    }


def test_statuses_in_an_unknown_language_are_refused_with_a_description(
    workspace: Workspace,
) -> None:
    answer = workspace.client.get("/v1/statuses", params={"lang": "de_DE"})

    assert answer.status_code == 400
    assert answer.json() == {
        "status": 400,
        "error": "invalid_parameter",
        "description": "Provided unsupported value (de_DE) to parameter (lang)",
        "details": None,
    }


@pytest.mark.parametrize(("short", "long"), [("pl", "pl_PL"), ("en", "en_GB")])
def test_short_codes_of_languages_are_taken_unless_the_documents_are_followed(
    workspace: Workspace, short: str, long: str
) -> None:
    def statuses(lang: str) -> Any:
        return workspace.client.get("/v1/statuses", params={"lang": lang})

    answer = statuses(short)
    assert answer.status_code == 200
    assert answer.json()["href"].endswith(f"?lang={short}")
    assert answer.json()["items"] == statuses(long).json()["items"]
    workspace.control.post("reset", json={"profile": "documented"})
    refused = statuses(short)
    assert refused.status_code == 400
    assert refused.json()["description"] == (
        f"Provided unsupported value ({short}) to parameter (lang)"
    )
    assert statuses(long).status_code == 200


@pytest.mark.parametrize("lang", ["pl_PL", "en_GB"])
def test_the_hole_in_the_translations_is_served_until_it_is_filled(
    workspace: Workspace, lang: str
) -> None:
    def missing() -> dict[str, Any]:
        items = workspace.client.get("/v1/statuses", params={"lang": lang}).json()["items"]
        found: dict[str, Any] = next(item for item in items if item["name"] == "missing")
        return found

    assert missing()["title"] == f"translation missing: {lang}.statuses.missing.title"

    workspace.quirk("inpost.translation_holes", False)

    assert "translation missing" not in missing()["title"] + missing()["description"]


def test_services_are_a_bare_array_with_their_additional_services(workspace: Workspace) -> None:
    answer = workspace.inpost(None).get("/v1/services/")

    services = answer.json()
    assert services[0] == {
        "id": "inpost_locker_standard",
        "name": "Paczkomatowa standardowa",
        "description": "Przesyłka paczkomatowa standardowa",
        "additional_services": [
            {"id": "insurance", "name": "Ubezpieczenie", "description": IsStr()},
            {"id": "cod", "name": "Pobranie", "description": IsStr()},
            {"id": "labelless", "name": "Przesyłka bez etykiety", "description": IsStr()},
            {"id": "end_of_week_collection", "name": "Dostawa weekendowa", "description": IsStr()},
        ],
    }
    assert "inpost_courier_standard" in {service["id"] for service in services}


def test_sending_methods_of_a_service_are_only_those_that_suit_it(workspace: Workspace) -> None:
    answer = workspace.client.get(
        "/v1/sending_methods", params={"service": "inpost_locker_pass_thru"}
    )

    assert answer.json() == {
        "href": f"{workspace.inpost_url}/v1/sending_methods?service=inpost_locker_pass_thru",
        "items": [
            {
                "id": "parcel_locker",
                "name": "Nadanie w automacie Paczkomat",
                "description": IsStr(),
            }
        ],
    }


def test_sending_methods_without_a_service_are_all(workspace: Workspace) -> None:
    items = workspace.client.get("/v1/sending_methods").json()["items"]

    assert [item["id"] for item in items] == [
        "parcel_locker",
        "pok",
        "courier_pok",
        "pop",
        "branch",
        "dispatch_order",
        "any_point",
    ]


def test_sending_methods_may_be_a_bare_array(workspace: Workspace) -> None:
    workspace.quirk("inpost.sending_methods_envelope", "array")

    items = workspace.client.get("/v1/sending_methods").json()

    assert items[-1] == IsPartialDict(id="any_point", name="Nadanie w dowolnym punkcie")


def test_sending_methods_of_an_unknown_service_are_refused(workspace: Workspace) -> None:
    answer = workspace.client.get("/v1/sending_methods", params={"service": "pigeon"})

    assert answer.status_code == 400
    assert answer.json() == IsPartialDict(
        error="invalid_parameter",
        description="Provided unsupported value (pigeon) to parameter (service)",
    )
