"""What the official clients in PHP and the shop plugins may begin with; see first_requests.py."""

from __future__ import annotations

from tests.myparcel.first_requests import (
    CUSTOMS,
    DUTCH,
    GENERATED,
    GERMAN,
    PDF,
    PDK,
    PHP_SDK,
    PHP_SDK_11,
    POINT,
    SHIPMENT_11,
    SWISS,
    WOOCOMMERCE,
    Client,
    First,
    pdk,
    php,
    shipments,
)

_INSURED = {"amount": 50000, "currency": "EUR"}
_SIGNED = {"only_recipient": 1, "signature": 1}
_LARGE = {"large_format": 0}
_HOOK = {"hook": "shipment_status_change", "url": "https://shop.example.test/hook"}
_SUBSCRIBED = {"data": {"webhook_subscriptions": [_HOOK]}}
_ADDRESS = "cc=NL&postal_code=3584CS&number=8"
_PLAIN = {name: value for name, value in DUTCH.items() if value}
_ORDER = {
    "external_identifier": "order-9001",
    "fulfilment_partner_identifier": None,
    "order_date": "2026-03-02 09:00:00",
    "invoice_address": _PLAIN,
    "order_lines": [
        {
            "price": 1652,
            "price_after_vat": 1999,
            "quantity": 2,
            "product": {"sku": "SC-1", "name": "Wool scarf", "weight": 450},
        }
    ],
    "shipment": {
        "carrier": 1,
        "recipient": _PLAIN,
        "options": {"package_type": 1, "delivery_type": 2},
        "pickup": None,
        "drop_off_point": None,
        "customs_declaration": None,
        "physical_properties": {"weight": 950},
    },
}


def _made(name: str, each: object, reads: str = "data.ids.0.reference_identifier") -> First:
    return First(name, "POST", "/shipments", reads, shipments(each), SHIPMENT_11)


_RETURN = {"Content-Type": "application/vnd.return_shipment+json; charset=utf-8"}


