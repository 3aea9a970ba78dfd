"""Which of the two twins a client speaks: api.myparcel.com of 2017, or api.myparcel.nl.

The twins have one interface with small differences. With the quirk `myparcel.dialect` on ``auto``
the request itself shows which one its client was written for; what shows nothing is ``com``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlsplit

from simulator.engine.world import Request, World

Dialect = Literal["com", "nl"]

NL_HOSTS = ("api.myparcel.nl", "api.sendmyparcel.be")
COM_HOSTS = ("api.myparcel.com",)

_VERSION = re.compile(r";\s*version\s*=", re.IGNORECASE)
# The public SDKs and plugins of the Dutch and Belgian twin, and what its documents ask for.
_CLIENTS = re.compile(r"MyParcel(NL|BE)|MyParcel-|CustomApiCall/", re.IGNORECASE)
_LATER_FIELDS = ("reference_identifier", "multi_collo_main_shipment_id", "secondary_shipments")
_LISTS = ("shipments", "return_shipments", "unrelated_return_shipments")


def of(world: World, body: Any = None) -> Dialect:
    """The dialect of the request in hand; `body` is its decoded body where the caller has one."""
    return told(world, body) or "com"


def told(world: World, body: Any = None) -> Dialect | None:
    """The dialect that the quirk sets or the request shows; None when nothing tells.

    Many clients of the twin show themselves when they create and not when they read, so a reader
    who shows nothing is not thereby one of api.myparcel.com.
    """
    chosen = world.quirk("myparcel.dialect")
    if chosen != "auto":
        return "nl" if chosen == "nl" else "com"
    return shown_by(world.request, body)


def shown_by(request: Request, body: Any = None) -> Dialect | None:
    """The dialect that a request shows: by its host first, then by what only the twin's clients
    send."""
    by_host = _shown_by_host(request.base_url)
    if by_host is not None:
        return by_host
    get = request.headers.get
    shown = (
        _is_versioned(get("content-type", ""), get("accept", ""))
        or _is_client(get("user-agent", ""), get("x-user-agent", ""))
        or any(name == "carrier" and value.isalpha() for name, value in request.query)
        or any(name == "reference_identifier" for name, _ in request.query)
        or _has_later_fields(body)
    )
    return "nl" if shown else None


@lru_cache(maxsize=256)
def _shown_by_host(base_url: str) -> Dialect | None:
    host = (urlsplit(base_url).hostname or "").lower()
    return "nl" if host in NL_HOSTS else "com" if host in COM_HOSTS else None


@lru_cache(maxsize=256)
def _is_versioned(*media_types: str) -> bool:
    return any(_VERSION.search(text) for text in media_types)


@lru_cache(maxsize=256)
def _is_client(*names: str) -> bool:
    return any(_CLIENTS.search(name) for name in names)


def _has_later_fields(body: Any) -> bool:
    wrapped = body.get("data") if isinstance(body, Mapping) else None
    if not isinstance(wrapped, Mapping):
        return False
    lists = (wrapped.get(name) for name in _LISTS)
    return any(
        isinstance(element, Mapping) and any(field in element for field in _LATER_FIELDS)
        for elements in lists
        if isinstance(elements, list)
        for element in elements
    )
