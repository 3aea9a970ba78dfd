"""Content types and Accept headers as this API's clients write them.

Spellings differ widely between clients (``charset=utf8``, ``charset=UTF-8``, ``;version=1.1``), so
media types are compared as tokens in lower case. The Dutch SDK of 2016 to 2018 even adds a second
charset without a semicolon, ``application/pdfcharset=utf-8``, and is answered (observed).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from simulator.carriers.myparcel.wire import edition, errors
from simulator.core.answers import Answer
from simulator.engine.world import Request, World

JSON = "application/json;charset=utf-8"
"""The content type of answers, spelled as recorded."""

ANY = ""
"""Any answer of which the editions tell no versions of its own."""

_FIRST = ("1", "1.0")
"""The versions that are what there is without any."""

_UTF8 = ("utf-8", "utf8")
_CSV, _FORM = "text/csv", "multipart/form-data"
_GLUED = re.compile(r"(?<=[^;\s])\s*(?=charset=)", re.IGNORECASE)
"""The place of a semicolon that is missing."""


class MediaType(NamedTuple):
    """A media type in lower case, its charset and version, and how much a client wants it.

    `printer_group` is the printer group to which labels shall be sent.
    """

    name: str
    charset: str | None = None
    version: str | None = None
    quality: float = 1.0
    printer_group: str | None = None

    def is_of(self, *version: int) -> bool:
        """Whether its version is this one or a later one; without one it is the first."""
        return _numbers(self.version) >= version


@lru_cache(maxsize=512)
def _numbers(version: str | None) -> tuple[int, ...]:
    parts = (version or "1").split(".")
    return tuple(map(int, parts)) if all(map(_is_number, parts)) else (1,)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


@lru_cache(maxsize=512)
def parse(text: str) -> MediaType:
    """One media type with its parameters, such as ``application/json;charset=utf8;q=0.5``."""
    name, *parameters = _GLUED.sub(";", text).split(";")
    found: dict[str, str] = {}
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        found.setdefault(key.strip().lower(), value.strip().strip('"').lower())
    return MediaType(
        name.strip().lower(),
        found.get("charset"),
        found.get("version"),
        _quality(found.get("q")),
        found.get("printer-group-id"),
    )


def _quality(text: str | None) -> float:
    try:
        value = 1.0 if text is None else float(text)
    except ValueError:
        return 1.0
    return min(max(value, 0.0), 1.0) if value == value else 1.0


def content_type(request: Request) -> MediaType:
    """What the request says its body is."""
    return parse(request.headers.get("content-type", ""))


def check_charset(world: World) -> None:
    """Raises 415/3101 when a body of text is said to be in another charset than UTF-8.

    Whether the charset may be left out is a reading. A type that nobody reads is left alone, since
    it is refused itself.
    """
    kind = content_type(world.request)
    if not kind.name.endswith("json") and kind.name not in (_CSV, _FORM):
        return
    if kind.charset is None:
        required = world.quirk("myparcel.charset") == "required" or world.quirk("myparcel.strict")
        if required and kind.name != _FORM:
            raise errors.missing_charset()
    elif kind.charset not in _UTF8:
        raise errors.unsupported_charset(kind.charset)


def versions(request: Request) -> tuple[str, ...]:
    """The ``version`` parameters of the Content-Type and of the Accept header."""
    wanted = (content_type(request), *_accepted(request.headers.get("accept", "")))
    return tuple(media.version for media in wanted if media.version is not None)


@lru_cache(maxsize=512)
def _accepted(header: str) -> tuple[MediaType, ...]:
    return tuple(parse(part) for part in header.split(",") if part.strip())


def asks_for(request: Request, kind: str) -> bool:
    """Whether the client names this type in what it accepts, or all types of its family, with any
    weight but none; ``*/*`` names nothing."""
    named = (kind, f"{kind.partition('/')[0]}/*")
    accepted = _accepted(request.headers.get("accept", ""))
    match = max((each for each in accepted if each.name in named), key=_worth, default=None)
    return match is not None and match.quality > 0


def check_version(world: World) -> None:
    """Raises 415/3100 when a body is in a version that the edition does not have."""
    version = content_type(world.request).version
    known = edition.of(world).versions.get(ANY)
    if version and known is not None and version not in known:
        raise errors.unknown_version(415, 3100, f"Content type version {version}", known)


def negotiate(world: World, offered: tuple[str, ...]) -> str:
    """The name of what `choose` gives."""
    return choose(world, offered).name


def choose(world: World, offered: tuple[str, ...], answer: str = ANY) -> MediaType:
    """The one of `offered` (bare media types, the default first) that the client wants most, with
    the parameters with which it wants it.

    A type that is named counts for more than a wildcard, and of one that is named in several
    versions the latest of those that the edition has of this kind of answer. Raises 406/3102 when
    none is accepted.
    """
    header, known = world.request.headers.get("accept", ""), edition.of(world).versions.get(answer)
    _tell_versions(world)
    chosen = _best(header, offered, known)
    if chosen is not None:
        return chosen
    if known is not None and _best(header, offered, None) is not None:
        told = " and ".join(each.version for each in _accepted(header) if each.version)
        raise errors.unknown_version(406, 3102, f"Version {told}", known)
    raise errors.not_acceptable(offered)


def _tell_versions(world: World) -> None:
    """Note once which versions are asked for of an edition that has none."""
    spoken = edition.of(world)
    if spoken.versions:
        return
    headers = world.request.headers
    for name in ("Content-Type", "Accept"):
        for each in _accepted(headers.get(name.lower(), "")):
            if each.version is None or each.version in _FIRST:
                continue
            told = f"version={each.version[:30]} in {name} asks for nothing"
            note = f"{told}: the edition {spoken.name} has no versions"
            if note not in world.notes:
                world.note(note)


@lru_cache(maxsize=512)
def _best(header: str, offered: tuple[str, ...], known: tuple[str, ...] | None) -> MediaType | None:
    """The best of those in `known` versions; None for any version."""
    wanted = _accepted(header)
    if not wanted:
        return MediaType(offered[0])
    accepted = [each for each in wanted if known is None or (each.version or "1") in known]
    best: tuple[float, int, int] | None = None
    chosen: MediaType | None = None
    for place, name in enumerate(offered):
        match = _match(name, accepted)
        if match is None or match.quality == 0.0:
            continue
        rank = (match.quality, _precision(match.name), -place)
        if best is None or rank > best:
            best, chosen = rank, match._replace(name=name)
    return chosen


def _match(name: str, accepted: Sequence[MediaType]) -> MediaType | None:
    family = f"{name.partition('/')[0]}/*"
    matches = [media for media in accepted if media.name in (name, family, "*/*", "*")]
    return max(matches, key=_worth, default=None)


def _worth(media: MediaType) -> tuple[int, float, tuple[int, ...]]:
    return _precision(media.name), media.quality, _numbers(media.version)


def _precision(name: str) -> int:
    return 2 if "*" not in name else 1 if not name.startswith("*") else 0


def json_only(world: World) -> None:
    """Raises 406/3102 when the client does not accept JSON."""
    negotiate(world, ("application/json",))


def json(data: object, status: int = 200) -> Answer:
    """An answer with ``{"data": ...}`` around `data`."""
    return Answer(status, {"data": data}, media_type=JSON)
