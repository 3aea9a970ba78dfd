"""``GET /locations``: the street and the town of a Dutch postal code and a house number.

Observed in a client library: parameters and members. Streets are invented, and always the same for
the same postal code.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.carriers.myparcel.catalog.countries import COUNTRIES
from simulator.carriers.myparcel.catalog.places import draw, dutch_postal_code
from simulator.carriers.myparcel.catalog.towns import nearest_by_post
from simulator.carriers.myparcel.wire import media, paging
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.world import World

_STREETS = (
    "Beukenlaan",
    "Burgemeester Jansenstraat",
    "Dorpsstraat",
    "Eikenlaan",
    "Industrieweg",
    "Julianastraat",
    "Kerkstraat",
    "Lindelaan",
    "Nieuwstraat",
    "Parallelweg",
    "Schoolstraat",
    "Stationsweg",
)


def list_locations(world: World) -> Answer:
    """The one place, or none for a country of which nothing is known here.

    Raises 422 with 3212 for what is missing, 3211 for what is no country, and 3505 for what is no
    Dutch postal code.
    """
    media.json_only(world)
    given = paging.given(world)
    faults: list[Fault] = [
        Fault(3212, f"{name} is required")
        for name in ("cc", "postal_code", "number")
        if name not in given
    ]
    cc = given.get("cc", "NL").upper()
    if cc not in COUNTRIES:
        faults.append(Fault(3211, f"cc {given['cc']!r:.60} is no country code of ISO 3166"))
    code = _code(cc, given, faults)
    paging.refuse(faults)
    if code is None:
        world.note(f"no places in {cc} are known here, so none is found")
        return media.json({"locations": []})
    street = _STREETS[draw("location", code) % len(_STREETS)]
    town = nearest_by_post(int(code[:4])).name
    return media.json({"locations": [{"street": street, "city": town}]})


def _code(cc: str, given: Mapping[str, str], faults: list[Fault]) -> str | None:
    """The Dutch postal code that is asked for; None for another country."""
    text = given.get("postal_code")
    if cc != "NL" or text is None:
        return None
    code = dutch_postal_code(text)
    if code is None:
        faults.append(Fault(3505, f"postal_code {text!r:.60} is not written as 1234AB"))
    return code
