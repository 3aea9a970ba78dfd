"""The resulting file of a shipment: what became of its parcels, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.catalog.services import MAIL_TYPES, SERVICES, TRANSACTION_TYPES
from simulator.carriers.postplus.documents import files, tables
from simulator.carriers.postplus.records import PARCELS, SHIPMENTS, Item, Parcel, Shipment
from simulator.carriers.postplus.wire import credentials, errors, lists, parsing
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World

COLUMNS = (
    "ShipmentNr",
    "BagNr",
    "ParcelId",
    "ParcelNr",
    "SenderParcelNr",
    "Result",
    "Status",
    "ErrorDetails",
    "WarningDetails",
    "Type",
    "TransactionType",
    "TaxType",
    "TaxIdentification",
    "ServiceCode",
    "Carrier",
    "ReceiverName",
    "ReceiverCity",
    "ReceiverZipCode",
    "ReceiverCountryCode",
    "ParcelValue",
    "Currency",
    "ParcelGrossWeight",
    "ItemDescription",
    "ItemSkuCode",
    "ItemHsCode",
    "ItemQuantity",
    "ItemValue",
    "ItemWeight",
)
"""The columns (inferred, after the full manifest file): a row for each item, the parcel's data
repeated."""

ACCEPTED, WARNINGS, ERRORS, CANCELLED = "Accepted", "WithWarnings", "WithErrors", "Cancelled"

_FORMATS = {"csv": "csv", "xlsx": "xlsx"}


class _Filter(NamedTuple):
    """Which parcels are in the file; None is no condition."""

    results: frozenset[str]
    type: str | None
    tax_type: str | None
    transaction_type: str | None
    countries: frozenset[str]

    def takes(self, parcel: Parcel) -> bool:
        """Whether a parcel passes all conditions."""
        return (
            result_of(parcel) in self.results
            and self.type in (None, parcel.type)
            and self.tax_type in (None, (parcel.info.tax_type or "").upper())
            and self.transaction_type in (None, parcel.transaction_type)
            and (not self.countries or parcel.receiver.country_code in self.countries)
        )


def download_resulting_file(
    world: World,
    id: str,
    include_accepted: bool | None = None,
    include_with_warnings: bool | None = None,
    include_with_errors: bool | None = None,
    include_cancelled: bool | None = None,
    parcel_type: str | None = None,
    parcel_tax_type: str | None = None,
    parcel_transaction_type: str | None = None,
    parcel_country_codes: str | None = None,
    file_format: str | None = None,
) -> Answer:
    """GET /api/v1/documents/shipments/{id}/resulting-file: the shipment's parcels as a table.

    All of them, unless it is said which: once one of the four kinds is asked for, the others are
    only there if they are too; one that is refused is left out (inferred). Raises 400 for an
    unknown format or type, 404 for an unknown shipment.
    """
    shipment = credentials.owned(world, SHIPMENTS, id, "Shipment")
    format = _FORMATS.get((parsing.text(file_format) or "csv").lower())
    if format is None:
        raise errors.bad_request(f"FileFormat is Csv or Xlsx, not {file_format!s:.60}")
    tax_type = parsing.text(parcel_tax_type)
    chosen = _Filter(
        results=_results(
            {
                ACCEPTED: include_accepted,
                WARNINGS: include_with_warnings,
                ERRORS: include_with_errors,
                CANCELLED: include_cancelled,
            }
        ),
        type=_one_of("ParcelType", parcel_type, MAIL_TYPES),
        tax_type=None if tax_type is None else tax_type.upper(),
        transaction_type=_one_of(
            "ParcelTransactionType", parcel_transaction_type, TRANSACTION_TYPES
        ),
        countries=frozenset(
            code.upper() for code in lists.read(world, "ParcelCountryCodes", parcel_country_codes)
        ),
    )
    parcels = world[PARCELS].where("shipment_id", shipment.id)
    kept = tuple(parcel for parcel in parcels if chosen.takes(parcel))
    name = f"{files.name_part(shipment.shipment_nr)}-result.{format}"
    return files.serve(name, Rendering(partial(_draw, format, shipment, kept)))


def result_of(parcel: Parcel) -> str:
    """What became of a parcel, in one word."""
    if parcel.is_cancelled:
        return CANCELLED
    if parcel.errors:
        return ERRORS
    return WARNINGS if parcel.warnings else ACCEPTED


def rows_of(shipment: Shipment, parcels: tuple[Parcel, ...]) -> Iterator[tuple[str, ...]]:
    """The table, with the names of its columns."""
    yield COLUMNS
    for parcel in parcels:
        own = _of_parcel(shipment, parcel)
        for item in parcel.items or (Item(),):
            yield (*own, *_of_item(item))


def _draw(format: str, shipment: Shipment, parcels: tuple[Parcel, ...]) -> bytes:
    rows = list(rows_of(shipment, parcels))
    return tables.xlsx_of("Parcels", rows) if format == "xlsx" else tables.csv_of(rows)


def _results(flags: dict[str, bool | None]) -> frozenset[str]:
    asked = {result for result, flag in flags.items() if flag}
    return frozenset(asked or {result for result, flag in flags.items() if flag is None})


def _one_of(name: str, text: str | None, known: Iterable[str]) -> str | None:
    """The one of `known` that a text means in any letter case. Raises 400 for another."""
    wanted = parsing.text(text)
    if wanted is None:
        return None
    found = {each.lower(): each for each in known}.get(wanted.lower())
    if found is None:
        raise errors.bad_request(f"{name} is one of {', '.join(known)}, not {wanted:.60}")
    return found


def _of_parcel(shipment: Shipment, parcel: Parcel) -> tuple[str, ...]:
    service = SERVICES.get(parcel.info.service_code or "")
    receiver = parcel.receiver
    weight = parcel.gross_weight
    return (
        shipment.shipment_nr,
        parcel.bag_nr or "",
        str(parcel.id),
        parcel.parcel_nr or "",
        parcel.sender_parcel_nr or "",
        result_of(parcel),
        parcel.status,
        "; ".join(parcel.errors),
        "; ".join(parcel.warnings),
        parcel.type,
        parcel.transaction_type,
        parcel.info.tax_type or "",
        parcel.info.tax_identification or "",
        parcel.info.service_code or "",
        "" if service is None else service.carrier,
        receiver.name or "",
        receiver.city or "",
        receiver.zip_code or "",
        receiver.country_code or "",
        sums.written(sums.value(parcel.items)),
        parcel.currency or "",
        "" if weight is None else sums.written(weight),
    )


def _of_item(item: Item) -> tuple[str, ...]:
    value, weight = item.value_per_item, item.weight_per_item
    return (
        item.description or "",
        item.sku_code or "",
        item.hs_code or "",
        "" if item.quantity is None else str(item.quantity),
        "" if value is None else sums.written(value),
        "" if weight is None else sums.written(weight),
    )
