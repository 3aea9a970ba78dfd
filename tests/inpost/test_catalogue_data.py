"""The catalogue, tariff, size, point and quirk tables are sound and refer to each other rightly."""

from __future__ import annotations

import re

import pytest

from simulator.carriers.inpost.catalog.basics import (
    ADDITIONAL_SERVICES,
    CARRIERS,
    SENDING_METHODS,
    TEMPLATES,
    TRANSLATION_HOLES,
    UNAVAILABILITY_REASONS,
    Dimensions,
    translation_hole,
)
from simulator.carriers.inpost.catalog.points import default_points
from simulator.carriers.inpost.catalog.services import PREPAID_CONTRACT, SERVICES, Service
from simulator.carriers.inpost.catalog.sizes import (
    ParcelMeasure,
    classes_of,
    fits,
    is_non_standard,
    size_of,
)
from simulator.carriers.inpost.catalog.tariff import (
    COD_CHARGE,
    EXTRA_CHARGES,
    FUEL_BASIS_POINTS,
    INSURANCE_CHARGES,
    NOTIFICATION_CHARGES,
    PRICES_BY_SIZE,
    PRICES_BY_WEIGHT,
    PriceParts,
    carriage,
    insurance_charge,
    price,
)
from simulator.carriers.inpost.catalog.towns import STREETS, TOWNS, town_of_post_code
from simulator.carriers.inpost.quirks import QUIRKS
from simulator.carriers.quirk import NumberRange, QuirkSpec

SMALL = ParcelMeasure(TEMPLATES["small"].observed, 25.0)
POINTS = {point.name: point for point in default_points()}


def box(length: float, width: float, height: float, weight_kg: float = 1.0) -> ParcelMeasure:
    return ParcelMeasure(Dimensions(length, width, height), weight_kg)


@pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
def test_a_service_refers_only_to_what_exists(service: Service) -> None:
    assert service.carrier in CARRIERS
    assert set(service.additional_services) <= ADDITIONAL_SERVICES.keys()
    assert set(service.sending_methods) <= SENDING_METHODS.keys()
    assert service.sending_methods
    assert set(service.templates) <= TEMPLATES.keys()
    assert service.max_parcels in {1, 1000}
    assert service.dpi300 == (service.carrier != "inpost_courier")
    assert (service.target_point == "none") == (service.kind != "locker")


def test_there_are_19_services_and_only_the_one_set_by_the_carrier_is_not_listed() -> None:
    assert len(SERVICES) == 19
    unlisted = [service.id for service in SERVICES.values() if not service.listed]
    assert unlisted == ["inpost_locker_customer_service_point"]
    assert SERVICES.keys() >= PREPAID_CONTRACT


def test_every_sending_method_is_taken_by_some_service() -> None:
    taken = {method for service in SERVICES.values() for method in service.sending_methods}
    assert taken == SENDING_METHODS.keys()
    assert [m.id for m in SENDING_METHODS.values() if m.needs_dropoff] == [
        "parcel_locker",
        "pok",
        "courier_pok",
    ]


def test_small_is_echoed_as_observed_and_tabled_as_documented() -> None:
    assert TEMPLATES["small"].observed == Dimensions(380.0, 640.0, 80.0)
    assert TEMPLATES["small"].documented == Dimensions(640.0, 380.0, 80.0)


@pytest.mark.parametrize(
    ("template", "size"), [("small", "A"), ("medium", "B"), ("large", "C"), ("xlarge", "D")]
)
def test_a_template_has_the_class_of_its_own_dimensions(template: str, size: str) -> None:
    assert size_of(template) == size
    assert size_of(TEMPLATES[template].observed) == size
    assert size_of(TEMPLATES[template].documented) == size


def test_a_parcel_may_be_turned_to_fit_a_class_and_may_be_too_large_for_any() -> None:
    assert size_of(Dimensions(80, 640, 380)) == "A"
    assert size_of(Dimensions(81, 640, 380)) == "B"
    assert size_of(Dimensions(500, 500, 801)) is None
    with pytest.raises(KeyError):
        size_of("gigantic")


def test_a_courier_parcel_is_non_standard_over_120_cm_or_220_cm_together() -> None:
    assert not is_non_standard(Dimensions(1200, 500, 500))
    assert is_non_standard(Dimensions(1201, 10, 10))
    assert is_non_standard(Dimensions(1000, 1000, 201))


