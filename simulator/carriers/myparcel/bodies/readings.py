"""How the rules are to be read: where the document contradicts itself, its clients or recordings.

Each reading is a quirk; ``myparcel.strict`` takes the strict one of all of them.
"""

from __future__ import annotations

from typing import NamedTuple

from simulator.carriers.myparcel.catalog.delivery_quirks import EVENING_WEEKDAYS
from simulator.carriers.myparcel.wire.dialect import Dialect
from simulator.engine.world import World


class Readings(NamedTuple):
    """The readings of one request; of what is true or false, true is the strict one."""

    dialect: Dialect
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
    options_refused: bool
    evenings: frozenset[int]

    @property
    def whole_street(self) -> bool:
        """Whether ``street`` may hold the number: from version 1.1 of the media type on."""
        return self.version is not None and self.version not in ("1", "1.0")


def of(world: World, dialect: Dialect, version: str | None) -> Readings:
    """The readings of a request with this dialect and version of its media type."""
    quirk = world.quirk
    strict: bool = quirk("myparcel.strict")
    return Readings(
        dialect=dialect,
        version=version,
        strict=strict,
        letters_stay=strict or not quirk("myparcel.international_letters"),
        dates_always=strict or quirk("myparcel.delivery_date") == "always",
        pickup_only_recipient=strict or quirk("myparcel.pickup_only_recipient"),
        documented_amounts=strict or quirk("myparcel.insurance_amounts") == "documented",
        insurance_required=strict or quirk("myparcel.international_insurance") == "required",
        euro_only=strict or quirk("myparcel.currency") == "euro",
        isic_only=strict or quirk("myparcel.classification") == "isic",
        addresses_only=strict or not quirk("myparcel.recipient_ids"),
        postal_code_required=strict or quirk("myparcel.dutch_postal_code") == "required",
        emails="array" if strict else quirk("myparcel.notification_email"),
        options_refused=strict or quirk("myparcel.options_elsewhere") == "refuse",
        evenings=EVENING_WEEKDAYS[quirk("myparcel.evening_days")],
    )
