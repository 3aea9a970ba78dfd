"""Where the document says two things: what is done, and the other reading by a quirk."""

from __future__ import annotations

import pytest
from dirty_equals import IsInt, IsPartialDict, IsStr

from tests.labels.samples import pages_of, picture_of, scan
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package


def printed_in(shop: Shop, positions: str) -> list[str]:
    """The quarters of the first sheet that have the label of one package."""
    [made] = shop.create(package())
    response = shop.client.get(f"/shipment_labels/{made}?format=A4&positions={positions}")
    assert response.status_code == 200, response.text
    picture = picture_of(pages_of(response.content)[0])
    middle, centre = picture.width // 2, picture.height // 2
    quarters = {
        "upper left": (0, 0, middle, centre),
        "upper right": (middle, 0, picture.width, centre),
        "lower left": (0, centre, middle, picture.height),
        "lower right": (middle, centre, picture.width, picture.height),
    }
    return [name for name, box in quarters.items() if scan(picture.crop(box))]


def test_one_label_takes_the_first_of_several_positions(shop: Shop) -> None:
    assert printed_in(shop, "3;4") == ["lower left"]


def test_one_label_can_take_the_last_of_several_positions_as_the_example_says(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.positions", "last")
    assert printed_in(shop, "3;4") == ["lower right"]
    assert printed_in(shop, "2") == ["upper right"]
    assert printed_in(shop, ";") == ["upper left"]


def test_a_refused_return_link_has_a_body_like_every_error(shop: Shop) -> None:
    response = shop.with_key("sim-myparcel-no-returns").client.post("/return_shipments")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == 3105


def test_a_refused_return_link_can_be_without_a_body_as_its_section_says(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.error_bodies", "documented")
    response = shop.with_key("sim-myparcel-no-returns").client.post("/return_shipments/")
    assert (response.status_code, response.content) == (404, b"")
    assert "content-type" not in response.headers
    refused = shop.with_key("unknown").client.get("/shipments")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (401, 3000)


@pytest.mark.parametrize("status", [100, 101])
def test_judged_credits_are_listed_although_the_pattern_ends_at_99(shop: Shop, status: int) -> None:
    [made] = shop.create(package())
    for next_status in (2, 13, status):
        shop.workspace.do("myparcel.move", shipment=made, to=next_status)
    response = shop.client.get("/shipments", params={"status": str(status)})
    assert [item["id"] for item in response.json()["data"]["shipments"]] == [made]


def test_the_statuses_of_a_list_can_end_at_99_as_the_pattern_does(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.statuses", "pattern")
    assert shop.client.get("/shipments?status=1;99").status_code == 200
    response = shop.client.get("/shipments?status=100")
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert error == IsPartialDict(
        code=3205, message=IsStr(regex=".*'100' is none of 1, .*, 99, .*")
    )


def test_payment_can_be_asked_for_with_an_invoice_only(shop: Shop) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    [made] = prepaid.create(package())
    instruction = prepaid.client.get(f"/shipment_labels/{made}").json()["data"]
    invoice = instruction["payment_instructions"][0]["invoices"]
    assert invoice == {"id": IsInt(), "number": IsStr(regex=r"1026\d{8}"), "status": 102}
    shop.workspace.quirk("myparcel.payment_required", "invoice")
    response = prepaid.client.get(f"/shipment_labels/{made}")
    assert (response.status_code, response.json()) == (402, {"data": {"invoices": [invoice]}})
    shop.workspace.do("myparcel.pay", shipment=made)
    assert prepaid.client.get(f"/shipment_labels/{made}").status_code == 200
