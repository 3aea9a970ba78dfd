"""The API pages in a real browser: they open, and what is filled in can be sent as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
)
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import presence_of_element_located
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.conftest import browser
from tests.support.server import Workspace

NAMELESS = """
  return [...document.querySelectorAll("input, textarea, select, button, a")].filter(
    (each) => !each.labels?.length && !each.getAttribute("aria-label") && !each.textContent.trim()
  ).map((each) => each.outerHTML)"""


@pytest.fixture
def page() -> Iterator[Chrome]:
    """A browser that runs scripts."""
    yield from browser(scripts=True)


class Hand:
    """Clicks on what is there, as soon as it is."""

    def __init__(self, page: Chrome) -> None:
        self._page = page
        self._wait = WebDriverWait(page, 30)

    def find(self, selector: str) -> WebElement:
        return self._wait.until(presence_of_element_located((By.CSS_SELECTOR, selector)))

    def click(self, selector: str) -> None:
        """Click as soon as nothing lies above it: blocks slide open, dialogs fade away."""
        self._wait.until(lambda _: self._clicked(selector))

    def _clicked(self, selector: str) -> bool:
        found = self.find(selector)
        self._page.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        try:
            found.click()
        except (ElementClickInterceptedException, ElementNotInteractableException):
            return False
        return True

    def _open(self, selector: str, inside: str) -> None:
        """Click until what it opens is there: a page that still moves may let a click miss."""

        def opened(page: Chrome) -> bool:
            if not page.find_elements(By.CSS_SELECTOR, inside):
                self._clicked(selector)
            return bool(page.find_elements(By.CSS_SELECTOR, inside))

        self._wait.until(opened)

    def execute(self, operation: str) -> str:
        """Try an operation as it is filled in; gives the answer that the page shows."""
        self._open(f"{operation} .opblock-summary-control", f"{operation} .try-out__btn")
        self._open(f"{operation} .try-out__btn", f"{operation} .execute")
        self.click(f"{operation} .execute")
        return self.find(f"{operation} .live-responses-table").text


def test_the_page_of_a_workspace_tries_operations_and_keeps_the_key_over_a_reload(
    workspace: Workspace, page: Chrome, look: Callable[[str], bytes]
) -> None:
    page.get(f"{workspace.base_url}/w/{workspace.name}/postplus/swagger/")
    hand = Hand(page)
    hand.click("button.authorize")
    hand.find(".auth-container input").send_keys("apitest1234567890")
    hand.click(".auth-container button.authorize")
    hand.click(".btn-done")
    assert "Demo Shop" in hand.execute("#operations-Accounts-get_current_account")
    assert look("swagger").startswith(b"\x89PNG")

    page.refresh()

    assert "ORD-20250-1" in hand.execute("#operations-Parcels-upsert_parcel")
    asked = workspace.journal(carrier="postplus")
    assert [entry["status"] for entry in asked] == [200, 200]
    assert page.title == "PostPlus API (simulated)"


def test_a_page_fits_a_phone_and_names_its_fields(
    workspace: Workspace, page: Chrome, look: Callable[[str], bytes]
) -> None:
    size = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page.get(f"{workspace.base_url}/w/{workspace.name}/_sim/ui/")
    hand = Hand(page)
    assert '"items"' in hand.execute("#operations-journal-list_journal")
    look("controls-on-a-phone")
    filters = page.find_elements(By.CSS_SELECTOR, "tr[data-param-in=query] input")
    assert len(filters) > 4
    filled = [each.get_attribute("value") for each in filters]
    assert [value for value in filled if value] == ["100"]
    named = "tr[data-param-name=workspace] input"
    assert hand.find(named).get_attribute("value") == "default"
    assert page.execute_script(NAMELESS) == []
    assert page.execute_script("return document.documentElement.scrollWidth") == 390
    assert len(page.find_elements(By.CSS_SELECTOR, "main, header, nav")) == 3
