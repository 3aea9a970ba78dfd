"""Dispatch orders: courier collections and their prices."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsInt

from tests.support.dispatching import ADDRESS, NOT_FOUND, NOW, ORDERS, details_of, dispatch
from tests.support.server import Workspace
from tests.support.shipments import (
    POSTPAID,
    by_courier,
    c2c,
    confirmed,
    order,
    read,
    to_locker,
)


def test_an_order_takes_its_shipments_an_address_and_a_first_comment(workspace: Workspace) -> None:
    first, second = confirmed(workspace, to_locker(), c2c())
    response = workspace.client.post(
        ORDERS,
        json={
            "shipments": [first["id"], str(second["id"]), first["id"]],
            "comment": "brama od podwórza",
            "name": "Adam Lis",
            "phone": "600700800",
            "email": "adam@example.com",
            "office_hours": "8:00-16:00",
            "address": ADDRESS,
        },
    )
    assert response.status_code == 201
    base = workspace.inpost_url
    answer = response.json()
    assert answer == {
        "href": f"{base}/v1/dispatch_orders/{answer['id']}",
        "id": IsInt(),
        "status": "new",
        "address": {"id": IsInt(), **ADDRESS, "line1": None, "line2": None},
        "shipments": [
            {
                "href": f"{base}/v1/shipments/{shipment['id']}",
                "id": shipment["id"],
                "tracking_number": shipment["tracking_number"],
            }
            for shipment in (first, second)
        ],
        "comments": [{"id": IsInt(), "comment": "brama od podwórza", "created_at": NOW}],
        "created_at": NOW,
        "updated_at": NOW,
        "statuses": [],
        "errors": None,
        "price": None,
        "external_id": None,
    }
    assert list(answer) == [
        "href", "id", "status", "address", "shipments", "comments", "created_at", "updated_at",
        "statuses", "errors", "price", "external_id",
    ]  # fmt: skip
    assert response.headers["location"] == f"{base}/v1/dispatch_orders/{answer['id']}"
    assert workspace.client.get(f"/v1/dispatch_orders/{answer['id']}").json() == answer
    for shipment in (first, second):
        custom = read(workspace, shipment["id"])["custom_attributes"]
        assert custom["dispatch_order_id"] == answer["id"]


def test_an_order_may_name_a_saved_place_instead_of_an_address(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    points = workspace.client.get("/v1/organizations/1/dispatch_points").json()
    point = points["items"][0]
    response = dispatch(workspace, shipment, address=None, dispatch_point_id=point["id"])
    assert response.status_code == 201
    assert response.json()["address"] == point["address"]
    assert response.json()["comments"] == []


def test_the_order_goes_its_way_by_itself(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    number = dispatch(workspace, shipment).json()["id"]
    path = f"/v1/dispatch_orders/{number}"
    workspace.advance("5s")
    assert workspace.client.get(path).json()["status"] == "sent"
    workspace.advance("10m")
    accepted = workspace.client.get(path).json()
    assert accepted["status"] == "accepted"
    assert accepted["updated_at"] > accepted["created_at"]
    refused = workspace.client.delete(path)
    assert refused.status_code == 400
    assert refused.json() == {
        "status": 400,
        "error": "invalid_action",
        "message": "dispatch_order_status_incorrect",
        "details": {
            "action": "delete",
            "dispatch_order_status": "accepted",
            "dispatch_order_id": number,
        },
    }


@pytest.mark.parametrize("wait", ["0s", "5s"])
def test_an_order_that_is_called_off_frees_its_shipments(workspace: Workspace, wait: str) -> None:
    [shipment] = confirmed(workspace, c2c())
    number = dispatch(workspace, shipment).json()["id"]
    workspace.advance(wait)
    gone = workspace.client.delete(f"/v1/dispatch_orders/{number}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert workspace.client.get(f"/v1/dispatch_orders/{number}").json()["status"] == "canceled"
    assert "dispatch_order_id" not in read(workspace, shipment["id"])["custom_attributes"]
    workspace.advance("1h")
    assert workspace.client.get(f"/v1/dispatch_orders/{number}").json()["status"] == "canceled"
    assert dispatch(workspace, shipment).status_code == 201
    assert workspace.client.delete(f"/v1/dispatch_orders/{number}").status_code == 400


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ((), True),
        (("sent",), True),
        (("accepted",), True),
        (("accepted", "done"), True),
        (("rejected",), False),
        (("canceled",), False),
    ],
)
def test_a_shipment_is_in_one_open_order_only(
    workspace: Workspace, path: tuple[str, ...], holds: bool
) -> None:
    [shipment] = confirmed(workspace, c2c())
    number = dispatch(workspace, shipment).json()["id"]
    for status in path:
        workspace.do("inpost.move_dispatch_order", dispatch_order=number, to=status)
    again = dispatch(workspace, shipment)
    if holds:
        refusal = {"shipments": [{str(shipment["id"]): ["already_dispatched"]}]}
        assert details_of(again) == refusal
    else:
        assert again.status_code == 201


def test_shipments_have_to_exist_and_to_be_confirmed(workspace: Workspace) -> None:
    unpaid = order(workspace, to_locker(service=None))
    [theirs] = confirmed(workspace, to_locker(), token=POSTPAID)
    assert details_of(dispatch(workspace, unpaid, theirs, {"id": "abc"})) == {
        "shipments": [
            {
                str(unpaid["id"]): ["shipment_status_incorrect"],
                str(theirs["id"]): ["does_not_exist"],
                "abc": ["does_not_exist"],
            }
        ]
    }


@pytest.mark.parametrize(
    ("changes", "details"),
    [
        ({"address": None}, {"address": ["required"]}),
        ({"address": {}}, {"address": ["required"]}),
        (
            {"address": {"city": "Warszawa", "post_code": "00838"}},
            {
                "address": [
                    {
                        "street": ["required"],
                        "building_number": ["required"],
                        "post_code": ["invalid_format"],
                    }
                ]
            },
        ),
        ({"address": None, "dispatch_point_id": 77}, {"dispatch_point_id": ["does_not_exist"]}),
        ({"address": None, "dispatch_point_id": 20}, {"dispatch_point_id": ["does_not_exist"]}),
        ({"shipments": []}, {"shipments": ["too_short"]}),
        ({"shipments": None}, {"shipments": ["required"]}),
        ({"email": "adam"}, {"email": ["invalid"]}),
        ({"phone": "12"}, {"phone": ["invalid"]}),
    ],
)
def test_wrong_fields_are_named(
    workspace: Workspace, changes: dict[str, Any], details: dict[str, Any]
) -> None:
    [shipment] = confirmed(workspace, c2c())
    assert details_of(dispatch(workspace, shipment, **changes)) == details


def test_all_that_is_wrong_is_told_at_once(workspace: Workspace) -> None:
    response = workspace.client.post(ORDERS, json={"email": "adam", "address": {"line1": "a 5"}})
    assert details_of(response) == {
        "shipments": ["required"],
        "email": ["invalid"],
        "address": [{"city": ["required"], "post_code": ["required"]}],
    }


def test_a_collection_is_priced_by_kind_and_tells_what_cannot_be_collected(
    workspace: Workspace,
) -> None:
    letter = c2c(
        service="inpost_courier_allegro",
        custom_attributes={
            "sending_method": "dispatch_order",
            "allegro_transaction_id": "t1",
            "allegro_user_id": "u1",
        },
    )
    courier, locker, allegro, gone = confirmed(workspace, c2c(), to_locker(), letter, c2c())
    dispatch(workspace, gone)
    ids = [courier["id"], str(locker["id"]), allegro["id"], gone["id"], 5]
    response = workspace.client.post(
        f"{ORDERS}/calculate", json={"dispatch_point_id": 10, "shipments": ids}
    )
    assert response.status_code == 200
    assert response.json() == {
        "total_success_count": 3,
        "total_error_count": 2,
        "total_price": {"amount": 15.0, "currency": "PLN"},
        "price_list": {
            "courier": {"count": 1, "price": 5.0, "shipments": [courier["id"]]},
            "locker": {"count": 1, "price": 5.0, "shipments": [locker["id"]]},
            "allegro": {"count": 1, "price": 5.0, "shipments": [allegro["id"]]},
        },
        "invalid_shipments": {
            str(gone["id"]): ["already_dispatched"],
            "5": ["does_not_exist"],
        },
    }


def test_only_prepaid_organizations_get_the_price_of_a_collection(workspace: Workspace) -> None:
    response = workspace.inpost(POSTPAID).post(
        "/v1/organizations/2/dispatch_orders/calculate", json={"shipments": [1]}
    )
    assert response.status_code == 400
    assert response.json() == {
        "status": 400,
        "error": "invalid_action",
        "message": "Action available only for prepaid users.",
        "details": {},
    }


def test_a_price_needs_shipments_and_a_known_place(workspace: Workspace) -> None:
    path = f"{ORDERS}/calculate"
    assert details_of(workspace.client.post(path, json={})) == {"shipments": ["required"]}
    body = {"shipments": [1], "dispatch_point_id": 77, "address": {"city": "Warszawa"}}
    assert details_of(workspace.client.post(path, json=body)) == {
        "dispatch_point_id": ["does_not_exist", "dispatch_point_and_address_cannot_be_mixed"],
        "address": [
            {
                "post_code": ["required"],
                "street": ["required"],
                "building_number": ["required"],
            }
        ],
    }


@pytest.mark.parametrize(
    ("action", "arguments", "says"),
    [
        ("move_dispatch_order", {"dispatch_order": 1, "to": "done"}, "no dispatch order 1"),
        ("add_dispatch_point", {"organization": 77, "name": "x"}, "no organization 77"),
    ],
)
def test_an_action_on_what_does_not_exist_is_refused(
    workspace: Workspace, action: str, arguments: dict[str, Any], says: str
) -> None:
    response = workspace.control.post(f"/actions/inpost.{action}", json=arguments)
    assert 400 <= response.status_code < 500
    assert says in response.text


def test_an_impossible_move_is_refused_with_what_is_possible(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    number = dispatch(workspace, shipment).json()["id"]
    for move, says in (("done", "possible are sent, accepted, rejected"), ("rejected", "")):
        response = workspace.control.post(
            "/actions/inpost.move_dispatch_order", json={"dispatch_order": number, "to": move}
        )
        assert says in response.text
    final = workspace.control.post(
        "/actions/inpost.move_dispatch_order", json={"dispatch_order": number, "to": "sent"}
    )
    assert "that status is final" in final.text


def test_courier_shipments_need_a_courier_contract(workspace: Workspace) -> None:
    courier, locker = confirmed(workspace, by_courier(), to_locker(), token=POSTPAID)
    workspace.do("inpost.set_courier_contract", organization=2, contract=False)
    client = workspace.inpost(POSTPAID)
    path = "/v1/organizations/2/dispatch_orders"
    for shipment, status in ((courier, 400), (locker, 201)):
        response = client.post(path, json={"shipments": [shipment["id"]], "dispatch_point_id": 20})
        assert response.status_code == status
        if status == 400:
            assert response.json() == {
                "status": 400,
                "error": "missing_trucker_id",
                "message": "trucker_ID_is_not_set_for_organization",
                "details": None,
            }


def test_ids_are_texts_where_the_documents_are_followed(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    workspace.quirk("inpost.id_type", "string")
    workspace.quirk("inpost.shipment_href", "organization")
    answer = dispatch(workspace, shipment).json()
    assert answer["shipments"] == [
        {
            "href": f"{workspace.inpost_url}/v1/organizations/1/shipments/{shipment['id']}",
            "id": str(shipment["id"]),
            "tracking_number": shipment["tracking_number"],
        }
    ]


def test_other_organizations_orders_are_out_of_reach(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    number = dispatch(workspace, shipment).json()["id"]
    other = workspace.inpost(POSTPAID)
    for path in (f"/v1/dispatch_orders/{number}", f"/v1/dispatch_orders/{number}/printout"):
        response = other.get(path)
        assert (response.status_code, response.json()) == (404, NOT_FOUND)
    assert other.delete(f"/v1/dispatch_orders/{number}").status_code == 404
    assert other.get(ORDERS).status_code == 403
    comment = f"/v1/organizations/2/dispatch_orders/{number}/comment"
    assert other.post(comment, json={"comment": "x"}).status_code == 404
    for unknown in ("1", "0", "abc"):
        assert workspace.client.get(f"/v1/dispatch_orders/{unknown}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_strangers_are_turned_away_before_their_comment_is_read(
    workspace: Workspace, method: str
) -> None:
    stranger = workspace.inpost(POSTPAID)
    response = stranger.request(method, f"{ORDERS}/1/comment", json={})
    assert (response.status_code, response.json()["error"]) == (403, "forbidden")
    own = workspace.client.request(method, f"{ORDERS}/1/comment", json={})
    assert (own.status_code, own.json()) == (404, NOT_FOUND)