@pytest.mark.parametrize(
    ("service", "parcel", "taken"),
    [
        ("inpost_locker_standard", box(380, 640, 410, 25), True),
        ("inpost_locker_standard", box(380, 640, 411), False),
        ("inpost_locker_standard", box(380, 640, 80, 25.1), False),
        ("inpost_courier_c2c", box(500, 500, 800), True),
        ("inpost_courier_allegro", box(500, 500, 800), False),
        ("inpost_courier_standard", box(2400, 3500, 2400, 50), True),
        ("inpost_courier_standard", box(2401, 3500, 2400), False),
        ("inpost_courier_standard", box(100, 100, 100, 50.1), False),
        ("inpost_courier_palette", box(1200, 800, 1800, 800), True),
        ("inpost_courier_alcohol", box(800, 500, 500), True),
        ("inpost_courier_alcohol", box(801, 100, 100), False),
        ("inpost_letter_allegro", box(700, 500, 400, 10), True),
        ("inpost_letter_allegro", box(700, 500, 401), False),
    ],
)
def test_a_service_takes_what_is_within_its_limits(
    service: str, parcel: ParcelMeasure, taken: bool
) -> None:
    assert fits(SERVICES[service], parcel) is taken
    assert (carriage(service, parcel) is not None) is taken


def test_every_service_and_every_additional_service_has_one_price() -> None:
    assert not PRICES_BY_SIZE.keys() & PRICES_BY_WEIGHT.keys()
    assert PRICES_BY_SIZE.keys() | PRICES_BY_WEIGHT.keys() == SERVICES.keys()
    for service_id, prices in PRICES_BY_SIZE.items():
        assert tuple(prices) == classes_of(SERVICES[service_id])
        assert min(prices.values()) > 0
    for service_id, brackets in PRICES_BY_WEIGHT.items():
        assert list(brackets) == sorted(brackets)
        assert brackets[0][1] > 0
        assert brackets[-1][0] == SERVICES[service_id].max_weight_kg
    priced = EXTRA_CHARGES.keys() | NOTIFICATION_CHARGES.keys() | {"cod", "insurance"}
    assert priced == ADDITIONAL_SERVICES.keys()
    kinds = {service.kind for service in SERVICES.values()}
    assert kinds == COD_CHARGE.keys() == FUEL_BASIS_POINTS.keys()


def test_a_small_locker_parcel_costs_16_99() -> None:
    parts = price("inpost_locker_standard", [SMALL])
    assert parts == PriceParts(base=1699, extras=0, fuel=0, notification=0, cod=0, insurance=0)
    assert parts.total == 1699


def test_a_courier_shipment_is_priced_by_its_parts() -> None:
    parts = price(
        "inpost_courier_standard",
        [box(400, 300, 150, 2.5), box(200, 200, 100, 1)],
        cod=4990,
        insurance=10_000,
        extras=["sms", "email", "saturday", "cod", "insurance"],
    )
    assert parts == PriceParts(
        base=3900, extras=1200, fuel=335, notification=40, cod=450, insurance=30
    )
    assert parts.total == 5955


def test_a_shipment_with_one_parcel_too_large_has_no_price() -> None:
    assert price("inpost_courier_standard", [box(100, 100, 100), box(4000, 10, 10)]) is None


def test_a_non_standard_parcel_costs_more() -> None:
    declared = ParcelMeasure(Dimensions(100, 100, 100), 1.0, non_standard=True)
    plain = carriage("inpost_courier_standard", box(100, 100, 100))
    assert plain is not None
    assert carriage("inpost_courier_standard", declared) == plain + 2500
    assert carriage("inpost_courier_standard", box(1201, 100, 100)) == plain + 2500


def test_insurance_never_gets_cheaper_with_the_amount() -> None:
    amounts = [1, *(edge + step for edge, _ in INSURANCE_CHARGES for step in (0, 1)), 999_999_999]
    charges = [insurance_charge(amount) for amount in amounts]
    assert charges == sorted(charges)
    assert charges[0] == 30


def test_holes_in_the_translations_are_reasons() -> None:
    assert UNAVAILABILITY_REASONS.keys() >= TRANSLATION_HOLES
    assert translation_hole("additional_service_sms_unavailable") == (
        "translation missing: keys.errors.messages.additional_service_sms_unavailable"
    )


