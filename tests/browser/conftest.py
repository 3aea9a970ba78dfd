"""Chromium without a window, and a simulator of MyParcel for it to look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.myparcel.conftest import shop

__all__ = ["browser", "look", "page", "shop"]

_BROWSERS = (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
_DRIVERS = (os.environ.get("CHROMEDRIVER", "chromedriver"), "chromium.chromedriver")


def _program(names: tuple[str, ...]) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"none of {', '.join(names)} is installed: run tools/browser.sh"
    return found


def browser(*, scripts: bool) -> Iterator[Chrome]:
    """A browser in which JavaScript runs or is switched off."""
    options = ChromeOptions()
    options.binary_location = _program(_BROWSERS)
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--no-proxy-server",
        "--window-size=900,900",
    ):
        options.add_argument(switch)
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2}
        )
    driver = Chrome(options=options, service=Service(_program(_DRIVERS)))
    driver.set_page_load_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def page() -> Iterator[Chrome]:
    """A browser with JavaScript switched off: the pages do without."""
    yield from browser(scripts=False)


@pytest.fixture
def look(page: Chrome, tmp_path: Path) -> Callable[[str], bytes]:
    """Takes a picture of the page; it is kept where `SCREENSHOTS` says, if that is set."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))

    def take(name: str) -> bytes:
        picture = page.get_screenshot_as_png()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.png").write_bytes(picture)
        return picture

    return take
