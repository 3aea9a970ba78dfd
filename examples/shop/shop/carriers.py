"""The three carriers, each behind the same two questions: ship this, and give me the label.

Addresses and keys come from the environment, so that tests and production differ in nothing else.
"""

from __future__ import annotations

import base64
import os
import time
from dataclasses import dataclass

import requests

TIMEOUT = 10
"""Seconds until an answer has to be there."""

ATTEMPTS = 3
"""How often a request that a busy carrier turned away is made."""


class ShippingFailed(Exception):
    """The carrier did not take the order; the message is for whoever runs the shop."""


@dataclass(frozen=True)
class Order:
    """What was ordered: its reference in the shop, and where it goes."""

    reference: str
    name: str
    email: str
    phone: str
    street: str
    number: str
    postal_code: str
    city: str
    country: str
    locker: str | None = None


@dataclass(frozen=True)
class Shipped:
    """A shipment as the carrier knows it."""

    carrier: str
    id: str
    tracking_number: str | None = None


class Session(requests.Session):
    """Tries again what a carrier was too busy for; what it may have done is looked up first."""

    def call(self, method: str, url: str, **arguments: object) -> requests.Response:
        """The answer, whatever its status below 500. Raises `ShippingFailed`."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self.request(method, url, timeout=TIMEOUT, **arguments)
            except requests.RequestException as error:
                raise ShippingFailed(f"{method} {url}: {error}") from error
            if answer.status_code not in (429, 502, 503):
                break
            if attempt < ATTEMPTS:
                time.sleep(0.05 * attempt)
        if answer.status_code >= 400:
            raise ShippingFailed(f"{method} {url}: {answer.status_code} {answer.text[:300]}")
        return answer


class InPost:
    """Lockers in Poland."""

    def __init__(self) -> None:
        self.url = os.environ["INPOST_URL"] + "/v1"
        self.session = Session()
        self.session.headers["Authorization"] = f"Bearer {os.environ['INPOST_TOKEN']}"

    def ship(self, order: Order) -> Shipped:
        """A shipment; one of the same reference that is there already is not made twice."""
        found = self.session.call("GET", self._shipments(), params={"reference": order.reference})
        for shipment in found.json()["items"]:
            return Shipped("inpost", str(shipment["id"]), shipment["tracking_number"])
        made = self.session.call(
            "POST",
            self._shipments(),
            json={
                "service": "inpost_locker_standard",
                "reference": order.reference,
                "receiver": {"email": order.email, "phone": order.phone},
                "parcels": {"template": "small"},
                "custom_attributes": {
                    "target_point": order.locker,
                    "sending_method": "parcel_locker",
                },
            },
        )
        return Shipped("inpost", str(made.json()["id"]))

    def label(self, shipped: Shipped) -> bytes:
        """The label as a PDF, of a shipment that was paid for."""
        url = f"{self.url}/shipments/{shipped.id}/label"
        return self.session.call("GET", url, params={"format": "pdf", "type": "A6"}).content

    def _shipments(self) -> str:
        organizations = self.session.call("GET", f"{self.url}/organizations").json()["items"]
        return f"{self.url}/organizations/{organizations[0]['id']}/shipments"


class MyParcel:
    """Doors and letterboxes in the Netherlands."""

    def __init__(self) -> None:
        self.url = os.environ["MYPARCEL_URL"]
        self.session = Session()
        key = base64.b64encode(os.environ["MYPARCEL_KEY"].encode()).decode()
        self.session.headers["Authorization"] = f"basic {key}"

    def ship(self, order: Order) -> Shipped:
        """A shipment as a concept; its label registers it."""
        shipment = {
            "carrier": 1,
            "reference_identifier": order.reference,
            "options": {"package_type": 1},
            "recipient": {
                "cc": order.country,
                "postal_code": order.postal_code,
                "city": order.city,
                "street": order.street,
                "number": order.number,
                "person": order.name,
                "email": order.email,
            },
        }
        answer = self.session.call(
            "POST",
            f"{self.url}/shipments",
            json={"data": {"shipments": [shipment]}},
            headers={"Content-Type": "application/vnd.shipment+json;charset=utf-8"},
        )
        return Shipped("myparcel", str(answer.json()["data"]["ids"][0]["id"]))

    def label(self, shipped: Shipped) -> bytes:
        """The label as a PDF."""
        url = f"{self.url}/shipment_labels/{shipped.id}"
        headers = {"Accept": "application/pdf"}
        return self.session.call("GET", url, params={"format": "A6"}, headers=headers).content


class PostPlus:
    """Parcels to the rest of the world."""

    def __init__(self) -> None:
        self.url = os.environ["POSTPLUS_URL"] + "/api/v1"
        self.session = Session()
        self.session.headers["X-API-KEY"] = os.environ["POSTPLUS_KEY"]

    def ship(self, order: Order) -> Shipped:
        """A parcel; sent again with the same reference it is the same one, brought up to date."""
        parcel = {
            "identifiers": {"senderParcelNr": order.reference},
            "parcel": {
                "transactionType": "B2C",
                "type": "Registered",
                "currency": "EUR",
                "parcelGrossWeight": 0.42,
                "items": [
                    {
                        "description": "Ceramic mug",
                        "hsCode": "691200",
                        "quantity": 2,
                        "valuePerItem": 7.5,
                        "weightPerItem": 0.2,
                    }
                ],
            },
            "additionalInfo": {"serviceCode": "LTPO"},
            "receiver": {
                "name": order.name,
                "address": f"{order.street} {order.number}",
                "zipCode": order.postal_code,
                "city": order.city,
                "countryCode": order.country,
            },
        }
        answer = self.session.call("PUT", f"{self.url}/parcels", json=parcel).json()
        if answer["status"]["hasErrors"]:  # told inside a 200
            raise ShippingFailed(str(answer["status"].get("errors") or answer["status"]))
        number = answer["identifiers"]["parcelNr"]
        return Shipped("postplus", str(answer["references"]["printId"]), number)

    def label(self, shipped: Shipped) -> bytes:
        """The label as a PDF."""
        url = f"{self.url}/documents/parcel-prints/{shipped.id}"
        return self.session.call("GET", url).content
