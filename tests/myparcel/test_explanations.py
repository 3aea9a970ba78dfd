"""The journal says what MyParcel's refusals leave to guess."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.myparcel import offered
from tests.myparcel.bodies import changed, dutch, shipment
from tests.myparcel.client import Shop


def told(shop: Shop) -> str:
    """What the journal says of the outcome of the latest exchange."""
    latest = shop.workspace.journal()[0]["id"]
    entry: dict[str, Any] = shop.workspace.control.get(f"/journal/{latest}").json()
    told: list[str] = entry["why"]
    return " ".join(told[: next(place for place, each in enumerate(told) if " matched " in each)])


def test_findings_in_a_body_are_told_with_their_places(shop: Shop) -> None:
    body = changed(changed(shipment(), "recipient.city", None), "recipient.person", None)
    assert shop.post_shipments([shipment(), body]).status_code == 422
    assert told(shop) == (
        "Refused with 422: data.shipments[1].recipient.city: city is required (3501); "
        "nothing was changed. "
        "Wrong too: data.shipments[1].recipient.person: person is required (3514)."
    )


def test_a_member_in_another_letter_case_is_not_taken_for_the_one_that_is_missing(
    shop: Shop,
) -> None:
    body = changed(changed(shipment(), "recipient.person", None), "recipient.Person", "a")
    assert shop.post_shipments([body]).status_code == 422
    assert 'person is required; "Person" was sent, another name' in told(shop)
    latest = shop.workspace.journal()[0]["id"]
    [finding] = shop.workspace.control.get(f"/journal/{latest}").json()["findings"]
    assert finding["value"] is None


def test_a_place_that_a_finding_names_itself_is_not_told_twice(shop: Shop) -> None:
    assert shop.post({"data": {"shipments": "x"}}).status_code == 422
    said = "422: data.shipments String value found, but an array is required, sent was"
    assert said in told(shop)


def test_of_many_findings_the_first_are_told(shop: Shop) -> None:
    bad = changed(shipment(), "recipient.city", None)
    assert shop.post_shipments([bad] * 30).status_code == 422
    sentence = told(shop)
    assert "data.shipments[19].recipient.city" in sentence
    assert "data.shipments[20].recipient.city" not in sentence
    assert sentence.endswith("And 10 more places are wrong.")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (None, "there is no Authorization header"),
        ("basic c2ltLW5vYm9keQ==", "the key ***ff6aba opens nothing in this workspace"),
        ("basic %%", "the Authorization header holds no key in base64"),
        ("basic c2ltLW15cGFyY2VsLWRpc2FibGVk", "the key 'sim-myparcel-disabled' is disabled"),
        (
            "basic c2ltLW15cGFyY2VsLWludGVybWVkaWFyeQ==",
            "the key 'sim-myparcel-intermediary' needs a session token for what belongs to users",
        ),
    ],
)
def test_a_refused_key_is_told_with_the_reason(shop: Shop, header: str | None, reason: str) -> None:
    headers = {} if header is None else {"Authorization": header}
    assert shop.with_key(None).client.get("/shipments", headers=headers).status_code in (401, 403)
    assert reason in told(shop)


def test_a_shipment_that_cannot_be_deleted_is_told_with_its_status(shop: Shop) -> None:
    [number] = shop.create(shipment())
    shop.client.get(f"/shipment_labels/{number}")
    assert shop.client.delete(f"/shipments/{number}").status_code == 422
    assert f"shipment {number} has status 2, not 1 (concept)" in told(shop)


@pytest.mark.parametrize("path", ["shipment_labels", "tracktraces"])
def test_somebody_elses_shipment_is_told_apart_from_an_unknown_one(shop: Shop, path: str) -> None:
    [theirs] = shop.with_key("sim-myparcel-prepaid").create(shipment())
    assert shop.client.get(f"/{path}/{theirs}").status_code == 403
    assert f"shipment {theirs} is of shop 78, the key of shop 77" in told(shop)
    assert shop.client.get(f"/{path}/{theirs + 5}").status_code == 403
    assert f"there is no shipment {theirs + 5}" in told(shop)


def test_somebody_elses_shipment_is_told_apart_where_it_is_left_out_or_not_deleted(
    shop: Shop,
) -> None:
    [theirs] = shop.with_key("sim-myparcel-prepaid").create(shipment())
    whose = f"shipment {theirs} is of shop 78, the key of shop 77"
    response = shop.client.delete(f"/shipments/{theirs}")
    assert response.status_code == 422
    assert f"there is no shipment {theirs}" in response.text
    assert "shop 78" not in response.text
    assert whose in told(shop)
    assert shop.client.get(f"/shipments/{theirs}").json()["data"]["shipments"] == []
    latest = shop.workspace.journal()[0]["id"]
    assert f"{whose}: it is left out." in shop.workspace.control.get(f"/journal/{latest}").text


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("sim-myparcel-disabled", "myparcel.set_key"),
        ("sim-myparcel-intermediary", "no endpoint that gives session tokens is documented"),
        ("sim-myparcel-postpaid", "with one of sim-myparcel-prepaid"),
    ],
)
def test_a_refusal_of_a_key_says_what_would_do(shop: Shop, key: str, advice: str) -> None:
    [theirs] = shop.with_key("sim-myparcel-prepaid").create(shipment())
    asked = shop.with_key(key).client.get(f"/shipment_labels/{theirs}")
    assert asked.status_code in (401, 403)
    latest = shop.workspace.journal()[0]["id"]
    assert advice in shop.workspace.control.get(f"/journal/{latest}").text


def test_a_link_that_is_not_ready_is_told_apart_from_an_unknown_one(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    shop.workspace.quirk("myparcel.label_link_seconds", 30)
    [number] = shop.create(shipment())
    link = shop.client.get(f"/v2/shipment_labels/{number}").json()["data"]["pdf"]["url"]
    assert shop.client.get(link).status_code == 404
    assert "it is ready at 2026-03-02T09:15:30+00:00" in told(shop)
    assert shop.client.get(f"/pdfs/{'0' * 40}").status_code == 404
    assert "nobody was given this link" in told(shop)


_INSURABLE = {"signature": 1, "only_recipient": 1}
_AMOUNTS = [0, 10_000, 25_000, *range(50_000, 500_001, 50_000)]


def allowed(shop: Shop) -> dict[str, tuple[Any, bool]]:
    """What would do at each place that the last refusal was about, and whether a clause says so."""
    [entry] = shop.workspace.journal(limit=1)
    found = shop.workspace.control.get(f"/journal/{entry['id']}").json()["findings"]
    return {str(each["path"][-1]): (each["allowed"], bool(each["source"])) for each in found}


@pytest.mark.parametrize(
    ("made", "member", "would_do"),
    [
        (offered.shipment("NL", 1, 1, options=_INSURABLE, insurance=7), "amount", _AMOUNTS),
        (offered.shipment("BE", 1, 2), "package_type", [1, 3, 6]),
        (offered.shipment("BE", 1, 1, options={"age_check": 1}), "age_check", [0]),
        (offered.shipment("NL", 1, 1, delivery_type=4), "signature", [1]),
        (offered.shipment("BE", 1, 1, delivery_type=3), "delivery_type", [2, 4]),
        (
            offered.shipment("NL", 1, 1, weight=24_000),
            "weight",
            {"minimum": 0, "maximum": 23_000},
        ),
        (
            offered.shipment(
                "NL", 1, 1, options={"delivery_type": 2, "delivery_date": "2026-03-02"}
            ),
            "delivery_date",
            {"minimum": "2026-03-03"},
        ),
        (
            {
                **offered.shipment("DE", 1, 1),
                "recipient": {**offered.recipient("DE"), "postal_code": "12"},
            },
            "postal_code",
            {"pattern": IsStr(regex=r"\(DE\)\?.*5.*")},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_offers_refuse_is_told_with_what_would_do(
    today: Shop, made: dict[str, Any], member: str, would_do: Any
) -> None:
    today.workspace.freeze("2026-03-02T10:00:00+01:00")
    assert offered.post(today, made).status_code == 422
    assert allowed(today)[member][0] == would_do


def test_of_what_is_one_of_a_set_or_within_bounds_the_journal_tells_what_would_do(
    shop: Shop,
) -> None:
    wrong = dutch(
        package_type=9, signature=4, delivery_type=77, insurance={"amount": -5, "currency": "GBP"}
    )
    wrong["carrier"] = 77
    wrong["recipient"]["street"] = "x" * 256
    shop.workspace.quirk("myparcel.edition", "2017")
    shop.post_shipments([wrong])
    assert allowed(shop) == {
        "street": ({"maxLength": 255}, True),
        "carrier": ([1, 2, 3, 4, 5], True),
        "package_type": ([1, 2, 3], True),
        "signature": ([0, 1], True),
        "delivery_type": ([1, 2, 3, 4, 5], True),
        "amount": ({"minimum": 0}, True),
        "currency": (["EUR"], True),
    }
    shop.client.get("/shipments?page=0&sort=x&order=y")
    told = allowed(shop)
    assert told["page"] == ({"minimum": 1, "maximum": 1000}, True)
    assert told["order"] == (["ASC", "DESC"], True)
    assert "recipient" in told["sort"][0]
