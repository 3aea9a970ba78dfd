"""Parameters and members that came after 2017: what a request has by whose client knows them.

Observed in the public clients of api.myparcel.nl and its checkout.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PARAMETERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "/shipments": frozenset(
            {
                *("barcode", "carrier_id", "shop_id", "package_type", "shipment_type", "region"),
                *("hidden", "filter_hidden_shops", "delivered", "delayed", "transaction_status"),
                *("created", "link_consumer_portal"),
                *("collect_date", "delivery_options_identifier"),
            }
        ),
        "/tracktraces": frozenset({"barcode"}),
        "/delivery_options": frozenset(
            {
                *("platform", "include", "exclude_parcel_lockers", "city", "street"),
                *("same_day_delivery", "saturday_delivery"),
            }
        ),
    }
)
"""By the path that has them in its query, without a slash behind it."""

PARAMETERS_ANYWHERE = frozenset({"reference_identifier", "extra_info"})
"""Whatever has them in its query."""

MEMBERS = frozenset(
    {
        *("reference_identifier", "secondary_shipments", "multi_collo_main_shipment_id"),
        *("drop_off_point", "collection_contact", "contract_id"),
    }
)
"""Of a shipment."""

OPTIONS = frozenset(
    {
        *("age_check", "saturday_delivery", "same_day_delivery", "hide_sender", "extra_assurance"),
        *("tracked", "receipt_code", "collect", "printerless_return", "priority_delivery"),
    }
)
"""Of its options."""

WITHIN: Mapping[str, frozenset[str]] = MappingProxyType(
    {"recipient": frozenset({"box_number"}), "pickup": frozenset({"retail_network_id"})}
)
"""Of other objects of a shipment, by what holds them."""

AROUND = frozenset({"user_agent"})
"""Beside the list of shipments."""
