"""Notifications of webhooks: what is sent, to whom, and what becomes of it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simulator.settings import Settings
from tests.myparcel.client import Shop
from tests.myparcel.tracked import HOOK, home, move, status_of, subscribed
from tests.support.receiver import Receiver, receiving
from tests.support.server import START, Workspace, running


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def told(receiver: Receiver) -> list[tuple[int, int]]:
    """The shipments and statuses that arrived, in the order in which they came."""
    hooks = [json.loads(body)["data"]["hooks"] for body in receiver.posts]
    return [(hook["shipment_id"], hook["status"]) for [hook] in hooks]


def attempts(shop: Shop) -> list[Any]:
    """The attempts of the last notification: when, and with what outcome."""
    webhook = shop.workspace.webhooks()[-1]
    return [(each["at"][11:19], each["status"] or each["error"]) for each in webhook["attempts"]]


def test_a_notification_as_it_arrives(shop: Shop) -> None:
    with receiving() as receiver:
        subscribed(shop, f"{receiver.url}/MyParcel/Hook?Token=ABC")
        [shipment] = shop.create(home())
        assert receiver.received == []
        barcode = move(shop, shipment, 2)["barcode"]
        [request] = receiver.received
    assert (request.method, request.path) == ("POST", "/MyParcel/Hook?Token=ABC")
    assert json.loads(request.body) == {
        "data": {
            "hooks": [
                {
                    "shipment_id": shipment,
                    "account_id": 501,
                    "shop_id": 77,
                    "status": 2,
                    "barcode": barcode,
                }
            ]
        }
    }
    headers = request.headers
    assert set(headers) == {
        "host",
        "content-length",
        "content-type",
        "user-agent",
        "x-myparcel-hook",
        "x-myparcel-hookid",
        "x-myparcel-authorization",
    }
    assert headers["user-agent"] == "MyParcel/Webhook-Notifier"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["x-myparcel-hook"] == HOOK
    assert re.fullmatch("[0-9a-f]{40}", headers["x-myparcel-hookid"])
    assert base64.b64decode(headers["x-myparcel-authorization"]) == b"sim-myparcel-postpaid"


def test_the_documents_lower_the_address_which_a_subscription_gives_back_as_it_came(
    shop: Shop, receiver: Receiver
) -> None:
    url = f"{receiver.url}/MyParcel/Hook?Token=ABC"
    number = subscribed(shop, url)
    shop.workspace.quirk("myparcel.webhook_url", "lower_case")
    move(shop, shop.create(home())[0], 2)
    [request] = receiver.received
    assert request.path == "/myparcel/hook?token=abc"
    listed = shop.client.get(f"/webhook_subscriptions/{number}").json()["data"]
    assert listed["webhook_subscriptions"][0]["url"] == url


def test_every_change_but_the_first_is_told_in_order(shop: Shop) -> None:
    with receiving() as receiver:
        subscribed(shop, receiver.url)
        [shipment] = shop.create(home())
        shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
        shop.workspace.advance("3d")
        bodies = [json.loads(body) for body in receiver.posts]
        ids = {request.headers["x-myparcel-hookid"] for request in receiver.received}
    assert [body["data"]["hooks"][0]["status"] for body in bodies] == [2, 3, 4, 5, 7]
    assert len(ids) == 5


def test_a_bare_body_is_a_quirk(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.webhook_body", "bare")
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    [webhook] = shop.workspace.webhooks()
    assert webhook["body"]["shipment_id"] == shipment


def test_without_a_subscription_the_news_only_stands_on_file(shop: Shop) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    [webhook] = shop.workspace.webhooks()
    assert (webhook["event"], webhook["status"]) == (HOOK, "not_subscribed")


def test_a_deleted_subscription_hears_nothing(shop: Shop) -> None:
    with receiving() as receiver:
        number = subscribed(shop, receiver.url)
        shop.client.delete(f"/webhook_subscriptions/{number}")
        move(shop, shop.create(home())[0], 2)
        assert receiver.received == []


@pytest.mark.parametrize(("retries", "attempts"), [(0, 1), (2, 3)])
def test_how_often_is_tried_again_is_a_quirk(shop: Shop, retries: int, attempts: int) -> None:
    shop.workspace.quirk("myparcel.webhook_retries", retries)
    with receiving() as receiver:
        receiver.status = 500
        subscribed(shop, receiver.url)
        move(shop, shop.create(home())[0], 2)
        shop.workspace.advance("1d")
        assert len(receiver.posts) == attempts


def test_a_label_is_news_of_each_shipment_in_the_order_of_the_ids(
    shop: Shop, receiver: Receiver
) -> None:
    subscribed(shop, receiver.url)
    shipments = shop.create(*[home() for _ in range(5)])[::-1]
    path = ";".join(map(str, shipments))
    assert shop.client.get(f"/shipment_labels/{path}").status_code == 200
    assert shop.client.get(f"/shipment_labels/{path}").status_code == 200
    shop.workspace.advance("1s")
    assert told(receiver) == [(shipment, 2) for shipment in shipments]


def test_each_shop_is_told_of_its_own_shipments(shop: Shop, receiver: Receiver) -> None:
    other = shop.with_key("sim-myparcel-no-returns")
    with receiving() as theirs:
        subscribed(shop, receiver.url)
        subscribed(other, theirs.url)
        [mine], [foreign] = shop.create(home()), other.create(home())
        for shipment in (mine, foreign):
            move(shop, shipment, 2, 3)
        assert told(theirs) == [(foreign, 2), (foreign, 3)]
        key = base64.b64decode(theirs.received[0].headers["x-myparcel-authorization"])
    assert told(receiver) == [(mine, 2), (mine, 3)]
    assert key == b"sim-myparcel-no-returns"


def test_the_header_shows_the_key_that_subscribed_even_when_it_is_disabled_now(
    shop: Shop, receiver: Receiver
) -> None:
    shop.workspace.do("myparcel.add_key", key="second-key", shop=77)
    subscribed(shop, receiver.url)
    subscribed(shop.with_key("second-key"), receiver.url)
    [shipment] = shop.create(home())
    shop.workspace.do("myparcel.set_key", key="second-key", role="disabled")
    move(shop, shipment, 2)
    header = receiver.received[0].headers["x-myparcel-authorization"]
    assert base64.b64decode(header) == b"second-key"


def test_who_waits_for_an_event_finds_its_notification_delivered(
    shop: Shop, receiver: Receiver
) -> None:
    subscribed(shop, receiver.url)
    first, second = shop.create(home(), home())
    for shipment in (first, second):
        shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    event = {"event": "myparcel.shipment_status_changed", "match": {"shipment_id": first}}
    moved = shop.workspace.control.post("/clock/advance", json={"until": event}).json()
    assert moved["event"]["payload"]["shipment_id"] == first
    assert told(receiver) == [(first, 2), (second, 2)]


def test_only_the_hook_of_a_status_hears_of_one(shop: Shop, receiver: Receiver) -> None:
    subscribed(shop, receiver.url, "order_status_change")
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    assert receiver.posts == []


@pytest.mark.parametrize("status", [301, 400, 500])
def test_what_is_not_taken_is_sent_again_with_the_same_id(
    shop: Shop, receiver: Receiver, status: int
) -> None:
    subscribed(shop, receiver.url)
    receiver.status = status
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    shop.workspace.advance("29s")
    assert attempts(shop) == [("09:15:00", status), ("09:15:10", status)]
    receiver.status = 204
    shop.workspace.advance("1d")
    assert attempts(shop)[2:] == [("09:15:30", 204)]
    assert shop.workspace.webhooks()[-1]["status"] == "delivered"
    assert told(receiver) == [(shipment, 2)] * 3
    assert len({each.headers["x-myparcel-hookid"] for each in receiver.received}) == 1


def test_each_notification_has_an_id_of_its_own(shop: Shop, receiver: Receiver) -> None:
    subscribed(shop, receiver.url)
    [shipment] = shop.create(home())
    fired = {"carrier": "myparcel", "event": "shipment_status_change", "record": shipment}
    move(shop, shipment, 2)
    for _ in range(2):
        shop.workspace.control.post("/webhooks/trigger", json=fired)
    assert len(receiver.received) == 3
    assert len({each.headers["x-myparcel-hookid"] for each in receiver.received}) == 3


def test_a_receiver_that_hangs_up_gets_it_again(shop: Shop, receiver: Receiver) -> None:
    subscribed(shop, receiver.url)
    receiver.drop = True
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    [(_, outcome)] = attempts(shop)
    assert outcome == "the target hung up without an answer"
    receiver.drop = False
    shop.workspace.advance("10s")
    assert attempts(shop)[1:] == [("09:15:10", 200)]


def test_a_receiver_that_never_answers_holds_up_no_parcel(receiver: Receiver) -> None:
    with running(Settings(response_validation="fail", webhook_timeout=0.3)) as server:
        shop = Shop(Workspace(server, "hanging"))
        shop.workspace.freeze(START)
        subscribed(shop, receiver.url)
        receiver.hang = True
        [shipment] = shop.create(home())
        shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
        shop.workspace.advance("3d")
        assert status_of(shop, shipment) == 7
        webhooks = shop.workspace.webhooks()
        assert len(webhooks) == 5
        assert webhooks[0]["attempts"][0]["error"] == "no answer within 0.3 s"
        untried = [each["status"] for each in webhooks if not each["attempts"]]
        assert untried == ["pending"] * len(untried)
        assert len(untried) >= 3
        shop.close()
        shop.workspace.close()


def test_a_public_target_is_taken_and_never_called(shop: Shop) -> None:
    subscribed(shop, "https://SeoShop.nl/MyParcel")
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    assert shop.workspace.webhooks()[-1]["target"] == "https://SeoShop.nl/MyParcel"
    [(_, outcome)] = attempts(shop)
    assert "--webhook-allow seoshop.nl" in outcome


def test_a_notification_can_be_sent_once_more(shop: Shop, receiver: Receiver) -> None:
    subscribed(shop, receiver.url)
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    [webhook] = shop.workspace.webhooks()
    again = shop.workspace.control.post(f"/webhooks/{webhook['id']}/redeliver")
    assert again.status_code == 200
    first, second = receiver.received
    assert first == second


def test_the_same_seed_gives_the_same_notifications(
    new_workspace: Callable[[], Workspace], receiver: Receiver
) -> None:
    runs = []
    for _ in range(2):
        shop = Shop(new_workspace())
        subscribed(shop, receiver.url)
        shipments = shop.create(home(), home())
        for shipment in shipments:
            shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
        shop.workspace.advance("3d")
        runs.append([(each.headers["x-myparcel-hookid"], each.body) for each in receiver.received])
        receiver.received.clear()
        shop.close()
    assert runs[0] == runs[1]
    assert len({hook for hook, _ in runs[0]}) == 10
