"""``GET /accounts`` and ``GET /shops``: who the key belongs to, which is how plugins connect.

A key is that of a shop, and sees no other shop of its account (observed: plugins take the first
one to be theirs).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulator.carriers import reasons
from simulator.carriers.myparcel.account import settings, views
from simulator.carriers.myparcel.records import SHOPS, Shop
from simulator.carriers.myparcel.wire import credentials, errors, media, moments, paging, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.carriers.myparcel.wire.paging import Query
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import World

_Test = Callable[[Shop], bool]
_Number = Callable[[Shop], int]

_BY_SHOP: Mapping[str, _Number] = {
    "shop_id": lambda shop: shop.id,
    "account_id": lambda shop: shop.account_id,
    "platform_id": lambda shop: settings.platform_of(shop).id,
}
_BY_ACCOUNT: Mapping[str, _Number] = {**_BY_SHOP, "status": lambda shop: views.ACTIVE}


def list_accounts(world: World) -> Answer:
    """The account of the key with its shop, where it passes every filter; else none."""
    found, query = _found(world, _BY_ACCOUNT)
    shown = [views.account(world, each.account_id, [each]) for each in query.cut(found)]
    return _page("accounts", shown, query, len(found))


def get_account(world: World, id: str) -> Answer:
    """The account. Raises 404 for one that there is not, 403 for somebody else's."""
    media.json_only(world)
    own = own_account(world, id)
    return media.json({"accounts": [views.account(world, own.account_id, [own])]})


def list_shops(world: World) -> Answer:
    """The shop of the key, where it passes every filter; else none."""
    found, query = _found(world, _BY_SHOP)
    shown = [views.shop(world, each) for each in query.cut(found)]
    return _page("shops", shown, query, len(found))


def get_shop(world: World, id: str) -> Answer:
    """The shop. Raises 404 for one that there is not, 403 for somebody else's."""
    media.json_only(world)
    return media.json({"shops": [views.shop(world, own_shop(world, id))]})


def own_account(world: World, id: str) -> Shop:
    """The caller's shop, if that is of the account. Raises 404 or 403 otherwise."""
    own = credentials.shop(world)
    number = parsing.integer(id)
    if number == own.account_id:
        return own
    if not settings.shops_of(world, number or 0):
        raise _no_such("account", id, own.account_id)
    raise errors.permission_denied(
        f"account {number} is somebody else's: the key is of account {own.account_id}"
    )


def own_shop(world: World, id: str) -> Shop:
    """The caller's shop, if it is that one. Raises 404 or 403 otherwise."""
    own = credentials.shop(world)
    number = parsing.integer(id)
    if number == own.id:
        return own
    if world[SHOPS].get(number or 0) is None:
        raise _no_such("shop", id, own.id)
    raise errors.permission_denied(
        f"shop {number} is somebody else's: the key is of shop {own.id}",
    )


def _no_such(what: str, id: str, own: int) -> Refusal:
    advice = reasons.nearby(what, [own])
    return errors.not_found(reason=f"there is no {what} {id[:50]}; {advice}")


def _found(world: World, readers: Mapping[str, _Number]) -> tuple[list[Shop], Query]:
    """The caller's shop where it passes the filters, and the page that was asked for.

    Raises 406, and 422 for parameters that cannot be taken.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    faults: list[Fault] = []
    query = paging.read(world, ("id",), faults)
    tests = list(_tests(paging.given(world), readers, faults))
    paging.refuse(faults)
    return [shop] if all(test(shop) for test in tests) else [], query


def _tests(
    given: Mapping[str, str], readers: Mapping[str, _Number], faults: list[Fault]
) -> Iterator[_Test]:
    for name, read in readers.items():
        if name in given:
            wanted = {parsing.integer(part) for part in parsing.parts(given[name])}
            if None in wanted:
                text = f"{name} {given[name]!r} is no number, or several with ;"
                faults.append(Fault(3210, text))
            yield _is_one_of(read, wanted)
    if "q" in given:
        sought = given["q"].casefold()
        yield lambda shop: sought in f"{shop.name} {shop.sender}".casefold()
    begin = _moment(given, "from", 3206, faults)
    if begin is not None:
        yield lambda shop: begin <= settings.FOUNDED
    end = _moment(given, "to", 3207, faults)
    if end is not None:
        yield lambda shop: end >= settings.FOUNDED


def _is_one_of(read: _Number, wanted: set[int | None]) -> _Test:
    return lambda shop: read(shop) in wanted


def _moment(given: Mapping[str, str], name: str, code: int, faults: list[Fault]) -> Any:
    text = given.get(name)
    at = None if text is None else moments.parse(text)
    if text is not None and at is None:
        faults.append(Fault(code, f"{name} {text!r} is no date YYYY-MM-DD, or one with HH:MM:SS"))
    return at


def _page(name: str, rows: list[dict[str, Any]], query: Query, results: int) -> Answer:
    return media.json({name: rows, "page": query.page, "size": len(rows), "results": results})
