"""Links under which receivers make return shipments of their own."""

from __future__ import annotations

from simulator.carriers import links
from simulator.carriers.myparcel.records import RETURN_LINKS, ReturnLink
from simulator.carriers.myparcel.wire import credentials, errors, media
from simulator.core.answers import Answer
from simulator.engine.world import World


def create_return_link(world: World) -> Answer:
    """POST /return_shipments: a link to a page on which a receiver makes a return.

    Raises 404 when the shop has this feature switched off.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    if not shop.returns_enabled:
        raise errors.not_found("Returns by link are not enabled for this shop.")
    number = world.next_number("myparcel.return_links")
    link = world[RETURN_LINKS].put(
        ReturnLink(
            hash=world.chance.hexadecimal("myparcel.return_link", f"{shop.id}/{number}"),
            shop_id=shop.id,
            created=world.now,
        )
    )
    path = f"/{world.quirk('myparcel.return_link')}/{link.hash}"
    return media.json({"download_url": {"link": links.absolute(world, path)}})
