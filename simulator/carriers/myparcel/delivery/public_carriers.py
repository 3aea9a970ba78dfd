"""``GET /carriers`` of today, and the logos that it tells of; nobody needs a key for them.

Observed in a client library's recordings: members and paths. Clients put the host of MyParcel's
pictures before the paths, which are answered here under any host.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.carriers.myparcel.delivery import logos
from simulator.carriers.myparcel.offers.names import CARRIERS, Named
from simulator.carriers.myparcel.wire import errors, media
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import World

_LOGOS = "/skin/general-images/carrier-logos"


def list_carriers(world: World) -> Answer:
    """All carriers."""
    media.json_only(world)
    return media.json({"carriers": [_shown(each) for each in CARRIERS.values()]})


def get_carrier(world: World, carrier: str) -> Answer:
    """A carrier by its number or its name. Raises 404 for an unknown one."""
    media.json_only(world)
    number = CARRIERS.number(carrier)
    if number is None:
        raise _unknown(carrier)
    return media.json({"carriers": [_shown(CARRIERS[number])]})


def get_carrier_logo(world: World, file: str) -> Answer:
    """A carrier's name as a PNG. Raises 404 for an unknown one."""
    return _logo(file, ".png", logos.png, "image/png")


def get_carrier_logo_svg(world: World, file: str) -> Answer:
    """A carrier's name as an SVG. Raises 404 for an unknown one."""
    return _logo(file, ".svg", logos.svg, "image/svg+xml")


def _logo(file: str, ending: str, draw: Callable[[str], bytes], kind: str) -> Answer:
    names = {each.old: each.human for each in CARRIERS.values()}
    name = file.removesuffix(ending)
    if not file.endswith(ending) or name not in names:
        raise _unknown(file)
    return Answer(body=draw(names[name]), media_type=kind)


def _unknown(wanted: str) -> Refusal:
    names = ", ".join(each.old for each in CARRIERS.values())
    return errors.not_found(reason=f"there is no carrier {wanted[:50]!r}; there are {names}")


def _shown(carrier: Named) -> dict[str, Any]:
    return {
        "id": carrier.number,
        "name": carrier.old,
        "human": carrier.human,
        "meta": {
            "logo_svg": f"{_LOGOS}/svg/{carrier.old}.svg",
            "logo_png": f"{_LOGOS}/{carrier.old}.png",
        },
    }
