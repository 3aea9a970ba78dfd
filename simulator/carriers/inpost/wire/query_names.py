"""The ways in which clients write a list of shipment ids into a query, brought to one.

Documented: ``shipment_ids[]=1&shipment_ids[]=2``, and the misspelling ``shipemnt_ids`` in one
place. Observed in public clients: numbered places, ``shipment_ids[0]=1``, which the API of 2026
does not read (a quirk decides). Inferred: the bare name with a comma list.
"""

from __future__ import annotations

import re

Pairs = tuple[tuple[str, str], ...]

SHIPMENT_IDS = "shipment_ids[]"
"""The name under which the description declares the list."""

_NUMBERED = re.compile(r"(?:shipment_ids|shipemnt_ids)\[[0-9]+\]")
_LIST = re.compile(r"(?:shipment_ids|shipemnt_ids)(?:\[[0-9]*\])?")


def normalise(pairs: Pairs) -> Pairs:
    """The same pairs in the same order, with every spelling of the list as `SHIPMENT_IDS`.

    A comma list becomes one pair for each item; empty items are left out.
    """
    if not any(_LIST.fullmatch(name) for name, _ in pairs):
        return pairs
    return tuple(
        part
        for name, value in pairs
        for part in (_items(value) if _LIST.fullmatch(name) else ((name, value),))
    )


def without_numbered(pairs: Pairs) -> tuple[str, ...]:
    """The ids of a query as it was sent, without those whose names have a numbered place."""
    plain = tuple(pair for pair in pairs if not _NUMBERED.fullmatch(pair[0]))
    return tuple(value for name, value in normalise(plain) if name == SHIPMENT_IDS)


def _items(value: str) -> Pairs:
    return tuple((SHIPMENT_IDS, item.strip()) for item in value.split(",") if item.strip())
