"""Who may see what: API keys, and the shops that they open."""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from typing import NamedTuple

from simulator.carriers.carrier import Credential, Headers
from simulator.carriers.myparcel import errors, media
from simulator.carriers.myparcel.records import API_KEYS, SHOPS, ApiKey, Shop
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


def authenticate(world: World, key: str | None) -> Caller:
    """Whose request it is.

    Raises 401 without a key, with one that nobody has and with a disabled one, 403 for an
    intermediary on what belongs to users; then 415 for a body in another charset than UTF-8, which
    cannot be read.
    """
    scheme, _ = _parts(world.request.headers.get("authorization", ""))
    if not scheme:
        raise errors.access_denied(code=world.quirk("myparcel.no_authorization_code"))
    if scheme not in _SCHEMES:
        raise errors.wrong_scheme()
    record = None if key is None else world[API_KEYS].get(key)
    if record is None:
        raise errors.access_denied()
    if record.role == "disabled":
        raise errors.access_denied("Access Denied, token is not active.")
    if record.role == "intermediary" and world.request.path.rstrip("/") not in _NOBODYS:
        raise errors.permission_denied()
    if world.request.method in ("POST", "PUT"):
        media.check_charset(world)
    return Caller(record)


def shop(world: World) -> Shop:
    """The caller's shop. Raises 403 for a key that has none."""
    caller: Caller = world.caller
    found = world[SHOPS].get(caller.key.shop_id)
    if found is None:
        raise errors.permission_denied()
    return found
