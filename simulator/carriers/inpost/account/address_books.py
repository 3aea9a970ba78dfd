"""Address books: saved senders and receivers of an organization."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import ADDRESS_BOOKS, Address, AddressBook
from simulator.carriers.inpost.rules import address_books
from simulator.carriers.inpost.rules.address_books import text
from simulator.carriers.inpost.wire import credentials, errors, links, moments, paging
from simulator.core.answers import Answer, Finding, no_content
from simulator.engine.world import World

_KEYS: Mapping[str, Callable[[AddressBook], Any]] = {
    "id": lambda row: row.id,
    "name": lambda row: (row.name.casefold(), row.id),
    "created_at": lambda row: (row.created_at, row.id),
}
_TEXTS = ("name", "first_name", "last_name", "phone", "email")
_OPTIONAL_TEXTS = ("company_name", "preferred_dropoff_point")
_FLAGS = ("sender_parcel", "sender_courier", "sender_letter")
_DEFAULT_KIND = "receiver"


def list_address_books(
    world: World,
    organization_id: str,
    id: str | None = None,
    page: str | None = None,
    per_page: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
) -> Answer:
    """``GET /v1/organizations/:org/address_books``; `id` is a comma list of entries' ids.

    Ids that the organization does not have are left out.
    """
    organization = credentials.organization(world, organization_id)
    found = world[ADDRESS_BOOKS].where("organization_id", organization.id)
    echoed: dict[str, str] = {}
    if id:
        wanted = {credentials.number(part.strip()) for part in id.split(",")}
        found = [row for row in found if row.id in wanted]
        echoed = {"id": id}
    return paging.ordered(
        world,
        f"/v1/organizations/{organization.id}/address_books",
        found,
        view,
        _KEYS,
        page=page,
        per_page=per_page,
        sort_by=sort_by,
        sort_order=sort_order,
        query=echoed,
    )


def create_address_book(
    world: World, organization_id: str, body: dict[str, Any], findings: list[Finding]
) -> Answer:
    """``POST /v1/organizations/:org/address_books``: 201 with the entry.

    Without a delivery address it is a copy of the main one.
    """
    organization = credentials.organization(world, organization_id)
    _check(world, body, findings)
    main = _address(world, body["main_address"])
    made = AddressBook(
        id=world.next_number("inpost.address_books", 2001),
        organization_id=organization.id,
        **_texts(body),
        main_address=main,
        delivery_address=_delivery(world, body.get("delivery_address"), main),
        created_at=world.now,
        updated_at=world.now,
        **_options(body),
    )
    world[ADDRESS_BOOKS].put(made)
    location = links.plain(world, f"/v1/address_books/{made.id}")
    return Answer(status=201, body=view(world, made), headers={"Location": location})


def get_address_book(world: World, address_book_id: str) -> Answer:
    """``GET /v1/address_books/:id``; 404 for another organization's."""
    return Answer(body=view(world, _own(world, address_book_id)))


def update_address_book(
    world: World, address_book_id: str, body: dict[str, Any], findings: list[Finding]
) -> Answer:
    """``PUT /v1/address_books/:id``: what is not sent stays, null removes what is optional."""
    entry = _own(world, address_book_id)
    _check(world, body, findings)
    changes = {**_texts(body), **_options(body)}
    main = entry.main_address
    if "main_address" in body:
        main = changes["main_address"] = _address(world, body["main_address"])
    if "delivery_address" in body:
        changes["delivery_address"] = _delivery(world, body["delivery_address"], main)
    changed = world[ADDRESS_BOOKS].put(replace(entry, **changes, updated_at=world.now))
    return Answer(body=view(world, changed))


def delete_address_book(world: World, address_book_id: str) -> Answer:
    """``DELETE /v1/address_books/:id``: 204, and 404 from then on."""
    world[ADDRESS_BOOKS].delete(_own(world, address_book_id).id)
    return no_content()


def _own(world: World, address_book_id: str) -> AddressBook:
    return credentials.owned(world, ADDRESS_BOOKS, address_book_id, "address book entry")


def _check(world: World, body: Any, findings: Sequence[Finding]) -> None:
    """Refuse what the description or the rules find wrong, all at once."""
    mine = address_books.check(world, body) if isinstance(body, dict) else ()
    found = [*findings, *mine]
    if found:
        raise errors.invalid(found)


def _texts(body: Mapping[str, Any]) -> dict[str, Any]:
    """The required texts that were sent."""
    return {name: text(body[name]) for name in _TEXTS if name in body}


def _options(body: Mapping[str, Any]) -> dict[str, Any]:
    """The optional members that were sent, null turned into what stands for nothing."""
    options: dict[str, Any] = {name: bool(body[name]) for name in _FLAGS if name in body}
    options |= {name: text(body[name]) for name in _OPTIONAL_TEXTS if name in body}
    if "kind" in body:
        options["kind"] = text(body["kind"]) or _DEFAULT_KIND
    return options


def _delivery(world: World, given: Mapping[str, Any] | None, main: Address) -> Address:
    if given is not None:
        return _address(world, given)
    return replace(main, id=_address_id(world))


def _address(world: World, given: Mapping[str, Any]) -> Address:
    parts = ("street", "building_number", "line1", "line2", "city", "post_code")
    return Address(
        id=_address_id(world),
        **{part: text(given.get(part)) for part in parts},
        country_code=(text(given.get("country_code")) or "PL").upper(),
    )


def _address_id(world: World) -> int:
    return world.next_number("inpost.addresses", 31_500_001)


def view(world: World, entry: AddressBook) -> dict[str, Any]:
    """An entry as the carrier shows it."""
    show_id = views.ident(world)
    return {
        "id": show_id(entry.id),
        "href": links.resource(world, f"/v1/address_books/{entry.id}"),
        "name": entry.name,
        "first_name": entry.first_name,
        "last_name": entry.last_name,
        "phone": entry.phone,
        "email": entry.email,
        "organization_id": show_id(entry.organization_id),
        "main_address": views.address(entry.main_address, show_id),
        "delivery_address": views.address(entry.delivery_address, show_id),
        "sender_parcel": entry.sender_parcel,
        "sender_courier": entry.sender_courier,
        "sender_letter": entry.sender_letter,
        "kind": entry.kind,
        "company_name": entry.company_name,
        "preferred_dropoff_point": entry.preferred_dropoff_point,
        "created_at": moments.show(entry.created_at),
        "updated_at": moments.show(entry.updated_at),
    }
