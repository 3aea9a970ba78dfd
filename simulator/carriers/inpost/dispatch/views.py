"""Dispatch orders, comments and places of collection as the carrier shows them."""

from __future__ import annotations

from typing import Any

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import SHIPMENTS, Comment, DispatchOrder, DispatchPoint
from simulator.carriers.inpost.wire import links, moments
from simulator.engine.world import World


def show_order(world: World, order: DispatchOrder) -> dict[str, Any]:
    """A dispatch order; the later members stand behind the documented ones (order inferred)."""
    shipments = [world[SHIPMENTS][id] for id in order.shipment_ids]
    show_id = views.ident(world)
    return {
        "href": links.resource(world, f"/v1/dispatch_orders/{order.id}"),
        "id": show_id(order.id),
        "status": order.status,
        "address": views.address(order.address, show_id),
        "shipments": [
            {
                "href": views.href(world, shipment),
                "id": show_id(shipment.id),
                "tracking_number": shipment.tracking_number,
            }
            for shipment in shipments
        ],
        "comments": [show_comment(world, comment) for comment in order.comments],
        "created_at": moments.show(order.created_at),
        "updated_at": moments.show(order.updated_at),
        **(_progress(order) if world.quirk("inpost.dispatch_order_progress") else {}),
    }


def _progress(order: DispatchOrder) -> dict[str, Any]:
    """What became of the order (members observed, the form of a status and an error inferred).

    The price is null: on prepaid accounts that is observed, others are told no prices.
    """
    return {
        "statuses": [
            {"status": step.status, "created_at": moments.show(step.at)} for step in order.statuses
        ],
        "errors": None if order.error is None else {"details": order.error},
        "price": None,
        "external_id": order.external_id,
    }


def show_comment(world: World, comment: Comment) -> dict[str, Any]:
    """A comment of a dispatch order."""
    return {
        "id": views.ident(world)(comment.id),
        "comment": comment.comment,
        "created_at": moments.show(comment.created_at),
    }


def show_point(world: World, point: DispatchPoint) -> dict[str, Any]:
    """A saved place of collection."""
    return {
        "href": links.resource(world, f"/v1/dispatch_points/{point.id}"),
        "id": views.ident(world)(point.id),
        "name": point.name,
        "office_hours": point.office_hours,
        "phone": point.phone,
        "email": point.email,
        "comments": point.comments,
        "address": views.address(point.address, views.ident(world)),
        "status": point.status,
    }
