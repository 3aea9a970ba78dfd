"""What the description's bounds mean: a schema knows numbers, and neither units nor clauses."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from simulator.core.answers import Finding

_PARCELS = "ShipX documentation, Creating a shipment: parcels"
_TABLE = "ShipX documentation, Shipment sizes and services"
_AMOUNTS = "ShipX documentation, Creating a shipment: cod, insurance"


class Bound(NamedTuple):
    """What a value is called, its unit, the least that is accepted, and where that stands."""

    name: str
    unit: str
    least: str
    source: str


_BOUNDS: dict[tuple[str, ...], Bound] = {
    ("weight", "amount"): Bound("weight", "kg", "0.01", _TABLE),
    **{
        ("dimensions", side): Bound(side, "mm", "1", _PARCELS)
        for side in ("length", "width", "height")
    },
    **{(name, "amount"): Bound(name, "PLN", "1", _AMOUNTS) for name in ("cod", "insurance")},
}


def worded(finding: Finding) -> Finding:
    """A schema's finding with the unit and the clause of its value, as far as they are known."""
    bound = _BOUNDS.get(tuple(map(str, finding.path[-2:])))
    if bound is None:
        return finding
    message = finding.message
    if finding.keyword == "minimum":
        message = (
            f"{bound.name} {finding.value} {bound.unit} is below {bound.least} {bound.unit}, the "
            "least that is accepted"
        )
    return replace(finding, message=message, source=finding.source or bound.source)
