"""Keeps secrets out of everything that is printed or written."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any, TypeVar, cast
from urllib.parse import quote, quote_plus

import msgspec

T = TypeVar("T")

STARS = "***"

_DOTS = "..."
_SHORTEST = 6
"""Characters from which the beginning of a secret, cut off with dots, is taken for one."""

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
        self._written = sorted(written, key=len, reverse=True)

    def text(self, text: str) -> str:
        """The text without secrets, nor the beginning of one that was cut off with dots."""
        for form in self._written:
            text = text.replace(form, STARS)
        return self._uncut(text) if _DOTS in text else text

    def _uncut(self, text: str) -> str:
        first, *others = text.split(_DOTS)
        parts = [first]
        for part in others:
            for form in self._written:
                lengths = range(len(form), _SHORTEST - 1, -1)
                longest = next((n for n in lengths if parts[-1].endswith(form[:n])), 0)
                if longest:
                    parts[-1] = parts[-1][:-longest] + STARS
            parts.append(part)
        return _DOTS.join(parts)

    def headers(self, headers: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Headers by lower-case name, those that prove who somebody is without their values."""
        return {
            name.lower(): STARS if name.lower() in SECRET_HEADERS else self.text(value)
            for name, value in headers
        }

    def masked(self, value: T) -> T:
        """The same struct or plain data without secrets, whatever they have got into."""
        return cast(T, self._walk(value)) if self._written else value

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


def _forms(secret: str) -> Iterable[str]:
    yield secret
    encoded = base64.b64encode(secret.encode()).decode()
    # Without its end, which depends on whether padding was written and on what follows.
    yield encoded.rstrip("=")
    yield base64.urlsafe_b64encode(secret.encode()).decode().rstrip("=")
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
