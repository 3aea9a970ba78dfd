"""The envelope of what is posted: the list of shipments inside ``data``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog.types import FLAGS, PROPERTIES, SETTINGS
from simulator.carriers.myparcel.wire import edition, errors, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Finding
from simulator.core.faults import shown
from simulator.engine.world import World

_NUMBERS = (
    *("package_type", "delivery_type", "carrier", "amount", "contents", "parent", "parent_id"),
    *("shop_id", "id", "multi_collo_main_shipment_id"),
    *PROPERTIES,
)
_CODES: dict[str, int] = {
    "carrier": 3728,
    "package_type": 3712,
    "parent": 3720,
    "delivery_type": 3721,
    "delivery_date": 5000,
    "insurance": 3743,
    "pickup": 3722,
    "customs_declaration": 3702,
    "contents": 3702,
    "customs_declaration.weight": 3702,
    "items.weight": 3730,
    "items.amount": 3765,
    "item_value.amount": 3702,
    **dict.fromkeys(FLAGS, 3705),
    **dict.fromkeys(PROPERTIES, 3704),
}
"""Codes of members that need not be there, so that no rule tells of their absence."""

_HOLDERS = ("object", "array", "string")
"""Types of which the carrier says by their names that something else stands in their place."""

_ELEMENT = re.compile(r"\[([0-9]{1,18})\]")
_BLANKS = frozenset((*_NUMBERS, *FLAGS, *SETTINGS, "delivery_date"))
"""Members that are no texts, so that an empty one says nothing."""


def check_schema(world: World, findings: Sequence[Finding]) -> None:
    """Raises 422 with what the schema refuses and nothing else, where the edition does so."""
    if findings and edition.of(world).schema_first:
        raise errors.refused_by_schema(findings)


def elements(
    rules: Readings, body: Any, names: Sequence[str], findings: Sequence[Finding]
) -> tuple[list[Any], str]:
    """The list inside ``data`` under the one of `names` that is there, and its path.

    Fields that a form left empty are absent, unless `rules` are strict. Raises 422 with code 0
    when there is no such list, when it is empty or longer than a request may have, or when there
    are two of them.
    """
    if not isinstance(body, dict):
        raise errors.invalid([Fault(0, "the body is an object with the member data", "data")])
    refuse([finding for finding in findings if len(finding.path) <= 2], ())
    data = body.get("data")
    if data is None:
        raise errors.invalid([_absent(rules, "data")])
    given = [name for name in names if data.get(name) is not None]
    if not given:
        raise errors.invalid([_absent(rules, f"data.{names[0]}")])
    path = f"data.{given[0]}"
    if len(given) > 1:
        raise errors.invalid([Fault(0, f"send {' or '.join(given)}, not both", path)])
    found = data[given[0]]
    if not found:
        raise errors.invalid([Fault(0, f"{path} has no element, send at least one", path)])
    most = rules.edition.counts["shipments"].most
    if most is not None and len(found) > most:
        human = f"{path} has {len(found)} elements, at most {most} are taken in a request"
        raise errors.invalid([Fault(0, human, path, allowed={"maxItems": most})])
    return (found if rules.strict else _without_blanks(found)), path


def _absent(rules: Readings, path: str) -> Fault:
    """A list that is not there, in the words of the edition."""
    if not rules.edition.schema_first:
        return kinds.missing(0, path)
    name = path.rpartition(".")[2]
    return Fault(0, f"The property {name} is required", path)


def _without_blanks(value: Any) -> Any:
    """The value without the numbers and switches in it that are empty texts."""
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without_blanks(member) if isinstance(member, dict | list) else member
        for name, member in value.items()
        if not (member == "" and name in _BLANKS)
        and not (name == "insurance" and parsing.form(member).get("amount") == "")
    }


def refuse(findings: Sequence[Finding], faults: Sequence[Fault]) -> None:
    """Raises 422 with what the schema and the rules found, each place told once.

    What the rules miss because the schema took it out is not missing, but its code is theirs.
    """
    if not findings and not faults:
        return
    told = {errors.path_of(finding): finding for finding in findings}
    codes = {fault.field: fault.code for fault in faults}
    schema = [_told(finding, path, codes.get(path)) for path, finding in told.items()]
    once = {fault[:3]: fault for fault in faults}.values()
    rules = [fault for fault in once if fault.field not in told]
    raise errors.invalid(sorted(schema + rules, key=_place))


def _place(fault: Fault) -> int:
    """Which element of the request a fault is about."""
    found = _ELEMENT.search(fault.field or "")
    return int(found[1]) if found else -1


def code_at(path: str) -> int:
    """The code of the rule about the member at a path, by its name and that of what holds it."""
    holder, _, name = _ELEMENT.sub("", path).rpartition(".")
    return _CODES.get(f"{holder.rpartition('.')[2]}.{name}", _CODES.get(name, 0))


def _told(finding: Finding, path: str, code: int | None) -> Fault:
    """A finding of the schema: a value of another kind, or one with the code of its rule."""
    name = path.rpartition(".")[2]
    if finding.keyword == "type" and finding.wanted[0] in _HOLDERS:
        return kinds.misfit(finding.value, finding.wanted[0], path)
    if finding.key.isdecimal():  # the description names a code itself
        code = int(finding.key)
    elif code is None:
        code = code_at(path)
    message = finding.message
    if finding.key == "anyOf":
        value = finding.value
        wanted = "integer" if name in _NUMBERS or name in FLAGS or name in SETTINGS else "string"
        if isinstance(value, dict | list | bool) or wanted == "string":
            return kinds.misfit(value, wanted, path)
        message = f"{shown(value, 60)} is not {'a whole number' if name in _NUMBERS else '1 or 0'}"
    return Fault(code, f"{path} {message}".strip(), path, finding.allowed, finding.source)
