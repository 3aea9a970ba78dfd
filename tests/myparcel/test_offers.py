"""The table of offers by itself: what it shows is what it finds nothing wrong with."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.carriers.myparcel.catalog.networks.capitals import CAPITALS
from simulator.carriers.myparcel.catalog.networks.networks import NETWORKS, points
from simulator.carriers.myparcel.offers import postal_codes, table, tariff
from simulator.carriers.myparcel.offers.judging import Asked, judge
from simulator.carriers.myparcel.offers.model import Offer
from simulator.carriers.myparcel.offers.names import (
    CARRIERS,
    DELIVERY_TYPES,
    PACKAGE_TYPES,
    PICKUP,
)
from simulator.carriers.myparcel.offers.options import FLAGS
from simulator.carriers.myparcel.offers.zones import HOMES, Home, members
from simulator.core.countries import ISO_3166

_COUNTRIES = st.sampled_from(sorted(ISO_3166))
_HOMES: st.SearchStrategy[Home] = st.sampled_from(HOMES)


def completed(found: Offer, options: set[str], insurance: int) -> set[str]:
    """The options with those that they, the delivery and the insurance need."""
    chosen = set(options) | {each.name for each in found.options.values() if each.required}
    pending = list(chosen)
    while pending:
        for needed in found.options[pending.pop()].requires:
            if needed in found.options and needed not in chosen:
                chosen.add(needed)
                pending.append(needed)
    if insurance and found.insurance is not None and found.insurance.waived_by not in chosen:
        chosen |= set(found.insurance.requires)
    return chosen


def clashes(found: Offer, options: set[str], excluded: tuple[str, ...], insurance: int) -> bool:
    """Whether the options do not go with each other, with the insurance or with the delivery."""
    present = options | ({"insurance"} if insurance else set())
    banned = {name for each in options for name in found.options[each].excludes}
    banned |= set(excluded)
    if insurance and found.insurance is not None:
        banned |= set(found.insurance.excludes)
    lacking = {name for each in options for name in found.options[each].requires} - present
    return bool(banned & present or lacking)


@st.composite
def offered(draw: st.DrawFn) -> Asked:
    """A shipment made of what an offer lists, and of nothing else."""
    row = draw(st.sampled_from(table.ROWS))
    carrier, home = row.offer.carrier, row.offer.home
    cc = draw(_COUNTRIES)
    offers = table.offers(carrier, home, cc)
    assume(offers)
    found = draw(st.sampled_from(list(offers.values())))
    number = draw(st.sampled_from(list(found.deliveries)))
    delivery = found.deliveries[number]
    amounts = found.insurance.amounts if found.insurance else (0,)
    insurance = draw(st.sampled_from(amounts))
    wished = (
        set(draw(st.lists(st.sampled_from(sorted(found.options)), unique=True)))
        if (found.options)
        else set()
    )
    wished |= set(delivery.requires)
    if "receipt_code" in wished and found.insurance is not None and not insurance:
        insurance = found.insurance.steps[0]
    options = completed(found, wished, insurance)
    assume(not clashes(found, options, delivery.excludes, insurance))
    large = "large_format" in options
    return Asked(
        carrier=carrier,
        home=home,
        cc=cc,
        package_type=found.package_type,
        delivery_type=number,
        options=frozenset(options),
        insurance=insurance,
        weight=draw(st.integers(found.lightest, found.limit(large=large)) | st.none()),
        pickup=number == PICKUP,
        colli=draw(st.integers(1, found.colli)),
    )


@given(offered())
def test_what_is_offered_is_accepted(asked: Asked) -> None:
    assert judge(asked) == []


@given(
    st.builds(
        Asked,
        carrier=st.sampled_from(list(CARRIERS)),
        home=_HOMES,
        cc=st.sampled_from(["NL", "BE", "DE", "IT", "GB", "US"]) | _COUNTRIES,
        package_type=st.sampled_from(list(PACKAGE_TYPES)),
        delivery_type=st.none() | st.sampled_from(list(DELIVERY_TYPES)),
        options=st.frozensets(st.sampled_from(FLAGS), max_size=3),
        insurance=st.sampled_from([0, 0, 5_000, 10_000, 50_000, 52_000, 123]),
        weight=st.none() | st.integers(0, 100_000),
        pickup=st.booleans(),
        colli=st.integers(1, 3),
    )
)
def test_what_is_accepted_is_offered(asked: Asked) -> None:
    found = table.offer(asked.carrier, asked.home, asked.cc, asked.package_type)
    if judge(asked):
        return
    assert found is not None
    assert asked.delivery_type in (None, *found.deliveries)
    assert asked.options <= set(found.options)
    assert asked.insurance in (found.insurance.amounts if found.insurance else (0,))
    assert asked.colli <= found.colli
    assert not clashes(found, set(asked.options), (), asked.insurance)


def test_there_are_points_wherever_something_can_be_collected() -> None:
    for row in table.ROWS:
        if PICKUP in row.offer.deliveries:
            without = [cc for cc in members(row.to) if not points(row.offer.carrier, cc)]
            assert not without, (CARRIERS[row.offer.carrier].name, without)


def test_every_point_has_a_code_of_its_own_among_those_of_its_carrier() -> None:
    for carrier in CARRIERS:
        codes = [
            each.code
            for network in NETWORKS
            if network.carrier == carrier
            for each in points(carrier, network.cc)
        ]
        assert len(set(codes)) == len(codes), CARRIERS[carrier].name


@pytest.mark.parametrize("cc", CAPITALS)
def test_points_abroad_have_a_postal_code_of_their_country(cc: str) -> None:
    assert postal_codes.fits(cc, CAPITALS[cc].postal_code)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda number: CARRIERS[number].name)
def test_each_carrier_is_offered_somewhere(carrier: int) -> None:
    assert any(table.everything(carrier, home) for home in HOMES)


def test_every_package_type_and_delivery_type_is_offered_by_some_carrier() -> None:
    offers = [row.offer for row in table.ROWS]
    assert {each.package_type for each in offers} == set(PACKAGE_TYPES)
    assert {number for each in offers for number in each.deliveries} == set(DELIVERY_TYPES)


def test_options_of_offers_are_known_and_need_only_each_other() -> None:
    for row in table.ROWS:
        for option in row.offer.options.values():
            assert option.name in FLAGS
            assert {*option.requires} <= {*row.offer.options, "insurance"}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (9, 9),
        ("9", 9),
        ("DHL_FOR_YOU", 9),
        ("dhlforyou", 9),
        ("bol.com", 7),
        (21, None),
        (True, None),
    ],
)
def test_a_carrier_is_found_by_its_number_and_its_names(value: object, number: int | None) -> None:
    assert CARRIERS.number(value) == number


@pytest.mark.parametrize(
    ("value", "number"),
    [("MAILBOX", 2), ("UNFRANKED", 3), ("letter", 3), ("package_small", 6), ("SMALL_PACKAGE", 6)],
)
def test_a_package_type_is_found_by_its_names(value: str, number: int) -> None:
    assert PACKAGE_TYPES.number(value) == number


@pytest.mark.parametrize(
    ("cc", "text", "fits"),
    [
        ("NL", "1012 ab", True),
        ("NL", "1012", False),
        ("BE", "2000", True),
        ("BE", "B-2000", False),
        ("BE", "BE-2000", True),
        ("BE", "20000", False),
        ("GB", "sw1a 1aa", True),
        ("GB", "1012AB", False),
        ("PL", "00-950", True),
        ("JP", "", False),
        ("HK", "anything", True),
    ],
)
def test_a_postal_code_has_the_form_of_its_country(cc: str, text: str, fits: bool) -> None:
    assert postal_codes.fits(cc, text) is fits


@given(_COUNTRIES)
def test_the_example_of_a_postal_code_fits(cc: str) -> None:
    example = postal_codes.example(cc)
    assert example is None or postal_codes.fits(cc, example)


@given(offered())
def test_what_is_offered_has_a_price_that_its_options_raise(asked: Asked) -> None:
    found = table.offer(asked.carrier, asked.home, asked.cc, asked.package_type)
    assert found is not None
    bare = tariff.parts(
        asked.carrier, asked.home, asked.cc, asked.package_type, weight=asked.weight
    )
    whole = tariff.parts(
        asked.carrier,
        asked.home,
        asked.cc,
        asked.package_type,
        options=asked.options,
        insurance=asked.insurance,
        weight=asked.weight,
    )
    assert 0 <= tariff.total(bare) <= tariff.total(whole)
