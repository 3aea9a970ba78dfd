"""The options of a shipment, as bodies name them and as capabilities do.

Sources: the two generations of option names in the public description of api.myparcel.nl, whose
capabilities of version 1 use the names of bodies and those of version 2 names of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

INSURANCE = "insurance"
CASH_ON_DELIVERY = "cash_on_delivery"
"""An amount, too. Described, but no carrier of the table is known to offer it."""

CAPABILITY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "age_check": "requiresAgeVerification",
        CASH_ON_DELIVERY: "requiresCashOnDelivery",
        "collect": "scheduledCollection",
        "cooled_delivery": "cooledDelivery",
        "drop_off_at_postal_point": "deliverAtPostalPoint",
        "extra_assurance": "additionalInsurance",
        "fresh_food": "freshFood",
        "frozen": "frozen",
        "hide_sender": "hideSender",
        INSURANCE: "insurance",
        "large_format": "oversizedPackage",
        "no_tracking": "noTracking",
        "only_recipient": "recipientOnlyDelivery",
        "printerless_return": "printReturnLabelAtDropOff",
        "priority_delivery": "priorityDelivery",
        "receipt_code": "requiresReceiptCode",
        "return": "returnOnFirstFailedDelivery",
        "same_day_delivery": "sameDayDelivery",
        "saturday_delivery": "saturdayDelivery",
        "signature": "requiresSignature",
        "tracked": "tracked",
    }
)
"""The name of an option in a body to its name in capabilities of version 2."""

BODY_NAMES: Mapping[str, str] = MappingProxyType(
    {capability: name for name, capability in CAPABILITY_NAMES.items()}
)
"""The same the other way round."""

FLAGS: tuple[str, ...] = tuple(
    name for name in CAPABILITY_NAMES if name not in (INSURANCE, CASH_ON_DELIVERY)
)
"""The options of a body that are set or not."""
