"""What clients in JavaScript, .NET and of one developer may begin with; see first_requests.py."""

from __future__ import annotations

from tests.myparcel.first_requests import (
    DOT_NET,
    DUTCH,
    LARAVEL,
    NODE,
    PDF,
    SHIPMENT,
    SHIPMENT_11,
    SPACED,
    VERSION_2,
    WIDGET,
    Client,
    First,
    shipments,
)

_EURO = {"amount": 0, "currency": "EUR"}
_INSURED = {"amount": 50000, "currency": "EUR"}
_HOOK = {"hook": "shipment_status_change", "url": "https://shop.example.test/hook"}
_ADDRESS = "cc=NL&postal_code=3584CS&number=8"
_PLAIN = {name: value for name, value in DUTCH.items() if value}


def _made(name: str, each: object, reads: str = "data.ids.0.reference_identifier") -> First:
    return First(name, "POST", "/shipments", reads, shipments(each), SHIPMENT_11)


OTHER_FIRSTS: dict[Client, tuple[First, ...]] = {
    NODE: (
        First("lists", "GET", "/shipments?page=1&size=30", "data.shipments"),
        First("reads one", "GET", "/shipments/{id}", "data.shipments.0.carrier_id"),
        First("follows one", "GET", "/tracktraces/{id}", "data.tracktraces"),
        First("lists its hooks", "GET", "/webhook_subscriptions", "data.webhook_subscriptions"),
        First(
            "subscribes",
            "POST",
            "/webhook_subscriptions",
            "data.ids.0.id",
            {"data": {"webhook_subscriptions": [{**_HOOK, "account_id": 501, "shop_id": 77}]}},
            {"Content-Type": "application/json"},
        ),
        _made(
            "sends a parcel",
            {"carrier": 1, "recipient": _PLAIN, "options": {"package_type": 1}},
            reads="data.ids.0.id",
        ),
        First("asks whose key it is", "GET", "/accounts", "data.accounts.0.id"),
    ),
    WIDGET: (
        First("asks for carriers", "GET", "/carriers", "data.carriers.0.meta.logo_svg"),
        First("asks for a carrier", "GET", "/carriers/dhlforyou", "data.carriers.0.human"),
        First(
            "asks for days",
            "GET",
            f"/delivery_options?platform=myparcel&carrier=dhlforyou&{_ADDRESS}&city=Utrecht"
            "&street=Kruytgebouw&cutoff_time=15:30&dropoff_days=1;2;3;4;5&dropoff_delay=0"
            "&deliverydays_window=7&package_type=package&monday_delivery=false",
            "data.deliveries.0.date.date",
            headers=VERSION_2,
        ),
        First(
            "asks for points",
            "GET",
            f"/pickup_locations?platform=myparcel&carrier=postnl&{_ADDRESS}"
            "&exclude_parcel_lockers=false",
            "data.pickup_locations.0.address.street",
        ),
    ),
    DOT_NET: (
        First(
            "sends parcels",
            "POST",
            "/shipments",
            "data.ids.1.id",
            shipments(
                {
                    "carrier": 1,
                    "options": {
                        "insurance": _INSURED,
                        "large_format": 0,
                        "only_recipient": 1,
                        "package_type": 1,
                        "return": 1,
                        "signature": 1,
                    },
                    "recipient": _PLAIN,
                },
                {"carrier": 9, "options": {"package_type": 1}, "recipient": _PLAIN},
            ),
            SHIPMENT,
        ),
        First(
            "lists",
            "GET",
            "/shipments/?page=1&size=30&order=ASC&q=",
            "data.shipments",
        ),
        First(
            "asks for days behind a slash",
            "GET",
            f"/delivery_options/?{_ADDRESS}&carrier=1&cutoff_time=16%3A00%3A00"
            "&dropoff_days=1%3B2%3B3%3B4%3B5&dropoff_delay=0&deliverydays_window=2"
            "&exclude_delivery_type=1",
            "data.pickup",
        ),
        First(
            "changes one",
            "PUT",
            "/shipments",
            "",
            shipments({"id": "{id}", "options": {"package_type": 1}, "recipient": _PLAIN}),
            SHIPMENT_11,
        ),
        First("asks for a return page", "POST", "/return_shipments", "data.download_url.link"),
    ),
    LARAVEL: (
        First(
            "asks for days",
            "GET",
            f"/delivery_options?{_ADDRESS}&carrier=postnl&cutoff_time=15:30",
            "data.pickup.0.location_code",
        ),
        First(
            "sends through a mailbox",
            "POST",
            "/shipments",
            "data.ids.0.id",
            shipments(
                {
                    "carrier": 1,
                    "reference_identifier": "order-7781",
                    "recipient": _PLAIN,
                    "options": {
                        "age_check": 0,
                        "delivery_type": 2,
                        "large_format": 0,
                        "only_recipient": 0,
                        "package_type": 2,
                        "return": 0,
                        "signature": 0,
                        "insurance": _EURO,
                    },
                }
            ),
            SPACED,
        ),
        First(
            "finds by reference",
            "GET",
            "/shipments?reference_identifier=order-7781",
            "data.shipments",
        ),
        First("fetches a label", "GET", "/shipment_labels/{id}?format=A6", "%PDF-1.", headers=PDF),
    ),
}
"""By client."""
