"""The rules about whole requests (R30 to R41), in both readings: the status and the codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.myparcel.bodies import BELGIAN, DUTCH, dutch, shipment, swiss
from tests.myparcel.client import Shop

RETURNS = "application/vnd.return_shipment+json"
UNRELATED = "application/vnd.unrelated_return_shipment+json"
OPTIONS = "/delivery_options?cc=NL&postal_code=2132WT&number=66&carrier=2"
HOOK = "shipment_status_change"
WHOLE = {"carrier": 2, "name": "Noor Visser", "email": "noor@example.test"}

Verdict = tuple[int, list[int]]
Row = tuple[str, str, Any, Verdict]
TAKEN: Verdict = (200, [])


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in WHOLE.items() if key != name}


def related(**members: Any) -> tuple[str, dict[str, Any]]:
    return RETURNS, {"return_shipments": [{**WHOLE, **members}]}


def unrelated(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return UNRELATED, {"return_shipments": [item]}


def subscribing(**members: Any) -> tuple[str, dict[str, Any]]:
    return "application/json", {"webhook_subscriptions": [members]}


def csv(recipient: dict[str, Any]) -> tuple[str, str]:
    names = ("cc", "postal_code", "city", "street", "number", "person")
    values = [str(recipient.get(name, "")) for name in names]
    return "text/csv", f"{','.join(names)}\n{','.join(values)}\n"


BOTH: list[Row] = [
    ("R30 a parent with a label", "POST /shipments", related(parent="<registered>"), TAKEN),
    ("R30 a concept", "POST /shipments", related(parent="<concept>"), (422, [3714])),
    ("R30 another shop's", "POST /shipments", related(parent="<theirs>"), (422, [3720])),
    ("R30 an unknown parent", "POST /shipments", related(parent=5), (422, [3720])),
    ("R30 no parent", "POST /shipments", related(), (422, [3720])),
    (
        "R31 a return without a name",
        "POST /shipments",
        related(parent="<registered>", name=None),
        (422, [3714]),
    ),
    (
        "R31 a return without a carrier",
        "POST /shipments",
        related(parent="<registered>", carrier=None),
        (422, [3714]),
    ),
    ("R31 whole", "POST /shipments", unrelated(WHOLE), TAKEN),
    ("R31 no name", "POST /shipments", unrelated(without("name")), (422, [3714])),
    ("R31 no carrier", "POST /shipments", unrelated(without("carrier")), (422, [3714])),
    ("R31 no email", "POST /shipments", unrelated(without("email")), (422, [3515])),
    ("R32 a concept", "DELETE /shipments/<concept>", None, (201, [])),
    ("R32 a registered one", "DELETE /shipments/<registered>", None, (422, [3723])),
    ("R32 another shop's", "DELETE /shipments/<theirs>", None, (422, [3723])),
    ("R32 one of several", "DELETE /shipments/<concept>;5", None, (422, [3723])),
    ("R33 a customs form on A4", "GET /shipment_labels/<abroad>?format=A4", None, TAKEN),
    ("R33 a customs form on A6", "GET /shipment_labels/<abroad>?format=A6", None, (422, [3709])),
    ("R33 a customs form on nothing", "GET /shipment_labels/<abroad>", None, TAKEN),
    (
        "R34 positions on A4",
        "GET /shipment_labels/<concept>?format=A4&positions=3;4",
        None,
        TAKEN,
    ),
    (
        "R34 position 5 on A4",
        "GET /shipment_labels/<concept>?format=A4&positions=5",
        None,
        (422, [3708]),
    ),
    (
        "R34 position 5 on A6",
        "GET /shipment_labels/<concept>?format=A6&positions=5",
        None,
        TAKEN,
    ),
    ("R35 prepaid", "GET /shipment_labels/<theirs> as sim-myparcel-prepaid", None, (402, [])),
    ("R35 postpaid", "GET /shipment_labels/<concept>;<abroad>", None, TAKEN),
    ("R36 returns by link", "POST /return_shipments", None, TAKEN),
    (
        "R36 switched off",
        "POST /return_shipments as sim-myparcel-no-returns",
        None,
        (404, [3105]),
    ),
    (
        "R37 hook and url",
        "POST /webhook_subscriptions",
        subscribing(hook=HOOK, url="https://example.test/hook"),
        TAKEN,
    ),
    (
        "R37 no hook",
        "POST /webhook_subscriptions",
        subscribing(url="https://example.test/hook"),
        (422, [10003]),
    ),
    ("R37 no url", "POST /webhook_subscriptions", subscribing(hook=HOOK), (422, [10002])),
    (
        "R37 not https",
        "POST /webhook_subscriptions",
        subscribing(hook=HOOK, url="http://example.test/hook"),
        (422, [10002]),
    ),
    ("R39 no morning", f"GET {OPTIONS}&exclude_delivery_type=1", None, TAKEN),
    ("R39 no standard", f"GET {OPTIONS}&exclude_delivery_type=2", None, (422, [3221])),
    ("R39 one of several", f"GET {OPTIONS}&exclude_delivery_type=1;2", None, (422, [3221])),
    ("R40 the last page", "GET /shipments?page=1000", None, TAKEN),
    ("R40 page 0", "GET /shipments?page=0", None, (422, [3200])),
    ("R40 page 1001", "GET /shipments?page=1001", None, (422, [3200])),
    ("R40 size 30", "GET /shipments?size=30", None, TAKEN),
    ("R40 size 200", "GET /shipments?size=200", None, TAKEN),
    ("R40 a size in letters", "GET /shipments?size=x", None, (422, [3201])),
    ("R40 delay 14", f"GET {OPTIONS}&dropoff_delay=14", None, TAKEN),
    ("R40 delay 15", f"GET {OPTIONS}&dropoff_delay=15", None, (422, [3213])),
    ("R40 window 14", f"GET {OPTIONS}&deliverydays_window=14", None, TAKEN),
    ("R41 at home", "POST /shipments", csv(DUTCH), (204, [])),
    ("R41 out of the EU", "POST /shipments", csv({**BELGIAN, "cc": "CH"}), (422, [3517])),
]
LENIENT: list[Row] = [
    ("R40 size 29", "GET /shipments?size=29", None, TAKEN),
    ("R40 size 201", "GET /shipments?size=201", None, TAKEN),
]
STRICT: list[Row] = [
    ("R40 size 29", "GET /shipments?size=29", None, (422, [3201])),
    ("R40 size 201", "GET /shipments?size=201", None, (422, [3201])),
]


def registered(shop: Shop) -> int:
    [number] = shop.create(shipment())
    shop.client.get(f"/shipment_labels/{number}")
    return number


PLACES: dict[str, Callable[[Shop], int]] = {
    "<concept>": lambda shop: shop.create(shipment())[0],
    "<registered>": registered,
    "<abroad>": lambda shop: shop.create(
        swiss(options={"package_type": 1, "insurance": {"amount": 20000, "currency": "EUR"}})
    )[0],
    "<theirs>": lambda shop: shop.with_key("sim-myparcel-prepaid").create(shipment())[0],
}
"""The shipments that a request may name."""


def asked(shop: Shop, request: str, body: tuple[str, Any] | None) -> httpx2.Response:
    """The answer to a request, the shipments that it names made before."""
    line, _, key = request.partition(" as ")
    media, members = body or ("", "")
    content = members if isinstance(members, str) else json.dumps({"data": members})
    for name, make in PLACES.items():
        if name in line + content:
            number = str(make(shop))
            line = line.replace(name, number)
            content = content.replace(f'"{name}"', number)
    method, _, path = line.partition(" ")
    client = shop.with_key(key).client if key else shop.client
    headers = {"Content-Type": f"{media};charset=utf-8"} if media else {}
    return client.request(method, path, content=content, headers=headers)


def codes(response: httpx2.Response) -> list[int]:
    if response.status_code < 400:
        return []
    return [error["code"] for error in response.json().get("errors", ())]


def ids(rows: list[Row]) -> list[str]:
    return [f"{number}: {row[0]}" for number, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("rule", "request_", "body", "verdict"), BOTH + LENIENT, ids=ids(BOTH + LENIENT)
)
def test_a_rule_about_requests_in_its_lenient_reading(
    shop: Shop, rule: str, request_: str, body: tuple[str, Any] | None, verdict: Verdict
) -> None:
    response = asked(shop, request_, body)
    assert (response.status_code, codes(response)) == verdict, response.text


@pytest.mark.parametrize(
    ("rule", "request_", "body", "verdict"), BOTH + STRICT, ids=ids(BOTH + STRICT)
)
def test_a_rule_about_requests_in_its_strict_reading(
    shop: Shop, rule: str, request_: str, body: tuple[str, Any] | None, verdict: Verdict
) -> None:
    shop.workspace.quirk("myparcel.strict", True)
    response = asked(shop, request_, body)
    assert (response.status_code, codes(response)) == verdict, response.text


def test_r38_a_webhook_that_is_there_already_is_overwritten(shop: Shop) -> None:
    for place in ("one", "two"):
        body = subscribing(hook=HOOK, url=f"https://example.test/{place}")
        response = asked(shop, "POST /webhook_subscriptions", body)
        assert response.json() == {"data": {"ids": [{"id": 1}]}}
    [kept] = shop.client.get("/webhook_subscriptions/1").json()["data"]["webhook_subscriptions"]
    assert kept["url"] == "https://example.test/two"


@pytest.mark.parametrize(
    ("strict", "body", "told"),
    [
        (True, dutch(signature=True), "signature is 1 or 0, not true"),
        (True, dutch(signature=False), "signature is 1 or 0, not false"),
        (True, shipment(general_settings={"delivery_notification": True}), "1 or 0, not true"),
        (False, dutch(signature=1.5), "1.5 is not 1 or 0"),
        (False, shipment(carrier=10**30), f"there is no carrier {10**30}"),
        (False, dutch(signature="yes"), "'yes' is not 1 or 0"),
    ],
)
def test_values_are_told_in_the_words_of_json(
    shop: Shop, strict: bool, body: Any, told: str
) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    shop.workspace.quirk("myparcel.strict", strict)
    response = shop.post_shipments([body])
    assert response.status_code == 422, response.text
    assert told in response.text
    assert not {"True", "False", "None"} & set(re.findall(r"\w+", response.text))
