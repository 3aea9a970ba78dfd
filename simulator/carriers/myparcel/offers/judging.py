"""What is wrong with a shipment that is asked for, by the table of offers.

The codes are MyParcel's own: 3705 an option, 3712 no such package type, 3721 a delivery type, 3722
a pickup, 3728 a carrier, 3730 a weight, 3733 a package type that does not go there, 3735 several
colli, 3743 an insurance, 3751 a pickup of DHL without a phone number or an e-mail address.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.model import Delivery, Insurance, Offer
from simulator.carriers.myparcel.offers.names import (
    CARRIERS,
    DELIVERY_TYPES,
    PACKAGE,
    PACKAGE_TYPES,
    PICKUP,
)
from simulator.carriers.myparcel.offers.options import INSURANCE
from simulator.carriers.myparcel.offers.zones import Home


class Wrong(NamedTuple):
    """A finding: the carrier's code, the member below the shipment, and what to do about it."""

    code: int
    field: str
    human: str
    allowed: Any = None
    """What would do instead: all values as a list, or the bounds as an object; None: no value."""


class Asked(msgspec.Struct, frozen=True):
    """A shipment as far as offers go.

    * `options`: those that are set, without the insurance; `insurance` is cents, 0 for none.
    * `dated`: whether it says its delivery date.
    * `weight`: grams, None when it is not told.
    * `pickup`: whether it names a pickup location, `contact` whether its receiver can be reached.
    * `contract`: whether it names a contract of the shop's own with the carrier.
    * `returning`: it comes back to the shop, and the insurance needs nothing beside it.
    """

    carrier: int
    home: Home
    cc: str
    package_type: int = PACKAGE
    delivery_type: int | None = None
    dated: bool = True
    options: frozenset[str] = frozenset()
    insurance: int = 0
    weight: int | None = None
    pickup: bool = False
    contact: bool = True
    colli: int = 1
    contract: bool = False
    returning: bool = False


def judge(asked: Asked, *, any_amount: bool = False) -> list[Wrong]:
    """Everything that is wrong; empty: it is offered.

    `any_amount`: an insurance may be of any amount between the least and the most.
    """
    found = offer_for(asked)
    if isinstance(found, Wrong):
        return [found]
    wrong = [*_options(asked, found), *_delivery(asked, found), *_weight(asked, found)]
    wrong += _insurance(asked, found, any_amount=any_amount)
    if asked.colli > found.colli:
        wrong.append(_too_many_colli(asked, found))
    return wrong


def offer_for(asked: Asked) -> Offer | Wrong:
    """The offer that would carry it, or why there is none."""
    name = CARRIERS[asked.carrier].name
    if asked.carrier not in table.carriers_from(asked.home):
        known = ", ".join(CARRIERS[each].name for each in table.carriers_from(asked.home))
        human = f"{name} is not offered to shops in {asked.home}, which have {known}"
        return Wrong(3728, "carrier", human, [*table.carriers_from(asked.home)])
    offers = table.offers(asked.carrier, asked.home, asked.cc)
    if not offers:
        others = ", ".join(CARRIERS[each].name for each in table.carriers_to(asked.home, asked.cc))
        human = f"{name} does not go from {asked.home} to {asked.cc}; these do: {others or 'none'}"
        return Wrong(3728, "carrier", human, [*table.carriers_to(asked.home, asked.cc)])
    own = table.under_own_contract(asked.carrier, asked.home, asked.cc).get(asked.package_type)
    found = offers.get(asked.package_type) or (own if asked.contract else None)
    if found is None:
        listed = ", ".join(f"{each} {PACKAGE_TYPES[each].name}" for each in offers)
        human = (
            f"{name} takes no {PACKAGE_TYPES[asked.package_type].human} from {asked.home} to "
            f"{asked.cc}, only {listed}"
        )
        if own is not None:
            human += "; a contract of the shop's own with it does, which contract_id names"
        return Wrong(3733, "options.package_type", human, [*offers])
    return found


def _what(found: Offer) -> str:
    return f"a {PACKAGE_TYPES[found.package_type].human} of {CARRIERS[found.carrier].name}"


def _options(asked: Asked, found: Offer) -> list[Wrong]:
    wrong: list[Wrong] = []
    for name in sorted(asked.options):
        option = found.options.get(name)
        if option is None:
            human = f"{name} is not offered for {_what(found)} to {asked.cc}"
            if found.options:
                human += f"; these are: {', '.join(sorted(found.options))}"
            wrong.append(Wrong(3705, f"options.{name}", human, [0]))
            continue
        wrong += _beside(asked, f"option {name}", name, option.requires, option.excludes)
    for name, option in found.options.items():
        if option.required and name not in asked.options:
            human = f"{name} is required for {_what(found)}"
            wrong.append(Wrong(3705, f"options.{name}", human, [1]))
    return wrong


