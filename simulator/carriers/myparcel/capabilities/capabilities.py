"""``POST /shipments/capabilities`` and its contract definitions (today).

Both read the table of offers that a create is judged by: what they show is accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import envelope
from simulator.carriers.myparcel.capabilities import matching, questions, views
from simulator.carriers.myparcel.capabilities.matching import Capability
from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.names import CARRIERS
from simulator.carriers.myparcel.offers.zones import home_of
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.shops.records import switched_off
from simulator.carriers.myparcel.wire import credentials, media, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

_LIST, _DEFINITIONS = "capabilities", "contract_definitions"


def post_capabilities(world: World, body: Any, findings: list[Finding]) -> Answer:
    """What carriers can do for the shipment that is asked about.

    Answers in the version that is accepted; without one in that of the body. Raises 422 for a
    country, a carrier, a type or an option that there is not.
    """
    media.json_only(world)
    envelope.check_schema(world, findings or questions.missing(body))
    shop = credentials.shop(world)
    any_amount = world.quirk("myparcel.insurance_steps") == "range"
    faults: list[Fault] = []
    asked = parsing.form(body)
    listed = parsing.form(asked.get("data")).get(_LIST)
    if isinstance(listed, list):
        read = [
            questions.read(shop, each, questions.VERSION_1, f"data.{_LIST}[{place}]", faults)
            for place, each in enumerate(listed)
        ]
    else:
        read = [questions.read(shop, asked, questions.VERSION_2, "", faults)]
    envelope.refuse((), faults)
    _tell_beside_data(world, asked)
    off = switched_off(world, shop.id)
    found = [
        each
        for one in read
        for each in matching.answer(one, any_amount=any_amount)
        if each.carrier not in off
    ]
    if questions.wants_version_1(world, isinstance(listed, list)):
        return media.json({_LIST: [views.version_1(each) for each in found]})
    return _plain("results", [views.version_2(each) for each in found])


def post_contract_definitions(world: World, body: Any, findings: list[Finding]) -> Answer:
    """What the contracts of the shop hold, of one carrier or of all, wherever it sends."""
    media.json_only(world)
    envelope.check_schema(world, findings)
    shop = credentials.shop(world)
    faults: list[Fault] = []
    asked = parsing.form(body)
    wrapped = isinstance(asked.get("data"), dict)
    given = asked["data"] if wrapped else asked
    path = "data" if wrapped else ""
    member = "carrier_id" if "carrier_id" in given else "carrier"
    carrier = questions.named(CARRIERS, given, member, 3728, path, faults)
    envelope.refuse((), faults)
    _tell_beside_data(world, asked)
    return _definitions(world, shop, carrier, wrapped=wrapped)


def _tell_beside_data(world: World, asked: Mapping[str, Any]) -> None:
    """Note what a body in version 1 says in version 2 as well, which nothing reads."""
    beside = sorted(questions.VERSION_2_MEMBERS & asked.keys()) if "data" in asked else []
    if beside:
        verbs = "stands beside data and was" if len(beside) == 1 else "stand beside data and were"
        world.note(f"{', '.join(beside)} {verbs} not read")


def get_contract_definitions(world: World) -> Answer:
    """The same of all carriers."""
    media.json_only(world)
    return _definitions(world, credentials.shop(world), None, wrapped=False)


def _definitions(world: World, shop: Shop, carrier: int | None, *, wrapped: bool) -> Answer:
    home = home_of(shop.sender.get("cc"))
    off = switched_off(world, shop.id)
    wanted = [each for each in table.carriers_from(home) if carrier in (None, each)]
    wanted = [each for each in wanted if each not in off]
    found: list[Capability] = [
        matching.together(each, table.everything(each, home)) for each in wanted
    ]
    if questions.wants_version_1(world, wrapped):
        return media.json({_DEFINITIONS: [views.definition_1(each) for each in found]})
    return _plain("items", [views.definition_2(each) for each in found])


def _plain(name: str, rows: list[dict[str, Any]]) -> Answer:
    """Version 2 has no ``data`` around it."""
    return Answer(200, {name: rows}, media_type=media.JSON)
