"""The envelope of what is posted: the list of shipments inside ``data``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel import errors
from simulator.carriers.myparcel.errors import Fault
from simulator.carriers.myparcel.rules import kinds
from simulator.carriers.myparcel.rules.options import FLAGS
from simulator.core.answers import Finding

_SWITCHES = ("save_recipient_address", "delivery_notification")
_SIZES = ("height", "width", "length", "volume", "weight")
_NUMBERS = (
    *("package_type", "delivery_type", "carrier", "amount", "contents", "parent", "parent_id"),
    *("shop_id", "id", "multi_collo_main_shipment_id"),
    *_SIZES,
)
_CODES: dict[str, int] = {
    "delivery_type": 3721,
    "delivery_date": 5000,
    "insurance": 3743,
    "pickup": 3722,
    "customs_declaration": 3702,
    **dict.fromkeys(FLAGS, 3705),
    **dict.fromkeys(_SIZES, 3704),
}
"""Codes of members that need not be there, so that no rule tells of their absence."""

_MISFIT = re.compile(
    r'(?P<value>.*) is not of types? (?:"null", )?"(?P<wanted>object|array)"', re.DOTALL
)
"""How the schema tells that something else stands where an object or a list has to be."""


def elements(body: Any, names: Sequence[str]) -> tuple[list[Any], str]:
    """The list inside ``data`` under the first of `names` that is there, and its path.

    Raises 422 with code 0 when there is no such list or when it is empty.
    """
    if not isinstance(body, dict):
        raise errors.invalid([Fault(0, "the body is an object with the member data", "data")])
    if body.get("data") is None:
        raise errors.invalid([kinds.missing(0, "data")])
    data = body["data"]
    if not isinstance(data, dict):
        raise errors.invalid([kinds.misfit(data, "object", "data")])
    name = next((name for name in names if name in data), names[0])
    path = f"data.{name}"
    found = data.get(name)
    if found is None:
        raise errors.invalid([kinds.missing(0, path)])
    if not isinstance(found, list):
        raise errors.invalid([kinds.misfit(found, "array", path)])
    if not found:
        raise errors.invalid([Fault(0, f"{path} has no element, send at least one", path)])
    return found, path


def refuse(findings: Sequence[Finding], faults: Sequence[Fault]) -> None:
    """Raises 422 with what the schema and the rules found, each place told once.

    What the rules miss because the schema took it out is not missing, but its code is theirs.
    """
    if not findings and not faults:
        return
    told = {errors.path_of(finding): finding for finding in findings}
    codes = {fault.field: fault.code for fault in faults}
    schema = [_told(finding, path, codes.get(path)) for path, finding in told.items()]
    rules = [fault for fault in dict.fromkeys(faults) if fault.field not in told]
    raise errors.invalid(schema + rules)


def _told(finding: Finding, path: str, code: int | None) -> Fault:
    """A finding of the schema with the code of the rule about its member."""
    name = path.rpartition(".")[2]
    misfit = _MISFIT.fullmatch(finding.message)
    if misfit is not None:
        return kinds.misfit(json.loads(misfit["value"]), misfit["wanted"], path)
    if finding.key.isdecimal():  # the description names a code itself
        code = int(finding.key)
    elif code is None:
        code = _CODES.get(name, 0)
    message = finding.message
    if finding.key == "anyOf":
        value = message.partition(" is not valid")[0]
        message = f"{value} is not {_wanted(name)}"
    return Fault(code, f"{path} {message}", path)


def _wanted(name: str) -> str:
    if name in FLAGS or name in _SWITCHES:
        return "1 or 0"
    return "a whole number" if name in _NUMBERS else "a text of at most 255 characters"
