"""POST /shipments with CSV: raw and as the file of a form."""

from __future__ import annotations

import tracemalloc

import pytest

from simulator.carriers.myparcel.csv_files import rows as csv_rows
from tests.myparcel.client import Shop
from tests.myparcel.csv_posts import HEADER, NOOR, PARIS, RAW, faults, post, post_form, taken
from tests.myparcel.listed import listed


def test_a_header_line_names_the_columns(shop: Shop) -> None:
    [shipment] = taken(shop, post(shop, f"{HEADER}\n{NOOR}\n"))
    assert shipment["recipient"] == {
        "cc": "NL",
        "postal_code": "3584CS",
        "city": "Utrecht",
        "street": "Kruytgebouw",
        "number": "8",
        "person": "Noor Visser",
        "email": "noor@example.test",
        "phone": "0301234567",
    }
    assert shipment["options"] == {"package_type": 1}
    assert (shipment["carrier"], shipment["status"], shipment["shipment_type"]) == (1, 1, 1)


def test_without_a_header_the_columns_are_those_of_the_document(shop: Shop) -> None:
    document = "nl,2132WT,Hoofddorp,Siriusdreef,66,Arie Test,MyParcel,arie@myparcel.com,0213030319"
    [shipment] = taken(shop, post(shop, document))
    assert shipment["recipient"]["person"] == "Arie Test"
    assert shipment["recipient"]["company"] == "MyParcel"


def test_the_documents_example_with_a_header_is_taken(shop: Shop) -> None:
    row = "nl,2132WT,Hoofddorp,Siriusdreef,66,Mrs. Parcel,MyParcel,parcel@myparcel.com,0213030315"
    [shipment] = taken(shop, post(shop, f"{HEADER}\n{row}"))
    assert shipment["recipient"]["phone"] == "0213030315"


def test_the_documents_example_whose_columns_are_shifted_is_refused(shop: Shop) -> None:
    content = (
        "cc,city,street,number,person,company,email,phone,groups\n"
        "124,nl,Hoofddorp,Siriusdreef,66,Claus Stuter,MyParcel B.V.,claus@stuter.nl,0203030315\n"
    )
    assert (3506, True) in [
        (code, "line 2" in human) for code, human in faults(shop, post(shop, content))
    ]


def test_rows_become_shipments_in_their_order(shop: Shop) -> None:
    rows = [NOOR.replace(",8,", f",{number},") for number in range(1, 51)]
    shipments = taken(shop, post(shop, "\n".join([HEADER, *rows])))
    assert [shipment["recipient"]["number"] for shipment in shipments] == [
        str(number) for number in range(1, 51)
    ]
    assert [shipment["id"] for shipment in shipments] == sorted(s["id"] for s in shipments)


def test_semicolons_quotes_a_byte_order_mark_and_old_line_ends_are_read(shop: Shop) -> None:
    content = (
        '\ufeff"CC";Postal Code;city;street;number;person\r\n'
        '"nl";"3584 CS";"Utrecht; Oost";"Straat ""De Brug""";"8";"Visser, Noor"\r\n'
        "\r\n"
        ";;;;;\r\n"
        '"NL";3584CS;"Bilthoven";"Lange\r\nweg";1;Jan\r\n'
    )
    first, second = taken(shop, post(shop, content))
    assert first["recipient"] == {
        "cc": "NL",
        "postal_code": "3584 CS",
        "city": "Utrecht; Oost",
        "street": 'Straat "De Brug"',
        "number": "8",
        "person": "Visser, Noor",
    }
    assert second["recipient"]["person"] == "Jan"


def test_names_in_any_script_arrive_as_they_are(shop: Shop) -> None:
    [shipment] = taken(shop, post(shop, f"{HEADER}\n{NOOR.replace('Noor', 'Łucja さいたま')}"))
    assert shipment["recipient"]["person"] == "Łucja さいたま Visser"


def test_unknown_columns_are_read_over_and_told(shop: Shop) -> None:
    response = post(shop, f"groups,{HEADER},Persoon\n124,{NOOR},fragile\n")
    told = unread(shop)
    [shipment] = taken(shop, response)
    assert "fragile" not in str(shipment)
    assert told == [("body.groups", None), ("body.Persoon", "person")]


def test_unknown_columns_of_a_mapping_are_told(shop: Shop) -> None:
    assert post_form(shop, f"124,{NOOR}", f"groups,{HEADER}").status_code == 204
    assert unread(shop) == [("body.groups", None)]


@pytest.mark.parametrize("content", [f"{HEADER}\n{NOOR}", NOOR])
def test_a_file_whose_columns_are_all_known_or_not_named_has_nothing_unread(
    shop: Shop, content: str
) -> None:
    assert post(shop, content).status_code == 204
    assert unread(shop) == []