def _beside(
    asked: Asked,
    what: str,
    excluded: str | None,
    requires: tuple[str, ...],
    excludes: tuple[str, ...],
) -> list[Wrong]:
    """What is missing beside something, and what does not go with it.

    `excluded` is the option that is to go, None: the other one is.
    """
    wrong = [
        Wrong(
            3705,
            f"options.{needed}",
            f"{needed} is required for {what}",
            None if needed == INSURANCE else [1],
        )
        for needed in requires
        if not _is_set(asked, needed)
    ]
    return wrong + [
        Wrong(3705, f"options.{excluded or other}", f"{other} does not go with {what}", [0])
        for other in excludes
        if _is_set(asked, other)
    ]


def _is_set(asked: Asked, name: str) -> bool:
    return asked.insurance > 0 if name == INSURANCE else name in asked.options


def _delivery(asked: Asked, found: Offer) -> list[Wrong]:
    number = found.default_delivery if asked.delivery_type is None else asked.delivery_type
    delivery = found.deliveries.get(number)
    if delivery is None:
        listed = ", ".join(f"{each} {DELIVERY_TYPES[each].old}" for each in found.deliveries)
        human = (
            f"{DELIVERY_TYPES[number].human} is not offered for {_what(found)} to {asked.cc}, "
            f"only {listed}"
        )
        return [Wrong(3721, "options.delivery_type", human, [*found.deliveries])]
    wrong = _beside(
        asked,
        f"delivery type {number}",
        None,
        delivery.requires,
        delivery.excludes,
    )
    if delivery.dated and not asked.dated:
        human = f"delivery_date is required for delivery type {number}"
        wrong.append(Wrong(3721, "options.delivery_date", human))
    return wrong + _pickup(asked, found, delivery)


def _pickup(asked: Asked, found: Offer, delivery: Delivery) -> list[Wrong]:
    if delivery.number != PICKUP:
        if asked.pickup and PICKUP not in found.deliveries:
            human = f"{_what(found)} to {asked.cc} cannot be picked up at a location"
            return [Wrong(3722, "pickup", human)]
        return []
    if not asked.pickup:
        return [Wrong(3722, "pickup", "a pickup needs a pickup location")]
    if found.pickup_contact and not asked.contact:
        human = f"a pickup of {CARRIERS[found.carrier].name} needs a phone number or an email"
        return [Wrong(3751, "recipient.phone", human)]
    return []


def _weight(asked: Asked, found: Offer) -> list[Wrong]:
    if asked.weight is None:
        return []
    limit = found.limit(large="large_format" in asked.options)
    if found.lightest <= asked.weight <= limit:
        return []
    human = f"{_what(found)} to {asked.cc} weighs {found.lightest} to {limit} grams"
    if found.heaviest_large and limit < found.heaviest_large:
        human += f", up to {found.heaviest_large} with large_format"
    bounds = {"minimum": found.lightest, "maximum": limit}
    return [Wrong(3730, "physical_properties.weight", human, bounds)]


def _insurance(asked: Asked, found: Offer, *, any_amount: bool) -> list[Wrong]:
    if not asked.insurance:
        return []
    terms = found.insurance
    if terms is None:
        human = f"{_what(found)} to {asked.cc} cannot be insured"
        return [Wrong(3743, "options.insurance", human, [0])]
    wrong: list[Wrong] = []
    if not is_insurable(terms, asked.insurance, any_amount=any_amount):
        human = f"{asked.insurance} is not one of {', '.join(map(str, terms.amounts))} cents"
        allowed: Any = [*terms.amounts]
        if any_amount:
            human = f"{asked.insurance} is not between {terms.steps[0]} and {terms.most} cents"
            allowed = {"minimum": terms.steps[0], "maximum": terms.most}
        wrong.append(Wrong(3743, "options.insurance.amount", human, allowed))
    waived = asked.returning or (terms.waived_by is not None and terms.waived_by in asked.options)
    requires = () if waived else terms.requires
    return wrong + _beside(asked, "an insured package", None, requires, terms.excludes)


def is_insurable(terms: Insurance, amount: int, *, any_amount: bool) -> bool:
    """Whether the amount is one of the steps, or (`any_amount`) lies between them."""
    if any_amount:
        return terms.steps[0] <= amount <= terms.most
    return amount in terms.steps


def _too_many_colli(asked: Asked, found: Offer) -> Wrong:
    if found.colli == 1:
        human = f"{_what(found)} from {asked.home} to {asked.cc} has one collo only"
    else:
        human = f"{_what(found)} has at most {found.colli} colli, not {asked.colli}"
    return Wrong(3735, "options.package_type", human)