def test_towns_are_about_60_each_with_letters_of_its_own_and_in_poland() -> None:
    assert 60 <= len(TOWNS) <= 70
    assert len({town.code for town in TOWNS}) == len({town.name for town in TOWNS}) == len(TOWNS)
    assert len({town.province for town in TOWNS}) == 16
    assert len(set(STREETS)) == len(STREETS)
    for town in TOWNS:
        assert re.fullmatch("[A-Z]{3}", town.code)
        assert re.fullmatch("[0-9]{2}", town.post_prefix)
        assert 49.0 < town.latitude < 54.9
        assert 14.1 < town.longitude < 24.2


@pytest.mark.parametrize(
    ("post_code", "town"),
    [("31-147", "Kraków"), ("00-838", "Warszawa"), ("05-500", "Warszawa"), ("99-300", "Piotrków")],
)
def test_every_post_code_has_a_town(post_code: str, town: str) -> None:
    assert town_of_post_code(post_code).name.startswith(town)


def test_a_post_code_without_digits_has_none() -> None:
    with pytest.raises(ValueError, match="'KRA'"):
        town_of_post_code("KRA")


def test_the_points_of_the_documents_exist_and_work() -> None:
    krakow = POINTS["KRA010"]
    assert (krakow.line1, krakow.line2) == ("Długa 1", "31-147 Kraków")
    assert krakow.recommended[0] == "KRA012"
    for name in ("KRA010", "KRA012", "WAW478M", "POP-WAW364"):
        assert POINTS[name].status == "Operating"
        assert "parcel_collect" in POINTS[name].functions
        assert "parcel_send" in POINTS[name].functions


def test_points_are_unique_plausible_and_the_same_every_time() -> None:
    points = default_points()
    assert points == default_points()
    assert [point.name for point in points] == sorted(POINTS)
    assert 380 <= len(points) <= 450
    towns = {town.name: town for town in TOWNS}
    for point in points:
        code = towns[point.city].code
        assert re.fullmatch(rf"{code}\d{{2,3}}[A-Z]?|POP-{code}\d+", point.name)
        assert ("pop" in point.types) == point.name.startswith("POP-")
        assert 49.0 < point.latitude < 54.9
        assert 14.1 < point.longitude < 24.2
        assert re.fullmatch(r"\d{2}-\d{3}", point.post_code)
        assert set(point.recommended) <= POINTS.keys() - {point.name}
        assert point.location_247 == (point.opening_hours == "24/7")


def test_some_points_are_closed_and_some_cannot_be_a_target_or_a_drop_off() -> None:
    assert {point.status for point in POINTS.values()} == {
        "Operating",
        "NonOperating",
        "Disabled",
    }
    assert any("parcel_collect" not in point.functions for point in POINTS.values())
    assert any("parcel_send" not in point.functions for point in POINTS.values())
    assert {kind for point in POINTS.values() for kind in point.types} == {
        "parcel_locker",
        "parcel_locker_only",
        "parcel_locker_superpop",
        "pop",
    }


def test_quirk_names_are_unique_and_the_carriers() -> None:
    names = [quirk.name for quirk in QUIRKS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"inpost\.[a-z0-9]+(_[a-z0-9]+)*", name) for name in names)


@pytest.mark.parametrize("quirk", QUIRKS, ids=[quirk.name for quirk in QUIRKS])
def test_a_quirk_accepts_its_defaults_and_nothing_foreign(quirk: QuirkSpec) -> None:
    assert quirk.accepts(quirk.default_observed)
    assert quirk.accepts(quirk.default_documented)
    assert not quirk.accepts("no such value")
    assert not quirk.accepts(None)
    assert quirk.accepts(True) == (
        not isinstance(quirk.values, NumberRange) and any(v is True for v in quirk.values)
    )
    assert quirk.summary.endswith(".")
    assert quirk.source.endswith(".")


def test_a_quirk_tells_what_it_allows() -> None:
    allowed = {quirk.name: quirk.allowed() for quirk in QUIRKS}
    assert allowed["inpost.forbidden_key"] == '"forbidden" or "access_forbidden"'
    assert allowed["inpost.purchase_race"] == "false or true"
    assert allowed["inpost.listing_lag"] == "a number from 0 to 5.4"
    assert allowed["inpost.default_per_page"] == "a whole number from 1 to 100"


def test_a_whole_number_is_not_a_fraction_and_no_number_is_a_boolean() -> None:
    per_page = next(quirk for quirk in QUIRKS if quirk.name == "inpost.default_per_page")
    assert per_page.accepts(30)
    assert not per_page.accepts(30.5)
    assert not per_page.accepts(0)
    assert not per_page.accepts(True)
    assert not per_page.accepts(float("nan"))
