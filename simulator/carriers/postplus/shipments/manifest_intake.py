"""What the rows of a manifest file do: a short file links parcels, a full one makes them.

A row with a fault is told, and the others are taken all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from simulator.carriers.postplus.bodies import manifest_columns as columns
from simulator.carriers.postplus.bodies.manifest_rows import PROCESSED, BadManifest, Manifest, Row
from simulator.carriers.postplus.parcels import look_ups, references
from simulator.carriers.postplus.parcels.upsert import upsert
from simulator.carriers.postplus.records import PARCELS, Account, Item, Parcel, Shipment
from simulator.carriers.postplus.rules import manifests as rules
from simulator.carriers.postplus.rules.references import NOT_FOUND
from simulator.carriers.postplus.rules.shipments import bounded
from simulator.engine.world import World

ACCEPTED, WARNING, ERROR = "Accepted", "Warning", "Error"
"""What a processed file says of a row."""


class Taken(NamedTuple):
    """What became of a file: its rows, how many of them were taken, what is wrong with it, and the
    rows of the processed file."""

    rows: int
    parsed_rows: int
    errors: tuple[str, ...]
    processed: tuple[tuple[str, ...], ...]


class _Outcome(NamedTuple):
    """What became of a row: its parcel, if it has one, and what the file itself has wrong.

    `way_bill` and `bag_nr` are as the row had them.
    """

    line: int
    way_bill: str
    bag_nr: str
    numbers: tuple[str | None, str | None]
    parcel_id: int | None
    faults: list[str]


def take(
    world: World, account: Account, shipment: Shipment, file_id: int, manifest: Manifest
) -> Taken:
    """Take the rows of a file into the shipment. Where it stops being readable, it ends.

    Raises `TooManyRows` beyond the bounds.
    """
    intake = _Intake(world, account, shipment, file_id)
    end: list[str] = []
    rows = _readable(manifest.rows, end)
    if manifest.form == "short":
        intake.link(rows)
    else:
        intake.make(rows)
    outcomes = sorted(intake.outcomes, key=lambda each: each.line)
    if not outcomes and not end:
        end = ["the file has no rows"]
    processed = [_processed(world, each) for each in outcomes]
    wrong = [f"line {row[0]}: {row[-1]}" for row in processed if row[-2] == ERROR]
    return Taken(
        rows=len(processed),
        parsed_rows=sum(1 for each in outcomes if each.parcel_id is not None),
        errors=tuple(bounded([*wrong, *end], "errors")),
        processed=(PROCESSED, *processed),
    )


def _readable(rows: Iterable[Row], end: list[str]) -> Iterator[Row]:
    """The rows up to where the file stops being readable; `end` is then told why."""
    try:
        yield from rows
    except BadManifest as error:
        end.append(str(error))


class _Intake:
    """The rows of one file on their way."""

    def __init__(self, world: World, account: Account, shipment: Shipment, file_id: int) -> None:
        self._world = world
        self._account = account
        self._shipment = shipment
        self._file_id = file_id
        self._made: dict[tuple[str | None, str | None], int] = {}
        self.outcomes: list[_Outcome] = []

    def link(self, rows: Iterable[Row]) -> None:
        """Link the parcels that the rows name, bag by bag."""
        bags: dict[str | None, dict[int, Row]] = {}
        named: dict[int, int] = {}
        for row in self._sound(rows):
            found = self._find(row)
            if found is None:
                self._note(row, None, [NOT_FOUND.sentence])
            elif found.id in named:
                self._note(row, None, [f"the parcel is in line {named[found.id]} already"])
            else:
                named[found.id] = row.line
                bags.setdefault(row.values.get(columns.BAG_NR), {})[found.id] = row
        for bag_nr, inside in bags.items():
            parcels = self._world[PARCELS].existing(inside)
            fitting, refused = references.sort_out(
                self._world, self._account, parcels, bag_nr=bag_nr, shipment=self._shipment
            )
            for parcel in fitting:
                row = inside[parcel.id]
                references.link(
                    self._world,
                    self._numbered(parcel, row),
                    bag_nr=bag_nr,
                    shipment_id=self._shipment.id,
                    manifest_file_id=self._file_id,
                )
                self._note(row, parcel.id, [])
            for each in refused:
                assert each.failure.parcel is not None, "only parcels that there are were sorted"
                self._note(inside[each.failure.parcel.id], None, [each.failure.error])

    def make(self, rows: Iterable[Row]) -> None:
        """Make or update the parcels that the rows describe, an item a row."""
        pile: list[Row] = []
        for row in self._sound(rows):
            if pile and rules.identity(row) != rules.identity(pile[0]):
                self._upsert(pile)
                pile = []
            pile.append(row)
        if pile:
            self._upsert(pile)

    def _sound(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that can be taken for parcels of the shipment."""
        for row in rows:
            faults = rules.row_faults(self._shipment, row)
            if faults:
                self._note(row, None, faults)
            else:
                yield row

    def _upsert(self, pile: Sequence[Row]) -> None:
        """Make the parcel of rows that follow each other; when it was in the file before, its
        items come on top of those that it has."""
        first = pile[0]
        numbers = rules.identity(first) or (None, None)
        before = self._world[PARCELS].get(self._made.get(numbers, 0))
        items = [] if before is None else [_sent(item) for item in before.items]
        room = rules.MOST_ITEMS - len(items)
        for row in pile[room:]:
            self._note(row, None, [f"up to {rules.MOST_ITEMS} items of a parcel are allowed"])
        pile = pile[:room]
        if not pile:
            return
        parcel = upsert(
            self._world,
            self._account,
            _element(pile, items),
            shipment_id=self._shipment.id,
            manifest_file_id=self._file_id,
        )
        kept = self._world[PARCELS].get(parcel.id)
        # Data that a parcel with a label does not take are not kept, their errors neither.
        refused = list(parcel.errors) if kept is None or kept.errors != parcel.errors else []
        if kept is not None and not refused:
            self._world[PARCELS].put(self._numbered(kept, first))
            self._made[numbers] = kept.id
        for row in pile:
            faults = [*refused, *rules.differences(first, row)]
            self._note(row, None if kept is None or refused else kept.id, faults)

    def _find(self, row: Row) -> Parcel | None:
        """The parcel that both numbers of a row name, or the one that it has."""
        number, sender = row.values.get(columns.PARCEL_NR), row.values.get(columns.SENDER_NR)
        found = (
            look_ups.find(self._world, self._account, parcel_nrs=[number])
            if number
            else look_ups.find(self._world, self._account, sender_parcel_nrs=[str(sender)])
        )
        fitting = (each for each in found if not sender or each.sender_parcel_nr == sender)
        return next(fitting, None)

    def _numbered(self, parcel: Parcel, row: Row) -> Parcel:
        """The parcel with the number of the manifest, if the row has one."""
        number = row.values.get(columns.MANIFEST_NR)
        return msgspec.structs.replace(parcel, manifest_parcel_nr=number) if number else parcel

    def _note(self, row: Row, parcel_id: int | None, faults: list[str]) -> None:
        self.outcomes.append(
            _Outcome(
                row.line,
                row.values.get(columns.WAY_BILL) or self._shipment.shipment_nr,
                row.values.get(columns.BAG_NR, ""),
                rules.identity(row) or (None, None),
                parcel_id,
                faults,
            )
        )


