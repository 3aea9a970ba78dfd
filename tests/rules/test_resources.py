"""Rules about what a request is about: the records that it names, as the carrier shows them."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.app import carrier_app
from simulator.carriers import registry
from simulator.carriers.carrier import Carrier
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.porch import Porch
from simulator.engine.rules.shapes import within
from simulator.http.context import Limits
from simulator.http.metrics import Metrics
from simulator.http.told.near_misses import Directory
from tests.inpost.shipx import bought, create, locker, post
from tests.myparcel import bodies
from tests.myparcel.client import Shop
from tests.postplus.client import Client, parcel
from tests.rules.making import rule, used
from tests.support.server import Workspace

BUSY = {"kind": "status", "status": 503}
CARRIERS = registry.load(())
HUB = Hub((), MemoryBackend(), HubOptions())


def label(workspace: Workspace, shipment: Any) -> int:
    return workspace.client.get(f"/v1/shipments/{shipment['id']}/label").status_code


def test_the_label_of_one_order_is_late_and_the_others_are_there(workspace: Workspace) -> None:
    late = bought(workspace, locker(reference="A-1"))
    other = bought(workspace, locker(reference="A-2"))
    about = {"operation": "inpost.get_label", "resource": {"reference": "A-1"}}
    number = rule(workspace, when=about, fault=BUSY, times=1)
    assert [label(workspace, each) for each in (other, late, late)] == [200, 503, 200]
    assert used(workspace, number) == (1, 1, True)


def test_the_status_is_that_of_the_moment(workspace: Workspace) -> None:
    shipment = create(workspace, locker())
    path = f"/v1/shipments/{shipment['id']}"
    about = {"operation": "inpost.get_shipment", "resource": {"status": "confirmed"}}
    rule(workspace, when=about, fault=BUSY)
    assert workspace.client.get(path).status_code == 200
    workspace.advance("10s")
    assert workspace.client.get(path).status_code == 503


def test_what_is_made_is_what_was_sent(workspace: Workspace) -> None:
    about = {"carrier": "inpost", "resource": {"reference": "A-1"}}
    number = rule(workspace, when=about, delay={"by": "1ms"})
    shipment = post(workspace, locker(reference="A-1")).json()
    post(workspace, locker(reference="A-2"))
    assert used(workspace, number)[1] == 1
    workspace.client.get(f"/v1/shipments/{shipment['id']}")
    assert used(workspace, number)[1] == 2


def test_of_several_one_has_to_be_like_it(workspace: Workspace) -> None:
    one = bought(workspace, locker(reference="A-1"))["id"]
    two = bought(workspace, locker(reference="A-2"))["id"]
    rule(workspace, when={"carrier": "inpost", "resource": {"reference": "A-2"}}, fault=BUSY)
    path = "/v1/organizations/1/shipments/labels"

    def labels(*ids: int) -> int:
        query = {"shipment_ids[]": [str(id) for id in ids]}
        return workspace.client.get(path, params=query).status_code

    assert [labels(one), labels(one, two)] == [200, 503]
    body = {"shipment_ids": [two]}
    assert workspace.client.post(path, json=body).status_code == 503


def test_a_tracking_number_leads_to_its_shipment(workspace: Workspace) -> None:
    shipment = bought(workspace, locker(reference="A-1"))
    rule(workspace, when={"carrier": "inpost", "resource": {"reference": "A-1"}}, fault=BUSY)
    tracked = workspace.client.get(f"/v1/tracking/{shipment['tracking_number']}")
    assert tracked.status_code == 503


def test_nothing_is_changed_by_looking(workspace: Workspace) -> None:
    shipment = bought(workspace)
    rule(workspace, when={"resource": {"reference": "nobody"}}, fault=BUSY)
    before = workspace.control.get("/snapshot").json()
    workspace.client.get(f"/v1/shipments/{shipment['id']}")
    assert workspace.control.get("/snapshot").json() == before


def test_a_resource_that_there_is_not(workspace: Workspace) -> None:
    about = {"operation": "inpost.get_shipment", "resource": {"$absent": True}}
    rule(workspace, when=about, fault=BUSY)
    known = create(workspace, locker())["id"]
    statuses = [
        workspace.client.get(f"/v1/shipments/{id}").status_code for id in (known, 7, "words")
    ]
    assert statuses == [200, 503, 503]


def test_shipments_of_myparcel_by_their_ids(workspace: Workspace) -> None:
    shop = Shop(workspace)
    one, two = shop.create(bodies.shipment(bodies.DUTCH), bodies.shipment(bodies.BELGIAN))
    about = {"carrier": "myparcel", "resource": {"recipient": {"cc": "BE"}, "status": 1}}
    rule(workspace, when=about, fault=BUSY)
    get = shop.client.get
    paths = (f"/shipments/{one}", f"/shipments/{one};{two}", f"/shipment_labels/{two}")
    assert [get(path).status_code for path in paths] == [200, 503, 503]
    assert shop.post_shipments([bodies.shipment(bodies.BELGIAN)]).status_code == 200
    about = {"carrier": "myparcel", "resource": {"recipient": {"cc": "BE"}}}
    rule(workspace, when=about, fault=BUSY)
    assert shop.post_shipments([bodies.shipment(bodies.BELGIAN)]).status_code == 503
    shop.close()


def test_parcels_of_postplus_by_each_of_their_numbers(workspace: Workspace) -> None:
    client = Client(workspace)
    made = client.put_parcel(identifiers={"senderParcelNr": "ORD-7"})["parcel"]
    ids = client.get("/parcels/sender-parcel-nrs/ORD-7")["identifiers"]
    about = {"carrier": "postplus", "resource": {"identifiers": {"senderParcelNr": "ORD-7"}}}
    rule(workspace, when=about, fault=BUSY)
    assert made is not None
    for path in (
        f"/parcels/{ids['id']}",
        f"/parcels/parcel-nrs/{ids['parcelNr']}",
        "/parcels/sender-parcel-nrs/ORD-7",
        f"/parcels/get-many?ids={ids['id']}",
        f"/tracking/parcel-nrs/get-many?ParcelNrs={ids['parcelNr']}",
    ):
        assert client.http.get(path).status_code == 503, path
    assert client.http.put("/parcels", json=parcel("ORD-7")).status_code == 503
    assert client.http.put("/parcels", json=parcel("ORD-8")).status_code == 200
    client.close()


@pytest.mark.parametrize(
    ("when", "path", "message"),
    [
        (
            {"operation": "inpost.get_label", "resource": {"status": "confirmd"}},
            "body.when.resource.status",
            'Did you mean "confirmed"?',
        ),
        (
            {"operation": "inpost.get_label", "resource": {"refrence": "A-1"}},
            "body.when.resource.refrence",
            'Did you mean "reference"?',
        ),
        (
            {"carrier": "myparcel", "resource": {"status": "2"}},
            "body.when.resource.status",
            "is one of 1, 2, 3",
        ),
        (
            {"operation": "postplus.get_parcel", "resource": {"status": {"status": "Lost"}}},
            "body.when.resource.status.status",
            "Created, Manifested, Departed, Delivered, Returned",
        ),
        (
            {"operation": "inpost.list_services", "resource": {"id": "x"}},
            "body.when.resource",
            "is about no single thing",
        ),
        (
            {"operation": "inpost.get_label", "resource": {"status": {"$oneof": ["lost"]}}},
            "body.when.resource.status.$oneof.0",
            "is never 'lost'",
        ),
        ({"query": {"page": 2}}, "body.when.query.page", 'write "2", not 2'),
        ({"caller": None}, "body.when.caller", "is a text"),
    ],
)
def test_what_can_never_match_is_refused(
    workspace: Workspace, when: dict[str, Any], path: str, message: str
) -> None:
    response = workspace.control.post("/rules", json={"when": when, "fault": BUSY})
    assert response.status_code == 422, response.text
    found = {each["path"]: each["message"] for each in response.json()["errors"]}
    assert message in found.get(path, ""), found


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.name)
def test_each_operation_with_a_resource_is_one_and_what_it_is_about_is_described(
    carrier: Carrier,
) -> None:
    app = carrier_app(carrier, Limits(), Metrics(HUB), Directory(), Porch(HUB))
    plans = {plan.name: plan for plan in app.plans}
    assert set(carrier.resources) | set(carrier.rush) <= set(plans)
    for about in carrier.resources.values():
        for shape in about.shapes:
            plan = plans[shape.operation]
            assert within(plan.body_schemas if shape.sent else plan.answer_schemas, shape.place)
    by_path = {name for name, plan in plans.items() if plan.path_names}
    assert by_path - set(carrier.resources) <= WITHOUT


WITHOUT = {
    *("inpost.get_organization", "inpost.get_statistics", "inpost.list_users"),
    *("inpost.list_shipments", "inpost.list_dispatch_orders", "inpost.list_dispatch_points"),
    *("inpost.list_address_books", "inpost.list_mpks", "inpost.get_cod_report"),
    *("myparcel.get_subscriptions", "myparcel.delete_subscriptions"),
    *("myparcel.get_account", "myparcel.get_shop", "myparcel.get_printer_group"),
    *("myparcel.get_carrier", "myparcel.get_carrier_logo", "myparcel.get_carrier_logo_svg"),
    *("myparcel.list_account_carrier_options", "myparcel.list_shop_carrier_options"),
    *("myparcel.list_carrier_configurations", "myparcel.get_carrier_configuration"),
    "postplus.get_pickup_point",
}
"""Operations with something in their path that is no resource: whose it is, or what is set up."""


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        ({"resource": {"status": "confirmd"}}, 'Did you mean "confirmed"?'),
        ({"carrier": "postplus", "resource": {"status": "Deliverd"}}, 'Did you mean "Delivered"?'),
    ],
)
def test_a_status_that_is_nearly_one_is_refused_without_an_operation_too(
    workspace: Workspace, when: dict[str, Any], hint: str
) -> None:
    response = workspace.control.post("/rules", json={"when": when, "fault": {"kind": "status"}})
    assert response.status_code == 422
    assert hint in response.json()["detail"]