@pytest.mark.parametrize(
    ("content", "content_type"),
    [('groups,cc\n"', RAW), (b"groups,cc\xff", RAW), ("groups,cc,city", "multipart/form-data")],
)
def test_of_what_is_no_csv_only_the_fault_is_told(
    shop: Shop, content: str | bytes, content_type: str
) -> None:
    assert post(shop, content, content_type).status_code in (400, 422)
    assert unread(shop) == []


def test_today_a_reference_may_be_a_column(today: Shop) -> None:
    [shipment] = taken(today, post(today, f"{HEADER},Reference identifier\n{NOOR},order-7\n"))
    assert shipment["reference_identifier"] == "order-7"
    assert "reference_identifier" not in shipment["recipient"]
    mapping = f"{HEADER},reference_identifier"
    assert post_form(today, f"{NOOR},order-8", mapping).status_code == 204
    assert unread(today) == []
    assert listed(today, "reference_identifier=order-8")["results"] == 1


def test_in_2017_a_reference_is_no_column_and_told_so(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = post(shop, f"{HEADER},reference_identifier\n{NOOR},order-7\n")
    assert unread(shop) == [("body.reference_identifier", None)]
    [shipment] = taken(shop, response)
    assert "order-7" not in str(shipment)


def unread(shop: Shop) -> list[tuple[str, str | None]]:
    """What the newest exchange carried in vain, and what may have been meant."""
    [newest] = shop.workspace.journal(limit=1)
    entry = shop.workspace.control.get(f"/journal/{newest['id']}").json()
    return [(each["place"], each["did_you_mean"]) for each in entry["unread"]]


def test_package_type_and_carrier_may_be_columns(shop: Shop) -> None:
    [shipment] = taken(shop, post(shop, f"{HEADER},package_type,carrier\n{NOOR},2,2\n"))
    assert (shipment["options"], shipment["carrier"]) == ({"package_type": 2}, 2)


def test_a_row_to_the_union_is_taken(shop: Shop) -> None:
    [shipment] = taken(shop, post(shop, f"{HEADER}\n{PARIS}\n"))
    assert (shipment["recipient"]["cc"], shipment["region"]) == ("FR", "FR")


def test_a_row_to_the_rest_of_the_world_is_refused(shop: Shop) -> None:
    response = post(shop, f"{HEADER}\n{NOOR}\n{PARIS.replace('fr', 'ch', 1)}\n")
    [(code, human)] = faults(shop, response)
    assert code == 3517
    assert "line 3" in human
    assert "CH" in human


def test_findings_name_the_line_and_the_field(shop: Shop) -> None:
    content = f'{HEADER}\n{NOOR}\nnl,"3584\nCS",,Straat,,Jan\n{NOOR}\nxx,1,a,b,1,c\n'
    response = post(shop, content)
    found = {
        (field, human)
        for error in response.json()["errors"]
        for field, human in zip(error["fields"], error["human"], strict=True)
    }
    assert {field for field, human in found if human.startswith("line 3: ")} >= {
        "data.shipments[1].recipient.city",
        "data.shipments[1].recipient.number",
    }
    assert {field for field, human in found if human.startswith("line 6: ")} == {
        "data.shipments[3].recipient.cc"
    }
    assert len(faults(shop, response)) == len(found)


def test_the_modern_profile_has_the_code_as_key(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    response = post(shop, f"{HEADER}\n{PARIS.replace('fr', 'hk', 1)}\n")
    assert list(response.json()["errors"][0]) == ["3517"]


def test_a_value_may_have_255_characters(shop: Shop) -> None:
    found = faults(shop, post(shop, f"{HEADER}\n{NOOR.replace('Noor', 'N' * 256)}"))
    assert len(found) == 1
    assert "line 2" in found[0][1]
    assert "255" in found[0][1]


def test_more_values_than_columns_are_a_finding(shop: Shop) -> None:
    [(_, human)] = faults(shop, post(shop, f"{HEADER}\n{NOOR},surplus"))
    assert human.startswith("line 2: ")


@pytest.mark.parametrize("content", [f"{HEADER}\n", "\n\n", ",,,\n"])
def test_csv_without_a_row_is_refused(shop: Shop, content: str) -> None:
    [(_, human)] = faults(shop, post(shop, content))
    assert "no rows" in human


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f'{HEADER}\n{NOOR}\nnl,"open', 3),
        (f'{HEADER}\nnl,"a"b', 2),
        (f"{HEADER}\n{NOOR}\n".encode() + b"nl,\xff\xfe", 3),
        (f"{HEADER}\n".encode() + b"nl,\x00", 2),
        (f"{HEADER},cc\n{NOOR}", 1),
        (HEADER.encode("utf-16"), 1),
        (f'{HEADER}\nnl,"a\r\nb"\rnl,'.encode() + b"\xff", 4),
        (f"{HEADER}\n{NOOR}".replace(",", "\t"), 1),
    ],
)
def test_what_is_not_csv_is_refused_with_its_line(
    shop: Shop, content: str | bytes, line: int
) -> None:
    found = faults(shop, post(shop, content))
    assert f"line {line} " in found[-1][1]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (f"{HEADER}\n", "data.shipments"),
        (f"{HEADER},cc\n{NOOR}", "data.shipments"),
        (f"{HEADER}\n{NOOR}\n".encode() + b"\xff", "data.shipments"),
        (f'{HEADER}\n{NOOR}\nnl,"open', "data.shipments[1]"),
        (f"{HEADER}\n{NOOR},surplus", "data.shipments[0]"),
    ],
)
def test_a_finding_about_the_file_has_a_field_too(
    shop: Shop, content: str | bytes, field: str
) -> None:
    [error] = post(shop, content).json()["errors"]
    assert (error["fields"], error["human"]) == ([field], [error["message"]])


