"""PostPlus' Swagger page in a real browser: it opens, and its Authorize sends the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import (
    element_to_be_clickable,
    presence_of_element_located,
)
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.conftest import browser
from tests.support.server import Workspace


@pytest.fixture
def page() -> Iterator[Chrome]:
    """A browser that runs scripts."""
    yield from browser(scripts=True)


def test_the_page_of_a_workspace_tries_an_operation_with_the_key(
    workspace: Workspace, page: Chrome, look: Callable[[str], bytes]
) -> None:
    page.get(f"{workspace.base_url}/w/{workspace.name}/postplus/swagger/")
    wait = WebDriverWait(page, 30)

    def click(selector: str) -> None:
        wait.until(element_to_be_clickable((By.CSS_SELECTOR, selector))).click()

    click("button.authorize")
    field = wait.until(presence_of_element_located((By.CSS_SELECTOR, ".auth-container input")))
    field.send_keys("apitest1234567890")
    click(".auth-container button.authorize")
    click(".btn-done")
    click("#operations-Accounts-get_current_account .opblock-summary-control")
    click("#operations-Accounts-get_current_account .try-out__btn")
    click("#operations-Accounts-get_current_account .execute")
    answer = wait.until(
        presence_of_element_located(
            (By.CSS_SELECTOR, "#operations-Accounts-get_current_account .live-responses-table")
        )
    )
    assert look("swagger").startswith(b"\x89PNG")
    assert "Demo Shop" in answer.text
    [asked] = workspace.journal(operation="postplus.get_current_account")
    assert asked["status"] == 200