def _processed(world: World, outcome: _Outcome) -> tuple[str, ...]:
    """The row of the processed file: as the parcel is when all rows were taken."""
    parcel = None if outcome.parcel_id is None else world[PARCELS].get(outcome.parcel_id)
    number, sender = outcome.numbers
    wrong, doubtful = list(outcome.faults), list[str]()
    if parcel is not None:
        number, sender = parcel.parcel_nr, parcel.sender_parcel_nr
        wrong += parcel.errors
        doubtful += parcel.warnings
    status = ERROR if wrong else WARNING if doubtful else ACCEPTED
    return (
        str(outcome.line),
        outcome.way_bill,
        outcome.bag_nr,
        number or "",
        sender or "",
        status,
        "; ".join([*wrong, *doubtful]),
    )


def _element(pile: Sequence[Row], items: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows of a parcel as the parcel that a client would send: the first row that has a value
    says it."""
    element: dict[str, Any] = {}
    for row in pile:
        item: dict[str, Any] = {}
        for (section, member), value in row.values.items():
            if section == "item":
                item[member] = value
            elif section != "shipment":
                element.setdefault(section, {}).setdefault(member, value)
        if item:
            items.append(item)
    if items:
        element.setdefault("parcel", {})["items"] = items
    return element


def _sent(item: Item) -> dict[str, Any]:
    """An item as a client would send it."""
    value, weight = item.value_per_item, item.weight_per_item
    return {
        "description": item.description,
        "skuCode": item.sku_code,
        "hsCode": item.hs_code,
        "quantity": item.quantity,
        "valuePerItem": None if value is None else f"{value:f}",
        "weightPerItem": None if weight is None else f"{weight:f}",
    }
