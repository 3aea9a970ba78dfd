"""The shop under test, and orders to three countries."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from shop.web import create_app

TO_POLAND = {
    "reference": "ORD-1",
    "name": "Ewa Malinowska",
    "email": "ewa@example.com",
    "phone": "501502503",
    "street": "Piękna",
    "number": "1",
    "postal_code": "00-001",
    "city": "Warszawa",
    "country": "PL",
    "locker": "KRA010",
}
TO_THE_NETHERLANDS = {
    "reference": "ORD-2",
    "name": "Noor Visser",
    "email": "noor@example.com",
    "phone": "0612345678",
    "street": "Kruytgebouw",
    "number": "8",
    "postal_code": "3584CS",
    "city": "Utrecht",
    "country": "NL",
}
TO_FINLAND = {
    "reference": "ORD-3",
    "name": "Aino Laine",
    "email": "aino@example.com",
    "phone": "0401234567",
    "street": "Mannerheimintie",
    "number": "5",
    "postal_code": "00100",
    "city": "Helsinki",
    "country": "FI",
}


@pytest.fixture
def shop(carrier_environment: Mapping[str, str]) -> FlaskClient:
    """The shop, whose environment says where this test's carriers are."""
    return create_app().test_client()
