"""MyParcel's magic values at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from simulator.carriers.myparcel.magic import STATUSES
from tests.magic.proofs import LOST, naps, proves
from tests.myparcel.bodies import DUTCH, shipment
from tests.myparcel.client import Shop, faults
from tests.myparcel.tracked import abroad, at_point, status_of
from tests.support.server import Workspace


@contextmanager
def shopping(workspace: Workspace, key: str = "sim-myparcel-postpaid") -> Iterator[Shop]:
    shop = Shop(workspace, key)
    yield shop
    shop.close()


def order(text: str, **members: Any) -> dict[str, Any]:
    """A shipment whose magic is an address or stands on its label."""
    if text.startswith("[["):
        return shipment(options={"package_type": 1, "label_description": f"A {text}"}, **members)
    return shipment({**DUTCH, "email": text}, **members)


def label(shop: Shop, number: int, accept: str = "application/pdf") -> httpx2.Response:
    return shop.client.get(f"/shipment_labels/{number}", headers={"Accept": accept})


def link(shop: Shop, number: int) -> str:
    told = label(shop, number, "application/json")
    assert told.status_code == 200, told.text
    url: str = told.json()["data"]["pdfs"]["url"]
    return url if url.startswith("http") else f"{shop.base_url}{url}"


def fetched(url: str) -> int:
    return httpx2.get(url, trust_env=False, verify=False).status_code


def later(shop: Shop, body: dict[str, Any], by: str = "20d") -> int:
    """The status of a shipment long after its label was printed."""
    [number] = shop.create(body)
    assert label(shop, number).status_code == 200
    assert status_of(shop, number) == 2
    shop.workspace.advance(by)
    return status_of(shop, number)


@proves("myparcel", *(code for code, status in STATUSES.items() if status != 200))
def answered_with_status(workspace: Workspace, code: str) -> None:
    status = STATUSES[code]
    with shopping(workspace) as shop:
        for written in (code, f"{code[:4]} {code[4:]}", code.lower()):
            body = shipment({**DUTCH, "postal_code": written})
            # one of several is enough, and none is made
            answer = shop.post_shipments([shipment(), body])
            assert answer.status_code == status, answer.text
        gateway = status in (502, 503, 504)
        assert ("errors" in answer.text) is not gateway
        assert ("nginx" in answer.text) is gateway
        asked = shop.client.get(
            "/delivery_options",
            params={"cc": "NL", "postal_code": code, "number": "8", "carrier": "2"},
        )
        assert asked.status_code == status, asked.text
    assert workspace.records("myparcel", "shipments") == []


@proves("myparcel", "2200AA")
def answered_as_ever(workspace: Workspace, code: str) -> None:
    with shopping(workspace) as shop:
        assert shop.post_shipments([shipment({**DUTCH, "postal_code": code})]).status_code == 200
        asked = shop.client.get(
            "/delivery_options",
            params={"cc": "NL", "postal_code": code, "number": "8", "carrier": "2"},
        )
        assert asked.status_code == 200


@proves("myparcel", "no-money@sim.test", "[[unpaid]]")
def unpaid(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        [number] = shop.create(order(text))
        asked = label(shop, number)
        assert asked.status_code == 402
        [payment] = asked.json()["data"]["payment_instructions"]
        assert payment["payment_url"]
        workspace.do("myparcel.pay", shipment=number)
        assert label(shop, number).status_code == 200


@proves("myparcel", "label-fails@sim.test")
def label_fails(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        [number] = shop.create(order(text))
        assert [label(shop, number).status_code for _ in range(3)] == [503] * 3
        assert status_of(shop, number) == 1


@proves("myparcel", "stuck@sim.test")
def stuck(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        [number] = shop.create(order(text))
        url = link(shop, number)
        workspace.advance("10d")
        assert fetched(url) == 404


@proves("myparcel", "slow@sim.test")
def slow(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop, naps() as told:
        [number] = shop.create(order(text))
        assert told == [5.0]
        shop.read(number)
        assert told == [5.0, 5.0]
        shop.create(shipment())
        assert told == [5.0, 5.0]


@proves("myparcel", "busy@sim.test", "[[create: 503 x2]]")
def busy(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        answers = [shop.post_shipments([order(text)]).status_code for _ in range(4)]
    assert answers == [503, 503, 200, 200]
    assert len(workspace.records("myparcel", "shipments")) == 2


@proves("myparcel", "hangs-up@sim.test")
def hangs_up(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        with pytest.raises(LOST):
            shop.post_shipments([order(text)])
        shop.create(order(text))
    assert len(workspace.records("myparcel", "shipments")) == 2


@proves("myparcel", "[[create: connection_reset after]]")
def always_hangs_up(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        for _ in range(3):
            with pytest.raises(LOST):
                shop.post_shipments([order(text)])
    assert len(workspace.records("myparcel", "shipments")) == 3


@proves("myparcel", "delivered@sim.test")
def delivered(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        assert later(shop, order(text)) == 7
        for make, ends in ((at_point, 9), (abroad, 7)):
            body = make()
            body["recipient"] = {**body["recipient"], "email": text}
            assert later(shop, body) == ends


@proves("myparcel", "not-collected@sim.test", "returned@sim.test")
def not_collected(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        assert later(shop, order(text)) == 11


@proves("myparcel", "lost@sim.test")
def lost(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        assert later(shop, order(text), "120d") == 99


@proves("myparcel", "[[missed_collected]]")
def missed(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        assert later(shop, order(text)) == 9


@proves("myparcel", "[[label: 404 x2]]")
def label_twice(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        [number] = shop.create(order(text))
        assert [label(shop, number).status_code for _ in range(3)] == [404, 404, 200]


@proves("myparcel", "[[label: first 2]]")
def link_too_early(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        [number] = shop.create(order(text))
        url = link(shop, number)
        assert [fetched(url) for _ in range(3)] == [404, 404, 200]


@proves("myparcel", "[[payment: fail]]")
def payment_fails(workspace: Workspace, text: str) -> None:
    with shopping(workspace, "sim-myparcel-prepaid") as shop:
        [number] = shop.create(order(text))
        [payment] = label(shop, number).json()["data"]["payment_instructions"]
        httpx2.post(payment["payment_url"], trust_env=False, verify=False)
        workspace.advance("1h")
        assert label(shop, number).status_code == 402
    ended = sorted(each["status"] for each in workspace.records("myparcel", "payments"))
    assert ended == ["failed", "open"]


@proves("myparcel", "not-active@sim.test", "daily-maximum@sim.test")
def refused_for_the_account(workspace: Workspace, text: str) -> None:
    most = 0 if text.startswith("not-active") else 25
    with shopping(workspace) as shop:
        answer = shop.post_shipments([shipment(), order(text)])
        assert answer.status_code == 422, answer.text
        [fault] = faults(answer)
        assert (fault.code, fault.field) == (3716, "data.shipments[1].carrier")
        assert fault.human == f"Maximum amount of {most} PostNL package shipments per day exceeded"
    assert workspace.records("myparcel", "shipments") == []


@proves("myparcel", "unserved-area@sim.test")
def refused_for_the_area(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        answer = shop.post_shipments([shipment(), order(text)])
        assert answer.status_code == 422, answer.text
        [fault] = faults(answer)
        assert (fault.code, fault.field) == (3753, "data.shipments[1].recipient.postal_code")
    assert workspace.records("myparcel", "shipments") == []


@proves("myparcel", "carrier-fails@sim.test")
def failed_by_the_carrier(workspace: Workspace, text: str) -> None:
    with shopping(workspace) as shop:
        answer = shop.post_shipments([order(text)])
        assert answer.status_code == 500, answer.text
        assert answer.json()["errors"] == [
            {
                "status": 500,
                "code": 0,
                "title": "PostNL API call failed",
                "message": "PostNL API call failed",
            }
        ]
    assert workspace.records("myparcel", "shipments") == []
