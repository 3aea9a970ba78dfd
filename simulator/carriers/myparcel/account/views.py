"""Accounts and shops as the API shows them.

Their members are those of the types of client libraries; which values stand in those that nobody
sets is inferred.
"""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.account import settings
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.wire import moments
from simulator.engine.world import World

ACTIVE = 2
"""The status of an account that may send (inferred)."""

_PAYS_BY_INVOICE = 2


def account(world: World, id: int, shops: list[Shop]) -> dict[str, Any]:
    """An account with those of its shops that the caller may see, of which there is at least
    one."""
    changed = settings.account_of(world, id)
    sender = shops[0].sender
    first, _, last = str(sender.get("person", "")).rpartition(" ")
    platform = settings.platform_of(shops[0]).id
    return {
        "id": id,
        "platform_id": platform,
        "proposition_id": platform,
        "origin_id": 1,
        "status": ACTIVE,
        "username": sender.get("email"),
        "email": sender.get("email"),
        "phone": sender.get("phone"),
        "first_name": first,
        "last_name": last,
        "gender": None,
        "contact_id": id,
        "contact": {
            name: sender.get(name) for name in ("company", "person", "email", "phone", "cc")
        },
        "delivery_address": None,
        "additional_info": {"ecommerce_platform": "", "phone": "", "coupon": ""},
        "carrier_references": [],
        "general_settings": {**settings.ACCOUNT_SETTINGS, **changed.general_settings},
        "shipment_estimates": {},
        "terms_agreed": True,
        "users": [],
        "shops": [shop(world, each) for each in shops],
        "created": moments.show(settings.FOUNDED),
        "modified": moments.show(changed.modified),
    }


def shop(world: World, record: Shop) -> dict[str, Any]:
    """A shop."""
    changed = settings.settings_of(world, record)
    sender = record.sender
    return {
        "id": record.id,
        "account_id": record.account_id,
        "platform_id": settings.platform_of(record).id,
        "name": record.name,
        "hidden": changed.hidden,
        "billing": {
            "address": sender,
            "billing_method": _PAYS_BY_INVOICE,
            "cycle": "weekly",
            "reference": "",
        },
        "branding": {
            "accent_color": "#0f5c47",
            "enable_returns": record.returns_enabled,
            "enable_track_trace": True,
            "subdomain": f"shop{record.id}",
            "use_consumer_portal": False,
        },
        "delivery_address": sender,
        "general_settings": {**settings.SHOP_SETTINGS_AT_FIRST, **changed.general_settings},
        "return": {
            "address": sender,
            "bcc": 0,
            "email_address_for_tracktrace_return_shipments": sender.get("email"),
            "link_expires_after": 30,
            "send_tracktrace_email_for_return_shipments": 0,
            "settle_printerless_return_cost": 0,
            "use_custom_description": 0,
            "use_printerless_return": 0,
            "use_shop_shipment_options": 0,
        },
        "return_reason_settings": {"enabled": False, "mandatory": False, "return_reasons": []},
        "shipment_options": {},
        "tracktrace": {
            "bcc": 0,
            "bcc_email": "",
            "carrier_email_basic_notification": 1,
            "delivery_notification": 0,
            "email_on_handed_to_courier": 0,
            "from_address_company": record.name,
            "from_address_email": sender.get("email"),
            "send_track_trace_emails": 0,
        },
        "created": moments.show(settings.FOUNDED),
        "modified": moments.show(changed.modified),
    }
