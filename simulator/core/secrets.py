"""Keeps credentials out of what is shown: a mark stands in their place, the same for the same one.

People send real tokens by mistake. What shows an exchange shows ``***a1b2c3`` instead, the first
digits of the secret's SHA-256, so that two can be told apart and one be known again. Credentials
are known by where they stand (headers, query parameters and members with such names, the user of a
URL) and are masked wherever else they stand as a whole, cut off or not, if they look like some: a
common word that is somebody's password is one at its own place alone. Whoever made a credential up
for the simulator wants to read it: those are given as `own`, and stay.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote, unquote_plus

MARK = "***"

_NAMES = re.compile(
    r"((pass(word|wd|phrase)|pwd|secret|token|authorization|credential|cookie|jwt|bearer"
    r"|(api|access|private|auth|hmac|consumer|subscription|signing)key)s?"
    r"|auth|authentication|^pass|^pin|^xkey)$"
)
"""How names of what holds a credential end, without case, hyphens and underscores."""
_LIKELY = re.compile(r"(^sig|signature(256)?|session(id)?)$")
"""How names end of what may hold a credential, or a flag such as MyParcel's `signature`."""
_HARMLESS = frozenset({"pagetoken", "nextpagetoken"})
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9_-]*)(?P<blank>\s+)(?P<value>\S.*)", re.DOTALL)
_SCHEMED = re.compile(r"(?P<scheme>(?i:bearer|basic)\s+)(?P<value>\S+)\s*")
_IN_QUOTES = re.compile(r'"(?P<scheme>(?:(?i:bearer|basic)\s+)?)(?P<value>[^"]+)"')
_CARRIED = re.compile(
    r"(?i:\b(?:bearer|basic)(?:\s|\+|%20)++)(?=\S{0,500}[0-9])([A-Za-z0-9+/=_.~@:-]{8,})"
)
"""A credential within a text, as headers write it; one without a digit may be any word."""
_USER = re.compile(r"(?<![A-Za-z0-9+.-])(?P<scheme>[A-Za-z0-9+.-]++://)(?P<user>[^/?#\s@\"']+)@")
_PATH_USER = re.compile(r"(?<![^/\s])(?P<user>[^/\s:@]+:[^/\s@]{8,})@")
"""A user with a password in a path, where a URL has lost its scheme."""
_PAIR = re.compile(r"(?<![A-Za-z0-9_.\[\]-])(?P<name>[A-Za-z0-9_.\[\]-]++)=(?P<value>[^&;\s\"']+)")
_WORD = re.compile(r"[^\s\"'&;=]+")
_ELEMENT = re.compile(
    r"(?P<before><(?:\w+:)?(?P<name>[\w.-]+)(?:\s[^<>]*)?>)(?P<value>[^<]+)(?=</)"
)
_PART = re.compile(
    r'(?P<before>\bname="(?P<name>[^"\r\n]{1,200})"[^\r\n]{0,300}(?:\r?\n[^\r\n]{1,300}){0,8}\r?\n\r?\n)(?P<value>[^\r\n]+)'
)
_QUOTED = re.compile(r'"(?P<name>[^"\\]{1,60})"\s*:\s*"(?P<value>(?:[^"\\]|\\.)*)"?')
_SHORTEST = 8
"""Characters from which a credential is looked for in other places."""
_LONG = 24
"""Characters from which letters alone, without a break, are no word."""
_COMMON = re.compile(r"[^\W\d_]+([ _.-]+[^\W\d_]+)*|[0-9 .:/+-]+|[^@\s]+@[^@\s:]+\.[A-Za-z]+")
"""What may stand anywhere for other reasons: words, numbers and dates, an e-mail address."""
_BEFORE = r"(?:(?<![A-Za-z0-9_-])|(?<=\\[bfnrt])|(?<=%[0-9A-Fa-f]{2}))"
"""Where a word begins: also behind an escaped character, of JSON or of a URL."""
_BEHIND = "(?![A-Za-z0-9_-])"
_BEGINNING = 12
"""Characters from which the beginning of one is taken for it."""


def masked(value: str) -> str:
    """The mark of a secret: the same for the same one; an empty text has none."""
    return MARK + sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:6] if value else ""


