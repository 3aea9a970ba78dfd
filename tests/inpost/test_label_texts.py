"""What stands on labels: where a parcel goes, what it measures, and in which language."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.test_labels import label
from tests.labels.samples import pages_of, text_of
from tests.support.server import Workspace
from tests.support.shipments import (
    ADDRESS,
    POSTPAID,
    PREPAID,
    RECEIVER,
    box,
    by_courier,
    c2c,
    confirmed,
    order,
    to_locker,
)

ENGLISH = ("SENDER", "RECEIVER", "SIMULATION", "Weight", "Pickup", "Cut or fold", "Page")
FORMATS = ("Pdf", "Zpl", "Epl")


def texts(
    workspace: Workspace, body: dict[str, Any], token: str = PREPAID, **query: str
) -> list[str]:
    """Buy a shipment and read its labels, page by page; a printer's commands are one text."""
    [shipment] = confirmed(workspace, body, token=token)
    content = label(workspace, shipment, token, **query).content
    if content.startswith(b"%PDF"):
        return [text_of(page) for page in pages_of(content)]
    return [content.decode("cp1250" if query.get("format") == "Epl" else "utf-8")]


def point(workspace: Workspace, name: str) -> dict[str, Any]:
    """A locker or point as the API shows it."""
    found: dict[str, Any] = workspace.client.get(f"/v1/points/{name}").json()
    return found


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["KRA010", "POP-WAW364"])
def test_a_label_for_a_point_tells_its_name_address_description_and_branch(
    workspace: Workspace, name: str, format: str
) -> None:
    target = point(workspace, name)
    attributes = {"sending_method": "any_point", "target_point": name}
    [text] = texts(workspace, to_locker(custom_attributes=attributes), format=format)
    for line in (
        name,
        target["address"]["line1"],
        target["address"]["line2"],
        target["location_description"],
        target["agency"],
        target["address_details"]["city"],
    ):
        assert line in text


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("template", "size"), [("small", "A"), ("medium", "B"), ("large", "C"), ("xlarge", "D")]
)
def test_a_template_is_a_letter_and_neither_a_weight_nor_sides(
    workspace: Workspace, template: str, size: str, format: str
) -> None:
    [text] = texts(workspace, c2c(parcels={"template": template}), format=format)
    shown = {"Pdf": f" {size} ", "Zpl": f"^FD{size}^FS", "Epl": f'"{size}"'}[format]
    assert shown in text
    for absent in (" kg", " mm", "Waga", "Wymiary"):
        assert absent not in text


def test_a_weight_told_beside_a_template_is_printed_and_the_templates_own_is_not(
    workspace: Workspace,
) -> None:
    [light, echoed] = [{"amount": amount, "unit": "kg"} for amount in ("1.5", "25.0")]
    [text] = texts(workspace, to_locker(parcels={"template": "small", "weight": light}))
    assert "Waga 1.5 kg" in text
    [text] = texts(workspace, to_locker(parcels={"template": "small", "weight": echoed}))
    assert " kg" not in text


def test_an_update_keeps_the_weight_that_was_told(workspace: Workspace) -> None:
    parcel = {"template": "small", "weight": {"amount": 1.5, "unit": "kg"}}
    made = order(workspace, to_locker(parcels=parcel))
    changed = workspace.client.put(f"/v1/shipments/{made['id']}", json={"comments": "ostrożnie"})
    assert changed.status_code == 200, changed.text
    assert changed.json()["parcels"][0]["weight"] == {"amount": 25.0, "unit": "kg"}
    workspace.advance("5s")
    [page] = pages_of(label(workspace, made, type="A6").content)
    assert "Waga 1.5 kg" in text_of(page)
    assert "ostrożnie" in text_of(page)


