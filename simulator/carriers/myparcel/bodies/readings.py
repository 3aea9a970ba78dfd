"""How the rules are to be read: where the document contradicts itself, its clients or recordings.

Each reading is a quirk; ``myparcel.strict`` takes the strict one of all of them.
"""

from __future__ import annotations

from typing import NamedTuple

from simulator.carriers.myparcel.catalog.delivery_quirks import EVENING_WEEKDAYS
from simulator.carriers.myparcel.catalog.types import LETTER, MAILBOX_PACKAGE, PACKAGE
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.offers.zones import Home, home_of
from simulator.carriers.myparcel.records import SHOPS
from simulator.carriers.myparcel.shops.records import switched_off
from simulator.carriers.myparcel.wire import edition
from simulator.engine.world import World

_OPTIONS_ON = {
    "accept": frozenset({PACKAGE, MAILBOX_PACKAGE, LETTER}),
    "mailbox": frozenset({PACKAGE, MAILBOX_PACKAGE}),
    "refuse": frozenset({PACKAGE}),
}
"""The package types that take options, by the quirk ``myparcel.options_elsewhere``."""


class Readings(NamedTuple):
    """The readings of one request; of what is true or false, true is the document's.

    * `home`: where the caller's shop sends from; `switched_off`: the carriers that it may not use.
    * `options_on`: the package types that may have options.
    * `customs_sums`: whether a declared weight has to be the sum of those of its items.
    * `weight_optional`: whether physical properties may leave out the weight.
    * `any_amount`: whether an insurance of today may be of an amount between its steps.
    """

    edition: Edition
    home: Home
    switched_off: frozenset[int]
    version: str | None
    strict: bool
    letters_stay: bool
    dates_always: bool
    pickup_only_recipient: bool
    documented_amounts: bool
    insurance_required: bool
    euro_only: bool
    isic_only: bool
    addresses_only: bool
    postal_code_required: bool
    emails: str
    options_on: frozenset[int]
    customs_sums: bool
    weight_optional: bool
    evenings: frozenset[int]
    any_amount: bool

    @property
    def whole_street(self) -> bool:
        """Whether ``street`` may hold the number: from version 1.1 of the media type on."""
        return self.version is not None and self.version not in ("1", "1.0")


def of(world: World, version: str | None) -> Readings:
    """The readings of a request with this version of its media type."""
    quirk, answering = world.quirk, edition.of(world)
    strict: bool = quirk("myparcel.strict")
    return Readings(
        edition=answering,
        home=_home(world),
        switched_off=_switched_off(world, answering),
        version=version,
        strict=strict,
        letters_stay=strict or not quirk("myparcel.international_letters"),
        dates_always=strict or quirk("myparcel.delivery_date") == "always",
        pickup_only_recipient=strict or quirk("myparcel.pickup_only_recipient"),
        documented_amounts=strict or quirk("myparcel.insurance_amounts") == "documented",
        insurance_required=strict or quirk("myparcel.international_insurance") == "required",
        euro_only=strict or quirk("myparcel.currency") == "euro",
        isic_only=answering.classifications == "isic"
        and (strict or quirk("myparcel.classification") == "isic"),
        addresses_only=strict or not quirk("myparcel.recipient_ids"),
        postal_code_required=strict or quirk("myparcel.dutch_postal_code") == "required",
        emails="array" if strict else quirk("myparcel.notification_email"),
        options_on=_OPTIONS_ON["refuse" if strict else quirk("myparcel.options_elsewhere")],
        customs_sums=answering.customs_sums and quirk("myparcel.customs_weight") == "sum",
        weight_optional=quirk("myparcel.physical_weight") == "optional",
        evenings=EVENING_WEEKDAYS[quirk("myparcel.evening_days")],
        any_amount=not strict and quirk("myparcel.insurance_steps") == "range",
    )


def _switched_off(world: World, answering: Edition) -> frozenset[int]:
    if world.caller is None:
        return frozenset()
    off = switched_off(world, world.caller.key.shop_id)
    here = (carriers.translated(number, "today", answering.name) for number in off)
    return frozenset(number for number in here if number is not None)


def _home(world: World) -> Home:
    caller = world.caller
    shop = None if caller is None else world[SHOPS].get(caller.key.shop_id)
    return home_of(None if shop is None else shop.sender.get("cc"))
