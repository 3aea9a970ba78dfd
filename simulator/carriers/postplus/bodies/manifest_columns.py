"""The columns of manifest files: what they are called, and what they say.

Public articles describe two forms: a short one of four columns, which only links parcels that are
there, and a full one with a row for each item, in which the parcel's data are repeated. How the
columns are called is not public, so that names of the API and everyday ones are both taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Column = tuple[str, str]
"""Where a value belongs: the section and the member of a parcel in the API; `shipment` holds what
only the file says, `item` what is of the row's own item."""

Form = Literal["short", "full"]

WAY_BILL: Column = ("shipment", "shipmentNr")
MANIFEST_NR: Column = ("shipment", "manifestParcelNr")
BAG_NR: Column = ("references", "bagNr")
PARCEL_NR: Column = ("identifiers", "parcelNr")
SENDER_NR: Column = ("identifiers", "senderParcelNr")

SHORT: tuple[Column, ...] = (WAY_BILL, BAG_NR, PARCEL_NR, SENDER_NR)
"""The columns of a short file in their order: way bill, package id, parcel number, client id."""

_PARTY = {
    "name": "name fullname",
    "phone": "phone phonenr phonenumber telephone tel",
    "email": "email mail",
    "address": "address street addressline address1",
    "zipCode": "zipcode zip postalcode postcode",
    "city": "city town",
    "state": "state region province",
    "countryCode": "countrycode country",
}

_RECEIVER = ("receiver", "recipient", "consignee", "to")
_SENDER = ("sender", "shipper", "consignor", "from")

_NAMES: dict[Column, str] = {
    WAY_BILL: "shipmentnr shipmentnumber waybill waybillnr waybillnumber awb awbnr awbnumber mawb",
    MANIFEST_NR: "manifestparcelnr manifestnr manifestnumber",
    BAG_NR: "bagnr bag bagid bagnumber packageid package packagenr receptacleid",
    PARCEL_NR: "parcelnr parcelnumber parcel trackingnr trackingnumber barcode",
    SENDER_NR: "senderparcelnr senderparcelnumber clientid clientnr ordernr orderid reference",
    ("parcel", "type"): "type parceltype mailtype",
    ("parcel", "transactionType"): "transactiontype",
    ("parcel", "currency"): "currency currencycode",
    ("parcel", "parcelGrossWeight"): "parcelgrossweight grossweight parcelweight weight",
    ("parcel", "height"): "height",
    ("parcel", "width"): "width",
    ("parcel", "length"): "length",
    ("additionalInfo", "serviceCode"): "servicecode service",
    ("additionalInfo", "taxType"): "taxtype incoterm",
    ("additionalInfo", "taxIdentification"): "taxidentification taxid ioss iossnr iossnumber",
    ("additionalInfo", "routeInfo"): "routeinfo route",
    ("additionalInfo", "shipDate"): "shipdate",
    ("receiver", "pickupPointId"): "pickuppointid receiverpickuppointid lockerid",
    ("item", "description"): "description itemdescription goods contents",
    ("item", "skuCode"): "skucode sku itemsku itemskucode",
    ("item", "hsCode"): "hscode hs itemhscode tariffnumber",
    ("item", "quantity"): "quantity qty itemquantity pieces",
    ("item", "valuePerItem"): "valueperitem itemvalue value unitvalue price",
    ("item", "weightPerItem"): "weightperitem itemweight unitweight netweight",
    **{
        ("receiver", member): " ".join(
            [*(f"{who}{name}" for who in _RECEIVER for name in names.split()), names]
        )
        for member, names in _PARTY.items()
    },
    **{
        ("sender", member): " ".join(f"{who}{name}" for who in _SENDER for name in names.split())
        for member, names in _PARTY.items()
    },
}

_COLUMNS: dict[str, Column] = {
    name: column for column, names in _NAMES.items() for name in names.split()
}

DECIMALS: frozenset[Column] = frozenset(
    {
        ("parcel", "parcelGrossWeight"),
        ("parcel", "height"),
        ("parcel", "width"),
        ("parcel", "length"),
        ("item", "valuePerItem"),
        ("item", "weightPerItem"),
    }
)
"""Where a comma may stand for the point."""

_FULL = ("item", "receiver")
_ENOUGH_TO_BE_NAMES = 2
_NO_NAME = re.compile(r"[^a-z0-9]")


def column(cell: str) -> Column | None:
    """The column of that name: letter case and signs between words do not count."""
    return _COLUMNS.get(_NO_NAME.sub("", cell.lower()))


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a line names columns; one such word may well be somebody's name."""
    known = sum(column(cell) is not None for cell in cells)
    return known >= _ENOUGH_TO_BE_NAMES or known == len(cells)


def form_of(columns: Sequence[Column | None]) -> Form:
    """Whether a file with these columns makes parcels, or only links those that are there."""
    return "full" if any(each is not None and each[0] in _FULL for each in columns) else "short"
