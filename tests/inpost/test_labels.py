"""Labels of single shipments: what they show, in which formats, and what is refused."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.labels.samples import pages_of, scan, scan_pdf, text_of
from tests.support.files import code, file_of, sizes
from tests.support.printer_raster import print_epl, print_zpl
from tests.support.server import Workspace
from tests.support.shipments import (
    BROKE,
    POSTPAID,
    PREPAID,
    box,
    by_courier,
    c2c,
    confirmed,
    order,
    read,
    to_locker,
)

LABELS = "/v1/organizations/1/shipments/labels"
COURIER_LABELS = "/v1/organizations/2/shipments/labels"
RETURN_LABELS = "/v1/organizations/2/shipments/return_labels"
A4, A6 = (595, 842), (297, 421)


def label(
    workspace: Workspace, shipment: dict[str, Any], token: str = PREPAID, **query: str
) -> httpx2.Response:
    """Ask for one label."""
    return workspace.inpost(token).get(f"/v1/shipments/{shipment['id']}/label", params=query)


@pytest.mark.parametrize(
    ("query", "size"), [({}, A4), ({"type": "normal"}, A4), ({"type": "A6"}, A6)]
)
def test_the_label_of_a_locker_shipment_is_a_pdf_with_its_tracking_number(
    workspace: Workspace, query: dict[str, str], size: tuple[int, int]
) -> None:
    [shipment] = confirmed(workspace, to_locker())
    pdf = file_of(
        label(workspace, shipment, **query), "inpost_locker_standard.pdf", "application/pdf"
    )
    assert pdf.startswith(b"%PDF-1.4")
    assert sizes(pdf) == [size]
    assert scan_pdf(pdf) == [code(shipment["tracking_number"])]


def test_a_label_names_people_point_size_amounts_and_that_it_is_a_simulation(
    workspace: Workspace,
) -> None:
    body = to_locker(
        reference="ORDER-1001",
        cod={"amount": 49.9},
        insurance={"amount": 50},
        comments="ostrożnie",
        sender={
            "company_name": "Przedsiębiorstwo Handlowo Usługowe Lis",
            "first_name": "Maksymilian",
            "last_name": "Brzęczyszczykiewicz",
            "email": "sklep@example.com",
            "phone": "600700800",
            "address": {
                "street": "Aleja Świętego Jana Pawła Drugiego Papieża Polaka Wielkiego",
                "building_number": "5",
                "city": "Kędzierzyn-Koźle Śródmieście",
                "post_code": "47-200",
                "country_code": "PL",
            },
        },
    )
    [shipment] = confirmed(workspace, body)
    text = text_of(pages_of(label(workspace, shipment, type="A6").content)[0])
    number = shipment["tracking_number"]
    for line in (
        "SYMULACJA - NIE NADAWAĆ",
        "Paczkomatowa standardowa",
        "Ewa Malinowska",
        "501502503, ewa@example.com",
        "KRA010",
        " A ",
        "ORDER-1001",
        "49.90 PLN",
        "50.00 PLN",
        "Nadanie w dowolnym punkcie",
        "ostrożnie",
        "Przedsiębiorstwo Handlowo ",
        "Maksymilian Brzęczysz",
        "47-200 Kędzierzyn-Koźle Śródmi",
        " ".join(number[place : place + 6] for place in range(0, 24, 6)),
    ):
        assert line in f" {text} "
    for cut in ("Usługowe", "Brzęczyszcz", "Wielkiego", "Śródmie", " kg"):
        assert cut not in text


def test_a_courier_label_is_always_a6_one_page_for_each_parcel(workspace: Workspace) -> None:
    body = by_courier(parcels=[box("box-1"), box("box-2")], additional_services=["sms"])
    [shipment] = confirmed(workspace, body, token=POSTPAID)
    pdf = file_of(
        label(workspace, shipment, POSTPAID, type="normal"),
        "inpost_courier_standard.pdf",
        "application/pdf",
    )
    assert sizes(pdf) == [A6, A6]
    numbers = [parcel["tracking_number"] for parcel in shipment["parcels"]]
    assert numbers[0] == shipment["tracking_number"]
    assert scan_pdf(pdf) == [code(number) for number in numbers]
    texts = [text_of(page) for page in pages_of(pdf)]
    for text, place in zip(texts, ("1/2", "2/2"), strict=True):
        assert place in text
        assert "31-147 Kraków" in text
        assert "Serwis SMS" in text


@pytest.mark.parametrize(
    ("query", "dots"),
    [
        ({"format": "Zpl"}, 837),
        ({"format": "zpl", "type": "A6"}, 837),
        ({"format": "ZPL", "type": "DPI300"}, 1238),
    ],
)
def test_zpl_prints_the_tracking_number_at_its_resolution(
    workspace: Workspace, query: dict[str, str], dots: int
) -> None:
    [shipment] = confirmed(workspace, to_locker())
    zpl = file_of(label(workspace, shipment, **query), "inpost_locker_standard.zpl", "text/plain")
    [printed] = print_zpl(zpl)
    assert printed.width == dots
    assert scan(printed.image()) == code(shipment["tracking_number"])


def test_epl_files_end_in_epl2_for_lockers_and_epl_for_couriers(workspace: Workspace) -> None:
    [locker] = confirmed(workspace, to_locker())
    [courier] = confirmed(workspace, by_courier(), token=POSTPAID)
    for shipment, token, name in (
        (locker, PREPAID, "inpost_locker_standard.epl2"),
        (courier, POSTPAID, "inpost_courier_standard.epl"),
    ):
        epl = file_of(label(workspace, shipment, token, format="EPL"), name, "text/plain")
        [printed] = print_epl(epl)
        assert scan(printed.image()) == code(shipment["tracking_number"])


@pytest.mark.parametrize("format", ["Pdf", "pdf", "PDF", "pDf"])
def test_the_letter_case_of_the_format_does_not_matter(workspace: Workspace, format: str) -> None:
    [shipment] = confirmed(workspace, to_locker())
    assert label(workspace, shipment, format=format).headers["content-type"] == "application/pdf"


@pytest.mark.parametrize(
    "query",
    [
        {"format": "Docx"},
        {"type": "A5"},
        {"type": "dpi300"},
        {"format": "Epl", "type": "dpi300"},
    ],
)
def test_a_format_or_type_that_does_not_exist_is_refused(
    workspace: Workspace, query: dict[str, str]
) -> None:
    [shipment] = confirmed(workspace, to_locker())
    response = label(workspace, shipment, **query)
    assert response.status_code == 400
    assert response.json() == {
        "status": 400,
        "error": "label_template_not_found",
        "message": "Label template not found.",
        "details": {
            "service": "inpost_locker_standard",
            "format": query.get("format", "Pdf"),
            "type": query.get("type", "normal"),
        },
    }


def test_dpi300_is_not_for_the_courier_carrier_but_for_c2c(workspace: Workspace) -> None:
    [courier] = confirmed(workspace, by_courier(), token=POSTPAID)
    [private] = confirmed(workspace, c2c())
    refused = label(workspace, courier, POSTPAID, format="Zpl", type="dpi300")
    assert (refused.status_code, refused.json()["error"]) == (400, "label_template_not_found")
    [printed] = print_zpl(label(workspace, private, format="Zpl", type="dpi300").content)
    assert printed.width == 1238


def test_there_is_no_label_before_the_purchase(workspace: Workspace) -> None:
    unpaid = order(workspace, to_locker(), BROKE)
    for seconds, status in (("0s", "created"), ("5s", "offer_selected")):
        workspace.advance(seconds)
        response = label(workspace, unpaid, BROKE)
        assert response.status_code == 400
        assert response.json() == {
            "status": 400,
            "error": "invalid_action",
            "message": "shipment_status_incorrect",
            "details": {
                "action": "get_label",
                "shipment_status": status,
                "shipment_id": unpaid["id"],
            },
        }


def test_a_cancelled_shipment_has_no_label(workspace: Workspace) -> None:
    shipment = order(workspace, to_locker(service=None))
    workspace.advance("5s")
    assert workspace.client.delete(f"/v1/shipments/{shipment['id']}").status_code == 204
    refusal = {
        "status": 400,
        "error": "validation_failed",
        "message": "There are some validation errors. Check details object for more info.",
        "details": {"tracking_number": ["you_can_not_generate_labels_for_unpaid_shipments"]},
    }
    for response in (
        label(workspace, shipment),
        workspace.client.get(LABELS, params={"shipment_ids[]": shipment["id"]}),
    ):
        assert (response.status_code, response.json()) == (400, refusal)


@pytest.mark.parametrize("shipment_id", ["14999999", "0", "abc", "9223372036854775808"])
def test_the_label_of_an_unknown_shipment_is_not_found(
    workspace: Workspace, shipment_id: str
) -> None:
    not_found = {
        "status": 404,
        "error": "resource_not_found",
        "message": "Resource not found.",
        "details": {},
    }
    for path in (f"/v1/shipments/{shipment_id}/label", f"{LABELS}?shipment_ids[]={shipment_id}"):
        response = workspace.client.get(path)
        assert (response.status_code, response.json()) == (404, not_found)


def test_the_label_of_somebody_else_is_not_found(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, to_locker())
    assert label(workspace, shipment, POSTPAID).status_code == 404
    theirs = workspace.inpost(POSTPAID).get(
        COURIER_LABELS, params={"shipment_ids[]": shipment["id"]}
    )
    assert theirs.status_code == 404
    assert workspace.client.get(COURIER_LABELS).status_code == 403


def test_an_economy_label_is_not_there_for_48_hours(workspace: Workspace) -> None:
    body = to_locker(
        service="inpost_locker_economy",
        commercial_product_identifier="12345",
        custom_attributes={"sending_method": "dispatch_order", "target_point": "KRA010"},
    )
    [shipment] = confirmed(workspace, body)
    response = label(workspace, shipment)
    assert response.status_code == 400
    answer = response.json()
    assert answer == {
        "status": 400,
        "error": "label_not_found",
        "message": "Label not found.",
        "details": {"label_available_from": IsStr(regex=r"2026-03-04T10:15:.*")},
    }
    workspace.advance("48h")
    assert scan_pdf(label(workspace, shipment).content) == [code(shipment["tracking_number"])]


GENERATION_FAILED = {
    "status": 400,
    "error": "label_generation_failed",
    "message": "There was a problem with label generation. Check details object for more info.",
    "details": {},
}


def test_the_label_of_a_shipment_that_is_weeks_old_can_fail(workspace: Workspace) -> None:
    workspace.quirk("inpost.label_days", 21)
    [shipment] = confirmed(workspace, to_locker())
    workspace.advance("20d")
    assert label(workspace, shipment).status_code == 200
    workspace.advance("1d")
    many = workspace.client.get(
        "/v1/organizations/1/shipments/labels", params={"shipment_ids[]": shipment["id"]}
    )
    for response in (label(workspace, shipment), many):
        assert (response.status_code, response.json()) == (400, GENERATION_FAILED)
    workspace.quirk("inpost.label_days", 0)
    assert label(workspace, shipment).status_code == 200


@pytest.mark.parametrize(
    ("directive", "answer"),
    [
        ("[[label: stuck]]", GENERATION_FAILED),
        (
            "[[label: late 10m]]",
            IsPartialDict(
                error="label_not_found",
                details={"label_available_from": IsStr(regex=r"2026-03-02T10:25:.*")},
            ),
        ),
    ],
)
def test_a_shipment_may_ask_for_either_failure_of_its_label(
    workspace: Workspace, directive: str, answer: Any
) -> None:
    [shipment] = confirmed(workspace, to_locker(comments=directive))
    response = label(workspace, shipment)
    assert (response.status_code, response.json()) == (400, answer)


@pytest.mark.parametrize("identifier", ["FF", "DI"])
def test_economy_products_without_a_2d_code_have_their_label_at_once(
    workspace: Workspace, identifier: str
) -> None:
    body = to_locker(
        service="inpost_locker_economy",
        commercial_product_identifier=identifier,
        custom_attributes={"sending_method": "dispatch_order", "target_point": "KRA010"},
    )
    [shipment] = confirmed(workspace, body)
    assert label(workspace, shipment).status_code == 200


def test_an_economy_label_is_there_at_once_when_the_quirk_is_off(workspace: Workspace) -> None:
    workspace.quirk("inpost.economy_label_hours", 0)
    body = to_locker(
        service="inpost_locker_economy",
        commercial_product_identifier="12345",
        custom_attributes={"sending_method": "dispatch_order", "target_point": "KRA010"},
    )
    [shipment] = confirmed(workspace, body)
    assert label(workspace, shipment).status_code == 200


def test_a_company_at_an_older_address_form_has_a_label_in_latin_letters(
    workspace: Workspace,
) -> None:
    address = {"line1": "Długa 12/3", "line2": "m. 4", "city": "Kraków", "post_code": "31-147"}
    receiver = {"company_name": "Вікторія Plus", "phone": "501502503", "address": address}
    [shipment] = confirmed(workspace, c2c(receiver=receiver))
    text = text_of(pages_of(label(workspace, shipment).content)[0])
    assert "???????? Plus" in text
    assert "Długa 12/3, m. 4" in text


def test_the_label_of_a_shipment_bought_in_the_offer_mode_names_the_offers_service(
    workspace: Workspace,
) -> None:
    shipment = order(workspace, to_locker(service=None))
    workspace.advance("1s")
    offers = read(workspace, shipment["id"])["offers"]
    [offer] = [o for o in offers if o["service"]["id"] == "inpost_locker_standard"]
    path = f"/v1/shipments/{shipment['id']}/buy"
    assert workspace.client.post(path, json={"offer_id": offer["id"]}).status_code == 200
    workspace.advance("5s")
    file_of(label(workspace, shipment), "inpost_locker_standard.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("pl_PL", "Nie znaleziono szablonu etykiety."),
        ("en_GB", "Label template not found."),
        ("keys", "label_template_not_found"),
    ],
)
def test_refusals_are_told_in_the_callers_language(
    workspace: Workspace, language: str, message: str
) -> None:
    [shipment] = confirmed(workspace, to_locker())
    response = workspace.client.get(
        f"/v1/shipments/{shipment['id']}/label?format=x", headers={"Accept-Language": language}
    )
    assert response.json()["message"] == message
