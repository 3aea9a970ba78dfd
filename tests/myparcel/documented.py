"""The bodies of the document's own examples, word for word."""

from __future__ import annotations

from typing import Any

HOOFDDORP = {
    "cc": "NL",
    "city": "Hoofddorp",
    "street": "Siriusdreef",
    "number": "66",
    "postal_code": "2132WT",
    "person": "Mr. Parcel",
    "phone": "0213030315",
    "email": "testing@myparcel.com",
}
AMSTERDAM = {
    "cc": "NL",
    "city": "Amsterdam",
    "street": "Dorpstraat",
    "number": "123",
    "postal_code": "1020BC",
    "person": "Mrs. Parcel",
    "phone": "02012343546",
    "email": "info@myparcel.com",
}
SAITAMA = {
    "cc": "JP",
    "city": "さいたま市",
    "street": "埼玉県さいたま市浦和区 常盤9-21-21",
    "person": "Tanaka san",
    "company": "さいたま国際キリスト教会",
    "email": "saitamakyokai@gmail.com",
    "phone": "0081-48-825-6637",
}
PARIS = {
    "cc": "FR",
    "city": "Paris",
    "street": "rue du Grenier-Saint-Lazare 22",
    "person": "Claus Stuter",
    "company": "Renault",
    "email": "claus@paris.nl",
    "postal_code": "75008",
    "phone": "0033142723122",
}
WITHOUT_POSTAL_CODE = {
    "cc": "NL",
    "city": "Hoofddorp",
    "street": "Siriusdreef",
    "number": "66",
    "person": "Jan Peter",
    "company": "MyParcel B.V.",
    "email": "janpeter@bedrijven.nl",
    "phone": "0203030315",
}


def goods(description: str, amount: int, weight: int, value: int, **members: str) -> dict[str, Any]:
    currency = members.pop("currency", "EUR")
    return {
        "description": description,
        "amount": amount,
        "weight": weight,
        "item_value": {"amount": value, "currency": currency},
        "classification": "0181",
        **members,
    }


def price(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


INTERNATIONAL = {
    "recipient": SAITAMA,
    "options": {"package_type": 1},
    "customs_declaration": {
        "contents": 1,
        "invoice": "1231235345345",
        "weight": 30,
        "items": [
            goods("Sample Product", 10, 20, 7000, country="NL"),
            goods("Sample Product 2", 5, 10, 1000, country="BE"),
        ],
    },
    "physical_properties": {"weight": 30},
    "carrier": 1,
}
PICKUP = {
    "recipient": HOOFDDORP,
    "options": {
        "package_type": 1,
        "delivery_type": 4,
        "delivery_date": "2015-07-12 00:00:00",
        "only_recipient": 0,
        "signature": 1,
        "return": 0,
    },
    "pickup": {
        "postal_code": "2132BH",
        "street": "Burgemeester van Stamplein",
        "city": "Hoofddorp",
        "number": "270",
        "location_name": "Albert Heijn",
    },
    "carrier": 1,
}
NATIONAL = [
    {
        "recipient": HOOFDDORP,
        "options": {
            "package_type": 1,
            "only_recipient": 1,
            "signature": 1,
            "return": 1,
            "insurance": price(50000),
            "large_format": 0,
        },
        "carrier": 1,
    },
    {
        "recipient": AMSTERDAM,
        "options": {"package_type": 1, "only_recipient": 0, "signature": 0, "return": 0},
        "carrier": 1,
    },
]
OPTIONS: dict[str, dict[str, Any]] = {
    "a": {
        "package_type": 1,
        "only_recipient": 1,
        "signature": 1,
        "return": 1,
        "insurance": price(5000),
        "large_format": 0,
        "label_description": "My custom description",
    },
    "c": {
        "package_type": 1,
        "only_recipient": 1,
        "signature": 1,
        "return": 1,
        "insurance": price(50000),
        "large_format": 0,
    },
    "d": {"package_type": 1, "only_recipient": 1, "signature": 1, "return": 1},
    "6.A.4 insured": {
        "package_type": 1,
        "insurance": price(500000),
        "signature": 1,
        "only_recipient": 1,
    },
}
