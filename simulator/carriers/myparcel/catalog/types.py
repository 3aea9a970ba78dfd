"""The document's numbers for what is sent and how it is delivered."""

from __future__ import annotations

PACKAGE, MAILBOX_PACKAGE, LETTER = 1, 2, 3
"""The package types."""

DIGITAL_STAMP = 4
"""A package type that came after 2017."""

MORNING, STANDARD, EVENING, PICKUP, PICKUP_EXPRESS = 1, 2, 3, 4, 5
"""The delivery types."""

DELIVERY_TYPES = {
    MORNING: "morning",
    STANDARD: "standard",
    EVENING: "evening",
    PICKUP: "pickup",
    PICKUP_EXPRESS: "pickup_express",
}
"""Their names, which later documents use beside the numbers."""

FLAGS = ("only_recipient", "signature", "return", "large_format", "cooled_delivery")
"""The options that are set or not."""

PROPERTIES = ("height", "width", "length", "volume", "weight")
"""The physical properties, which are whole numbers."""

SETTINGS = ("save_recipient_address", "delivery_notification")
"""The general settings that are set or not."""

SHIPMENT_LISTS = ("shipments", "return_shipments", "unrelated_return_shipments")
"""The lists in which bodies have shipments, by their kind."""
