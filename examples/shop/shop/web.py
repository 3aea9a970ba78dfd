"""The shop's own HTTP: orders come in here, and so do the carriers' webhooks."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from shop.carriers import InPost, MyParcel, Order, PostPlus, Shipped, ShippingFailed

CARRIERS = {"PL": InPost, "NL": MyParcel}
"""Who ships where; PostPlus ships everywhere else."""


def create_app() -> Flask:
    """The shop with its orders in memory, as it is small."""
    app = Flask(__name__)
    shipped: dict[str, Shipped] = {}
    statuses: dict[str, str] = {}

    @app.post("/orders")
    def ship() -> tuple[dict[str, Any], int]:
        order = Order(**request.get_json())
        carrier = CARRIERS.get(order.country, PostPlus)()
        try:
            shipped[order.reference] = carrier.ship(order)
        except ShippingFailed as error:
            return {"error": str(error)}, 502
        statuses.setdefault(order.reference, "ordered")
        return {"order": order.reference, "carrier": shipped[order.reference].carrier}, 201

    @app.get("/orders/<reference>")
    def show(reference: str) -> dict[str, Any]:
        return {"order": reference, "status": statuses[reference]}

    @app.get("/orders/<reference>/label")
    def label(reference: str) -> tuple[Any, int, dict[str, str]]:
        found = shipped[reference]
        carriers = {"inpost": InPost, "myparcel": MyParcel, "postplus": PostPlus}
        try:
            pdf = carriers[found.carrier]().label(found)
        except ShippingFailed as error:
            return {"error": str(error)}, 502, {}
        return pdf, 200, {"Content-Type": "application/pdf"}

    @app.post("/webhooks/inpost")
    def inpost() -> tuple[str, int]:
        payload = request.get_json()["payload"]
        _note("inpost", payload["shipment_id"], payload.get("status", "confirmed"))
        return "", 200

    @app.post("/webhooks/myparcel")
    def myparcel() -> tuple[str, int]:
        for hook in request.get_json()["data"]["hooks"]:
            _note("myparcel", hook["shipment_id"], str(hook["status"]))
        return "", 200

    def _note(carrier: str, id: int, status: str) -> None:
        for reference, found in shipped.items():
            if (found.carrier, found.id) == (carrier, str(id)):
                statuses[reference] = status

    return app
