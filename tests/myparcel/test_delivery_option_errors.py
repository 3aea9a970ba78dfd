"""What GET /delivery_options refuses, and how it says so."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.myparcel.client import Shop
from tests.myparcel.delivery import ADDRESS, refused

DATE_OR_TIME = r"\d\d:\d\d(:\d\d)?|\d{4}-\d\d-\d\d"


@pytest.mark.parametrize("name", sorted(ADDRESS))
@pytest.mark.parametrize("absent", [None, "", " "])
def test_what_is_required_and_missing_is_3212(shop: Shop, name: str, absent: str | None) -> None:
    body = refused(shop, **{name: absent})
    message = f"{name} is required"
    assert body == {
        "data": {"delivery": [], "pickup": [], "message": "No results"},
        "errors": [{"code": 3212, "message": message, "human": message}],
    }


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("cc", "XX", 3211),
        ("cc", "NLD", 3211),
        ("postal_code", "2132", 3505),
        ("postal_code", "0132WT", 3505),
        ("number", "abc", 3212),
        ("carrier", "0", 3222),
        ("carrier", "-2", 3222),
        ("cutoff_time", "25:00:00", 3214),
        ("cutoff_time", "15h30", 3214),
        ("saturday_cutoff_time", "soon", 3214),
        ("dropoff_days", "7", 3216),
        ("dropoff_days", "1,2", 3216),
        ("dropoff_days", ";", 3216),
        ("monday_delivery", "yes", 3216),
        ("dropoff_delay", "15", 3213),
        ("dropoff_delay", "-1", 3213),
        ("deliverydays_window", "0", 3215),
        ("deliverydays_window", "15", 3215),
        ("deliverydays_window", "two", 3215),
        ("exclude_delivery_type", "2", 3221),
        ("exclude_delivery_type", "1;2", 3221),
        ("exclude_delivery_type", "6", 3221),
        ("delivery_date", "2026-02-30", 5000),
        ("delivery_date", "tomorrow", 5000),
        ("delivery_time", "noon", 5000),
        ("delivery_date", "20260303", 5000),
        ("delivery_date", "2026-W10-2", 5000),
        ("package_type", "9", 3223),
        ("latitude", "north", 3218),
    ],
)
def test_a_wrong_parameter_has_its_code(shop: Shop, name: str, text: str, code: int) -> None:
    place = {"longitude": "4.7"} if name == "latitude" else {}
    body = refused(shop, **place, **{name: text})
    assert [error["code"] for error in body["errors"]] == [code]
    assert name in body["errors"][0]["human"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("cutoff_time", "1\N{ARABIC-INDIC DIGIT SIX}:00", 3214),
        ("delivery_time", "16:0\N{ARABIC-INDIC DIGIT ZERO}:00", 5000),
        ("delivery_date", "2026-03-\N{ARABIC-INDIC DIGIT ZERO}3", 5000),
        ("dropoff_delay", "\N{ARABIC-INDIC DIGIT THREE}", 3213),
        ("deliverydays_window", "\N{ARABIC-INDIC DIGIT THREE}", 3215),
        ("postal_code", "2\N{ARABIC-INDIC DIGIT ONE}32WT", 3505),
        ("number", "\N{FULLWIDTH DIGIT SIX}6", 3212),
        ("carrier", "\N{ARABIC-INDIC DIGIT TWO}", 3222),
        ("cc", "\N{LATIN SMALL LIGATURE FI}", 3211),
    ],
)
def test_digits_and_letters_of_other_scripts_are_refused(
    shop: Shop, name: str, text: str, code: int
) -> None:
    [error] = refused(shop, **{name: text})["errors"]
    assert error["code"] == code


def test_a_carrier_s_name_that_nobody_has_is_answered_with_names(shop: Shop) -> None:
    [error] = refused(shop, carrier="pigeon")["errors"]
    known = "myparcel, postnl, bpost, dpd, hermes"
    assert error["message"] == f"carrier 'pigeon' is none of {known}"
    shop.workspace.quirk("myparcel.edition", "today")
    [error] = refused(shop, carrier="pigeon")["errors"]
    assert error["message"].startswith("carrier 'pigeon' is none of postnl, bpost, cheapcargo,")


def test_everything_that_is_wrong_is_told_at_once(shop: Shop) -> None:
    body = refused(shop, cc=None, number="x", dropoff_delay="99")
    assert sorted(error["code"] for error in body["errors"]) == [3212, 3212, 3213]


def test_the_modern_profile_refuses_in_the_usual_shape(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    body = refused(shop, number="x")
    assert body["errors"] == [
        {
            "status": 422,
            "code": 3212,
            "title": "number is required to be a number",
            "message": "number is required to be a number",
        }
    ]
    assert body["message"].endswith(f"(request_id: {body['request_id']})")


def test_nobody_answers_while_delivery_options_are_down(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.delivery_options_down", True)
    response = shop.client.get("/delivery_options", params=ADDRESS)
    message = "Number of requests exceed the maximum of 0.25 requests/second"
    assert response.status_code == 503
    assert response.json() == {
        "data": {"delivery": [], "pickup": [], "message": "No results"},
        "errors": [{"code": 9, "message": message, "human": message}],
    }


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                *ADDRESS,
                "cutoff_time",
                "dropoff_days",
                "monday_delivery",
                "dropoff_delay",
                "deliverydays_window",
                "exclude_delivery_type",
                "delivery_date",
                "delivery_time",
                "latitude",
                "longitude",
            ]
        ),
        st.text(max_size=12) | st.integers().map(str) | st.from_regex(DATE_OR_TIME, fullmatch=True),
    )
)
def test_any_parameters_are_answered_or_refused_in_the_carriers_words(
    shop: Shop, parameters: dict[str, str]
) -> None:
    response = shop.client.get("/delivery_options", params={**ADDRESS, **parameters})
    assert response.status_code in (200, 422)
    body = response.json()
    # Who names a carrier in letters is answered as today: errors stand alone.
    told = set(body["data"]) if "data" in body else set(body)
    assert {"delivery", "pickup"} <= told or {"message", "errors"} <= told
