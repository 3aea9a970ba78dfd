"""POST /shipments with CSV as the file of a form."""

from __future__ import annotations

import base64

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.csv_posts import HEADER, NOOR, faults, post, post_form, taken

PART = '--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n'


@pytest.mark.parametrize("name", ["file", "csv", "whatever"])
def test_a_form_brings_the_csv_as_its_only_file(shop: Shop, name: str) -> None:
    [shipment] = taken(shop, post_form(shop, f"{HEADER}\n{NOOR}\n", name=name))
    assert shipment["recipient"]["person"] == "Noor Visser"


@pytest.mark.parametrize(
    "mapping",
    [
        "person,number,street,city,postalcode,cc",
        "person;number;street;city;postal_code;CC",
        '["person", "number", "street", "city", "postalcode", "cc"]',
    ],
)
def test_a_form_may_map_the_columns(shop: Shop, mapping: str) -> None:
    [shipment] = taken(shop, post_form(shop, "Noor,8,Kruytgebouw,Utrecht,3584CS,nl\n", mapping))
    assert shipment["recipient"] == {
        "cc": "NL",
        "postal_code": "3584CS",
        "city": "Utrecht",
        "street": "Kruytgebouw",
        "number": "8",
        "person": "Noor",
    }


def test_a_mapping_counts_for_more_than_the_first_line(shop: Shop) -> None:
    [shipment] = taken(shop, post_form(shop, f"{HEADER}\n{NOOR}\n", HEADER))
    assert shipment["recipient"]["city"] == "Utrecht"


def test_a_mapping_that_names_nothing_known_is_refused(shop: Shop) -> None:
    [(_, human)] = faults(shop, post_form(shop, NOOR, "colour,size"))
    assert "column_mapping" in human


def test_an_empty_mapping_counts_as_none(shop: Shop) -> None:
    assert len(taken(shop, post_form(shop, f"{HEADER}\n{NOOR}\n", " \r\n"))) == 1


def test_a_mapping_that_is_wrong_is_named(shop: Shop) -> None:
    [error] = post_form(shop, NOOR, "cc,cc").json()["errors"]
    assert error["fields"] == ["column_mapping"]


def test_a_file_that_was_not_chosen_is_read_over(shop: Shop) -> None:
    empty = 'Content-Disposition: form-data; name="other"; filename=""\r\n\r\n\r\n'
    chosen = f'Content-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n{NOOR}\r\n'
    body = f"--x\r\n{empty}--x\r\n{chosen}--x--\r\n"
    assert len(taken(shop, post(shop, body, "multipart/form-data; boundary=x"))) == 1


@pytest.mark.parametrize(
    ("charset", "status"),
    [("utf-8", 204), ("UTF8", 204), ("us-ascii", 204), ("iso-8859-1", 415), ("klingon", 415)],
)
@pytest.mark.parametrize("name", ["file", "column_mapping"])
def test_the_charset_of_a_part_is_utf_8(shop: Shop, name: str, charset: str, status: int) -> None:
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{part}"\r\n'
        f"Content-Type: text/csv; charset={charset if part == name else 'utf-8'}\r\n\r\n{text}\r\n"
        for part, text in (("file", NOOR), ("column_mapping", HEADER))
    )
    response = post(shop, f"{body}--x--\r\n", "multipart/form-data; boundary=x")
    assert response.status_code == status, response.text
    if status == 415:
        assert response.json()["errors"][0]["code"] == 3101


def test_a_file_without_a_name_of_its_own_is_taken(shop: Shop) -> None:
    body = f'--cut\r\nContent-Disposition: form-data; name="shipments"\r\n\r\n{NOOR}\r\n--cut--\r\n'
    [shipment] = taken(shop, post(shop, body, "multipart/form-data; boundary=cut"))
    assert shipment["recipient"]["phone"] == "0301234567"


def test_a_form_holds_exactly_one_file(shop: Shop) -> None:
    two = {"a": ("a.csv", NOOR.encode()), "b": ("b.csv", NOOR.encode())}
    [(_, several)] = faults(shop, shop.client.post("/shipments", files=two), 400)
    assert "2 files" in several
    none = '--x\r\nContent-Disposition: form-data; name="column_mapping"\r\n\r\ncc\r\n--x--\r\n'
    [(_, missing)] = faults(shop, post(shop, none, "multipart/form-data; boundary=x"), 400)
    assert "no files" in missing


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (f"{HEADER}\n{NOOR}", "multipart/form-data"),
        (f"{HEADER}\n{NOOR}", "multipart/form-data; boundary=x"),
        (f"{PART}nl", "multipart/form-data; boundary=x"),
        ("--x--\r\n", "multipart/form-data; boundary=x"),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(shop: Shop, body: str, content_type: str) -> None:
    assert "form" in faults(shop, post(shop, body, content_type), 400)[0][1]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"{PART}{NOOR}\r\n" * 101 + "--x--", "more than 100 parts"),
        (PART.replace("\r\n\r\n", f"\r\nX-Padding: {'p' * 9_000}\r\n\r\n") + "--x--", "8192 bytes"),
        (PART.replace("\r\n\r\n", f"; {'a=b; ' * 5_000}\r\n\r\n") + "--x--", "8192 bytes"),
        (
            PART.replace("\r\n\r\n", "\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n")
            + "--y\r\n\r\n--y--\r\n--x--",
            "made of parts",
        ),
    ],
)
def test_a_form_is_bounded(shop: Shop, body: str, said: str) -> None:
    [(_, human)] = faults(shop, post(shop, body, "multipart/form-data; boundary=x"), 400)
    assert said in human


def test_forms_in_forms_are_not_followed(shop: Shop) -> None:
    nested = "".join(
        f"--x{depth}\r\nContent-Type: multipart/mixed; boundary=x{depth + 1}\r\n\r\n"
        for depth in range(2_000)
    )
    [(_, human)] = faults(shop, post(shop, nested, "multipart/form-data; boundary=x0"), 400)
    assert "boundary" in human


@pytest.mark.parametrize(
    "body",
    [
        f"a preamble\r\n{PART}{NOOR}\r\n--x--\r\nand an epilogue",
        f"{PART}{NOOR}\r\n--x--".replace("\r\n", "\n"),
        f"--x \t\r\n\r\n{NOOR}\r\n--x--  ",
        f"{PART}{HEADER}\r\n{NOOR}\r\n--x--",
        f"{PART.replace('name', 'NAME')}{NOOR}\r\n--x--",
        PART.replace("\r\n\r\n", "\r\nContent-Transfer-Encoding: base64\r\n\r\n")
        + base64.b64encode(NOOR.encode()).decode()
        + "\r\n--x--",
    ],
)
def test_a_form_may_be_written_in_any_way_that_the_standard_knows(shop: Shop, body: str) -> None:
    [shipment] = taken(shop, post(shop, body, "multipart/form-data; boundary=x"))
    assert shipment["recipient"]["person"] == "Noor Visser"


def test_a_line_that_only_begins_like_the_boundary_belongs_to_the_file(shop: Shop) -> None:
    row = NOOR.replace("Noor Visser", '"Noor\r\n--xx Visser"')
    [shipment] = taken(shop, post(shop, f"{PART}{row}\r\n--x--", "multipart/form-data; boundary=x"))
    assert shipment["recipient"]["person"] == "Noor\r\n--xx Visser"
