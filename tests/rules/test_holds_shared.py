"""Two replicas that share their worlds hold, and let go, the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.inpost.shipx import bought, create, get, offer_mode
from tests.postplus.test_replicas import Replicas
from tests.rules.making import rule
from tests.rules.test_holds import held, label, let_go
from tests.support.server import START, Workspace, serving


@pytest.fixture
def places() -> Iterator[tuple[Workspace, Workspace]]:
    """One workspace as each replica shows it."""
    with serving(Replicas()) as base_url:
        one, two = (Workspace(f"{base_url}/{name}", "shared") for name in ("one", "two"))
        one.freeze(START)
        yield one, two
        one.close()
        two.close()


def test_what_one_holds_the_other_holds_and_lets_go(places: tuple[Workspace, Workspace]) -> None:
    one, two = places
    number = rule(one, hold={"step": "inpost.offers"})
    shipment = create(two, offer_mode())["id"]
    one.advance("1m")
    two.advance("1m")
    assert get(two, shipment)["status"] == "created"
    assert held(two, number)["count"] == held(one, number)["count"] == 1
    let_go(two, number)
    assert get(one, shipment)["status"] == "offers_prepared"
    assert get(two, shipment)["status"] == "offers_prepared"


def test_they_count_the_same_requests(places: tuple[Workspace, Workspace]) -> None:
    one, two = places
    shipment = bought(one)
    rule(two, hold={"step": "inpost.label", "first": 3})
    asked = [label(place, shipment).status_code for place in (one, two, one, two)]
    assert asked == [400, 400, 400, 200]
