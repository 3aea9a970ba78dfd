"""Shops of MyParcel in a fresh workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.myparcel.client import Shop
from tests.support.server import START, Workspace


@pytest.fixture
def shop(new_workspace: Callable[[], Workspace]) -> Iterator[Shop]:
    """A shop that pays later, in a fresh workspace with its clock standing on a Monday."""
    made = Shop(new_workspace())
    yield made
    made.close()


@pytest.fixture
def prepaid(shop: Shop) -> Shop:
    """A shop of the same workspace that pays before it gets labels."""
    return shop.with_key("sim-myparcel-prepaid")


@pytest.fixture
def today(new_workspace: Callable[[], Workspace]) -> Iterator[Shop]:
    """A shop in a fresh workspace whose client was written for api.myparcel.nl, as its base URL
    shows."""
    made = Shop(new_workspace(), server="api.myparcel.nl")
    yield made
    made.close()


@pytest.fixture
def later(shop: Shop) -> Shop:
    """The shop in a workspace that has the edition of today for everybody."""
    shop.workspace.quirk("myparcel.edition", "today")
    return shop


@pytest.fixture(params=["observed", "documented"])
def either_shop(request: pytest.FixtureRequest, shop: Shop) -> Shop:
    """The shop in the one profile and in the other."""
    began = {"profile": request.param, "clock": {"mode": "frozen", "at": START}}
    assert shop.workspace.control.post("/reset", json=began).status_code == 200
    return shop
