"""The barcodes that shipments get with their labels.

Observed: ``3SMYPA`` and nine digits. Documented by PostNL: its barcodes of type 3S are for the
Netherlands and the European Union, and whatever leaves it has a number in the form of UPU S10.
Inferred: the two letters in front, and that bpost numbers alike. Other carriers are no posts.
"""

from __future__ import annotations

from simulator.carriers.myparcel.catalog.services import BROKER, POSTNL
from simulator.carriers.myparcel.catalog.types import PACKAGE
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.offers import customs_areas
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.wire import parsing
from simulator.core import s10
from simulator.engine.world import World

_NUMBERS = 10**9
_SERIALS = s10.LAST_SERIAL + 1
# Coprime to the counts of numbers, so that no two shipments of a world get the same one.
_STRIDE = 3**18

_BPOST = 3
_POSTS = {BROKER: "NL", POSTNL: "NL", _BPOST: "BE"}
"""Number of a carrier that is a post -> its country; the broker chooses PostNL."""
_PARCEL, _LETTER_POST = "CD", "LA"


def barcode(world: World, shipment: Shipment) -> str:
    """The barcode of a shipment: of the broker, or of a post for what goes abroad."""
    post = _POSTS.get(carriers.in_2017(shipment.carrier, shipment.numbering) or 0)
    if post is not None and _goes_abroad(world, shipment):
        package = (parsing.integer(shipment.options.get("package_type")) or PACKAGE) == PACKAGE
        prefix = _PARCEL if package else _LETTER_POST
        return s10.compose(prefix, _spread(world, shipment.id, _SERIALS), post)
    return f"3SMYPA{_spread(world, shipment.id, _NUMBERS):09d}"


def _goes_abroad(world: World, shipment: Shipment) -> bool:
    """Whether a post would give the shipment an international number."""
    cc = parsing.text(shipment.recipient.get("cc")).upper() or "NL"
    if cc == "NL":
        return False
    reach: str = world.quirk("myparcel.s10_barcodes")
    if reach == "outside_eu":
        declared, union = bool(shipment.customs_declaration), EDITIONS[shipment.numbering].union
        code = parsing.text(shipment.recipient.get("postal_code"))
        return declared or customs_areas.leaves_union(cc, code, union, declared=declared)
    return reach == "abroad"


def _spread(world: World, shipment_id: int, count: int) -> int:
    offset: int = world.chance.integer("myparcel.barcode", "offset", 0, _NUMBERS - 1)
    return (offset + shipment_id * _STRIDE) % count