def is_secret(name: str) -> bool:
    """Whether what has that name, in a header, a query or a body, is a credential."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return _NAMES.search(plain) is not None and plain not in _HARMLESS


def holds_secret(name: str, value: Any) -> bool:
    """Whether what has that name is a credential, or may be one and looks like it."""
    if is_secret(name):
        return True
    likely = _LIKELY.search(re.sub(r"[^a-z0-9]", "", name.lower())) is not None
    return likely and isinstance(value, str) and is_telling(value)


def is_telling(value: str) -> bool:
    """Whether a credential is like no other text, so that it is known where else it stands."""
    if len(value) < _SHORTEST:
        return False
    return (len(value) >= _LONG and value.isalpha()) or _COMMON.fullmatch(value) is None


class Veil:
    """Masks one exchange, or anything else that may hold credentials; remembers those it has met.

    What is at known places is masked first (`header`, `query`, `plain`), then `text` knows it
    wherever it stands.
    """

    def __init__(self, own: Collection[str] = ()) -> None:
        self._own = own
        self._met: dict[str, str] = {}
        self._quotable: dict[str, str] = {}

    def secret(self, value: str) -> str:
        """The mark of a credential, unless it is one of our own."""
        if not value or value in self._own or value.startswith(MARK):
            return value
        mark = masked(value)
        self._quotable[json.dumps(value, ensure_ascii=False)[1:-1]] = mark
        if is_telling(value):
            for form in _forms(value):
                self._met[form] = mark
        return mark

    def header(self, name: str, value: str) -> str:
        """The value of a header: what proves who somebody is has its mark, all else is a text."""
        if not holds_secret(name, value):
            return self.unread(value) if value[:1] in ("{", "[") else self.text(value)
        if name.lower().endswith("cookie"):
            return self._cookie(value)
        whole = _SCHEME.fullmatch(value)
        if whole is None:
            return self._credential(value)
        inner = self._credential(whole["value"].strip())
        return f"{whole['scheme']}{whole['blank']}{inner}"

    def query(self, query: str) -> str:
        """A query with its parameters in their order; what is not secret stays as it was."""
        if not query:
            return query
        return "&".join(self._asked(each) for each in query.split("&"))

    def path(self, path: str) -> str:
        """A path, in which a user with a password or what follows a telling name may stand."""
        shown = _PATH_USER.sub(lambda found: f"{self.secret(found['user'])}@", path)
        before = ""
        segments = shown.split("/")
        for number, segment in enumerate(segments):
            if is_secret(before) and _COMMON.fullmatch(segment) is None:
                segments[number] = self.secret(segment)
            before = segment
        return self.text("/".join(segments))

    def plain(self, value: Any, secret: bool = False) -> Any:
        """JSON-like data, in which members have names; below a secret one all texts are."""
        if isinstance(value, dict):
            named = any(
                isinstance(n := value.get(k), str) and is_secret(n) for k in ("name", "key")
            )
            return {
                self.text(key): self.plain(
                    inner, secret or holds_secret(key, inner) or (named and key == "value")
                )
                if isinstance(key, str)
                else self.plain(inner, secret)
                for key, inner in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.plain(each, secret) for each in value]
        if secret and isinstance(value, str):
            return self._given(value)
        if secret and isinstance(value, int | float) and not isinstance(value, bool):
            return self.secret(str(value))
        return self.text(value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        """A text without what was met, nor its beginning, nor what looks like a credential."""
        for secret, mark in self._met.items():
            text = _replaced(text, secret, mark)
        if "://" in text:
            text = _USER.sub(lambda found: f"{found['scheme']}{self.secret(found['user'])}@", text)
        if "=" in text:
            text = _PAIR.sub(lambda found: self._parameter(found[0]), text)
        if "%" in text:
            text = _WORD.sub(self._escaped, text)
        return _CARRIED.sub(self._carried, text)

    def unread(self, text: str) -> str:
        """A text that may be JSON, XML or a form which nobody could read."""
        text = _QUOTED.sub(self._quoted, text)
        if "</" in text:
            text = _ELEMENT.sub(self._enclosed, text)
        if "form-data" in text:
            text = _PART.sub(self._enclosed, text)
        return self.text(text)

    def document(self, value: Any) -> Any:
        """A rule, a check or a scenario: like `plain`, with headers and callers that it wants."""
        if isinstance(value, list | tuple):
            return [self.document(each) for each in value]
        if not isinstance(value, dict):
            return self.plain(value)
        return {key: self._wanted(key, inner) for key, inner in value.items()}

    def sentence(self, text: str) -> str:
        """A text in which what was met is quoted, even if it is like any other text."""
        return _IN_QUOTES.sub(self._quote, self.text(text))

    def at(self, place: str, value: Any) -> Any:
        """A value that stands at a place such as ``/headers/authorization``."""
        kind, _, name = place.strip("/").partition("/")
        if kind == "headers" and isinstance(value, str):
            return self.header(name, value)
        if kind == "caller":
            return self.plain(value, secret=True)
        if kind == "body" and isinstance(value, str) and not any(map(is_secret, name.split("/"))):
            return self.unread(value)
        return self.plain(value, any(map(is_secret, name.split("/"))))

    def wanted(self, place: str, text: str) -> str:
        """What was wanted at a place, as a sentence says it."""
        kind, _, name = place.strip("/").partition("/")
        if kind != "caller" and not any(map(is_secret, name.split("/"))):
            return self.text(text)
        return re.sub(
            r'"([^"]*)"', lambda found: f'"{self.at(place, found[1]) if found[1] else ""}"', text
        )

    def _quote(self, found: re.Match[str]) -> str:
        value = found["value"]
        return f'"{found["scheme"]}{self._quotable.get(value, value)}"'

    def _wanted(self, name: str, value: Any) -> Any:
        if name == "caller" or is_secret(name):
            return self.plain(value, secret=True)
        if name == "headers" and isinstance(value, dict):
            return {
                each: self.header(each, inner)
                if isinstance(inner, str)
                else self.plain(inner, is_secret(each))
                for each, inner in value.items()
            }
        return self.document(value)

    def _credential(self, value: str) -> str:
        """A token, or a user with a password, as it is or in base64; a workspace stays."""
        read = _decoded(value)
        if read is not None and (read.partition("@")[0].rstrip(":") in self._own):
            return value
        plain = value if read is None else read
        token, at, workspace = plain.partition("@")
        if token in self._own:
            return value
        mark = self.secret(token.rstrip(":") or token)
        if is_telling(value) and value != token:
            self._met[value] = mark
        return mark + at + workspace

    def _given(self, value: str) -> str:
        """The mark of a credential, behind the scheme where it has one."""
        carried = _SCHEMED.fullmatch(value)
        if carried is None:
            return self.secret(value)
        return carried["scheme"] + self._credential(carried["value"])

    def _cookie(self, value: str) -> str:
        first, *others = value.split(";")
        pairs = [each.partition("=") for each in (first, *others)]
        attributes = ("path", "domain", "expires", "max-age", "samesite", "secure", "httponly")
        return ";".join(
            f"{name}{sign}{inner if name.strip().lower() in attributes else self.secret(inner)}"
            for name, sign, inner in pairs
        )

    def _asked(self, pair: str) -> str:
        """A parameter of a query, in which `key` may be that of an API."""
        name, sign, value = pair.partition("=")
        if name.lower() == "key" and is_telling(unquote_plus(value)):
            return name + sign + self._given(unquote_plus(value))
        return self._parameter(pair)

    def _escaped(self, found: re.Match[str]) -> str:
        """A word in which a URL or a text stands percent-encoded."""
        plain = unquote(found[0])
        shown = plain if plain == found[0] else self.text(plain)
        return found[0] if shown == plain else quote(shown, safe="*")

    def _enclosed(self, found: re.Match[str]) -> str:
        if not holds_secret(found["name"], found["value"]):
            return found[0]
        return found["before"] + self._given(found["value"])

    def _parameter(self, pair: str) -> str:
        name, sign, value = pair.partition("=")
        raw = unquote_plus(value)
        key = unquote_plus(name)
        if not holds_secret(key, raw):
            return name + sign + self.text(value)
        mark = self._given(raw)
        return pair if mark == raw else name + sign + mark

    def _carried(self, found: re.Match[str]) -> str:
        before = found[0][: found.start(1) - found.start(0)]
        return before + self._credential(found[1])

    def _quoted(self, found: re.Match[str]) -> str:
        if not holds_secret(found["name"], found["value"]):
            return found[0]
        return found[0].replace(f'"{found["value"]}', f'"{self._given(found["value"])}')


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield json.dumps(secret)[1:-1]
    yield quote(secret, safe="")
    yield base64.b64encode(secret.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def _replaced(text: str, secret: str, mark: str) -> str:
    beginning = secret[:_BEGINNING]
    if beginning not in text:
        return text
    text = re.sub(_BEFORE + re.escape(secret) + _BEHIND, lambda _: mark, text)
    if len(secret) <= _BEGINNING:
        return text
    return re.sub(
        rf"{_BEFORE}{re.escape(beginning)}[^\s\"']*",
        lambda found: _cut(found[0], secret, mark),
        text,
    )


def _cut(word: str, secret: str, mark: str) -> str:
    """A word that begins like a secret, which is the secret if it was cut off at its end."""
    begun = word.removesuffix("...")
    return mark + word[len(begun) :] if secret.startswith(begun) else word


def _decoded(value: str) -> str | None:
    """What a text in base64 says, if that can be read."""
    if not _BASE64.fullmatch(value):
        return None
    plain = value.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        read = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return read.strip() if read.isprintable() else None
