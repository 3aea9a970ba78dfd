"""What clients send about a parcel, read once into values.

A section (`parcel`, its `items`, `receiver`, `sender`, `additionalInfo`) that is not sent is None
and leaves what is known as it was; a section that is sent takes its place. An empty text is no
value, and a section without any value counts as not sent (D17).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from simulator.carriers.postplus.records import AdditionalInfo, Item, Party
from simulator.carriers.postplus.wire import parsing
from simulator.carriers.postplus.wire.echoes import shortened

_GREATEST = Decimal(10) ** 12
_GREATEST_WHOLE = 2**31 - 1
_NO_ID = -1


class IdentifiersForm(msgspec.Struct, frozen=True, gc=False):
    """By what a parcel is found."""

    id: int | None = None
    parcel_nr: str | None = None
    sender_parcel_nr: str | None = None
    original_parcel_nr: str | None = None
    original_sender_parcel_nr: str | None = None


class ContentForm(msgspec.Struct, frozen=True, gc=False):
    """The section `parcel`; `items` is None when the list was not sent."""

    type: str | None = None
    transaction_type: str | None = None
    currency: str | None = None
    parcel_value: Decimal | None = None
    gross_weight: Decimal | None = None
    height: Decimal | None = None
    width: Decimal | None = None
    length: Decimal | None = None
    items: tuple[Item, ...] | None = None


class ParcelForm(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A parcel that a client asks for; `faults` are sentences about values that cannot be read, and
    `unreadable` the names of these values: they are not missing."""

    identifiers: IdentifiersForm
    shipment_id: int | None = None
    bag_nr: str | None = None
    content: ContentForm | None = None
    receiver: Party | None = None
    sender: Party | None = None
    info: AdditionalInfo | None = None
    is_cancelled: bool = False
    faults: tuple[str, ...] = ()
    unreadable: frozenset[str] = frozenset()


def read(element: Mapping[str, Any]) -> ParcelForm:
    """What one element of a request asks for. Texts may stand for numbers; nothing is refused."""
    reader = _Reader()
    identifiers = parsing.form(element.get("identifiers"))
    text = parsing.text
    return ParcelForm(
        identifiers=IdentifiersForm(
            id=reader.identity(identifiers, "id"),
            parcel_nr=text(identifiers.get("parcelNr")),
            sender_parcel_nr=text(identifiers.get("senderParcelNr")),
            original_parcel_nr=text(identifiers.get("originalParcelNr")),
            original_sender_parcel_nr=text(identifiers.get("originalSenderParcelNr")),
        ),
        shipment_id=reader.identity(element, "shipmentId"),
        bag_nr=text(parsing.form(element.get("references")).get("bagNr")),
        content=reader.content(parsing.form(element.get("parcel"))),
        receiver=reader.party(parsing.form(element.get("receiver")), "receiver"),
        sender=reader.party(parsing.form(element.get("sender")), "sender"),
        info=reader.info(parsing.form(element.get("additionalInfo"))),
        is_cancelled=parsing.flag(parsing.form(element.get("status")).get("isCancelled")),
        faults=tuple(reader.faults.values()),
        unreadable=frozenset(reader.faults),
    )


def wanted_labels(element: Mapping[str, Any]) -> tuple[bool, str | None]:
    """Whether the answer shall hold the content of labels, and of which sizes."""
    return (
        parsing.flag(element.get("includeLastPrintContents")),
        parsing.text(element.get("includePrintSizes")),
    )


class _Reader:
    """Reads values and gathers sentences about those that cannot be read, by their names."""

    __slots__ = ("faults",)

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}

    def content(self, given: Mapping[str, Any]) -> ContentForm | None:
        items = given.get("items")
        listed = [parsing.form(item) for item in items] if isinstance(items, list) else []
        form = ContentForm(
            type=parsing.text(given.get("type")),
            transaction_type=parsing.text(given.get("transactionType")),
            currency=parsing.text(given.get("currency")),
            parcel_value=self._decimal(given, "parcelValue"),
            gross_weight=self._decimal(given, "parcelGrossWeight"),
            height=self._decimal(given, "height"),
            width=self._decimal(given, "width"),
            length=self._decimal(given, "length"),
            items=tuple(self._item(item, place) for place, item in enumerate(listed)) or None,
        )
        return form if form != _NO_CONTENT else None

    def _item(self, given: Mapping[str, Any], index: int) -> Item:
        place = f"item {index + 1}: "
        return Item(
            parsing.text(given.get("description")),
            parsing.text(given.get("skuCode")),
            parsing.text(given.get("hsCode")),
            self._whole(given, "quantity", place),
            self._decimal(given, "valuePerItem", place),
            self._decimal(given, "weightPerItem", place),
        )

    def party(self, given: Mapping[str, Any], side: str) -> Party | None:
        text = parsing.text
        party = Party(
            name=text(given.get("name")),
            phone=text(given.get("phone")),
            email=text(given.get("email")),
            address=text(given.get("address")),
            zip_code=text(given.get("zipCode")),
            city=text(given.get("city")),
            state=text(given.get("state")),
            country_code=text(given.get("countryCode")),
            pickup_point_id=(
                self._whole(given, "pickupPointId", "receiver: ") or None
                if side == "receiver"
                else None
            ),
        )
        return party if party != _NOBODY else None

    def info(self, given: Mapping[str, Any]) -> AdditionalInfo | None:
        text = parsing.text
        info = AdditionalInfo(
            tax_type=text(given.get("taxType")),
            tax_identification=text(given.get("taxIdentification")),
            route_info=text(given.get("routeInfo")),
            ship_date=text(given.get("shipDate")),
            service_code=text(given.get("serviceCode")),
            ordinal=self._whole(given, "ordinal"),
            parameters=given.get("parameters"),
        )
        return info if info != _NO_INFO else None

    def identity(self, given: Mapping[str, Any], name: str) -> int | None:
        """An id: 0 is none, as clients with plain integers send it (inferred), and one that cannot
        be read is an id that nothing has."""
        value = given.get(name)
        read = value if type(value) is int else parsing.integer(value)
        if read is None and parsing.text(value) is not None:
            return _NO_ID
        return read or None

    def _whole(self, given: Mapping[str, Any], name: str, place: str = "") -> int | None:
        value = given.get(name)
        read = parsing.integer(value)
        if read is not None and abs(read) <= _GREATEST_WHOLE:
            return read
        self._fault(value, name, place, "a whole number within 32 bits")
        return None

    def _decimal(self, given: Mapping[str, Any], name: str, place: str = "") -> Decimal | None:
        value = given.get(name)
        read = parsing.decimal(value)
        if read is not None and abs(read) <= _GREATEST:
            return read
        self._fault(value, name, place, "a number up to 10^12")
        return None

    def _fault(self, value: Any, name: str, place: str, wanted: str) -> None:
        if value is not None and (not isinstance(value, str) or value.strip()):
            field = f"{place}{name}"
            field = field[0].upper() + field[1:]
            self.faults[field] = f"{field} {shortened(value)} is not {wanted}"


_NO_CONTENT = ContentForm()
_NOBODY = Party()
_NO_INFO = AdditionalInfo()
