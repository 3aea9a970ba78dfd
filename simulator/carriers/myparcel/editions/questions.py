"""How questions for delivery options and pickup points are read, by edition.

Observed in the public description of api.myparcel.nl and its clients: that a carrier may be left
out, that ``street`` stands for ``number``, the names of carriers and types, the platforms, and that
what is missing is told with one code. Inferred: which carrier answers for a platform.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

import msgspec

from simulator.carriers.myparcel.catalog.networks.capitals import CAPITALS
from simulator.carriers.myparcel.catalog.types import DELIVERY_TYPES, EVENING
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.offers.zones import Home

LATER_PARAMETERS = frozenset({"city", "exclude_parcel_lockers", "include", "platform", "street"})


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the table, for these questions.

    * `carrier`: the number of the carrier that a text means; `carriers`: their names by number.
    * `default_carriers`: which carrier is meant without one, by platform, the empty one for none;
      without any, one has to be named.
    * `platforms`: those that there are; none where nothing depends on them.
    * `parameters`: those that came later and are there; a street stands for a house number.
    * `missing_code`: the code of the one error that joins what is missing; None: one for each.
    * `delivery_type`, `package_type`: the number of the type that a text means.
    * `delivery_types`, `package_types`: those that there are, for people.
    * `homes`: where the shops of a platform are.
    * `served_by`: what tells where a carrier goes, what it has there, and at which points: the
      services of the document of 2017, or the table of offers.
    * `countries`: where there are pickup points.
    """

    carrier: Callable[[str], int | None]
    carriers: Mapping[int, str]
    default_carriers: Mapping[str, int]
    platforms: tuple[str, ...]
    parameters: frozenset[str]
    missing_code: int | None
    delivery_type: Callable[[str], int | None]
    delivery_types: str
    package_type: Callable[[str], int | None]
    package_types: str
    homes: Mapping[str, tuple[Home, ...]]
    served_by: Literal["services", "offers"]
    countries: tuple[str, ...]


_DELIVERY_TYPES = {
    **{str(number): number for number in DELIVERY_TYPES},
    **{name: number for number, name in DELIVERY_TYPES.items()},
    "night": EVENING,
}
_PACKAGE_TYPES = {
    **{"package": 1, "mailbox": 2, "letter": 3, "digital_stamp": 4},
    **{str(number): number for number in range(1, 5)},
}

_DUTCH_PLATFORMS = ("myparcel", "1", "flespakket", "3")
_BELGIAN_PLATFORMS = ("belgie", "sendmyparcel", "2")

QUESTIONS_2017 = Questions(
    carrier=partial(carriers.number, edition="2017"),
    carriers=carriers.known("2017"),
    default_carriers={},
    platforms=(),
    parameters=frozenset(),
    missing_code=None,
    delivery_type=_DELIVERY_TYPES.get,
    delivery_types="from 1 to 5",
    package_type=_PACKAGE_TYPES.get,
    package_types=", ".join(_PACKAGE_TYPES),
    homes={},
    served_by="services",
    countries=("NL",),
)

QUESTIONS_TODAY = Questions(
    carrier=names.CARRIERS.number,
    carriers={number: each.old for number, each in names.CARRIERS.items()},
    default_carriers={
        "": names.POSTNL,
        **dict.fromkeys(_DUTCH_PLATFORMS, names.POSTNL),
        **dict.fromkeys(_BELGIAN_PLATFORMS, names.BPOST),
    },
    platforms=(*_DUTCH_PLATFORMS, *_BELGIAN_PLATFORMS),
    parameters=LATER_PARAMETERS,
    missing_code=3224,
    delivery_type=names.DELIVERY_TYPES.number,
    delivery_types=f"of {names.DELIVERY_TYPES.listed()}",
    package_type=names.PACKAGE_TYPES.number,
    package_types=names.PACKAGE_TYPES.listed(),
    homes={
        **dict.fromkeys(_DUTCH_PLATFORMS, ("NL",)),
        **dict.fromkeys(_BELGIAN_PLATFORMS, ("BE",)),
    },
    served_by="offers",
    countries=("NL", "BE", *CAPITALS),
)