@pytest.mark.parametrize("size", ["A", "B", "C"])
def test_a_letter_has_the_letter_of_its_template_and_a_branch(
    workspace: Workspace, size: str
) -> None:
    parcels = {"template": f"letter_{size.lower()}"}
    body = c2c(service="inpost_letter_allegro", parcels=parcels)
    [text] = texts(workspace, body, POSTPAID)
    assert f" {size} " in text
    assert "ODDZIAŁ IPM0000002" in text
    assert " kg" not in text


@pytest.mark.parametrize(
    ("body", "token", "size"),
    [
        (to_locker(parcels=[box()]), PREPAID, " B "),
        (c2c(parcels=[box()]), PREPAID, " B "),
        (by_courier(), POSTPAID, ""),
    ],
)
def test_sides_and_weight_that_were_told_stand_on_the_label(
    workspace: Workspace, body: dict[str, Any], token: str, size: str
) -> None:
    [text] = texts(workspace, body, token)
    assert "Wymiary 400 x 300 x 150 mm" in text
    assert "Waga 2.5 kg" in text
    assert size in text


def test_each_of_several_parcels_has_its_own_weight_and_place(workspace: Workspace) -> None:
    parcels = [
        box(
            f"box-{n}",
            dimensions={**box()["dimensions"], "length": f"4{n}0"},
            weight={"amount": str(n), "unit": "kg"},
        )
        for n in (1, 2, 3)
    ]
    pages = texts(workspace, by_courier(parcels=parcels), POSTPAID)
    for place, text in enumerate(pages, 1):
        assert f" {place}/3 " in text
        assert f"Wymiary 4{place}0 x 300 x 150 mm" in text
        assert f"Waga {place} kg" in text


def test_a_couriers_label_tells_the_post_code_and_the_branch_of_the_receiver(
    workspace: Workspace,
) -> None:
    [text] = texts(workspace, by_courier(), POSTPAID)
    branch = point(workspace, "KRA010")["agency"]
    assert "Długa 12/3 31-147 Kraków" in text
    assert f"ODDZIAŁ {branch} 31-147 Kraków" in text


def test_a_country_other_than_poland_is_named(workspace: Workspace) -> None:
    abroad = {"city": "Praha", "post_code": "110 00", "country_code": "CZ"}
    receiver = {**RECEIVER, "address": {**ADDRESS, **abroad}}
    [text] = texts(workspace, by_courier(receiver=receiver), POSTPAID)
    assert "110 00 Praha CZ" in text
    [text] = texts(workspace, by_courier(), POSTPAID)
    assert "PL " not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_label_speaks_polish_only(workspace: Workspace, format: str) -> None:
    paid = {"cod": {"amount": 10}, "insurance": {"amount": 10}, "comments": "pilne"}
    [text] = texts(workspace, by_courier(**paid), POSTPAID, format=format)
    for words in ("NADAWCA", "ODBIORCA", "SYMULACJA - NIE NADAWAĆ", "Pobranie", "Uwagi"):
        assert words in text
    assert [words for words in ENGLISH if words in text] == []


def test_a_sheet_and_a_manifest_speak_polish_only(workspace: Workspace) -> None:
    paid = {"cod": {"amount": 10}, "insurance": {"amount": 10}}
    bodies = (to_locker(), c2c(**paid, parcels=[box()]))
    locker, door = confirmed(workspace, *bodies)
    [sheet] = pages_of(label(workspace, locker).content)
    client = workspace.inpost(PREPAID)
    ids = [locker["id"], door["id"]]
    printed = client.get(
        "/v1/organizations/1/dispatch_orders/printouts", params={"shipment_ids[]": ids}
    )
    [manifest] = pages_of(printed.content)
    for text in map(text_of, (sheet, manifest)):
        assert "SYMULACJA" in text
        assert [words for words in ENGLISH if words in text] == []
    assert "Odetnij lub zegnij" in text_of(sheet)
    for words in ("Numer przesyłki", "Adres odbioru", "Przyjął", "2.5 kg"):
        assert words in text_of(manifest)
    assert "27.5" not in text_of(manifest)
