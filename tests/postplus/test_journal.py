"""What the journal says beside the answers: refused parcels, other accounts' records, odd words."""

from __future__ import annotations

import pytest

from tests.postplus.client import MUG, SHIPMENTS_ONLY_KEY, TEST_KEY, Client, parcel
from tests.postplus.following import made
from tests.postplus.reading import why
from tests.postplus.shipping import shipment

MANY = "/parcels/create-or-update-many"


def test_what_a_parcel_is_refused_for_is_told(client: Client) -> None:
    client.put_parcel(receiver={"city": "", "name": ""})
    assert (
        "Parcel ORD-20250-1 has errors: Receiver name is required; Receiver city is required."
        in why(client.workspace)
    )
    client.put_parcel()
    assert not any("has errors" in line for line in why(client.workspace))


def test_of_many_each_refused_parcel_is_told_by_its_name_or_its_place(client: Client) -> None:
    parcels = [parcel("A"), parcel("B", receiver={"city": ""}), {**parcel(), "identifiers": {}}]
    client.ok("POST", MANY, json={"parcels": parcels})
    told = [line for line in why(client.workspace) if "has errors" in line]
    assert told == [
        "Parcel B has errors: Receiver city is required.",
        "Parcel parcels[2] has errors: senderParcelNr is required where there is no parcelNr.",
    ]


def test_no_more_than_twenty_refused_parcels_are_told_and_the_rest_counted(client: Client) -> None:
    parcels = [parcel(f"ORD-{n}", receiver={"city": ""}) for n in range(23)]
    client.ok("POST", MANY, json={"parcels": parcels})
    told = [line for line in why(client.workspace) if "errors" in line]
    assert len(told) == 21
    assert told[-1] == "And 3 more parcels have errors."


def test_many_sentences_about_a_parcel_are_cut(client: Client) -> None:
    items = [{**MUG, "quantity": None, "description": ""}] * 50
    client.put_parcel(parcel={"items": items})
    [told] = [line for line in why(client.workspace) if "has errors" in line]
    assert len(told) <= 402
    assert told.endswith("….")


@pytest.mark.parametrize(
    "path",
    [
        "/parcels/90001",
        "/parcels/parcel-nrs/RR000070015LT",
        "/parcels/sender-parcel-nrs/ORD-1",
        "/parcels/carrier-parcel-nrs/RR000070015LT",
        "/shipments/3001",
        "/shipments/shipment-nrs/117-70123454",
        "/parcels/parcel-prints/50001",
    ],
)
def test_a_404_for_another_accounts_record_is_told_with_that_account(
    client: Client, path: str
) -> None:
    made(client)
    shipment(client)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    other.refused(404, "GET", path)
    reason = " ".join(why(client.workspace))
    assert "belongs to account 501, the key is that of account 502" in reason
    assert path.rpartition("/")[2] in reason


def test_a_bag_level_shipment_of_another_account_is_told_so(client: Client) -> None:
    shipment(client)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    body = {"shipmentNr": "117-70123454"}
    other.refused(404, "PUT", "/shipments/bag-level-shipments", json=body)
    assert "belongs to account 501" in " ".join(why(client.workspace))


def test_a_refusal_says_which_key_or_thing_would_do(client: Client) -> None:
    shipment(client)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    other.refused(403, "GET", "/hs-codes/query")
    assert TEST_KEY in " ".join(why(client.workspace))
    body = {"shipmentNr": "117-70123454"}
    other.refused(404, "PUT", "/shipments/bag-level-shipments", json=body)
    assert f"end X-API-KEY with one of {TEST_KEY}" in " ".join(why(client.workspace))
    client.refused(404, "GET", "/parcels/pickup-points/5")
    assert "he newest that this caller may see: " in " ".join(why(client.workspace))
    client.refused(404, "GET", "/parcels/parcel-nrs/NOPE")
    assert "he newest that this caller may see: " in " ".join(why(client.workspace))


def test_a_record_that_nobody_has_is_told_so(client: Client) -> None:
    client.refused(404, "GET", "/parcels/parcel-nrs/NOPE")
    assert "there is no parcel nope" in " ".join(why(client.workspace)).lower()


def test_label_sizes_that_there_are_not_are_told_once(client: Client) -> None:
    note = "Label size A4 was not honoured, there are Default, Medium, Large."
    client.put_parcel(includePrintSizes="A4, Default")
    assert why(client.workspace).count(note) == 1
    client.get("/parcels/query", includePrintSizes="A4")
    assert why(client.workspace).count(note) == 1
    parcels = [parcel(f"ORD-{n}", includePrintSizes="A4") for n in range(3)]
    client.ok("POST", MANY, json={"parcels": parcels})
    assert why(client.workspace).count(note) == 1


def test_the_type_of_a_document_that_no_terminal_knows_is_told(client: Client) -> None:
    number = shipment(client)["id"]
    path = f"/shipments/{number}/shipment-documents"
    files = {"file": ("a.pdf", b"%PDF-", "application/pdf")}
    client.ok("POST", path, params={"Type": "Air Waybil"}, files=files)
    assert any("Type Air Waybil was kept as it came" in line for line in why(client.workspace))
    for known in ("awb", "Air Waybill", "CMR", "other", "Invoice"):
        client.ok("POST", path, params={"Type": known}, files=files)
        assert not any("kept as it came" in line for line in why(client.workspace))
