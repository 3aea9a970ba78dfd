"""Everything that is wrong with the data of a parcel, with all sentences at once (Q7 to Q18)."""

from __future__ import annotations

import re
from collections.abc import Container

from simulator.carriers.postplus.catalog.countries import EU
from simulator.carriers.postplus.catalog.services import MAIL_TYPES, TRANSACTION_TYPES
from simulator.carriers.postplus.records import Account, Parcel
from simulator.carriers.postplus.rules import items, parties
from simulator.carriers.postplus.rules.verdicts import Verdict
from simulator.carriers.postplus.wire import moments
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.engine.world import World

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
PAID = "DDP"
TAX_TYPES = (PAID, "DDU")
"""Whether the duties are paid by the sender, or not."""

_IOSS = re.compile(r"IM[0-9]{10}", re.ASCII)


def check(
    world: World, account: Account, parcel: Parcel, unreadable: Container[str] = ()
) -> Verdict:
    """What is wrong, and what is doubtful, with a parcel of this account.

    `unreadable` are the names of values that came but could not be read: they are not missing.
    """
    found = _check_service(account, parcel)
    found.add(items.check(world, parcel, unreadable))
    found.add(items.check_measures(parcel))
    found.add(parties.check(world, parcel, unreadable))
    _check_taxes(parcel, found)
    _check_day(parcel, found)
    return found


def _check_service(account: Account, parcel: Parcel) -> Verdict:
    found = Verdict()
    code = parcel.info.service_code
    if code is None:
        found.error("No service code is configured")
    elif code not in account.services:
        found.error(f"Service code {shortened(code)} is not configured")
    if parcel.type not in MAIL_TYPES:
        found.error(f"Type {shortened(parcel.type)} is not one of {', '.join(MAIL_TYPES)}")
    if parcel.transaction_type not in TRANSACTION_TYPES:
        kind, known = shortened(parcel.transaction_type), ", ".join(TRANSACTION_TYPES)
        found.error(f"Transaction type {kind} is not one of {known}")
    if parcel.currency is not None and not _CURRENCY.fullmatch(parcel.currency):
        found.error(f"Currency {shortened(parcel.currency)} is not a code of three capital letters")
    return found


def _check_taxes(parcel: Parcel, found: Verdict) -> None:
    """Duty paid into the EU goes by an IOSS number (Q18); which tax types there are is inferred."""
    info, country = parcel.info, parcel.receiver.country_code
    kind = (info.tax_type or "").upper()
    if kind and kind not in TAX_TYPES:
        found.warning(f"Tax type {shortened(info.tax_type)} is neither {' nor '.join(TAX_TYPES)}")
    if kind != PAID or country not in EU:
        return
    if info.tax_identification is None:
        found.warning(f"DDP to {country} needs an IOSS number in taxIdentification")
    elif not _IOSS.fullmatch(info.tax_identification):
        number = shortened(info.tax_identification)
        found.warning(f"taxIdentification {number} is not an IOSS number: IM and 10 digits")


def _check_day(parcel: Parcel, found: Verdict) -> None:
    day = parcel.info.ship_date
    if day is not None and moments.parse(day) is None:
        found.error(f"Ship date {shortened(day)} is not a date")
