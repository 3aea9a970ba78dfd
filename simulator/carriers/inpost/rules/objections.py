"""Why a service does not carry a shipment: one answer for the simplified and for the offer mode.

What the simplified mode refuses, the offer mode does not offer, and what is offered is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from simulator.core.answers import Finding

Path = tuple[str | int, ...]


class Objection(msgspec.Struct, frozen=True, gc=False):
    """One thing in a shipment that a service does not carry.

    `reason` is the key that the service's offer is unavailable for; `finding` is what is told to
    a create that asks for the service. A `late` one refuses no create: the shipment is made, and
    the offer of its service is unavailable (observed). Prices are calculated without either.
    """

    reason: str
    finding: Finding
    late: bool = False

    def with_allowed(self, values: Iterable[str]) -> Objection:
        """The same with all values that the service takes there."""
        return replace(self, finding=replace(self.finding, allowed=list(values)))


def objection(
    reason: str, path: Path, key: str, message: str, source: str, *, late: bool = False
) -> Objection:
    """An objection whose finding stands at `path`."""
    return Objection(reason, Finding(path, key, message, source=source), late)
