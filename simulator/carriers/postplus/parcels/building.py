"""A parcel as it would be with what a request asks for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.bodies.parcel_forms import ContentForm, ParcelForm
from simulator.carriers.postplus.catalog.services import MAIL_TYPES, TRANSACTION_TYPES
from simulator.carriers.postplus.parcels import numbering
from simulator.carriers.postplus.records import Account, AdditionalInfo, Item, Parcel, Party
from simulator.engine.world import World

_CURRENCY = "EUR"
"""Where a request has none, as old ones did (N19; which it is, is inferred)."""


def merged(world: World, account: Account, known: Parcel | None, form: ParcelForm) -> Parcel:
    """What is known of the parcel with the form laid over it, section by section.

    A new one gets the account's defaults where service or type are missing (D15); its id is 0 until
    it is kept. What the rules say of it is not in it yet.
    """
    wanted = form.identifiers
    parcel = known or _new(world, account, form)
    parcel = msgspec.structs.replace(
        parcel,
        sender_parcel_nr=wanted.sender_parcel_nr or parcel.sender_parcel_nr,
        reserved_nr=wanted.parcel_nr or parcel.reserved_nr,
        original_parcel_nr=wanted.original_parcel_nr or parcel.original_parcel_nr,
        original_sender_parcel_nr=(
            wanted.original_sender_parcel_nr or parcel.original_sender_parcel_nr
        ),
        bag_nr=form.bag_nr or parcel.bag_nr,
        receiver=form.receiver or parcel.receiver,
        sender=form.sender or parcel.sender,
        info=_info(form.info, parcel),
        errors=(),
        warnings=(),
        updated_on=world.now,
    )
    return parcel if form.content is None else _with_content(parcel, form.content)


def _new(world: World, account: Account, form: ParcelForm) -> Parcel:
    return Parcel(
        id=0,
        account_id=account.id,
        type=numbering.type_of(form.identifiers.parcel_nr) or account.default_type,
        currency=_CURRENCY,
        info=AdditionalInfo(service_code=account.services[0] if account.services else None),
        receiver=Party(),
        created_on=world.now,
        updated_on=world.now,
    )


def _info(info: AdditionalInfo | None, parcel: Parcel) -> AdditionalInfo:
    if info is None:
        return parcel.info
    code = info.service_code or parcel.info.service_code
    return msgspec.structs.replace(info, service_code=code)


def _with_content(parcel: Parcel, content: ContentForm) -> Parcel:
    items = parcel.items if content.items is None else content.items
    kind, transaction = content.type, content.transaction_type
    return msgspec.structs.replace(
        parcel,
        type=parcel.type if kind is None else _named(kind, MAIL_TYPES),
        transaction_type=(
            parcel.transaction_type
            if transaction is None
            else _named(transaction, TRANSACTION_TYPES)
        ),
        currency=content.currency or parcel.currency,
        gross_weight=_weight(items) if content.gross_weight is None else content.gross_weight,
        height=content.height,
        width=content.width,
        length=content.length,
        items=items,
    )


def _weight(items: tuple[Item, ...]) -> Decimal | None:
    """What a parcel weighs of which the whole weight is not told: as much as its items."""
    return sums.weight(items) if sums.are_weighed(items) else None


def _named(text: str, names: Iterable[str]) -> str:
    """The name that a text means in any letter case; the text itself where it means none."""
    lower = text.lower()
    return next((name for name in names if name.lower() == lower), text)
