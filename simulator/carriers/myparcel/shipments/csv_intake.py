"""Shipments from CSV: raw, or as the file of a form.

MyParcel: document of 2017, 6.B.1. Only national and European shipments come this way. Either every
row becomes a shipment or none does. That a later edition has a column for what it alone has of a
shipment is inferred.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from simulator.carriers.myparcel.bodies import readings
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.csv_files import form as csv_form
from simulator.carriers.myparcel.csv_files import rows as csv_rows
from simulator.carriers.myparcel.csv_files.form import Form
from simulator.carriers.myparcel.csv_files.rows import BadCsv, BadMapping, Row
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.records import STANDARD_SHIPMENT
from simulator.carriers.myparcel.rules import address, customs, limits, outages
from simulator.carriers.myparcel.rules import shipment as shipment_rules
from simulator.carriers.myparcel.shipments import building
from simulator.carriers.myparcel.wire import credentials, edition, errors, media, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Refusal, Unreadable
from simulator.core.formats.multipart import BadForm
from simulator.engine.world import World

FORM = "multipart/form-data"
_BODIES = (FORM, "text/csv")

_ROWS = "data.shipments"
"""The path of the rows, as if they had come as JSON."""

_ANSWERS = ("application/json", "application/vnd.shipment_ids+json", "text/csv")
"""What clients of CSV may accept; success has no body, errors are JSON whatever was accepted."""

_MOST_FAULTS = 1000
_MOST_ROWS = 10_000
"""Rows of a file (inferred): it is made in one transaction, for which its workspace waits."""
_NUMBERS = ("package_type", "carrier")
_ITS_OWN = ("reference_identifier",)
"""Columns that are neither of the recipient nor numbers."""
_ABROAD = ("customs_declaration", "physical_properties")


def create(world: World, body: bytes, content_type: str) -> Answer:
    """Make a shipment of every row; 204 without a body, or 202 by quirk.

    Raises 406 for what no client of CSV can mean to get, 400 for a form that cannot be read, 415
    for a part of a form in another charset, and 422 with findings that name the line; after a
    thousand of them the rest of the file is not looked at.
    """
    shop = credentials.shop(world)
    media.negotiate(world, _ANSWERS)
    form = _form(world, body, content_type)
    faults = _judge(world, form)
    if faults:
        raise errors.invalid(faults)
    # Read again rather than kept, so that only what is stored takes memory.
    spoken = edition.of(world)
    made = [
        building.build(world, shop, _shipment(row), STANDARD_SHIPMENT, spoken.name)
        for row in csv_rows.rows(form.file, form.mapping, spoken.columns)
    ]
    limits.check(world, shop, made, _ROWS)
    for new in made:
        outages.check(world, new)
    return Answer(int(world.quirk("myparcel.csv_status")), empty=True)


def unread(body: bytes, content_type: str, spoken: str) -> tuple[list[str], Collection[str]]:
    """The columns of a body that mean nothing to an edition, and those that mean something.

    There are none where the body is no CSV; what is wrong with it is the answer's to tell.
    """
    known = csv_rows.KNOWN_COLUMNS.union(later := EDITIONS[spoken].columns)
    kind = media.parse(content_type).name
    if kind not in _BODIES:
        return [], known
    try:
        form = csv_form.read(body, content_type) if kind == FORM else Form(body, None)
        return csv_rows.unread(form.file, form.mapping, later), known
    except (BadForm, BadCsv, Refusal):
        return [], known


def _judge(world: World, form: Form) -> list[Fault]:
    """What is wrong with the rows of a file, up to a bound."""
    # An insurance has no column, so a row cannot be asked for one.
    rules = readings.of(world, None)._replace(insurance_required=False)
    faults: list[Fault] = []
    count = 0
    try:
        beyond = _beyond(form, rules)
        for row in csv_rows.rows(form.file, form.mapping, rules.edition.columns):
            faults += _faults(rules, row, _shipment(row), f"{_ROWS}[{count}]")
            count += 1
            if len(faults) >= _MOST_FAULTS:
                rest = f"line {row.line}: further lines were not looked at"
                return [*faults, Fault(0, rest, f"{_ROWS}[{count}]")]
            if beyond is not None and count >= _MOST_FAULTS:
                much = f"line {beyond.line}: a file has at most {_MOST_ROWS} shipments"
                place = f"{_ROWS}[{_MOST_ROWS}]"
                return [*faults, Fault(0, f"{much}, send several files", place)]
    except BadMapping as error:
        return [Fault(0, str(error), csv_form.MAPPING)]
    except BadCsv as error:
        return [*faults, Fault(0, str(error), f"{_ROWS}[{count}]" if count else _ROWS)]
    return faults if count else [Fault(0, "the CSV has no rows with shipments", _ROWS)]


def _beyond(form: Form, rules: Readings) -> Row | None:
    """The first row that is one too many; counting takes far less time than judging."""
    if form.file.count(b"\n") < _MOST_ROWS:
        return None
    every = csv_rows.rows(form.file, form.mapping, rules.edition.columns)
    return next(islice(every, _MOST_ROWS, None), None)


def _form(world: World, body: bytes, content_type: str) -> Form:
    if media.parse(content_type).name != FORM:
        return Form(body, None)
    try:
        return csv_form.read(body, content_type)
    except BadForm as error:
        malformed = errors.Envelope().malformed(world.request, str(error))
        raise Unreadable(malformed, str(error)) from None


def _shipment(row: Row) -> dict[str, Any]:
    """A row as the shipment that a client would post."""
    values = dict(row.values)
    numbers = {name: values.pop(name, "1") for name in _NUMBERS}
    if "cc" in values:
        values["cc"] = values["cc"].upper()
    kind, carrier = (_number(numbers[name]) for name in _NUMBERS)
    own = {name: values.pop(name) for name in _ITS_OWN if name in values}
    return {"carrier": carrier, "recipient": values, "options": {"package_type": kind}, **own}


def _number(text: str) -> int | str:
    number = parsing.integer(text)
    return text if number is None else number


def _faults(rules: Readings, row: Row, shipment: dict[str, Any], path: str) -> list[Fault]:
    """What is wrong with a row, each finding with the line in front."""
    found = shipment_rules.check(rules, shipment, path)
    cc = shipment["recipient"].get("cc")
    if address.is_country(cc) and customs.is_needed(rules, shipment["recipient"]):
        # What it lacks for customs has no columns, so only that it goes too far is of use.
        beyond = tuple(f"{path}.{name}" for name in _ABROAD)
        found = [fault for fault in found if not (fault.field or "").startswith(beyond)]
        message = f"{cc} is neither NL nor in the European Union, where CSV shipments go"
        found.append(Fault(3517, message, f"{path}.recipient.cc"))
    if row.surplus:
        found.append(Fault(0, f"{row.surplus} values more than there are columns", path))
    return [fault._replace(human=f"line {row.line}: {fault.human}") for fault in found]
