"""Areas that customs treat otherwise than the country in whose addresses they lie.

Facts of the law of the Union: what lies outside its customs territory or outside its common system
of taxes needs a customs declaration, Northern Ireland and Monaco need none. That the API of
MyParcel judges by the country alone is inferred: so do its public clients, which have no such
areas, and what they send has to be taken. The table is for who plays the other with
``myparcel.customs_areas``.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Area(NamedTuple):
    """The postal codes of a country that begin so, without blanks; whether a declaration goes there
    from the Union."""

    cc: str
    prefix: str
    name: str
    declared: bool


AREAS: tuple[Area, ...] = (
    Area("ES", "35", "Las Palmas on the Canary Islands", True),
    Area("ES", "38", "Santa Cruz de Tenerife on the Canary Islands", True),
    Area("ES", "51", "Ceuta", True),
    Area("ES", "52", "Melilla", True),
    Area("DE", "27498", "Helgoland", True),
    Area("DE", "78266", "Büsingen", True),
    Area("IT", "23041", "Livigno", True),
    Area("IT", "22061", "Campione d'Italia", True),
    Area("FI", "22", "Åland", True),
    Area("GR", "63086", "Mount Athos", True),
    Area("GR", "63087", "Mount Athos", True),
    Area("FR", "980", "Monaco", False),
    Area("FR", "97", "France overseas", True),
    Area("FR", "98", "France overseas", True),
    Area("MC", "", "Monaco", False),
    Area("GB", "BT", "Northern Ireland", False),
)
"""Of several that fit the first counts."""


@cache
def _of(cc: str) -> tuple[Area, ...]:
    return tuple(area for area in AREAS if area.cc == cc)


def area_of(cc: str, postal_code: str) -> Area | None:
    """The area in which an address lies; None for one that is as its country."""
    areas = _of(cc)
    if not areas:
        return None
    code = "".join(postal_code.split()).upper().removeprefix(cc).lstrip("-")
    return next((area for area in areas if code.startswith(area.prefix)), None)


def leaves_union(cc: str, postal_code: str, union: frozenset[str], *, declared: bool) -> bool:
    """Whether a shipment that was made leaves the Union of these countries; what goes to an area of
    its own does as its declaration tells."""
    return cc not in union if area_of(cc, postal_code) is None else declared
