"""How the rules are to be read: where the document contradicts itself, its clients or recordings.

Each reading is a quirk; ``myparcel.strict`` takes the strict one of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from simulator.carriers.myparcel.catalog.types import LETTER, MAILBOX_PACKAGE, PACKAGE
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.offers.zones import Home, home_of
from simulator.carriers.myparcel.records import SHOPS, Shop
from simulator.carriers.myparcel.shops.records import switched_off
from simulator.carriers.myparcel.wire import edition, moments
from simulator.engine.world import World

_OPTIONS_ON = {
    "accept": frozenset({PACKAGE, MAILBOX_PACKAGE, LETTER}),
    "mailbox": frozenset({PACKAGE, MAILBOX_PACKAGE}),
    "refuse": frozenset({PACKAGE}),
}
"""The package types that take options, by the quirk ``myparcel.options_elsewhere``."""


_LONG_PAST = timedelta(days=365)
"""What lies further back is the day of an example or of a recording."""


class Readings(NamedTuple):
    """The readings of one request; of what is true or false, true is the document's.

    * `home`: where the shop sends from; `switched_off`: the carriers that it may not use.
    * `options_on`: the package types that may have options.
    * `customs_areas`: whether the postal code tells, too, that a declaration is needed.
    * `customs_sums`: whether a declared weight has to be the sum of those of its items.
    * `weight_optional`: whether physical properties may leave out the weight.
    * `any_amount`: whether an insurance of today may be of an amount between its steps.
    * `today`: the day in Amsterdam; `judged_from`: the first day of which the edition of today asks
      whether anything can be brought on it; `agreed`: the delivery date that a shipment has
      already, which is taken again.
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
    customs_areas: bool
    weight_optional: bool
    evenings: frozenset[int]
    any_amount: bool
    today: date
    judged_from: date
    agreed: str = ""

    @property
    def whole_street(self) -> bool:
        """Whether ``street`` may hold the number: from version 1.1 of the media type on."""
        return self.version is not None and self.version not in ("1", "1.0")


def of(world: World, version: str | None) -> Readings:
    """The readings of a request with this version of its media type, for the shop of its caller."""
    caller = world.caller
    shop = None if caller is None else world[SHOPS].get(caller.key.shop_id)
    return of_shop(world, shop, version, edition.of(world))


def of_shop(world: World, shop: Shop | None, version: str | None, answering: Edition) -> Readings:
    """The readings of what the shop sends, whoever asks for it, as an edition has them."""
    home = home_of(None if shop is None else shop.sender.get("cc"))
    off = _switched_off(world, shop, answering)
    values, today = _values(world.quirks), moments.today(world)
    found, asked = _read(answering.name, home, off, version, values, today)
    world.note_quirks(asked)
    return found


_QUIRKS = (
    "myparcel.strict",
    "myparcel.international_letters",
    "myparcel.delivery_date",
    "myparcel.pickup_only_recipient",
    "myparcel.insurance_amounts",
    "myparcel.international_insurance",
    "myparcel.currency",
    "myparcel.classification",
    "myparcel.recipient_ids",
    "myparcel.dutch_postal_code",
    "myparcel.notification_email",
    "myparcel.options_elsewhere",
    "myparcel.customs_weight",
    "myparcel.customs_areas",
    "myparcel.physical_weight",
    "myparcel.delivery_days",
    "myparcel.evening_days",
    "myparcel.insurance_steps",
)
_values: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*_QUIRKS)


@lru_cache(maxsize=256)
def _read(
    name: str,
    home: Home,
    off: frozenset[int],
    version: str | None,
    values: tuple[Any, ...],
    today: date,
) -> tuple[Readings, Mapping[str, Any]]:
    """The readings with these values of the quirks, and the quirks that they hang on."""
    given = dict(zip(_QUIRKS, values, strict=True))
    asked: dict[str, Any] = {}

    def quirk(name: str) -> Any:
        asked[name] = given[name]
        return given[name]

    answering = EDITIONS[name]
    strict: bool = quirk("myparcel.strict")
    found = Readings(
        edition=answering,
        home=home,
        switched_off=off,
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
        customs_areas=quirk("myparcel.customs_areas") == "postal_code",
        weight_optional=quirk("myparcel.physical_weight") == "optional",
        evenings=edition.evenings(quirk, answering),
        any_amount=not strict and quirk("myparcel.insurance_steps") == "range",
        today=today,
        judged_from=_judged_from(
            "deliverable" if strict else quirk("myparcel.delivery_days"), today
        ),
    )
    return found, asked


def _judged_from(days: str, today: date) -> date:
    if days == "recent":
        return today - _LONG_PAST
    return date.max if days == "any" else date.min


def _switched_off(world: World, shop: Shop | None, answering: Edition) -> frozenset[int]:
    if shop is None:
        return frozenset()
    off = switched_off(world, shop.id)
    here = (carriers.translated(number, "today", answering.name) for number in off)
    return frozenset(number for number in here if number is not None)
