"""What shows which edition a client was written for: one row for each sign.

The host comes first, since whoever names it can mean no other; then what only clients of the later
edition send. What shows nothing is not thereby of 2017: many clients show themselves when they
create and not when they read, so that what a key showed is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from simulator.carriers.editions.editions import Sign
from simulator.carriers.myparcel.catalog.types import SHIPMENT_LISTS
from simulator.carriers.myparcel.editions import later_values, later_words, problems
from simulator.carriers.myparcel.editions.label_media import OF_2017, OF_LABELS
from simulator.carriers.myparcel.editions.table import VERSIONS_TODAY
from simulator.engine.world import Request

HOSTS: Mapping[str, str] = {
    "api.myparcel.com": "2017",
    "api.myparcel.nl": "today",
    "api.sendmyparcel.be": "today",
    "iam.api.myparcel.nl": "today",
    "printing.api.myparcel.nl": "today",
    "assets.myparcel.nl": "today",
}
"""The edition behind each host; a base URL may have the host as the last part of its path."""

_TODAY = "today"
_VERSION = re.compile(r";\s*version\s*=\s*\"?([0-9.]+)", re.IGNORECASE)
_LATER_VERSIONS = frozenset().union(*VERSIONS_TODAY.values()) - {"1", "1.0"}
# The public SDKs and plugins of the Dutch and Belgian API, and what its documents ask for.
_CLIENTS = re.compile(r"MyParcel(NL|BE|DeliveryOptions)|MyParcel-|CustomApiCall/", re.IGNORECASE)
# The PHP SDK of 2016 to 2018 writes one behind each of its types, whatever stands there.
_ONE_CHARSET_MORE = re.compile(r"\wcharset\s*=", re.IGNORECASE)
_LATER_TYPES = (*(kind for kind in OF_LABELS if kind not in OF_2017), problems.MEDIA_TYPE)


def sign(request: Request) -> Sign | None:
    """The edition that a request shows without its body."""
    get = request.headers.get
    shown = _of_head(
        request.base_url,
        get("user-agent", ""),
        get("x-user-agent", ""),
        get("content-type", ""),
        get("accept", ""),
    )
    if shown is not None or not request.query:
        return shown
    what = _of_query(request)
    return None if what is None else Sign(_TODAY, what)


_MOST_ELEMENTS = 100
"""Elements in which a sign is looked for: no edition takes more in a request."""


def body_sign(body: Any) -> Sign | None:
    """The edition that a decoded body shows: by the first sign in it or in the elements of its
    list."""
    wrapped = body.get("data") if isinstance(body, dict) else None
    if not isinstance(wrapped, dict):
        return None
    around = _among(wrapped, later_words.AROUND)
    if around is not None:
        return Sign(_TODAY, f"{around} in the body")
    for name in SHIPMENT_LISTS:
        elements = wrapped.get(name)
        if not isinstance(elements, list):
            continue
        for element in elements[:_MOST_ELEMENTS]:
            what = _of_element(element) if isinstance(element, dict) else None
            if what is not None:
                return Sign(_TODAY, what)
    return None


@lru_cache(maxsize=512)
def _of_head(
    base_url: str, agent: str, x_agent: str, content_type: str, accept: str
) -> Sign | None:
    return _of_host(base_url) or _of_headers(agent, x_agent, content_type, accept)


def _of_host(base_url: str) -> Sign | None:
    parts = urlsplit(base_url)
    for name in ((parts.hostname or "").lower(), parts.path.rpartition("/")[2]):
        if name in HOSTS:
            return Sign(HOSTS[name], f"the host {name}")
    return None


def _of_headers(agent: str, x_agent: str, content_type: str, accept: str) -> Sign | None:
    for name, text in (("User-Agent", agent), ("X-User-Agent", x_agent)):
        if _CLIENTS.search(text):
            return Sign(_TODAY, f"{name}: {text[:60]}")
    for name, text in (("Content-Type", content_type), ("Accept", accept)):
        version = _VERSION.search(text)
        if version is not None and version[1] in _LATER_VERSIONS:
            return Sign(_TODAY, f"version={version[1]} in {name}")
        if _ONE_CHARSET_MORE.search(text):
            return Sign(_TODAY, f"one charset more in {name}")
    later = next((kind for kind in _LATER_TYPES if kind in accept.lower()), None)
    return None if later is None else Sign(_TODAY, f"{later} in Accept")


def _of_query(request: Request) -> str | None:
    later = later_words.PARAMETERS.get(request.path.rstrip("/"), ())
    for name, value in request.query:
        if name in later or name in later_words.PARAMETERS_ANYWHERE:
            return f"{name} in the query"
        if name in ("carrier", "carrier_id"):
            carrier = later_values.shown("carrier", value, "query")
            if carrier is not None:
                return carrier
    return None


def _of_element(element: dict[str, Any]) -> str | None:
    """What the first sign in an element of a body is called."""
    member = _among(element, later_words.MEMBERS)
    if member is not None:
        return f"{member} in the body"
    for holder, later in later_words.WITHIN.items():
        held = element.get(holder)
        member = _among(held, later) if isinstance(held, dict) else None
        if member is not None:
            return f"{holder}.{member} in the body"
    carrier = later_values.shown("carrier", element.get("carrier"), "body")
    if carrier is not None:
        return carrier
    options = element.get("options")
    if isinstance(options, dict):
        for name in ("package_type", "delivery_type"):
            kind = later_values.shown(name, options.get(name), "body")
            if kind is not None:
                return kind
        option = _among(options, later_words.OPTIONS)
        if option is not None:
            return f"the option {option}, which came after 2017"
    declaration = element.get("customs_declaration")
    return None if declaration is None else _of_customs(declaration)


def _of_customs(declaration: Any) -> str | None:
    items = declaration.get("items") if isinstance(declaration, dict) else None
    if not isinstance(items, list):
        return None
    for item in items:
        if isinstance(item, dict) and later_values.is_hs_code(item.get("classification")):
            return "an HS code of more than 4 digits"
    return None


def _among(members: dict[str, Any], later: frozenset[str]) -> str | None:
    """The first member whose name came later."""
    if later.isdisjoint(members):
        return None
    return next(name for name in members if name in later)
