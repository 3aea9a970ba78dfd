"""A shop of MyParcel in a fresh workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.myparcel.client import Shop
from tests.support.server import Workspace


@pytest.fixture
def shop(new_workspace: Callable[[], Workspace]) -> Iterator[Shop]:
    """A shop that pays later, in a fresh workspace with its clock standing on a Monday."""
    made = Shop(new_workspace())
    yield made
    made.close()
