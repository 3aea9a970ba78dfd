"""Makes an HTTP request of a step, with what it inherits and what was saved before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import msgspec
from msgspec import UNSET

from simulator.core.templates import filled, is_variable
from simulator.scenarios.model import SentRequest
from simulator.scenarios.replay.events import Got, Sent
from simulator.scenarios.replay.masking import Masker
from simulator.scenarios.replay.stages.stage import BadStep, Stage
from simulator.scenarios.rules.header_checks import name_faults, value_faults
from simulator.version import VERSION

_VARIABLE = re.compile(r"\$\$\{|\$\{[^{}]*\}")
_LONGEST_BODY = 2000
_AGENT = f"carrier-simulator-replay/{VERSION}"


class Inherited:
    """What a request takes over from those before it: the carrier, the carrier's credential."""

    def __init__(self, carriers: Mapping[str, Any]) -> None:
        self._carriers = carriers
        self._carrier: str | None = None
        self._auth: dict[str, str] = {}

    def carrier(self, request: SentRequest) -> str:
        """The carrier that a request goes to. Raises `BadStep`."""
        name = request.carrier or self._carrier
        if name is None:
            raise BadStep("no step before this one says which carrier it is about: add `carrier`")
        if name not in self._carriers:
            there = ", ".join(self._carriers)
            raise BadStep(f"there is no carrier {name!r}; there are {there}")
        self._carrier = name
        return name

    def auth(self, request: SentRequest, carrier: str) -> str:
        """The credential as the scenario writes it; empty for none."""
        if request.auth is not None:
            self._auth[carrier] = request.auth
        return self._auth.get(carrier, "")


def build(
    asked: SentRequest, saved: Mapping[str, Any], inherited: Inherited, stage: Stage
) -> httpx2.Request:
    """The request to send. Raises `BadStep`, or `UnknownVariable` for what was never saved."""
    carrier = inherited.carrier(asked)
    auth = inherited.auth(asked, carrier)
    named = {"Accept": "*/*", "User-Agent": _AGENT, **stage.headers(carrier, auth, saved)}
    content: bytes | None = None
    if asked.body is not UNSET:
        body = filled(asked.body, saved)
        content = body.encode() if isinstance(body, str) else msgspec.json.encode(body)
        named["Content-Type"] = (
            "text/plain; charset=utf-8" if isinstance(body, str) else "application/json"
        )
    elif asked.form is not None:
        form = filled(asked.form, saved)
        content = str(httpx2.QueryParams(_pairs(form))).encode()
        named["Content-Type"] = "application/x-www-form-urlencoded"
    own = {name: _text(value) for name, value in filled(asked.headers, saved).items()}
    headers = _headers(named, own)
    url = _url(asked, saved, stage.base_url(carrier))
    try:
        return httpx2.Request(asked.method.upper(), url, headers=headers, content=content)
    except (httpx2.InvalidURL, ValueError) as error:
        raise BadStep(f"{url} is not a URL: {error}") from None


def _headers(*parts: Mapping[str, str]) -> httpx2.Headers:
    """All headers, a later one in the place of an earlier one of its name. Raises `BadStep` for one
    that cannot be sent, without its value, which may be a secret."""
    written: dict[str, tuple[bytes, bytes]] = {}
    for name, value in (each for part in parts for each in part.items()):
        for message in (*name_faults(name, ""), *value_faults(value)):
            raise BadStep(f"the header {name!r:.60} {message}")
        written[name.lower()] = name.encode("ascii"), value.encode("latin-1")
    return httpx2.Headers(list(written.values()))


def _url(asked: SentRequest, saved: Mapping[str, Any], base_url: str) -> str:
    if is_variable(asked.path):
        url = _followed(filled(asked.path, saved), base_url)
    else:
        url = f"{base_url}{_path(asked.path, saved)}"
    query = _pairs(filled(asked.query, saved))
    if not query:
        return url
    joint = "&" if urlsplit(url).query else "?"
    return f"{url.rstrip('?')}{joint}{httpx2.QueryParams(query)}"


def _followed(link: Any, base_url: str) -> str:
    """A link that the carrier gave, whole or as a path. One that leads elsewhere is refused: the
    credential goes along."""
    if isinstance(link, str):
        if link.startswith("/"):
            # A redirect's path is that of the host, a carrier's own link is below its base URL.
            prefix = urlsplit(base_url).path
            of_host = bool(prefix) and link.startswith(f"{prefix}/")
            return f"{base_url.removesuffix(prefix) if of_host else base_url}{link}"
        if link.startswith(f"{base_url}/"):
            return link
    raise BadStep(f"{_text(link)} is no link below {base_url}, and no path that begins with /")


def _path(path: str, saved: Mapping[str, Any]) -> str:
    """The path with its variables, each of which stays within its segment."""

    def written(match: re.Match[str]) -> str:
        value = filled(match[0], saved)
        return value if match[0] == "$${" else quote(_text(value), safe="")

    return _VARIABLE.sub(written, path)


def _pairs(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A query's pairs: a list is its name again and again, null is an empty text."""
    return [
        (name, _text(each))
        for name, value in values.items()
        for each in (value if isinstance(value, list) else [value])
    ]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def sent(request: httpx2.Request, masker: Masker) -> Sent:
    """The request for a report."""
    headers = masker.headers(request.headers.items())
    return Sent(
        request.method, masker.text(str(request.url)), headers, _shown(request.content, masker)
    )


def got(response: httpx2.Response, masker: Masker) -> Got:
    """The answer for a report."""
    headers = masker.headers(response.headers.items())
    return Got(response.status_code, headers, _shown(response.content, masker))


def _shown(content: bytes, masker: Masker) -> str:
    try:
        text = masker.text(content.decode())
    except UnicodeDecodeError:
        return f"({len(content)} bytes that are no text)"
    if len(text) <= _LONGEST_BODY:
        return text
    return f"{text[:_LONGEST_BODY]}... ({len(content)} bytes in all)"
