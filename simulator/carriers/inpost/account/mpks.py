"""Cost centres (MPK) of an organization."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import MPKS, Mpk
from simulator.carriers.inpost.rules import cost_centres
from simulator.carriers.inpost.wire import credentials, errors, links, moments, paging
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

_PER_PAGE = 30
_LEAKED_PORT = 3000

_BLANK: Mapping[str, str] = {
    "required": "is required, and a blank text is none",
    "too_short": "has no characters beside blanks, at least 1 needed",
}
"""What a blank name or description lacks: both at once (documented)."""

_KEYS: Mapping[str, Callable[[Mpk], Any]] = {
    "id": lambda row: row.id,
    "name": lambda row: (row.name.casefold(), row.id),
    "created_at": lambda row: (row.created_at, row.id),
}


def add(world: World, organization_id: int, name: str, description: str) -> Mpk:
    """A new cost centre, which is kept."""
    number = world.next_number("inpost.mpks")
    return world[MPKS].put(Mpk(number, organization_id, name, description, world.now, world.now))


def list_mpks(
    world: World,
    organization_id: str,
    page: str | None = None,
    per_page: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
) -> Answer:
    """``GET /v1/organizations/:org/mpks``: 30 on a page unless asked otherwise."""
    organization = credentials.organization(world, organization_id)
    answer = paging.ordered(
        world,
        f"/v1/organizations/{organization.id}/mpks",
        world[MPKS].where("organization_id", organization.id),
        view,
        _KEYS,
        page=page,
        per_page=per_page,
        sort_by=sort_by,
        sort_order=sort_order,
        default_per_page=_PER_PAGE,
    )
    if world.quirk("inpost.mpk_list_leaks_port"):
        answer.body["href"] = _with_port(answer.body["href"])
    return answer


def create_mpk(
    world: World, organization_id: str, body: dict[str, Any], findings: list[Finding]
) -> Answer:
    """``POST /v1/organizations/:org/mpks``: 201 with the cost centre; its name is unique."""
    organization = credentials.organization(world, organization_id)
    _check(world, organization.id, body, findings)
    made = add(world, organization.id, body["name"], body["description"])
    location = links.plain(world, f"/v1/mpks/{made.id}")
    return Answer(status=201, body=view(world, made), headers={"Location": location})


def get_mpk(world: World, mpk_id: str) -> Answer:
    """``GET /v1/mpks/:id``; 404 for another organization's."""
    return Answer(body=view(world, _own(world, mpk_id)))


def update_mpk(world: World, mpk_id: str, body: dict[str, Any], findings: list[Finding]) -> Answer:
    """``PUT /v1/mpks/:id``: what is not sent stays as it is."""
    mpk = _own(world, mpk_id)
    _check(world, mpk.organization_id, body, findings, but=mpk.id)
    changes = {name: body[name] for name in ("name", "description") if name in body}
    changed = world[MPKS].put(replace(mpk, **changes, updated_at=world.now))
    return Answer(body=view(world, changed))


def _own(world: World, mpk_id: str) -> Mpk:
    return credentials.owned(world, MPKS, mpk_id, "cost centre")


def _check(
    world: World,
    organization_id: int,
    body: Any,
    findings: Sequence[Finding],
    but: int | None = None,
) -> None:
    """Refuse a body that the schema found fault with, or the name of another cost centre."""
    if not isinstance(body, dict):
        raise errors.invalid(findings)
    blank = [name for name in ("name", "description") if _is_blank(name, body, findings)]
    found = [Finding((name,), key, told) for name in blank for key, told in _BLANK.items()] + [
        finding for finding in findings if finding.path not in [(name,) for name in blank]
    ]
    namesake = cost_centres.find(world, organization_id, body.get("name", ""))
    if namesake is not None and namesake.id != but:
        found.append(Finding(("name",), "taken", "another cost centre has this name"))
    if found:
        raise errors.invalid(found)


def _is_blank(name: str, body: Mapping[str, Any], findings: Sequence[Finding]) -> bool:
    value = body.get(name)
    if isinstance(value, str):
        return not value.strip()
    return any(finding.path == (name,) and finding.key == "too_short" for finding in findings)


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.removesuffix(f":{parts.port}")
    return parts._replace(netloc=f"{host}:{_LEAKED_PORT}").geturl()


def view(world: World, mpk: Mpk) -> dict[str, Any]:
    """A cost centre as the carrier shows it."""
    return {
        "href": links.resource(world, f"/v1/mpks/{mpk.id}"),
        "id": views.ident(world)(mpk.id),
        "name": mpk.name,
        "description": mpk.description,
        "created_at": moments.show(mpk.created_at),
        "updated_at": moments.show(mpk.updated_at),
    }
