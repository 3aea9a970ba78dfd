"""What a label says, independent of the format that it is printed in."""

from __future__ import annotations

import string
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from simulator.labels.words import (
    ENGLISH,
    ENGLISH_LIST,
    SIMULATION_NOTICE,
    LabelWords,
    ManifestWords,
)

Paper: TypeAlias = Literal["A4", "A6"]
Dpi: TypeAlias = Literal[203, 300]

MAX_BARCODE = 30
"""Characters of the longest barcode: at two printer dots a module it still fits the label."""

BARCODE_CHARACTERS = frozenset(string.ascii_letters + string.digits + " %+-./")
"""Characters of a barcode: those of parcel numbers, none special to a printer language."""

MAX_QR_BYTES = 200
"""UTF-8 bytes of the longest 2D code: more would be too fine to scan at the size printed."""


class Party(msgspec.Struct, frozen=True):
    """A sender or receiver. Lines that are ``None`` or blank are left out."""

    company: str | None = None
    name: str | None = None
    street: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None
    country: str | None = None
    """Printed in a line of its own, for parcels that leave the country."""


class Cuts(msgspec.Struct, frozen=True):
    """The most characters of a party's lines; ``None`` cuts nothing.

    Carriers cut at fixed lengths. What is still too wide for the label is shrunk, then cut again.
    """

    company: int | None = None
    person: int | None = None
    street: int | None = None
    city: int | None = None


class Sorting(msgspec.Struct, frozen=True):
    """The branch that a parcel is sorted for: a word for it, its code, and its town."""

    caption: str
    code: str
    town: str = ""


class LabelContent(msgspec.Struct, frozen=True, kw_only=True):
    """One parcel's label.

    A barcode or 2D code that could not be scanned back raises ``ValueError``; every other text may
    be anything, since it is cut, shrunk or replaced until it can be printed.
    """

    heading: str
    """The service's name, at the top."""
    barcode: str | None
    """Printed as Code 128: 1 to 30 letters, digits, spaces and ``%+-./``, no space at the ends.

    ``None`` for what travels without a number, such as a letter.
    """
    receiver: Party
    sender: Party = Party()
    barcode_text: str | None = None
    """The barcode as people read it, grouped; ``None`` prints the barcode as it is.

    Without a barcode it is big, in its place.
    """
    routing: str | None = None
    """Big text for sorting: a locker's name, a postal code or a country."""
    place: tuple[str, ...] = ()
    """What stands below `routing`: the address of a locker or point, and how to find it."""
    sorting: Sorting | None = None
    size: str | None = None
    """A parcel size such as ``A``, in a box of its own."""
    index: str | None = None
    """Which parcel of a shipment this is, such as ``1/2``."""
    facts: tuple[tuple[str, str], ...] = ()
    """Name and value rows: reference, COD, insurance, weight, extras, comments."""
    words: LabelWords = ENGLISH
    """The language of the label's own words."""
    cuts: Cuts = Cuts()
    qr: str | None = None
    """Content of an optional QR code: printable text of at most 200 bytes in UTF-8."""

    def __post_init__(self) -> None:
        """Refuse codes that a scanner could not read back."""
        if self.barcode is not None:
            _check_barcode(self.barcode)
        if self.qr is not None:
            _check_qr(self.qr)


def _check_barcode(barcode: str) -> None:
    foreign = sorted(set(barcode) - BARCODE_CHARACTERS)
    if foreign:
        raise ValueError(
            f"barcode {barcode!r} has characters {foreign}; allowed are ASCII letters, "
            "digits, space and %+-./"
        )
    if not 1 <= len(barcode) <= MAX_BARCODE or barcode != barcode.strip():
        raise ValueError(
            f"barcode {barcode!r} must have 1 to {MAX_BARCODE} characters and no space at its ends"
        )


def _check_qr(qr: str) -> None:
    if not qr.isprintable():
        raise ValueError(f"qr {qr!r} has control characters; printers take printable text")
    size = len(qr.encode())
    if not 1 <= size <= MAX_QR_BYTES:
        raise ValueError(f"qr must have 1 to {MAX_QR_BYTES} bytes of UTF-8, not {size}")


class ManifestRow(msgspec.Struct, frozen=True, kw_only=True):
    """One shipment of a manifest."""

    tracking_number: str
    receiver: str
    service: str
    parcels: int = 1
    weight: Decimal | None = None
    """In kilograms."""
    cod: Decimal | None = None
    """To be collected from the receiver, in ``currency``."""
    currency: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A hand-over list; all texts may be of any length and are cut to their places."""

    title: str
    number: str
    address: tuple[str, ...] = ()
    """Lines of the pickup address, at most five of them printed."""
    contact: tuple[str, ...] = ()
    """Name, phone, e-mail and the like, at most five lines printed."""
    date_text: str = ""
    rows: tuple[ManifestRow, ...] = ()
    words: ManifestWords = ENGLISH_LIST


class CustomsLine(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of goods on a customs form."""

    description: str
    amount: int
    weight: int
    """In grams, of all pieces of the line together."""
    value: str
    """Of the line as people read it, such as ``EUR 25.00``."""
    classification: str = ""
    """The tariff number, or the beginning of one."""
    origin: str = ""
    """Country code of where the goods were made."""


class CustomsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a parcel declares to customs; all texts may be of any length and are cut."""

    barcode: str | None
    """Of the parcel that it belongs to, by the rules of `LabelContent.barcode`; None of a letter
    that nobody tracks."""
    sender: Party
    receiver: Party
    category: str
    """What the goods are for: gift, samples, documents, returned or commercial goods."""
    invoice: str = ""
    weight: int = 0
    """Gross, in grams."""
    total: str = ""
    lines: tuple[CustomsLine, ...] = ()
    notice: str = SIMULATION_NOTICE

    def __post_init__(self) -> None:
        """Refuse a barcode that a scanner could not read back."""
        if self.barcode is not None:
            _check_barcode(self.barcode)