PHP_FIRSTS: dict[Client, tuple[First, ...]] = {
    PHP_SDK: (
        First("tries its key", "GET", "/shipments", "data.shipments"),
        First("asks whose key it is", "GET", "/accounts", "data.accounts.0.shops.0.id"),
        _made("sends a parcel", php(DUTCH, _LARGE)),
        _made("insures", php(DUTCH, {**_LARGE, **_SIGNED, "return": 1, "insurance": _INSURED})),
        _made("asks for an age", php(DUTCH, {**_LARGE, **_SIGNED, "age_check": 1})),
        _made("sends through a mailbox", php(DUTCH, {**_LARGE, "package_type": 2})),
        _made(
            "sends a digital stamp",
            php(DUTCH, {**_LARGE, "package_type": 4}, physical_properties={"weight": 20}),
        ),
        _made(
            "sends to a point",
            php(DUTCH, {**_LARGE, "delivery_type": 4, "signature": 1}, pickup=POINT),
        ),
        _made("sends to Germany", php(GERMAN, _LARGE)),
        _made(
            "sends to Switzerland",
            php(SWISS, customs_declaration=CUSTOMS, physical_properties={"weight": 950}),
        ),
        _made(
            "sends two colli",
            php(DUTCH, _LARGE, secondary_shipments=[{"reference_identifier": "order-7781-2"}]),
        ),
        _made("sends by DHL For You", php(DUTCH, _LARGE, carrier=9)),
        _made("sends by DPD", php(GERMAN, _LARGE, carrier=4)),
        First("reads by id", "GET", "/shipments/{id}?size=300", "data.shipments.0.carrier_id"),
        First(
            "reads by reference",
            "GET",
            "/shipments/?reference_identifier=order-1;order-2&size=300",
            "data.shipments",
        ),
        First(
            "fetches a label",
            "GET",
            "/shipment_labels/{id}/?format=A4&positions=1;2;3;4",
            "%PDF-1.",
            headers=PDF,
        ),
        First("prepares labels", "GET", "/v2/shipment_labels/{id}/?format=A6", "data.pdf.url"),
        First(
            "mails a return",
            "POST",
            "/shipments",
            "data.ids.0.id",
            shipments(
                {
                    "parent": "{printed}",
                    "carrier": 1,
                    "email": "noor@example.test",
                    "name": "Noor Visser",
                    "options": {"package_type": 1, **_SIGNED},
                },
                name="return_shipments",
            ),
            _RETURN,
        ),
        First("takes one back", "DELETE", "/shipments/{id}", ""),
        First("subscribes", "POST", "/webhook_subscriptions", "data.ids.0.id", _SUBSCRIBED),
        First(
            "looks for places to hand in",
            "GET",
            "/drop_off_points?postal_code=2132JE&carrier_id=5",
            "data.drop_off_points",
        ),
        First(
            "hands over an order",
            "POST",
            "/fulfilment/orders",
            "data.orders.0.uuid",
            {"data": {"orders": [_ORDER]}},
        ),
        First("asks for printers", "GET", "/printer-groups", "results"),
    ),
    PHP_SDK_11: (
        First("asks whose key it is", "GET", "/whoami", "accountId"),
        First(
            "asks what can be sent",
            "POST",
            "/shipments/capabilities",
            "results.0.carrier",
            {"recipient": {"countryCode": "NL"}, "carrier": "POSTNL"},
            {
                "Accept": "application/json;charset=utf-8;version=2.0",
                "Content-Type": "application/json;version=2.0",
                "User-Agent": "OpenAPI-Generator/1.0.0/PHP",
            },
        ),
        First(
            "sends a parcel",
            "POST",
            "/shipments",
            "data.shipments.0.reference_identifier",
            shipments(
                {
                    "carrier": 1,
                    "recipient": _PLAIN,
                    "options": {"package_type": 1, "delivery_type": 2},
                    "reference_identifier": "order-7781",
                },
                user_agent="MyParcelNL-SDK/11.3 php/8.3.1",
            ),
            GENERATED,
        ),
        First(
            "asks for days",
            "GET",
            f"/delivery_options?{_ADDRESS}&platform=myparcel&carrier=postnl",
            "data.deliveries.0.possibilities.0.type",
            headers={
                "Accept": "application/json;version=2.0,application/json",
                "User-Agent": "OpenAPI-Generator/1.0.0/PHP",
            },
        ),
        First(
            "asks for points",
            "GET",
            f"/pickup_locations?{_ADDRESS}&platform=myparcel&carrier=postnl",
            "data.pickup_locations.0.location.location_code",
            headers={"User-Agent": "OpenAPI-Generator/1.0.0/PHP"},
        ),
        First(
            "looks for shipments",
            "GET",
            "/shipments?carrier_id=1&package_type=1&shop_id=77&size=200&transaction_status=unpaid",
            "data.shipments",
        ),
    ),
    PDK: (
        First("asks whose key it is", "GET", "/accounts", "data.accounts.0.shops.0.id"),
        First("asks what it may", "GET", "/acl", "subscription_features"),
        First(
            "asks for its contracts",
            "GET",
            "/carrier_management/shops/77/carrier_options",
            "data.carrier_options.0.carrier_id",
        ),
        First(
            "asks how its carriers are set up",
            "GET",
            "/shops/77/carrier_configurations",
            "data.carrier_configurations",
        ),
        First(
            "asks how a carrier is set up",
            "GET",
            "/shops/77/carriers/1/carrier_configuration",
            "data.carrier_configurations",
        ),
        First(
            "asks for what its contracts can do",
            "POST",
            "/shipments/capabilities/contract-definitions",
            "items",
            {},
            {
                "Accept": "application/json;charset=utf-8;version=2.0",
                "Content-Type": "application/json;version=2.0",
            },
        ),
        First("asks for its shops", "GET", "/shops", "data.shops.0.id"),
        _made("sends a parcel", pdk()),
        _made("sends to a point", pdk({"delivery_type": 4, "signature": 1}, pickup=POINT)),
        _made("insures", pdk({**_SIGNED, "insurance": _INSURED})),
        _made(
            "sends two colli",
            pdk(secondary_shipments=[{"reference_identifier": "order-7781-2"}]),
        ),
        First("subscribes", "POST", "/webhook_subscriptions", "data.ids.0.id", _SUBSCRIBED),
        First(
            "hands over an order",
            "POST",
            "/fulfilment/orders",
            "data.orders.0.uuid",
            {"data": {"orders": [_ORDER]}},
        ),
        First(
            "fetches a link to a label",
            "GET",
            "/shipment_labels/{id}?format=A4&positions=2;4;1;3",
            "data.pdfs.url",
            headers={"Accept": "application/json;charset=utf8"},
        ),
    ),
    WOOCOMMERCE: (
        First(
            "sends a parcel from a form",
            "POST",
            "/shipments",
            "data.ids.0.id",
            shipments(
                {
                    "recipient": {**_PLAIN, "company": "", "number_suffix": ""},
                    "options": {
                        "package_type": "1",
                        "only_recipient": "1",
                        "signature": "1",
                        "return": "0",
                        "large_format": "0",
                        "label_description": "",
                        "insurance": {"amount": "25000", "currency": "EUR"},
                    },
                    "carrier": 1,
                }
            ),
        ),
        First("follows one", "GET", "/tracktraces/{id}", "data.tracktraces"),
    ),
}
"""By client."""
