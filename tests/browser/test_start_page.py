"""The first page in a real browser: it fits, and its buttons copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.conftest import browser

KEY = "sim-inpost-sandbox"


@pytest.fixture
def page() -> Iterator[Chrome]:
    """A browser that runs scripts."""
    yield from browser(scripts=True)


def test_a_key_is_copied_with_one_press_on_a_phone(
    server: str, page: Chrome, look: Callable[[str], bytes]
) -> None:
    size = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page.get(f"{server}/")
    look("start-on-a-phone")
    assert page.execute_script("return document.documentElement.scrollWidth") == 390
    button = page.find_element(By.CSS_SELECTOR, f"button[aria-label='Copy the key {KEY}']")
    button.click()
    said = page.find_element(By.ID, "said")
    WebDriverWait(page, 10).until(lambda _: said.get_attribute("textContent") == f"Copied {KEY}")
