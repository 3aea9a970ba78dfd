"""The carrier's data: services, countries, holidays, towns and pickup points."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.carriers.calendar import easter
from simulator.carriers.myparcel.catalog import countries, holidays, services
from simulator.carriers.myparcel.catalog.pickup_points import POINTS, near
from simulator.carriers.myparcel.catalog.places import (
    Place,
    dutch_postal_code,
    metres_between,
    place_of,
)
from simulator.carriers.myparcel.catalog.towns import TOWNS

YEARS = st.integers(min_value=1990, max_value=2200)
POSTAL_CODES = st.from_regex(r"[1-9][0-9]{3}[A-Z]{2}", fullmatch=True)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2017, date(2017, 4, 16)),
        (2018, date(2018, 4, 1)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_on_the_known_days(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@given(YEARS)
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    sunday = easter(year)
    assert sunday.isoweekday() == 7
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2013, date(2013, 4, 30)),
        (2014, date(2014, 4, 26)),
        (2017, date(2017, 4, 27)),
        (2025, date(2025, 4, 26)),
        (2026, date(2026, 4, 27)),
    ],
)
def test_kings_day_moves_off_a_sunday(year: int, day: date) -> None:
    assert holidays.kings_day(year) == day
    assert holidays.is_holiday(day)


def test_the_holidays_of_2017() -> None:
    assert sorted(holidays.public_holidays(2017)) == [
        date(2017, 1, 1),
        date(2017, 4, 16),
        date(2017, 4, 17),
        date(2017, 4, 27),
        date(2017, 5, 25),
        date(2017, 6, 4),
        date(2017, 6, 5),
        date(2017, 12, 25),
        date(2017, 12, 26),
    ]


def test_liberation_day_is_a_day_off_every_fifth_year() -> None:
    assert holidays.is_holiday(date(2020, 5, 5))
    assert not holidays.is_holiday(date(2017, 5, 5))


def test_the_union_is_that_of_2017_without_the_netherlands() -> None:
    assert len(countries.EU) == 27
    assert countries.is_eu("GB")
    assert countries.is_eu("HR")
    assert not countries.is_eu("NL")
    assert not countries.is_eu("CH")
    assert countries.EU < countries.COUNTRIES


@pytest.mark.parametrize(("cc", "region"), [("NL", "NL"), ("BE", "EU"), ("JP", "global")])
def test_every_country_is_in_one_region(cc: str, region: str) -> None:
    assert countries.region_of(cc) == region
    assert countries.is_country(cc)


def test_a_country_that_is_not_assigned_is_none() -> None:
    assert not countries.is_country("XX")
    assert not countries.is_country("nl")
    assert len(countries.COUNTRIES) == 249


@pytest.mark.parametrize(
    ("cc", "grams", "cents"),
    [
        ("NL", 0, 585),
        ("NL", 10_000, 585),
        ("NL", 10_001, 650),
        ("NL", 20_000, 650),
        ("NL", 20_001, 900),
        ("NL", 20_500, 900),
        ("NL", 20_501, 950),
        ("BE", 15_000, 750),
        ("GB", 25_000, 1550),
    ],
)
def test_weight_costs_the_base_of_its_group_and_each_begun_step(
    cc: str, grams: int, cents: int
) -> None:
    parcel = services.service_of(2, "parcel")
    assert parcel is not None
    assert parcel.weight_price(cc, grams) == cents


@given(st.integers(0, 60_000), st.integers(0, 60_000), st.sampled_from(["NL", "BE", "GB"]))
def test_more_weight_never_costs_less(one: int, other: int, cc: str) -> None:
    for service in services.SERVICES:
        if cc in service.prices:
            light, heavy = sorted((one, other))
            assert service.weight_price(cc, light) <= service.weight_price(cc, heavy)


def test_insured_amounts_are_cents_in_every_country() -> None:
    parcel = services.service_of(2, "parcel")
    assert parcel is not None
    assert parcel.prices["NL"].insurances == {
        5000: 50,
        10000: 100,
        50000: 168,
        100000: 336,
        150000: 504,
        200000: 672,
        250000: 840,
    }
    assert parcel.prices["GB"].insurances == parcel.prices["BE"].insurances == {20000: 0}


def test_a_service_that_a_carrier_does_not_have_is_none() -> None:
    assert services.service_of(4, "letterbox") is None


def test_points_have_codes_of_their_own_and_lie_in_the_country() -> None:
    assert len({point.code for point in POINTS}) == len(POINTS) >= 300
    for point in POINTS:
        assert dutch_postal_code(point.postal_code) == point.postal_code
        assert 50.7 < point.place.latitude < 53.6
        assert 3.3 < point.place.longitude < 7.3


def test_points_have_dutch_telephone_numbers_and_are_open_on_working_days() -> None:
    for point in POINTS:
        assert len(point.phone.replace("-", "")) == 10, point.phone
        assert all(point.hours[weekday] for weekday in range(5))


def test_a_point_is_open_within_its_hours_only() -> None:
    staples = POINTS[0]
    wednesday, sunday = date(2017, 2, 1), date(2017, 2, 5)
    assert staples.is_open(wednesday, time(8, 30))
    assert not staples.is_open(wednesday, time(7, 59))
    assert not staples.is_open(sunday, time(12))


@given(POSTAL_CODES)
def test_every_postal_code_has_points_nearby_in_order_of_distance(code: str) -> None:
    place = place_of(code)
    assert place is not None
    found = near(place, 25_000, 20)
    distances = [distance for distance, _ in found]
    assert len(found) >= 4
    assert distances == sorted(distances)
    assert distances == [metres_between(place, point.place) for _, point in found]


@pytest.mark.parametrize("text", ["2132WT", "2132 WT", " 2132wt ", "2132wT"])
def test_a_postal_code_may_be_written_in_any_way(text: str) -> None:
    assert dutch_postal_code(text) == "2132WT"
    assert place_of(text) == place_of("2132WT")


@pytest.mark.parametrize("text", ["", "0132WT", "2132", "2132W", "21321WT", "WT2132"])
def test_what_is_no_postal_code_is_none(text: str) -> None:
    assert dutch_postal_code(text) is None


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [
        ("1797AA", 53.03, 4.82),  # Den Hoorn, Texel
        ("1611AA", 52.70, 5.24),  # Bovenkarspel
        ("3255AA", 51.75, 4.28),  # Oude-Tonge
        ("3772AA", 52.14, 5.58),  # Barneveld
        ("3851AA", 52.30, 5.61),  # Ermelo
        ("4306AA", 51.69, 3.97),  # Nieuwerkerk
        ("5423AA", 51.54, 5.71),  # Gemert-Bakel
        ("5831AA", 51.64, 5.95),  # Boxmeer
        ("5975AA", 51.43, 6.09),  # Sevenum
        ("7751AA", 52.67, 6.68),  # Dalen
        ("7776AA", 52.62, 6.59),  # Slagharen
        ("7943AA", 52.70, 6.20),  # Meppel
        ("8251AA", 52.53, 5.72),  # Dronten
        ("8266AA", 52.55, 5.92),  # Kampen
        ("8307AA", 52.70, 5.68),  # Ens
        ("8321AA", 52.66, 5.60),  # Urk
        ("8337AA", 52.80, 6.05),  # De Pol
        ("8862AA", 53.17, 5.42),  # Harlingen
        ("9101AA", 53.33, 6.00),  # Dokkum
        ("9502AA", 52.99, 6.95),  # Stadskanaal
    ],
)
def test_a_postal_code_of_the_countryside_lies_where_it_is(
    code: str, latitude: float, longitude: float
) -> None:
    place = place_of(code)
    assert place is not None
    assert metres_between(place, Place(latitude, longitude)) < 16_000


def test_towns_have_postal_codes_of_their_own() -> None:
    assert len({town.post for town in TOWNS}) == len(TOWNS)
