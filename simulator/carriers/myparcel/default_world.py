"""The keys, shops and printer groups that every workspace begins with."""

from __future__ import annotations

from simulator.carriers.myparcel.records import (
    API_KEYS,
    PRINTER_GROUPS,
    SHOPS,
    ApiKey,
    PrinterGroup,
    Role,
    Shop,
)
from simulator.engine.world import World

KEYS_HELP = (
    ("sim-myparcel-postpaid", "shop 77, pays later; keys are sent in base64"),
    ("sim-myparcel-prepaid", "shop 78, pays before it gets labels"),
    ("sim-myparcel-no-returns", "shop 80, pays later, returns by link switched off"),
    ("sim-myparcel-nl", "shop 81 in the Netherlands, which speaks the API of today only"),
    ("sim-myparcel-be", "shop 82 in Belgium, of sendmyparcel.be, which does so too"),
    ("sim-myparcel-disabled", "a disabled key of shop 79"),
    ("sim-myparcel-intermediary", "an intermediary without a session token"),
)
"""Default keys and what they open, for the banner and the documentation; sent in base64."""

SAMPLE_KEY = "yEIWXEsva2LOydoVS5l5UeRpjbMuVPArRPhEVJBc"
"""The key of the examples in MyParcel's document; it opens shop 77, so that they work as they
stand."""

EXAMPLE_KEY = "sim-merchant-key-postpaid-000000000001"

_KEYS: tuple[tuple[str, int, int, Role], ...] = (
    ("sim-myparcel-postpaid", 501, 77, "postpaid"),
    (SAMPLE_KEY, 501, 77, "postpaid"),
    (EXAMPLE_KEY, 501, 77, "postpaid"),
    ("sim-myparcel-prepaid", 502, 78, "prepaid"),
    ("sim-myparcel-disabled", 503, 79, "disabled"),
    ("sim-myparcel-no-returns", 504, 80, "postpaid"),
    ("sim-myparcel-intermediary", 1, 0, "intermediary"),
)

_OF_TODAY = (("sim-myparcel-nl", 505, 81), ("sim-myparcel-be", 506, 82))
"""Keys of shops that only the edition of today knows."""

_SHOPS = (
    (77, 501, "Voorbeeld BV", "Damrak", "1", "1012AB", "Amsterdam"),
    (78, 502, "Vooruit Winkel", "Coolsingel", "40", "3011AD", "Rotterdam"),
    (79, 503, "Gesloten Zaak", "Grote Markt", "5", "9712HN", "Groningen"),
    (80, 504, "Enkele Reis", "Vrijthof", "12", "6211LE", "Maastricht"),
    (81, 505, "Hedenmarkt BV", "Stationsplein", "9", "3511ED", "Utrecht"),
)

_BELGIAN_SENDER = {
    "cc": "BE",
    "postal_code": "2000",
    "city": "Antwerpen",
    "street": "Meir",
    "number": "24",
    "person": "Magazijn",
    "company": "Winkel aan de Schelde",
    "email": "shop82@example.com",
    "phone": "032001234",
}

PRINTER_GROUP = "7f3b1c52-9d40-4e86-8a17-000000000501"
"""The printer group of shop 77."""

_PRINTER_GROUPS = (
    PrinterGroup(PRINTER_GROUP, 501, "Inpaktafel"),
    PrinterGroup("7f3b1c52-9d40-4e86-8a17-000000000502", 502, "Magazijn"),
    PrinterGroup("7f3b1c52-9d40-4e86-8a17-000000000504", 504, "Kantoor"),
    PrinterGroup("7f3b1c52-9d40-4e86-8a17-000000000505", 505, "Inpaktafel"),
    PrinterGroup("7f3b1c52-9d40-4e86-8a17-000000000506", 506, "Inpaktafel"),
)


def populate(world: World) -> None:
    """Put the default keys, shops and printer groups into an empty workspace."""
    for key, account, shop, role in _KEYS:
        world[API_KEYS].put(ApiKey(key, account, shop, role))
    for key, account, shop in _OF_TODAY:
        world[API_KEYS].put(ApiKey(key, account, shop, "postpaid", "today"))
    for group in _PRINTER_GROUPS:
        world[PRINTER_GROUPS].put(group)
    for id, account, name, street, number, postal_code, city in _SHOPS:
        sender = {
            "cc": "NL",
            "postal_code": postal_code,
            "city": city,
            "street": street,
            "number": number,
            "person": "Magazijn",
            "company": name,
            "email": f"shop{id}@example.com",
            "phone": "0201234567",
        }
        world[SHOPS].put(Shop(id, account, name, sender, returns_enabled=id != 80))
    world[SHOPS].put(Shop(82, 506, "Winkel aan de Schelde", _BELGIAN_SENDER))
