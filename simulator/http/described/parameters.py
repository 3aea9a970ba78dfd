"""Parameters of an operation, parsed and checked by plans that are made at start."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote_plus

import msgspec

from simulator.core import reading
from simulator.core.answers import Finding
from simulator.core.faults import glimpse
from simulator.http.described.schemas import BodySchema

Pairs = tuple[tuple[str, str], ...]

_MOST_DIGITS = 30


def parse_query(raw: bytes) -> Pairs:
    """The pairs of a query string, in their order; bytes that are not UTF-8 are replaced."""
    if not raw:
        return ()
    return tuple(
        (_unquote(name), _unquote(value))
        for name, _, value in (part.partition("=") for part in raw.decode("latin-1").split("&"))
        if name
    )


def _unquote(text: str) -> str:
    if "%" not in text and "+" not in text and text.isascii():
        return text
    return unquote_plus(text.encode("latin-1").decode("utf-8", "replace"), errors="replace")


def python_name(name: str) -> str:
    """The argument name for a parameter: ``shipment_ids[]`` is ``shipment_ids``, ``AfterId`` is
    ``after_id``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.removesuffix("[]")).lower()
    return re.sub(r"\W+", "_", words).strip("_")


class Parameter:
    """One parameter of an operation."""

    __slots__ = ("_check", "_kind", "argument", "default", "many", "name", "place", "required")

    def __init__(self, spec: Mapping[str, Any], keys: Mapping[str, str]) -> None:
        schema = spec.get("schema", {})
        self.name: str = spec["name"]
        self.place: str = spec["in"]
        self.argument = python_name(self.name)
        self.required = bool(spec.get("required", False))
        self.many = schema.get("type") == "array"
        inner = schema.get("items", {}) if self.many else schema
        self._kind: str = inner.get("type", "string")
        self.default: Any = schema.get("default", [] if self.many else None)
        bare = {"type", "items", "default", "description", "example"}
        plain = not (set(schema) - bare) and not (set(inner) - bare)
        self._check = None if plain else BodySchema(schema, keys, {})

    def read(self, values: Sequence[str], findings: list[Finding]) -> Any:
        """The value that the request gave; adds to `findings` what is wrong with it."""
        if not values:
            if self.required:
                findings.append(Finding((self.name,), "required", "is required"))
            return self.default
        parsed: Any
        if self.many:
            parsed = [self._parse(value, findings) for value in values]
        else:
            parsed = self._parse(values[-1], findings)
        if self._check is not None and not findings and not self._check.is_valid(parsed):
            findings.extend(
                msgspec.structs.replace(found, path=(self.name, *found.path))
                for found in self._check.findings(parsed)
            )
        return parsed

    def _parse(self, text: str, findings: list[Finding]) -> Any:
        read: Any = text
        if self._kind == "integer":
            read = reading.whole(text, signed=True, digits=_MOST_DIGITS)
            if read is not None:
                return read
            findings.append(
                Finding((self.name,), "not_an_integer", f"{glimpse(text)} is not a whole number")
            )
        elif self._kind == "number":
            read = reading.decimal(text)
            if read is not None:
                return float(read)
            findings.append(
                Finding((self.name,), "not_a_number", f"{glimpse(text)} is not a number")
            )
        elif self._kind == "boolean":
            read = reading.boolean(text)
            if read is not None:
                return read
            findings.append(
                Finding((self.name,), "invalid", f"{glimpse(text)} is not true or false")
            )
        return text
