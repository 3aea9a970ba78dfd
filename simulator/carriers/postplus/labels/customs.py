"""What a parcel declares to customs, and on which form."""

from __future__ import annotations

from typing import Literal

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.bodies.print_views import POSTAL, print_type
from simulator.carriers.postplus.records import Item, Parcel
from simulator.labels import Declaration, Goods

Form = Literal["CN 22", "CN 23", "Contents"]

_BORDER: dict[str, int] = {
    "AUD": 650,
    "BRL": 2_200,
    "CAD": 590,
    "CHF": 380,
    "CNY": 3_100,
    "CZK": 10_000,
    "DKK": 3_000,
    "EUR": 400,
    "GBP": 340,
    "HKD": 3_350,
    "HUF": 160_000,
    "INR": 36_000,
    "JPY": 64_000,
    "KRW": 580_000,
    "NOK": 4_600,
    "PHP": 24_500,
    "PLN": 1_700,
    "RON": 2_000,
    "SEK": 4_500,
    "SGD": 570,
    "THB": 15_000,
    "TRY": 14_000,
    "UAH": 17_500,
    "USD": 430,
    "UZS": 5_400_000,
}
"""Currency -> about 300 SDR, up to which the smaller form will do (the limit is the postal union's,
the amounts are rounded and inferred)."""
_OTHER_CURRENCIES = 400

_CATEGORIES = {"B2C": "Sale of goods", "C2C": "Gift"}
"""What goods are sent for, by transaction type (inferred: no field says it)."""


def form_for(parcel: Parcel) -> Form:
    """CN 22 for what is worth up to about 300 SDR, else CN 23; what is not post has neither."""
    if print_type(parcel) != POSTAL:
        return "Contents"
    border = _BORDER.get((parcel.currency or "EUR").upper(), _OTHER_CURRENCIES)
    return "CN 22" if sums.value(parcel.items) <= border else "CN 23"


def declaration_of(parcel: Parcel) -> Declaration | None:
    """The declaration of a parcel's goods; None when it has none."""
    if not parcel.items:
        return None
    sender = parcel.sender.name if parcel.sender else None
    return Declaration(
        form=form_for(parcel),
        category=_CATEGORIES.get(parcel.transaction_type, "Other"),
        currency=(parcel.currency or "EUR").upper(),
        weight=sums.weight(parcel.items) if parcel.gross_weight is None else parcel.gross_weight,
        value=sums.value(parcel.items),
        goods=tuple(map(_goods, parcel.items)),
        reference=parcel.info.tax_identification or "",
        signature=" ".join(filter(None, (parcel.created_on.strftime("%Y-%m-%d"), sender))),
    )


def _goods(item: Item) -> Goods:
    return Goods(
        description=item.description or "",
        quantity=item.quantity or 0,
        weight=sums.weight([item]),
        value=sums.value([item]),
        hs_code=item.hs_code or "",
    )
