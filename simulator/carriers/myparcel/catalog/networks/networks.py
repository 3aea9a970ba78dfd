"""Where the carriers of today hand parcels out and take them in: networks of points by country.

Observed: PostNL's networks PNPNL-01 and LD-01 (with the Belgian point of its example), what
codes of points look like with each carrier, that there are lockers, and that Instabox takes in
parcels in NL only. Inferred: that bpost hands out at PostNL's points in NL, and the networks
abroad, of which there is one wherever the table of offers has a pickup, around the capital. All
else about the points is invented, and is the same in every workspace.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from simulator.carriers.myparcel.catalog.networks.belgian_towns import BELGIAN_TOWNS
from simulator.carriers.myparcel.catalog.networks.capitals import CAPITALS
from simulator.carriers.myparcel.catalog.pickup_points import (
    POINTS,
    Kind,
    PickupPoint,
    nearest,
    week,
)
from simulator.carriers.myparcel.catalog.places import Place, around, draw
from simulator.carriers.myparcel.catalog.towns import TOWNS, Town

_TOWNS: dict[str, Sequence[Town]] = {
    "NL": TOWNS,
    "BE": BELGIAN_TOWNS,
    **{cc: (each.town,) for cc, each in CAPITALS.items()},
}

_STREETS: dict[str, tuple[str, ...]] = {
    "NL": ("Kerkstraat", "Stationsplein", "Oranjestraat", "Schoolstraat", "Lindelaan", "Havenweg"),
    "BE": ("Stationsstraat", "Kerkplein", "Grote Markt", "Molenstraat", "Leopoldlaan", "Steenweg"),
    **{cc: each.streets for cc, each in CAPITALS.items()},
}
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
_ALWAYS = week("00:00-23:59", "00:00-23:59", "00:00-23:59")
_SHOP_WEEKS = (
    week("08:00-20:00", "08:00-20:00", "10:00-18:00"),
    week("09:00-18:00", "09:00-17:00"),
    week("07:00-21:00", "08:00-20:00", "12:00-17:00"),
    week("09:00-18:30", "09:00-16:30", monday="11:00-18:30"),
)
_OFFICE_WEEK = week("09:00-17:30", "09:00-12:30")

_SHOPS: dict[str, tuple[str, ...]] = {
    "NL": ("Supermarkt De Hoek", "Tabakshop Centrum", "Bloemist Flora", "Fietsenzaak De Ketting"),
    "BE": ("Dagbladhandel Central", "Nachtwinkel Ster", "Krantenwinkel 't Park", "Superette Delta"),
}
_SHOPS_ABROAD = ("Kiosk Central", "Mini Market Aurora", "Papeterie Iris", "Express Shop")


class Network(msgspec.Struct, frozen=True):
    """The points of a carrier in one country.

    * `carrier`: its number in the edition of today.
    * `kinds`: what there is in every town.
    * `names`: what points that are no shops are called, by their kind.
    * `code`: how a point's code is made of its six-digit number.
    * `collect`, `hand_in`: what the points are for.
    * `cut_off`: until when what is handed in leaves on the same day.
    """

    carrier: int
    cc: str
    retail_network_id: str
    kinds: tuple[Kind, ...]
    code: str
    names: dict[str, str] = {}
    collect: bool = True
    hand_in: bool = True
    cut_off: str = "17:00"
    first: tuple[PickupPoint, ...] = ()
    """Points that it has before the made ones."""


_EXAMPLE = PickupPoint(
    code="BE0Q07",
    name="K&J TRADING",
    street="HOOGSTRAAT",
    number="75",
    postal_code="2000",
    city="ANTWERPEN",
    phone="03-5555007",
    kind="shop",
    hours=week("09:00-18:30", "09:00-16:30"),
    place=Place(51.218312, 4.399812),
    cc="BE",
    retail_network_id="LD-01",
)

_SHOP_AND_LOCKER: tuple[Kind, ...] = ("shop", "shop", "locker")
_SHOPS_ONLY: tuple[Kind, ...] = ("shop", "shop", "shop")

_DPD = "AT CZ DE DK EE ES FI FR HU LT LU LV PL PT SI SK"
_CONNECT = "AT BG CZ DE DK ES FR GR HR HU IT LU PL PT RO SE SI SK"
_UPS = "AT BG CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV PL PT RO SE SI SK"


def _abroad(
    carrier: int, countries: str, code: str, kinds: tuple[Kind, ...], **names: str
) -> tuple[Network, ...]:
    """A network in each of these countries, where shops of ours hand nothing in.

    In `code`, CC stands for the country and NN for its place among them.
    """
    return tuple(
        Network(
            carrier,
            cc,
            "",
            kinds,
            code.replace("CC", cc).replace("NN", f"{place:02d}"),
            names,
            hand_in=False,
        )
        for place, cc in enumerate(countries.split())
    )


NETWORKS: tuple[Network, ...] = (
    Network(
        1, "NL", "PNPNL-01", ("locker",), "26{:04d}", {"locker": "Pakketautomaat"}, first=POINTS
    ),
    Network(1, "BE", "LD-01", ("shop", "shop"), "BE{:04X}", first=(_EXAMPLE,)),
    Network(
        2,
        "BE",
        "",
        ("office", "shop", "locker"),
        "21{:04d}",
        {"office": "bpost", "locker": "bbox"},
    ),
    Network(4, "NL", "", _SHOP_AND_LOCKER, "NL5{:04d}", {"locker": "DPD Pickup Locker"}),
    Network(4, "BE", "", _SHOP_AND_LOCKER, "BE1{:04d}", {"locker": "DPD Pickup Locker"}),
    Network(
        5,
        "NL",
        "",
        ("locker",),
        "e9149b66-7bee-439b-bab0-7a5d92{:06d}",
        {"locker": "Instabox"},
        collect=False,
        cut_off="10:00",
    ),
    Network(9, "NL", "", _SHOP_AND_LOCKER, "8004-NL-27{:04d}", {"locker": "DHL Locker"}),
    Network(9, "BE", "", _SHOP_AND_LOCKER, "8007-BE-10{:04d}", {"locker": "DHL Locker"}),
    Network(12, "NL", "", ("shop",), "U3510{:04d}"),
    Network(12, "BE", "", ("shop",), "U2410{:04d}"),
    Network(14, "NL", "GLSNL-01", ("shop", "shop"), "GLSNL-52{:04d}"),
    Network(14, "BE", "GLSBE-01", ("shop",), "GLSBE-56{:04d}"),
    *_abroad(1, "DE DK SE", "CC{:06d}", _SHOPS_ONLY),
    *_abroad(4, _DPD, "CC1{:04d}", _SHOP_AND_LOCKER, locker="DPD Pickup Locker"),
    *_abroad(10, _CONNECT, "8003-CC-10{:04d}", _SHOP_AND_LOCKER, locker="DHL Locker"),
    *_abroad(12, _UPS, "U52NN{:04d}", _SHOPS_ONLY),
    *_abroad(14, _DPD, "GLSCC-56{:04d}", _SHOPS_ONLY),
    *_abroad(15, "IT", "BRT{:05d}", _SHOPS_ONLY),
    *_abroad(17, "IT", "ITA{:05d}M", _SHOP_AND_LOCKER, locker="InPost Locker"),
    *_abroad(18, "IT", "{:05d}", ("office", "office", "shop"), office="Ufficio Postale"),
)
"""Every network; a carrier that is not here hands everything over at the door."""


_SHARED = {(2, "NL"): 1, **{(13, cc): 12 for cc in _TOWNS}}
"""Carriers that use the points of another in a country, and whose: UPS has one network for both of
its services."""


@cache
def network(carrier: int, cc: str) -> Network | None:
    """The network of a carrier in a country; None: it has none there."""
    whose = _SHARED.get((carrier, cc), carrier)
    found = (each for each in NETWORKS if (each.carrier, each.cc) == (whose, cc))
    return next(found, None)


@lru_cache(maxsize=512)
def near(
    carrier: int, cc: str, place: Place, within_metres: int, limit: int, lockers: bool = True
) -> tuple[tuple[int, PickupPoint], ...]:
    """Up to `limit` points of a carrier within a radius, with their distances, nearest first."""
    chosen = points(carrier, cc)
    if not lockers:
        chosen = tuple(point for point in chosen if point.kind != "locker")
    return nearest(chosen, place, within_metres, limit)


@cache
def points(carrier: int, cc: str) -> tuple[PickupPoint, ...]:
    """All points of a carrier in a country; made when they are first asked for."""
    of = network(carrier, cc)
    if of is None:
        return ()
    made = (
        _point(of, town, place * len(of.kinds) + index, kind)
        for place, town in enumerate(_TOWNS[cc])
        for index, kind in enumerate(of.kinds)
    )
    return (*of.first, *made)


def point(carrier: int, cc: str, code: str) -> PickupPoint | None:
    """The point of a carrier that has this code; None: it has none."""
    return _by_code(carrier, cc).get(code)


@cache
def _by_code(carrier: int, cc: str) -> dict[str, PickupPoint]:
    return {each.code: each for each in points(carrier, cc)}


def _point(of: Network, town: Town, number: int, kind: Kind) -> PickupPoint:
    key = f"{of.carrier}/{of.cc}/{number}"
    streets, shops = _STREETS[of.cc], _SHOPS.get(of.cc, _SHOPS_ABROAD)
    weeks = {"locker": _ALWAYS, "office": _OFFICE_WEEK}
    return PickupPoint(
        code=of.code.format(1000 + number),
        name=of.names[kind] if kind in of.names else shops[draw("shop", key) % len(shops)],
        street=streets[draw("street", key) % len(streets)],
        number=str(draw("number", key) % 160 + 1),
        number_suffix="A" if draw("suffix", key) % 6 == 0 else "",
        postal_code=_postal_code(of.cc, town, key),
        city=town.name,
        phone=_phone(of.cc, town, draw("line", key) % 1000),
        kind=kind,
        hours=weeks.get(kind, _SHOP_WEEKS[draw("hours", key) % len(_SHOP_WEEKS)]),
        place=around(town, "network", key),
        cc=of.cc,
        retail_network_id=of.retail_network_id,
    )


def _postal_code(cc: str, town: Town, key: str) -> str:
    if cc in CAPITALS:
        return CAPITALS[cc].postal_code
    if cc != "NL":
        return str(town.post)
    first, second = divmod(draw("letters", key) % len(_LETTERS) ** 2, len(_LETTERS))
    return f"{town.post}{_LETTERS[first]}{_LETTERS[second]}"


def _phone(cc: str, town: Town, line: int) -> str:
    """A fictional number: subscribers begin with 555; of ten digits in NL and nine elsewhere."""
    filled = "5550000"[: (7 if cc == "NL" else 6) - len(town.dialling)]
    return f"{town.dialling}-{filled}{line:03d}"