def test_lines_are_counted_through_quoted_line_ends(shop: Shop) -> None:
    quoted = NOOR.replace("Noor Visser", '"Noor\nVisser"')
    found = faults(shop, post(shop, f"{HEADER}\r\n{quoted}\r\n\r\nnl,1234AB\r\nxx,1234AB\r\n"))
    assert {human.partition(":")[0] for _, human in found} == {"line 5", "line 6"}


def test_empty_lines_are_counted(shop: Shop) -> None:
    found = faults(shop, post(shop, f"\n \r\n\r{HEADER}\n\n,,\nnl,1234AB"))
    assert {human.partition(":")[0] for _, human in found} == {"line 7"}


def test_blanks_before_a_quote_do_not_matter(shop: Shop) -> None:
    [shipment] = taken(shop, post(shop, f'{HEADER}\nnl, "3584CS", "Utrecht, NL", K, 8, Noor'))
    assert shipment["recipient"]["city"] == "Utrecht, NL"


@pytest.mark.parametrize("form", [False, True])
def test_what_the_client_accepts_is_looked_at(shop: Shop, form: bool) -> None:
    for accept, status in (("application/pdf", 406), ("text/csv", 204), ("application/json", 204)):
        shop.client.headers["Accept"] = accept
        response = post_form(shop, NOOR) if form else post(shop, NOOR)
        assert response.status_code == status
    shop.client.headers["Accept"] = "application/json"
    assert listed(shop)["results"] == 2


def test_202_by_quirk(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.csv_status", 202)
    response = post(shop, NOOR)
    assert (response.status_code, response.content) == (202, b"")


def test_another_charset_is_refused(shop: Shop) -> None:
    assert post(shop, NOOR, "text/csv; charset=iso-8859-1").status_code == 415


def test_csv_needs_a_key(shop: Shop) -> None:
    assert post(shop.with_key(None), NOOR).status_code == 401


def test_ten_thousand_rows_are_taken_at_once(shop: Shop) -> None:
    rows = "\n".join(NOOR.replace(",8,", f",{number},") for number in range(10_000))
    assert post(shop, f"{HEADER}\n{rows}").status_code == 204
    assert listed(shop)["results"] == 10_000


@pytest.mark.parametrize("before", ["", "\r\n" * 200_000])
def test_reading_takes_no_more_memory_than_the_file(before: str) -> None:
    content = (f"{before}{HEADER}\n" + f"{NOOR}\n" * 10_000).encode()
    tracemalloc.start()
    try:
        held, _ = tracemalloc.get_traced_memory()
        assert sum(1 for _ in csv_rows.rows(content)) == 10_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - held < 2 * len(content)


def test_one_bad_row_among_ten_thousand_stores_nothing(shop: Shop) -> None:
    rows = [NOOR] * 10_000
    rows[8_765] = NOOR.replace("Utrecht", "")
    [(_, human)] = faults(shop, post(shop, "\n".join([HEADER, *rows])))
    assert human.startswith("line 8767: ")


def test_findings_without_end_are_cut_off(shop: Shop) -> None:
    found = faults(shop, post(shop, "\n".join([HEADER] + ["de,1"] * 20_000)))
    assert len(found) <= 1_010
    assert "further lines" in found[-1][1]


def test_a_file_of_more_shipments_than_are_taken_is_refused_whole(shop: Shop) -> None:
    answer = post(shop, "\n".join([HEADER] + [NOOR] * 10_001))
    [(_, human)] = faults(shop, answer)
    assert human == ("line 10002: a file has at most 10000 shipments, send several files")
    assert listed(shop)["results"] == 0
