"""The lists that go with a submitted shipment: CN 31, CN 33 and CN 38."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.catalog import offices
from simulator.carriers.postplus.labels.content import country_name
from simulator.carriers.postplus.labels.receptacles import Despatch, despatches
from simulator.carriers.postplus.records import Parcel, Shipment
from simulator.labels import Column, PostalForm, Section

_LETTERS, _PARCELS, _EXPRESS = "U", "C", "E"
"""How the class of a mail begins."""

_RECEPTACLES = (
    Column("Receptacle", 0.43),
    Column("Bag", 0.27),
    Column("Items", 0.09, "right"),
    Column("Registered", 0.1, "right"),
    Column("Weight kg", 0.11, "right"),
)
_REGISTERED = (
    Column("No.", 0.08, "right"),
    Column("Item number", 0.24),
    Column("Bag", 0.28),
    Column("Receiver's town", 0.28),
    Column("Weight kg", 0.12, "right"),
)
_DESPATCHES = (
    Column("Despatch", 0.12),
    Column("Office of destination", 0.32),
    Column("Letter bags", 0.13, "right"),
    Column("Parcel bags", 0.13, "right"),
    Column("EMS bags", 0.13, "right"),
    Column("Weight kg", 0.17, "right"),
)


def cn38(shipment: Shipment, parcels: Sequence[Parcel]) -> list[PostalForm]:
    """CN 38, the delivery bill: all despatches that are handed to the transport."""
    listed = despatches(shipment, parcels)
    bags = sum(len(despatch.receptacles) for despatch in listed)
    weight = sums.total(despatch.weight for despatch in listed)
    classes = (_LETTERS, _PARCELS, _EXPRESS)
    totals = (str(sum(_bags_of(each, kind) for each in listed)) for kind in classes)
    return [
        PostalForm(
            code="CN 38",
            title="DELIVERY BILL",
            number=shipment.shipment_nr,
            barcode=shipment.shipment_nr,
            fields=(
                ("Office of origin", _origin(shipment)),
                ("Date", _date(shipment)),
                ("Transport", shipment.arrival.transport_nr or ""),
                ("Shipment", f"{shipment.type} {shipment.shipment_nr}"),
                ("Bags", str(bags)),
                ("Gross weight", f"{sums.written(weight)} kg"),
            ),
            sections=(
                Section(
                    title="Despatches",
                    columns=_DESPATCHES,
                    rows=tuple(map(_despatch_row, listed)),
                    totals=("Total", "", *totals, sums.written(weight)),
                ),
                Section(
                    title="Receptacles",
                    columns=_RECEPTACLES,
                    rows=tuple(row for despatch in listed for row in _receptacle_rows(despatch)),
                    totals=_sum_of(listed),
                ),
            ),
            signatures=("Dispatching office", "Carrier's representative", "Receiving office"),
        )
    ]


def cn31(shipment: Shipment, parcels: Sequence[Parcel]) -> list[PostalForm]:
    """CN 31, the letter bill: one for each despatch."""
    return [
        PostalForm(
            code="CN 31",
            title="LETTER BILL",
            number=f"Despatch {despatch.number}",
            barcode=despatch.code,
            fields=(
                *_head(shipment, despatch),
                ("Items", str(despatch.items)),
                ("Registered items", str(len(_registered(despatch)))),
                ("Gross weight", f"{sums.written(despatch.weight)} kg"),
            ),
            sections=(
                Section(
                    title="Receptacles",
                    columns=_RECEPTACLES,
                    rows=tuple(_receptacle_rows(despatch)),
                    totals=_sum_of([despatch]),
                ),
            ),
            signatures=("Dispatching office of exchange", "Office of exchange of destination"),
        )
        for despatch in despatches(shipment, parcels)
    ]


def cn33(shipment: Shipment, parcels: Sequence[Parcel]) -> list[PostalForm]:
    """CN 33, the special list: the registered items of each despatch that has any.

    A shipment without registered items has one list, which says so.
    """
    listed = despatches(shipment, parcels)
    registered = [despatch for despatch in listed if _registered(despatch)]
    return [_special_list(shipment, despatch) for despatch in registered or listed[:1]]


def _special_list(shipment: Shipment, despatch: Despatch) -> PostalForm:
    found = _registered(despatch)
    weight = sums.total(parcel.gross_weight for parcel in found)
    return PostalForm(
        code="CN 33",
        title="SPECIAL LIST",
        number=f"Despatch {despatch.number}",
        barcode=despatch.code,
        fields=(
            *_head(shipment, despatch),
            ("Registered items", str(len(found))),
            ("Gross weight", f"{sums.written(weight)} kg"),
            ("Shipment", shipment.shipment_nr),
        ),
        sections=(
            Section(
                title="Registered items",
                columns=_REGISTERED,
                rows=tuple(
                    (
                        str(place),
                        parcel.parcel_nr or "",
                        parcel.bag_nr or "",
                        parcel.receiver.city or "",
                        sums.written(parcel.gross_weight or Decimal(0)),
                    )
                    for place, parcel in enumerate(found, 1)
                ),
                totals=("", f"{len(found)} items", "", "", sums.written(weight)) if found else (),
                none="No registered items",
            ),
        ),
        signatures=("Dispatching office of exchange", "Office of exchange of destination"),
    )


def _head(shipment: Shipment, despatch: Despatch) -> tuple[tuple[str, str], ...]:
    destination = offices.destination(despatch.country)
    return (
        ("Office of origin", _origin(shipment)),
        ("Office of destination", f"{country_name(despatch.country)} {destination}"),
        ("Date", _date(shipment)),
        ("Despatch", despatch.number),
        ("Class of mail", despatch.mail_class),
        ("Transport", shipment.arrival.transport_nr or ""),
    )


def _origin(shipment: Shipment) -> str:
    office = offices.origin(shipment.terminal_code)
    return f"{office.town} {office.code}"


def _date(shipment: Shipment) -> str:
    return f"{shipment.submitted_on or shipment.created_on:%Y-%m-%d}"


def _registered(despatch: Despatch) -> list[Parcel]:
    return [parcel for each in despatch.receptacles for parcel in each.registered]


def _bags_of(despatch: Despatch, kind: str) -> int:
    return len(despatch.receptacles) if despatch.mail_class.startswith(kind) else 0


def _despatch_row(despatch: Despatch) -> tuple[str, ...]:
    destination = offices.destination(despatch.country)
    return (
        despatch.number,
        f"{country_name(despatch.country)} {destination}",
        *(str(_bags_of(despatch, kind) or "") for kind in (_LETTERS, _PARCELS, _EXPRESS)),
        sums.written(despatch.weight),
    )


def _receptacle_rows(despatch: Despatch) -> Iterable[tuple[str, ...]]:
    for each in despatch.receptacles:
        yield (
            each.code,
            each.bag_nr or "loose items",
            str(each.items),
            str(len(each.registered)),
            sums.written(each.weight),
        )


def _sum_of(listed: Sequence[Despatch]) -> tuple[str, ...]:
    registered = sum(len(_registered(despatch)) for despatch in listed)
    return (
        "Total",
        "",
        str(sum(despatch.items for despatch in listed)),
        str(registered),
        sums.written(sums.total(despatch.weight for despatch in listed)),
    )
