"""What shows which edition a client was written for: one row for each sign.

The host comes first, since whoever names it can mean no other; then what only clients of the later
edition send. What shows nothing is not thereby of 2017: many clients show themselves when they
create and not when they read, so that what a key showed is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from simulator.carriers.editions.editions import Sign
from simulator.carriers.myparcel.editions import carriers, later_words
from simulator.carriers.myparcel.editions.label_media import OF_2017, OF_LABELS
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
_LONGEST_ISIC = 4
_LAST_CARRIER = max(carriers.known("2017"))
"""The highest number of a carrier of 2017."""

_VERSION = re.compile(r";\s*version\s*=\s*\"?([0-9.]+)", re.IGNORECASE)
_FIRST_VERSIONS = ("1", "1.0")
# The public SDKs and plugins of the Dutch and Belgian API, and what its documents ask for.
_CLIENTS = re.compile(r"MyParcel(NL|BE|DeliveryOptions)|MyParcel-|CustomApiCall/", re.IGNORECASE)
# The PHP SDK of 2016 to 2018 writes one behind each of its types, whatever stands there.
_ONE_CHARSET_MORE = re.compile(r"\wcharset\s*=", re.IGNORECASE)
_LATER_TYPES = tuple(kind for kind in OF_LABELS if kind not in OF_2017)
_LISTS = ("shipments", "return_shipments", "unrelated_return_shipments")


class BodySign(NamedTuple):
    """A sign within an element of a body: what it is called, and whether it is there."""

    what: str
    shows: Callable[[Mapping[str, Any]], bool]


def sign(request: Request, body: Any = None) -> Sign | None:
    """The edition that a request shows; `body` is its decoded body where that is known."""
    by_host = _of_host(request.base_url)
    if by_host is not None:
        return by_host
    get = request.headers.get
    by_headers = _of_headers(
        get("user-agent", ""), get("x-user-agent", ""), get("content-type", ""), get("accept", "")
    )
    if by_headers is not None:
        return by_headers
    what = _of_query(request) if request.query else None
    what = what or (None if body is None else _of_body(body))
    return None if what is None else Sign(_TODAY, what)


@lru_cache(maxsize=256)
def _of_host(base_url: str) -> Sign | None:
    parts = urlsplit(base_url)
    for name in ((parts.hostname or "").lower(), parts.path.rpartition("/")[2]):
        if name in HOSTS:
            return Sign(HOSTS[name], f"the host {name}")
    return None


@lru_cache(maxsize=512)
def _of_headers(agent: str, x_agent: str, content_type: str, accept: str) -> Sign | None:
    for name, text in (("User-Agent", agent), ("X-User-Agent", x_agent)):
        if _CLIENTS.search(text):
            return Sign(_TODAY, f"{name}: {text[:60]}")
    for name, text in (("Content-Type", content_type), ("Accept", accept)):
        version = _VERSION.search(text)
        if version is not None and version[1] not in _FIRST_VERSIONS:
            return Sign(_TODAY, f"version={version[1]} in {name}")
        if _ONE_CHARSET_MORE.search(text):
            return Sign(_TODAY, f"one charset more in {name}")
    later = next((kind for kind in _LATER_TYPES if kind in accept.lower()), None)
    return None if later is None else Sign(_TODAY, f"{later} in Accept")


def _of_query(request: Request) -> str | None:
    later = later_words.PARAMETERS.get(request.path.rstrip("/"), ())
    for name, value in request.query:
        if name in later:
            return f"{name} in the query"
        if name in ("carrier", "carrier_id") and _beyond(value, _LAST_CARRIER):
            return f"{name}={value[:30]} in the query, which came after 2017"
        if name == "carrier" and value[:1].isalpha() and value.isascii():
            return f"carrier={value[:30]}, a name, in the query"
        if name == "reference_identifier":
            return "reference_identifier in the query"
    return None


def _of_body(body: Any) -> str | None:
    """The first sign in a body or in the elements of its list, with its name."""
    wrapped = body.get("data") if isinstance(body, Mapping) else None
    if not isinstance(wrapped, Mapping):
        return None
    around = next((name for name in later_words.AROUND if name in wrapped), None)
    if around is not None:
        return f"{around} in the body"
    for element in _elements(wrapped):
        for what, shows in _BODY_SIGNS:
            if shows(element):
                return what
    return None


def _elements(wrapped: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in _LISTS:
        elements = wrapped.get(name)
        if isinstance(elements, list):
            yield from (each for each in elements if isinstance(each, Mapping))


def _has_later_carrier(element: Mapping[str, Any]) -> bool:
    carrier = element.get("carrier")
    if isinstance(carrier, str) and carrier[:1].isalpha():
        return True
    return _beyond(carrier, _LAST_CARRIER)


def _has_later_members(element: Mapping[str, Any]) -> bool:
    options = element.get("options")
    return not later_words.MEMBERS.isdisjoint(element) or (
        isinstance(options, Mapping) and not later_words.OPTIONS.isdisjoint(options)
    )


def _has_later_types(element: Mapping[str, Any]) -> bool:
    options = element.get("options")
    if not isinstance(options, Mapping):
        return False
    return _beyond(options.get("package_type"), 3) or _beyond(options.get("delivery_type"), 5)


def _beyond(value: Any, last: int) -> bool:
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 4 and int(text) > last


def _has_hs_code(element: Mapping[str, Any]) -> bool:
    declaration = element.get("customs_declaration")
    items = declaration.get("items") if isinstance(declaration, Mapping) else None
    return isinstance(items, list) and any(
        isinstance(item, Mapping) and len(str(item.get("classification", ""))) > _LONGEST_ISIC
        for item in items
    )


_BODY_SIGNS = (
    BodySign("reference_identifier in the body", lambda each: "reference_identifier" in each),
    BodySign(
        "several colli in the body",
        lambda each: "secondary_shipments" in each or "multi_collo_main_shipment_id" in each,
    ),
    BodySign("a carrier by its name, or one that came after 2017", _has_later_carrier),
    BodySign("a package or delivery type that came after 2017", _has_later_types),
    BodySign("a drop_off_point or an option that came after 2017", _has_later_members),
    BodySign("an HS code of more than 4 digits", _has_hs_code),
)
