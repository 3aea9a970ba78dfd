"""What the schema of today's description refuses: before every rule and alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from dirty_equals import IsStr

from simulator.carriers.myparcel.editions import lengths
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.http.described.overlays import applied
from simulator.http.described.specification import resolve
from simulator.resources import spec_path
from tests.myparcel.bodies import CUSTOMS, SWISS, changed, dutch, shipment, valued
from tests.myparcel.client import Shop, faults
from tests.myparcel.tracked import subscribe

SHIPMENT = "application/vnd.shipment+json;version=1.1;charset=utf-8"
AT = "data.shipments[0]"
ONE = {**shipment(), "carrier": 1}


def told(response: Any) -> dict[str, Any]:
    assert response.status_code == 422, response.text
    body: dict[str, Any] = response.json()
    return body


def human(response: Any) -> list[str]:
    return [sentence for error in told(response)["errors"] for sentence in error["human"]]


def name_of(response: Any) -> str:
    """The schema that the message of a refusal names."""
    message: str = told(response)["message"]
    return message.partition("JSON-SCHEMA ")[2].partition(" (")[0]


def test_a_street_that_is_too_long_has_the_recorded_body(today: Shop) -> None:
    sent = valued(ONE, "recipient.street", "x" * 41)
    body = told(today.post_shipments([sent], SHIPMENT))
    identifier = body["request_id"]
    assert body == {
        "message": (
            "Failed validation against JSON-SCHEMA shipment/post_shipments_request-v1.1.json "
            f"(request_id: {identifier})"
        ),
        "request_id": IsStr(regex=r"\d{10}\.\d{4}[0-9a-f]{13}"),
        "status_code": 422,
        "errors": [
            {
                "code": 0,
                "fields": [f"{AT}.recipient.street"],
                "human": [f"{AT}.recipient.street Must be at most 40 characters long"],
                "status": 422,
            }
        ],
    }


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (
            valued(ONE, "recipient.street", ""),
            "recipient.street Must be at least 1 characters long",
        ),
        (
            valued(ONE, "recipient.street", None),
            "recipient.street NULL value found, but a string is required",
        ),
        ({**ONE, "recipient": []}, "recipient Array value found, but an object is required"),
        ({**ONE, "options": 3}, "options Integer value found, but an object is required"),
        (changed(ONE, "recipient.city", None), "recipient.city The property city is required"),
        (changed(ONE, "carrier", None), "carrier The property carrier is required"),
        ({**ONE, "carrier": None}, "carrier NULL value found, but an integer is required"),
        ({**ONE, "carrier": [1]}, "carrier Array value found, but an integer is required"),
        (
            {**ONE, "reference_identifier": "x" * 256},
            "reference_identifier Must be at most 255 characters long",
        ),
        (
            {**ONE, "options": {}},
            "options.package_type The property package_type is required",
        ),
        (
            valued(ONE, "options.package_type", None),
            "options.package_type NULL value found, but an integer is required",
        ),
        (
            {**ONE, "physical_properties": {"weight": -1}},
            "physical_properties.weight Must have a minimum value of 0",
        ),
        (
            valued(ONE, "recipient.person", 1.5),
            "recipient.person Double value found, but a string is required",
        ),
        (
            {**ONE, "pickup": {"retail_network_id": None}},
            "pickup.retail_network_id NULL value found, but a string is required",
        ),
        (
            valued(ONE, "options.package_type", "letter"),
            "options.package_type String value found, but an integer is required",
        ),
        (
            valued(ONE, "options.signature", 7),
            "options.signature Does not have a value in the enumeration [0,1]",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_sentences_of_the_schema(today: Shop, sent: dict[str, Any], sentence: str) -> None:
    response = today.post_shipments([sent], SHIPMENT)
    assert human(response) == [f"{AT}.{sentence}"]
    assert [error["fields"] for error in told(response)["errors"]] == [
        [f"{AT}.{sentence.partition(' ')[0]}"]
    ]


ITEM = "customs_declaration.items.0"
AWAY = {**shipment(), "recipient": SWISS, "carrier": 1, "customs_declaration": CUSTOMS}


@pytest.mark.parametrize(
    "place",
    [
        *(f"customs_declaration.{name}" for name in ("contents", "weight", "items")),
        *(f"{ITEM}.{name}" for name in ("description", "amount", "weight", "country")),
        f"{ITEM}.item_value",
        f"{ITEM}.item_value.amount",
        f"{ITEM}.item_value.currency",
    ],
)
def test_what_a_customs_declaration_lacks_is_told_by_the_schema(today: Shop, place: str) -> None:
    name = place.rpartition(".")[2]
    here = f"{AT}.{place.replace('.0', '[0]')}"
    lacking = today.post_shipments([changed(AWAY, place, None)], SHIPMENT)
    assert human(lacking) == [f"{here} The property {name} is required"]
    [none] = human(today.post_shipments([valued(AWAY, place, None)], SHIPMENT))
    assert none.startswith(f"{here} NULL value found, but a")


def test_a_classification_has_at_most_ten_digits(today: Shop) -> None:
    response = today.post_shipments([valued(AWAY, f"{ITEM}.classification", "1" * 11)], SHIPMENT)
    place = f"{AT}.customs_declaration.items[0].classification"
    assert human(response) == [f"{place} Must be at most 10 characters long"]


def test_what_the_schema_refuses_hides_what_breaks_a_rule(today: Shop) -> None:
    both = valued(dutch(**{"delivery_type": 3}), "recipient.cc", "XX")
    both = valued({**both, "carrier": 77}, "recipient.city", "")
    response = today.post_shipments([both], SHIPMENT)
    assert human(response) == [f"{AT}.recipient.city Must be at least 1 characters long"]
    mended = today.post_shipments([valued(both, "recipient.city", "Utrecht")], SHIPMENT)
    assert told(mended)["message"].startswith("Shipment validation error (request_id: ")
    assert {3506, 3728} <= {each.code for each in faults(mended)}
    assert today.workspace.records("myparcel", "shipments") == []


def test_numbers_may_come_as_texts_and_texts_of_digits_as_numbers(today: Shop) -> None:
    """Observed: form-driven plugins and a PHP client send them to api.myparcel.nl."""
    sent = valued(ONE, "options", {"package_type": "1", "signature": "1", "only_recipient": True})
    assert today.post_shipments([valued(sent, "recipient.number", 8)], SHIPMENT).status_code == 200


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "data.shipments There must be a minimum of 1 items in the array"),
        (101, "data.shipments There must be a maximum of 100 items in the array"),
    ],
)
def test_how_many_a_request_may_make(today: Shop, count: int, sentence: str) -> None:
    assert human(today.post_shipments([ONE] * count, SHIPMENT)) == [sentence]


@pytest.mark.parametrize(
    ("content_type", "body", "name"),
    [
        ("shipment+json", "shipments", "shipment/post_shipments_request.json"),
        ("return_shipment+json", "return_shipments", "shipment/post_return_shipments_request.json"),
        (
            "unrelated_return_shipment+json",
            "return_shipments",
            "shipment/post_unrelated_return_shipments_request.json",
        ),
    ],
)
def test_each_kind_of_body_has_a_schema(
    today: Shop, content_type: str, body: str, name: str
) -> None:
    response = today.post({"data": {body: [3]}}, f"application/vnd.{content_type}")
    assert name_of(response) == name
    put = today.client.put(
        "/shipments",
        json={"data": {"shipments": 3}},
        headers={"Content-Type": "application/vnd.shipment+json;version=1.1"},
    )
    assert name_of(put) == "shipment/put_shipments_request-v1.1.json"


def test_subscriptions_are_refused_by_their_schema_before_their_rules(today: Shop) -> None:
    response = subscribe(today, {"hook": None}, {"hook": "nonsense", "url": "https://x.test/"})
    assert name_of(response) == "webhooks/post_webhook_subscriptions_request-v1.1.json"
    place = "data.webhook_subscriptions[0]"
    assert human(response) == [
        f"{place}.hook NULL value found, but a string is required",
        f"{place}.url The property url is required",
    ]
    rule = told(subscribe(today, {"hook": "nonsense", "url": "https://x.test/"}))
    [error] = rule["errors"]
    assert list(error) == ["10003"]
    assert error["10003"]["fields"] == [f"{place}.hook"]
    assert rule["status_code"] == 422


def test_the_body_of_2017_has_both_together_and_flat(shop: Shop) -> None:
    sent = valued(valued(shipment(), "recipient.street", "x" * 256), "recipient.city", [])
    body = told(shop.post_shipments([sent]))
    assert list(body) == ["message", "request_id", "errors"]
    assert [(error["status"], error["code"], error["human"]) for error in body["errors"]] == [
        (422, 0, [f"{AT}.recipient.city Array value found, but a string is required"]),
        (422, 3509, ["street has more than 255 characters"]),
    ]


def test_the_journal_tells_which_lengths_would_do(today: Shop) -> None:
    today.post_shipments([valued(ONE, "recipient.street", "x" * 41)], SHIPMENT)
    [entry] = today.workspace.journal(limit=1)
    [finding] = today.workspace.control.get(f"/journal/{entry['id']}").json()["findings"]
    assert finding["path"] == ["data", "shipments", 0, "recipient", "street"]
    assert finding["allowed"] == {"minLength": 1, "maxLength": 40}
    assert finding["message"] == "Must be at most 40 characters long"


TEXTS = [
    (path, most)
    for path, most in lengths.LENGTHS_TODAY.items()
    if not path.startswith("customs_declaration")
]


@pytest.mark.parametrize(("path", "most"), TEXTS)
def test_a_text_of_the_longest_length_is_taken_and_one_more_is_not(
    today: Shop, path: str, most: int
) -> None:
    digits = "1" * most
    if path == "recipient.street":
        digits = "x" * most
    if path in ("recipient.postal_code",):
        digits = "3584CS    "
    assert today.post_shipments([valued(ONE, path, digits)], SHIPMENT).status_code == 200
    refused = today.post_shipments([valued(ONE, path, "1" * (most + 1))], SHIPMENT)
    assert human(refused) == [f"{AT}.{path} Must be at most {most} characters long"]


def test_what_is_declared_has_lengths_and_counts(today: Shop) -> None:
    def posted(path: str, value: Any) -> list[str]:
        whole = {**ONE, "recipient": SWISS, "physical_properties": {"weight": 950}}
        declared = {**whole, "customs_declaration": CUSTOMS}
        found = human(today.post_shipments([valued(declared, path, value)], SHIPMENT))
        return [sentence.removeprefix(f"{AT}.customs_declaration.") for sentence in found]

    item = "customs_declaration.items.0"
    assert posted(f"{item}.description", "x" * 51) == [
        "items[0].description Must be at most 50 characters long"
    ]
    assert posted(f"{item}.amount", 0) == ["items[0].amount Must have a minimum value of 1"]
    assert posted(f"{item}.amount", 100_000) == [
        "items[0].amount Must have a maximum value of 99999"
    ]
    assert posted("customs_declaration.items", CUSTOMS["items"] * 101) == [
        "items There must be a maximum of 100 items in the array"
    ]


def texts(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, int]]:
    """Every text with a length in a resolved schema, by its path."""
    if "maxLength" in schema:
        yield path, schema["maxLength"]
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from texts(part, path)
    for name, part in schema.get("properties", {}).items():
        yield from texts(part, f"{path}.{name}" if path else name)
    if isinstance(schema.get("items"), Mapping):
        yield from texts(schema["items"], path)


def counts(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    """Every list and number with bounds in a resolved schema, by its path."""
    least = schema.get("minItems", schema.get("minimum"))
    most = schema.get("maxItems", schema.get("maximum"))
    if least is not None and most is not None:
        yield path, (least, most)
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from counts(part, path)
    for name, part in schema.get("properties", {}).items():
        yield from counts(part, f"{path}.{name}" if path else name)
    if isinstance(schema.get("items"), Mapping):
        yield from counts(schema["items"], path)


def test_the_description_and_the_table_have_the_same_lengths() -> None:
    base = spec_path("myparcel")
    overlay = base.parent / "editions" / "myparcel.today.yaml"
    described = applied(yaml.safe_load(base.read_text()), yaml.safe_load(overlay.read_text()))
    post = resolve(described)["paths"]["/shipments"]["post"]
    body = post["requestBody"]["content"]["application/vnd.shipment+json"]["schema"]
    prefix = "data.shipments."
    today = EDITIONS["today"]
    found = {path.removeprefix(prefix): most for path, most in texts(body)}
    assert {path: found.get(path) for path in today.lengths} == dict(today.lengths)
    bounds = {path.removeprefix(prefix).removeprefix("data."): each for path, each in counts(body)}
    assert {path: bounds.get(path) for path in today.counts} == {
        path: tuple(each) for path, each in today.counts.items()
    }
    assert EDITIONS["2017"].lengths.keys() == today.lengths.keys()


def test_notes_of_an_order_have_the_recorded_body(today: Shop) -> None:
    response = today.client.post(
        "/fulfilment/orders/1f0bbd35-641a-6b3e-8c1f-0242ac120002/notes",
        json={"data": {"order_notes": {"1": {"author": "pdk", "note": "x"}}}},
    )
    body = told(response)
    assert body == {
        "message": (
            "Failed validation against JSON-SCHEMA fulfilment/post_order_notes.json "
            f"(request_id: {body['request_id']})"
        ),
        "request_id": body["request_id"],
        "status_code": 422,
        "errors": [
            {
                "code": 0,
                "fields": ["data.order_notes"],
                "human": ["data.order_notes Object value found, but an array is required"],
                "status": 422,
            }
        ],
    }


def test_a_list_that_is_missing_is_told_by_the_schema(today: Shop) -> None:
    response = today.post({"data": {}}, "application/vnd.return_shipment+json")
    assert human(response) == ["data.return_shipments The property return_shipments is required"]
