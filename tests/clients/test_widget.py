"""`@myparcel/delivery-options`, the checkout's widget as it comes from npm, in a real browser.

Whatever it lets a customer choose, the shop behind it can order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from simulator.carriers.myparcel.offers.names import CARRIERS, DELIVERY_TYPES, PACKAGE_TYPES
from tests.browser.conftest import browser
from tests.myparcel.client import Shop
from tests.support.server import Workspace

FOLDER = Path(__file__).parent

pytestmark = pytest.mark.skipif(
    not (FOLDER / "node_modules" / ".installed").exists(),
    reason="needs Node, and `make clients`, which installs the widget from npm",
)


class Checkout(NamedTuple):
    """A shop's checkout: who asks, for which address; the choices that it has at `least`."""

    server: str
    key: str
    platform: str
    carriers: tuple[str, ...]
    address: dict[str, str]
    least: set[tuple[str, str]]

    def query(self, base: str) -> str:
        """The page's settings; `base` is the simulator's address."""
        return urlencode(
            {
                "base": base,
                "platform": self.platform,
                "carriers": ",".join(self.carriers),
                "address": json.dumps(self.address),
            }
        )


DUTCH = Checkout(
    server="api.myparcel.nl",
    key="sim-myparcel-nl",
    platform="myparcel",
    carriers=("postnl", "dhlforyou", "dpd"),
    address={
        **{"cc": "NL", "postalCode": "2132JE", "street": "Antareslaan", "number": "31"},
        "city": "Hoofddorp",
    },
    least={
        *(("postnl", each) for each in ("morning", "standard", "evening", "pickup")),
        *(("dhlforyou", each) for each in ("standard", "pickup")),
        *(("dpd", each) for each in ("standard", "pickup")),
    },
)
BELGIAN = Checkout(
    server="api.sendmyparcel.be",
    key="sim-myparcel-be",
    platform="belgie",
    carriers=("bpost", "dpd", "postnl"),
    address={
        **{"cc": "BE", "postalCode": "2000", "street": "Meir", "number": "1"},
        "city": "Antwerpen",
    },
    least={
        *((each, "standard") for each in ("bpost", "dpd", "postnl")),
        *((each, "pickup") for each in ("bpost", "dpd", "postnl")),
    },
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def checkout() -> Iterator[str]:
    """The shop's own web server, which has the page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(FOLDER))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/widget.html"
        server.shutdown()


@pytest.fixture(scope="module")
def page() -> Iterator[Chrome]:
    yield from browser(scripts=True)


class Widget:
    """The widget on a page: what a customer can choose there, and what the shop is told of it."""

    def __init__(self, page: Chrome, url: str) -> None:
        self.page = page
        page.get(url)
        self._wait(lambda: self._values("deliveryMoment"))

    def at_the_door(self) -> Iterator[dict[str, Any]]:
        """What the shop is told for each moment of each day."""
        for day in self._all("[role=button][title]"):
            day.click()
            shown = self._wait(lambda: self._values("deliveryMoment"))
            for value in shown:
                moment = json.loads(value)
                told = {name: moment[name] for name in ("carrier", "date", "deliveryType")}
                if told["deliveryType"] == "saturday":
                    told["deliveryType"] = "standard"  # the widget has a price of its own for it
                offered = {each["name"] for each in moment["shipmentOptions"]}
                yield self._choose(value, told) | {"offered": offered}

    def at_points(self) -> Iterator[dict[str, Any]]:
        """What the shop is told for each pickup point."""
        self._press("pickup")
        for value in self._wait(lambda: [each for each in self._values("") if "|" in each]):
            code, carrier = value.split("|")
            yield self._choose(value, {"carrier": carrier, "locationCode": code})

    @property
    def refused(self) -> list[str]:
        """The answers that the widget could not use."""
        answers: list[str] = self.page.execute_script("return window.refused")
        return answers

    def _all(self, selector: str) -> list[WebElement]:
        return self.page.find_elements(By.CSS_SELECTOR, selector)

    def _values(self, name: str) -> list[str]:
        buttons = (each for each in self._all("input[type=radio]") if each.is_enabled())
        return [
            str(each.get_attribute("value"))
            for each in buttons
            if (each.get_attribute("name") or "") == name
        ]

    def _press(self, value: str) -> None:
        self.page.execute_script(
            "[...document.querySelectorAll('input[type=radio]')]"
            ".find((each) => each.value === arguments[0])?.click()",
            value,
        )

    def _choose(self, value: str, told: dict[str, str]) -> dict[str, Any]:
        self._press(value)

        def chosen() -> dict[str, Any] | None:
            last = self.page.execute_script("return window.chosen") or {}
            flat = {**last, **(last.get("pickupLocation") or {})}
            return last if all(flat.get(name) == text for name, text in told.items()) else None

        found: dict[str, Any] = self._wait(chosen)
        return found

    def _wait(self, until: Callable[[], Any]) -> Any:
        stale = [StaleElementReferenceException]
        waiting = WebDriverWait(self.page, 30, 0.05, ignored_exceptions=stale)
        return waiting.until(lambda _: until())


def ordered(chosen: dict[str, Any], recipient: dict[str, str]) -> dict[str, Any]:
    """The shipment that a shop orders for what its customer chose."""
    options: dict[str, Any] = {
        "package_type": PACKAGE_TYPES.number(chosen["packageType"]),
        "delivery_type": DELIVERY_TYPES.number(chosen["deliveryType"]),
    }
    # The widget keeps what was wished for another carrier; plugins leave out what this one lacks.
    for name, wished in (("signature", "signature"), ("only_recipient", "onlyRecipient")):
        if name in chosen.get("offered", ()):
            options[name] = int(chosen["shipmentOptions"].get(wished, False))
    if chosen.get("date"):
        options["delivery_date"] = chosen["date"]
    shipment = {
        "carrier": CARRIERS.number(chosen["carrier"]),
        "recipient": {"person": "Wiesje Jansen", "email": "w@example.com", **recipient},
        "options": options,
    }
    point = chosen.get("pickupLocation")
    if point is not None:
        # As plugins do: PostNL gives out parcels against a signature.
        options["signature"] = int(chosen["carrier"] == "postnl")
        shipment["pickup"] = {
            "location_code": point["locationCode"],
            "location_name": point["locationName"],
            "retail_network_id": point["retailNetworkId"],
            "street": point["street"],
            "number": point["number"],
            "postal_code": point["postalCode"],
            "city": point["city"],
            "cc": point["cc"],
        }
    return shipment


@pytest.mark.parametrize("asked", [DUTCH, BELGIAN], ids=["NL", "BE"])
def test_whatever_a_customer_can_choose_the_shop_can_order(
    page: Chrome, checkout: str, new_workspace: Callable[[], Workspace], asked: Checkout
) -> None:
    recipient = {
        "cc": asked.address["cc"],
        "postal_code": asked.address["postalCode"],
        "street": asked.address["street"],
        "number": asked.address["number"],
        "city": asked.address["city"],
    }
    with closing(Shop(new_workspace(), asked.key, asked.server)) as shop:
        widget = Widget(page, f"{checkout}?{asked.query(shop.base_url)}")
        chosen = [*widget.at_the_door(), *widget.at_points()]
        assert widget.refused == []
        assert {(each["carrier"], each["deliveryType"]) for each in chosen} >= asked.least
        assert len(shop.create(*[ordered(each, recipient) for each in chosen])) == len(chosen)
