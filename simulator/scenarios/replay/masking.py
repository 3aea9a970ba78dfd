"""Keeps secrets out of everything that is printed or written."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

STARS = "***"

_DOTS = "..."
_SHORTEST = 6
"""Characters from which the beginning of a secret, cut off with dots, is taken for one."""

_LONGEST_WRITING = 26
_HALF_WRITTEN = re.compile(r"(?:\\{1,8}(?:u[0-9a-fA-F]{0,3})?|%[0-9a-fA-F]?)?")
"""What is left of a character that was cut off within its escape."""

_SHORT = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}
"""Characters that JSON writes as a backslash and a letter."""

_OUR_WORDS = ("outcome",)
"""Members that only ever hold a word of ours."""

SECRET_HEADERS = frozenset(
    {
        "authorization",
        "proxy-authorization",
        "x-api-key",
        "api-key",
        "x-auth-token",
        "cookie",
        "set-cookie",
    }
)
"""Headers that prove who somebody is, in lower case; what they hold is never told."""


class Masker:
    """Puts stars in the place of secrets, however they are written: in base64, in a URL, in JSON.

    A secret is masked wherever it stands, within words too.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        written = {form for secret in secrets if secret for form in _forms(secret)}
        # The longest first: one secret may be the beginning of another.
        forms = sorted(written, key=len, reverse=True)
        characters = [[_written(character) for character in form] for form in forms]
        self._any = re.compile("|".join("".join(each) for each in characters)) if forms else None
        self._characters = [[re.compile(one) for one in each] for each in characters]

    def text(self, text: str) -> str:
        """The text without secrets, nor the beginning of one that was cut off with dots."""
        if self._any is None:
            return text
        text = self._any.sub(STARS, text)
        return self._uncut(text) if _DOTS in text else text

    def _uncut(self, text: str) -> str:
        *cut, last = text.split(_DOTS)
        return _DOTS.join([*map(self._without_beginning, cut), last])

    def _without_beginning(self, text: str) -> str:
        for form in self._characters:
            # The longest writing of a character is a surrogate pair behind a few backslashes.
            for start in range(max(0, len(text) - len(form) * _LONGEST_WRITING), len(text)):
                if _begins(form, text, start):
                    return text[:start] + STARS
        return text

    def headers(self, headers: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Headers by lower-case name, those that prove who somebody is without their values."""
        return {
            name.lower(): STARS if name.lower() in SECRET_HEADERS else self.text(value)
            for name, value in headers
        }

    def masked(self, value: T) -> T:
        """The same struct or plain data without secrets, whatever they have got into."""
        return cast(T, self._walk(value)) if self._any is not None else value

    def _walk(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, msgspec.Struct):
            changed = {
                name: self._walk(getattr(value, name))
                for name in value.__struct_fields__
                if name not in _OUR_WORDS
            }
            return msgspec.structs.replace(value, **changed)
        if isinstance(value, dict):
            return {self.text(name): self._walk(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self._walk(inner) for inner in value)
        return value


def _begins(form: Sequence[re.Pattern[str]], text: str, start: int) -> bool:
    """Whether the text from `start` on is the beginning of a secret, and enough of it."""
    matched = 0
    for character in form:
        found = character.match(text, start)
        if found is None:
            break
        start, matched = found.end(), matched + 1
    return matched >= _SHORTEST and _HALF_WRITTEN.fullmatch(text, start) is not None


def _written(character: str) -> str:
    """A pattern of all ways to write a character: as it is, behind backslashes (JSON within JSON
    has many), as its number in JSON, and in URLs."""
    units = character.encode("utf-16-be", "surrogatepass")
    numbers = "".join(
        rf"\\{{1,8}}u{_either_case(units[at : at + 2].hex())}" for at in range(0, len(units), 2)
    )
    in_url = "".join(
        f"%{_either_case(f'{byte:02x}')}" for byte in character.encode("utf-8", "surrogatepass")
    )
    ways = [rf"\\{{0,8}}{re.escape(character)}", numbers, in_url]
    if character in _SHORT:
        ways.append(rf"\\{{1,8}}{_SHORT[character]}")
    if character == " ":
        ways.append(r"\+")
    return f"(?:{'|'.join(ways)})"


def _either_case(digits: str) -> str:
    return "".join(f"[{d}{d.upper()}]" if d.isalpha() else d for d in digits)


def _forms(secret: str) -> Iterable[str]:
    yield secret
    content = secret.encode("utf-8", "surrogatepass")
    for encoded in (base64.b64encode(content), base64.urlsafe_b64encode(content)):
        text = encoded.decode().rstrip("=")
        yield text
        if len(content) >= _SHORTEST:
            yield text[: len(content) * 8 // 6]  # its end depends on what follows
