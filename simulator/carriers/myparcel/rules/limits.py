"""How many shipments a shop may make: none before its account is activated, then so many a day.

Observed in issue threads of the Dutch plugins: the sentence with its place, and that an account
which nobody has activated makes none. The code 3716 is that of the list of codes for a limit that
is exceeded, and clients take it for an account that is not active. That both are one finding is
inferred from a recording with a maximum of 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.records import SHIPMENTS, Shipment, Shop
from simulator.carriers.myparcel.rules import outages
from simulator.carriers.myparcel.wire import errors, moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.tables import Ordered
from simulator.engine.world import World

_BY_DAY = Ordered[Shipment](
    lambda shipment: shipment.shop_id,
    lambda shipment: (shipment.created.astimezone(moments.AMSTERDAM).date(),),
)

_TYPES = {1: "package", 2: "mailbox", 3: "letter", 4: "digital stamp"}


def check(world: World, shop: Shop, made: Sequence[Shipment], path: str) -> None:
    """Raises 422/3716 when the shop may not make the shipments that were just made for it.

    `path` is that of the list that they were posted in.
    """
    most = shop.daily_maximum if shop.active else 0
    if most is None:
        return
    today = moments.today(world)
    of_today = len(world[SHIPMENTS].group(_BY_DAY, shop.id).from_to(today, today))
    beyond = min(max(of_today - most, 0), len(made))
    first = len(made) - beyond
    faults = [
        _of(shipment, most, f"{path}[{place}].carrier")
        for place, shipment in enumerate(made[first:], first)
    ]
    if faults:
        raise errors.invalid(faults, advice=_advice(shop))


def fault(most: int, carrier: str, package_type: Any, path: str) -> Fault:
    """A shipment beyond the maximum of a day; 0 is that of an account that is not active.

    `carrier` is the name that it gives itself, `package_type` as it was sent.
    """
    kind = _TYPES.get(parsing.integer(package_type) or 1, "package")
    human = f"Maximum amount of {most} {carrier} {kind} shipments per day exceeded"
    return Fault(3716, human, path, allowed={"maximum": most})


def _of(shipment: Shipment, most: int, path: str) -> Fault:
    carrier = outages.human(shipment.carrier, shipment.numbering)
    return fault(most, carrier, shipment.options.get("package_type"), path)


def _advice(shop: Shop) -> str:
    if not shop.active:
        return f"activate account {shop.account_id} with the action myparcel.set_account"
    return f"raise the daily maximum of shop {shop.id} with the action myparcel.set_daily_maximum"
