"""Overlays: what an edition's description says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.http.described.overlays import BadOverlay, applied

DOCUMENT: dict[str, Any] = {
    "info": {"title": "One"},
    "paths": {
        "/things": {
            "get": {"parameters": [{"name": "q"}], "responses": {"200": {}}},
            "delete": {"responses": {"204": {}}},
        }
    },
}


def over(*actions: dict[str, Any]) -> dict[str, Any]:
    return applied(DOCUMENT, {"overlay": "1.0.0", "actions": list(actions)})


def test_an_update_is_laid_over_its_target_member_by_member_and_lists_grow() -> None:
    made = over(
        {"target": "$.info", "update": {"version": "2", "contact": None}},
        {"target": "$.paths['/things'].get", "update": {"parameters": [{"name": "page"}]}},
    )
    assert made["info"] == {"title": "One", "version": "2", "contact": None}
    get = made["paths"]["/things"]["get"]
    assert get == {"parameters": [{"name": "q"}, {"name": "page"}], "responses": {"200": {}}}


def test_what_is_removed_is_gone_and_can_be_written_anew() -> None:
    made = over(
        {"target": "$.paths['/things'].delete", "remove": True},
        {"target": "$.paths['/things'].get.parameters[0]", "remove": True},
        {"target": "$.paths['/things']", "update": {"put": {"responses": {}}}},
    )
    things = made["paths"]["/things"]
    assert (sorted(things), things["get"]["parameters"]) == (["get", "put"], [])


def test_the_document_stays_as_it_was() -> None:
    over({"target": "$.info", "update": {"title": "Two"}})
    assert DOCUMENT["info"] == {"title": "One"}


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("$.paths['/none']", "'/none'"),
        ("$.paths['/things'].get.parameters[7]", "7"),
        ("$.info.title.deep", "deep"),
        ("paths", "not a JSONPath"),
        ("$..info", "not a JSONPath"),
        ("$.paths[*]", "not a JSONPath"),
    ],
)
def test_a_target_that_fits_nothing_is_refused(target: str, said: str) -> None:
    with pytest.raises(BadOverlay, match=r".") as caught:
        over({"target": target, "update": {}})
    assert said in str(caught.value)
