"""What stands on the labels and forms of postal services, independent of how they are drawn.

The forms are after the pattern of those of the Universal Postal Union, in our own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

import msgspec

from simulator.labels.model import Party
from simulator.labels.words import SIMULATION_NOTICE

Align = Literal["left", "right", "center"]

MOST_CODE_CHARACTERS = 30
"""Of a Code 128 that still fits the narrowest label."""

CATEGORIES = ("Gift", "Documents", "Commercial sample", "Sale of goods", "Returned goods", "Other")
"""What goods may be sent for, in the order of their boxes on a declaration."""


def scannable(code: str | None) -> bool:
    """Whether a text can be printed as a Code 128: printable ASCII of a bounded length."""
    return (
        code is not None
        and 1 <= len(code) <= MOST_CODE_CHARACTERS
        and code.isascii()
        and code.isprintable()
        and code == code.strip()
    )


class Goods(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One kind of goods: weight in kilograms and value are of all pieces together."""

    description: str
    quantity: int
    weight: Decimal
    value: Decimal
    hs_code: str = ""


class Declaration(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a parcel declares to customs. `weight` is the gross weight in kilograms."""

    form: Literal["CN 22", "CN 23", "Contents"]
    category: str
    currency: str
    weight: Decimal
    value: Decimal
    goods: tuple[Goods, ...]
    reference: str = ""
    """The importer's tax number."""
    signature: str = ""
    """Date and name of whoever declares."""


class PostalLabel(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One parcel's label with its declaration.

    A `number` that is no Code 128 is printed without bars; every other text may be anything.
    """

    size: tuple[int, int]
    """Width and height of its pages in millimetres."""
    carrier: str
    product: str
    mark: str
    """A few big letters, by which people sort: ``R``, ``EMS``."""
    number: str
    receiver: Party
    sender: Party = Party()
    routing: str = ""
    """Big text for sorting, such as a pickup point."""
    place: tuple[str, ...] = ()
    """What stands below `routing`: the name and the address of the point."""
    facts: tuple[tuple[str, str], ...] = ()
    declaration: Declaration | None = None
    notice: str = SIMULATION_NOTICE


class BagLabel(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What hangs on a bag. `code` is printed as bars where it can be."""

    size: tuple[int, int]
    heading: str
    """The form or service, such as ``CN 35``."""
    title: str
    code: str
    origin: str
    destination: str
    mark: str
    """Big text: where the bag goes."""
    facts: tuple[tuple[str, str], ...] = ()
    notice: str = SIMULATION_NOTICE


class Column(msgspec.Struct, frozen=True, gc=False):
    """A column of a form's table; widths are shares of the page."""

    title: str
    share: float
    align: Align = "left"


class Section(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A table of a form; without rows it says `none`."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()
    none: str = "None"


class PostalForm(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A list that travels with mail, on as many sheets of A4 as it needs."""

    code: str
    """The form's number, such as ``CN 38``."""
    title: str
    number: str
    barcode: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: tuple[str, ...] = ()
    notice: str = SIMULATION_NOTICE


NO_BOOKMARKS: Mapping[int, str] = MappingProxyType({})
