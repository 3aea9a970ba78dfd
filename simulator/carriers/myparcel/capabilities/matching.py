"""Which offers answer a question for capabilities, and what they leave open.

Whoever names a package type is told what holds for it; whoever does not is told of all package
types of a carrier together, with the options of any of them (observed: a live answer for PostNL had
five package types and the options of packages).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from simulator.carriers.myparcel.capabilities.questions import Question
from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.judging import is_insurable
from simulator.carriers.myparcel.offers.model import Insurance, Offer, Option, left_open
from simulator.carriers.myparcel.offers.names import DELIVERY_TYPES, PACKAGE_TYPES
from simulator.carriers.myparcel.offers.options import INSURANCE
from simulator.carriers.myparcel.offers.zones import EU


class Capability(msgspec.Struct, frozen=True):
    """What a carrier can do: several offers, or one, as one answer."""

    carrier: int
    package_types: tuple[int, ...]
    delivery_types: tuple[int, ...]
    options: Mapping[str, Option]
    insurance: Insurance | None
    lightest: int
    heaviest: int
    colli: int


def answer(question: Question, *, any_amount: bool) -> list[Capability]:
    """The capabilities of every carrier that could carry what is asked for."""
    numbers = table.carriers_to(question.home, question.cc)
    if question.origin is not None:
        there = table.carriers_to(question.home, question.origin) if question.origin in EU else ()
        numbers = tuple(each for each in numbers if each in there)
    wanted = [each for each in numbers if question.carrier in (None, each)]
    found = []
    for carrier in wanted:
        offers = table.offers(carrier, question.home, question.cc).values()
        fitting = [each for each in offers if _fits(each, question, any_amount=any_amount)]
        if fitting:
            found.append(together(carrier, fitting, question))
    return found


def _fits(offer: Offer, question: Question, *, any_amount: bool) -> bool:
    if question.package_type not in (None, offer.package_type):
        return False
    if question.delivery_type is not None:
        delivery = offer.deliveries.get(question.delivery_type)
        if delivery is None:
            return False
        left = left_open(offer.options, delivery.requires, delivery.excludes)
        if not question.options <= left.keys():
            return False
    if not question.options <= offer.options.keys():
        return False
    if question.insurance and (
        offer.insurance is None
        or not is_insurable(offer.insurance, question.insurance, any_amount=any_amount)
    ):
        return False
    return question.weight is None or offer.lightest <= question.weight <= _heaviest(offer)


def _heaviest(offer: Offer) -> int:
    return offer.heaviest_large or offer.heaviest


def together(carrier: int, offers: Iterable[Offer], question: Question | None = None) -> Capability:
    """Offers of a carrier as one answer; without a question nothing is narrowed."""
    found = list(offers)
    options: dict[str, Option] = {}
    for each in found:
        for name, option in each.options.items():
            options.setdefault(name, option)
    if question is not None:
        options = _narrowed(options, found, question)
    deliveries = {number for each in found for number in each.deliveries}
    if question is not None and question.delivery_type is not None:
        deliveries = {question.delivery_type}
    insurance = _insurance(found, options, question)
    types = {each.package_type for each in found}
    return Capability(
        carrier=carrier,
        package_types=tuple(number for number in PACKAGE_TYPES if number in types),
        delivery_types=tuple(number for number in DELIVERY_TYPES if number in deliveries),
        options=options,
        insurance=insurance,
        lightest=min(each.lightest for each in found),
        heaviest=max(map(_heaviest, found)),
        colli=max(each.colli for each in found),
    )


def _insurance(
    offers: list[Offer], options: Mapping[str, Option], question: Question | None
) -> Insurance | None:
    """The terms of an insurance beside the options that are asked for; None: there is none."""
    insured = [each.insurance for each in offers if each.insurance is not None]
    terms = max(insured, key=lambda each: each.most, default=None)
    if terms is None or question is None:
        return terms
    if any(INSURANCE in options[name].excludes for name in question.options):
        return None
    if terms.waived_by in question.options:
        return msgspec.structs.replace(terms, requires=())
    return terms


def _narrowed(
    options: Mapping[str, Option], offers: list[Offer], question: Question
) -> dict[str, Option]:
    """The options that are still open beside what is asked for, and those that it needs."""
    needed: set[str] = set()
    barred: set[str] = set()
    if question.delivery_type is not None:
        for each in offers:
            delivery = each.deliveries[question.delivery_type]
            needed |= {*delivery.requires}
            barred |= {*delivery.excludes}
    for name in question.options:
        needed |= {*options[name].requires}
        barred |= {*options[name].excludes}
    return left_open(options, needed, barred)
