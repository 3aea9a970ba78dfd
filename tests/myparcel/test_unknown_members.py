"""A member that nobody knows is refused or told in the journal, wherever a body may have one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.core.faults import place_of
from simulator.http.described.specification import resolve
from tests.myparcel.client import Shop, faults
from tests.myparcel.whole_requests import CASH, IDS, REQUESTS, UNKNOWN, Json, Made
from tests.support.descriptions import description

Place = tuple[str | int, ...]


def places(value: Any, path: Place = ()) -> Iterator[Place]:
    """Every object within a body."""
    if isinstance(value, dict):
        yield path
        for name, member in value.items():
            yield from places(member, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*path, number))


def described(schema: Json, path: Place = ()) -> Iterator[Place]:
    """Every place at which a schema names members of an object, elements of lists as number 0."""
    parts = [schema, *schema.get("allOf", ()), *schema.get("anyOf", ())]
    if any(part.get("properties") for part in parts):
        yield path
    for part in parts:
        if part is not schema:
            yield from described(part, path)
        for name, member in part.get("properties", {}).items():
            yield from described(member, (*path, name))
        if "items" in part:
            yield from described(part["items"], (*path, 0))


def kind_of(method: str, path: str, media: str) -> str:
    """What of one path is described by kinds: shipments, those of several recipients, returns."""
    if (method, path) != ("POST", "/shipments"):
        return ""
    return next((kind for kind in ("recipients", "return") if kind in media), "plain")


def with_unknown(body: Json, place: Place) -> Json:
    made: Json = json.loads(json.dumps(body))  # without objects that stand at several places
    holder: Any = made
    for part in place:
        holder = holder[part]
    holder[UNKNOWN] = 1
    return made


@pytest.mark.parametrize(("method", "path", "media", "made"), REQUESTS, ids=IDS)
def test_an_unknown_member_of_any_object_is_refused_or_told(
    today: Shop, method: str, path: str, media: str, made: Made
) -> None:
    url, body = made(today)
    headers = {"Content-Type": media}
    plain = today.client.request(method, url, json=body, headers=headers)
    assert plain.status_code in (200, 204), plain.text
    assert unread(today) == []
    dropped = []
    for place in places(body):
        url, body = made(today)
        sent_body = with_unknown(body, place)
        response = today.client.request(method, url, json=sent_body, headers=headers)
        told = ".".join(map(str, ("body", *place, UNKNOWN)))
        if 400 <= response.status_code < 500:
            whole = f"{place_of(place)}.{UNKNOWN}"
            named = [each.field for each in faults(response) if each.field]
            assert [field for field in named if whole.startswith(field)] == named != []
        elif unread(today) != [told]:
            dropped.append((told, unread(today)))
    assert dropped == []


def test_these_are_all_objects_of_all_bodies_of_the_description(today: Shop) -> None:
    wanted = set()
    for path, item in resolve(description("myparcel"))["paths"].items():
        for method in ("post", "put", "patch", "delete"):
            content = item.get(method, {}).get("requestBody", {}).get("content", {})
            for media, said in content.items():
                if media.endswith("json"):
                    kind = kind_of(method.upper(), path, media)
                    wanted |= {
                        (method.upper(), path, kind, place) for place in described(said["schema"])
                    }
    covered = set()
    for method, path, media, made in REQUESTS:
        kind = kind_of(method, path, media)
        covered |= {(method, path, kind, place) for place in places(made(today)[1])}
    assert {each for each in wanted - covered if CASH not in each[3]} == set()


def unread(shop: Shop) -> list[str]:
    """What the newest exchange carried in vain."""
    [newest] = shop.workspace.journal(limit=1)
    entry = shop.workspace.control.get(f"/journal/{newest['id']}").json()
    return [each["place"] for each in entry["unread"]]
