"""Who may see what: API keys, the shops that they open, and the shipments of these."""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from typing import Any, NamedTuple

from simulator.carriers import reasons
from simulator.carriers.carrier import Credential, Headers
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.records import (
    API_KEYS,
    SHIPMENTS,
    SHOPS,
    ApiKey,
    Shipment,
    Shop,
)
from simulator.carriers.myparcel.wire import errors, media, parsing
from simulator.engine.world import World

_SCHEMES = ("basic", "bearer")
_URL_SAFE = str.maketrans("-_", "+/")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+")

# What an intermediary sees without a session token: nothing that belongs to a user.
_NOBODYS = ("/carriers", "/carrier_services")


class Caller(NamedTuple):
    """Who a request comes from."""

    key: ApiKey

    @property
    def prepaid(self) -> bool:
        """Whether labels are paid for before they are given out."""
        return self.key.role == "prepaid"


def credential(headers: Headers) -> Credential | None:
    """The key of a request; a ``@name`` suffix inside the base64 chooses the workspace.

    Both scheme words are taken in any case, both base64 alphabets, and missing padding (observed
    in clients).
    """
    return _credential(headers.get("authorization", ""))


@lru_cache(maxsize=256)
def _credential(header: str) -> Credential | None:
    scheme, value = _parts(header)
    if scheme not in _SCHEMES:
        return None
    text = _decoded(value)
    if not text:
        return None
    key, at, workspace = text.partition("@")
    return Credential(key, workspace if at else None)


@lru_cache(maxsize=256)
def _parts(header: str) -> tuple[str, str]:
    scheme, value, *_ = [*header.split(None, 1), "", ""]
    return scheme.lower(), value.strip()


def _decoded(value: str) -> str | None:
    text = value.rstrip("=").translate(_URL_SAFE)
    if not _BASE64.fullmatch(text):
        return None
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode().strip()
    except (binascii.Error, UnicodeDecodeError):
        return None


def present(key: str) -> dict[str, str]:
    """The header with which a client sends a key: in base64, without a colon (MyParcel:
    Authentication)."""
    return {"Authorization": f"basic {base64.b64encode(key.encode()).decode()}"}


def authenticate(world: World, key: str | None) -> Caller:
    """Whose request it is.

    Raises 401 without a key, with one that nobody has and with a disabled one, 403 for an
    intermediary on what belongs to users; then 415 for a body in another charset than UTF-8, which
    cannot be read.
    """
    scheme, _ = _parts(world.request.headers.get("authorization", ""))
    if not scheme:
        code = world.quirk("myparcel.no_authorization_code")
        told = "there is no Authorization header"
        raise errors.access_denied(told, code=code, advice=_how(world))
    if scheme not in _SCHEMES:
        raise errors.wrong_scheme(_SCHEMES)
    if key is None:
        told = "the Authorization header holds no key in base64"
        raise errors.access_denied(told, advice=_how(world))
    record = world[API_KEYS].get(key)
    if record is None:
        told = reasons.unknown_key(world, key, [each.key for each in world[API_KEYS]])
        raise errors.access_denied(told, advice=_how(world))
    if record.role == "disabled":
        reason = f"the key {key!r} is disabled"
        advice = f"give it another role with the action myparcel.set_key, or {_how(world)}"
        raise errors.access_denied(reason, "Access Denied, token is not active.", advice=advice)
    if record.role == "intermediary" and world.request.path.rstrip("/") not in _NOBODYS:
        raise errors.permission_denied(
            f"the key {key!r} needs a session token for what belongs to users",
            advice=f"no endpoint that gives session tokens is documented: {_how(world)}",
        )
    if world.request.method in ("POST", "PUT", "PATCH"):
        media.check_charset(world)
        media.check_version(world)
    return Caller(record)


def _how(world: World, shop_id: int | None = None) -> str:
    """How to send a key that opens what is a user's; of one shop where it is given."""
    unable = ("disabled", "intermediary")
    known = [
        each.key
        for each in world[API_KEYS]
        if shop_id in (None, each.shop_id) and each.role not in unable
    ]
    return reasons.known_keys(known, "send Authorization: basic or bearer and a key in base64,")


def shop(world: World) -> Shop:
    """The caller's shop. Raises 403 for a key that has none."""
    caller: Caller = world.caller
    found = world[SHOPS].get(caller.key.shop_id)
    if found is None:
        raise errors.permission_denied("the key has no shop")
    return found


def shop_shown(world: World) -> Shop | None:
    """The shop of a key that comes with a request which needs none; None without one that opens a
    shop."""
    shown = credential(world.request.headers)
    key = None if shown is None else world[API_KEYS].get(shown.value)
    return None if key is None else world[SHOPS].get(key.shop_id)


def shipment_of(world: World, shop: Shop, posted: Any) -> Shipment | None:
    """The shipment of the shop that has this id, a number or digits.

    None for what is no id, for an unknown one, and for somebody else's shipment.
    """
    number = parsing.integer(posted)
    found = None if number is None else world[SHIPMENTS].get(number)
    return found if found is not None and found.shop_id == shop.id else None


def require_shipment(world: World, shop: Shop, number: int, detail: str) -> Shipment:
    """The shipment of the shop. Raises 403/3001, in the words of `detail`, when it has none.

    One that nobody has is 404 by the quirk ``myparcel.unknown_ids``.
    """
    found = world[SHIPMENTS].get(number)
    if found is None:
        newest = world[SHIPMENTS].newest("shop_id", shop.id, reasons.NEARBY)
        ids = [each.id for each in newest]
        advice = reasons.nearby("shipment", ids)
        if world.quirk("myparcel.unknown_ids") == "not_found":
            raise errors.not_found(f"There is no shipment {number}.", advice=advice)
        raise errors.permission_denied(f"there is no shipment {number}", detail, advice)
    if found.shop_id != shop.id:
        whose = of_another(world, shop, number)
        raise errors.permission_denied(whose, detail, _how(world, found.shop_id))
    return found


def of_another(world: World, shop: Shop, posted: Any) -> str:
    """Whose a shipment is that is not the shop's, for the journal; empty for one of nobody."""
    number = parsing.integer(posted)
    found = None if number is None else world[SHIPMENTS].get(number)
    if found is None or found.shop_id == shop.id:
        return ""
    return f"shipment {number} is of shop {found.shop_id}, the key of shop {shop.id}"


def concept_of(world: World, shop: Shop, posted: Any) -> Shipment | None:
    """The same of a shipment that is still a concept; None for any other."""
    found = shipment_of(world, shop, posted)
    return found if found is not None and found.status == CONCEPT else None
