"""JSON Schema validators, compiled from the schemas of an OpenAPI 3.0 description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from simulator.core.answers import Finding
from simulator.http.described import sentences
from simulator.http.described.members import Members, ReadAs, Unknown

_KEPT = ("x-error", "x-expected")
_NESTED = ("items", "not", "additionalProperties")
_NESTED_LISTS = ("anyOf", "oneOf", "allOf")


def to_json_schema(schema: Any, memo: dict[int, Any] | None = None) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema draft 4, which differs in ``nullable`` only.

    Schemas that are one object in the description stay one object, so that a large description
    is converted once.
    """
    memo = {} if memo is None else memo
    if not isinstance(schema, dict):
        return schema
    if id(schema) in memo:
        return memo[id(schema)]
    converted = dict(schema)
    memo[id(schema)] = converted
    for name in _NESTED:
        if name in converted:
            converted[name] = to_json_schema(converted[name], memo)
    for name in _NESTED_LISTS:
        if name in converted:
            converted[name] = [to_json_schema(item, memo) for item in converted[name]]
    if "properties" in converted:
        converted["properties"] = {
            name: to_json_schema(item, memo) for name, item in converted["properties"].items()
        }
    converted.pop("discriminator", None)
    converted.pop("example", None)
    if converted.pop("nullable", False):
        return _nullable(converted)
    return converted


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "type" in schema and not any(name in schema for name in (*_NESTED_LISTS, "not")):
        kind = schema["type"]
        schema["type"] = [*([kind] if isinstance(kind, str) else kind), "null"]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return schema
    kept: dict[str, Any] = {name: schema[name] for name in _KEPT if name in schema}
    return {"anyOf": [{"type": "null"}, schema], **kept}


class BodySchema:
    """One schema, compiled; tells every finding in a carrier's words."""

    __slots__ = ("_keys", "_members", "_schema", "_strict", "_validator")

    def __init__(
        self, schema: Any, keys: Mapping[str, str], memo: dict[int, Any], strict: bool = False
    ) -> None:
        self._strict = strict
        self._schema = to_json_schema(schema, memo)
        self._keys = keys
        self._members = Members([self._schema])
        self._validator = jsonschema_rs.Draft4Validator(self._schema, validate_formats=True)

    def is_valid(self, value: Any) -> bool:
        """Whether `value` follows the schema."""
        return self._validator.is_valid(value) and not (
            self._strict and any(self._members.unknown(value))
        )

    def findings(self, value: Any) -> list[Finding]:
        """Everything that is wrong with `value`, one thing for each place, in their order."""
        found = [
            finding
            for error in self._validator.iter_errors(value)
            for finding in self._explain(error)
        ]
        if self._strict:
            found += map(_not_a_field, self._members.unknown(value))
        return sorted(_once(found), key=lambda finding: [str(part) for part in finding.path])

    def unknown(self, value: Any, read_as: ReadAs) -> list[Unknown]:
        """The members of `value` that the schema does not name, strict or not."""
        return list(self._members.unknown(value, read_as))

    def _explain(self, error: jsonschema_rs.ValidationError) -> Iterator[Finding]:
        path = tuple(error.instance_path)
        keyword = error.kind.name
        if keyword == "anyOf" and isinstance(error.instance, dict | list):
            nearest = self._only_branch(error)
            if nearest is not None:
                yield from (found for each in nearest for found in self._explain(each))
                return
        if keyword == "required":
            missing = str(error.kind.as_dict()["property"])
            yield Finding((*path, missing), self._keys.get("required", "required"), "is required")
            return
        places = self._places(list(error.schema_path))
        if error.instance is None and path:
            wanted = sentences.types_of(places[-1]) if places else ()
            absent = self._keys.get("required", "required")
            yield Finding(path, absent, "is required", wanted=wanted)
            return
        key = next((place["x-error"] for place in reversed(places) if "x-error" in place), None)
        if key is None and keyword == "type":
            key = self._type_key(places[-1] if places else {})
        schema = places[-1] if places else {}
        yield Finding(
            path,
            key or self._keys.get(keyword, keyword),
            self._sentence(error, places),
            keyword,
            error.instance,
            sentences.types_of(schema),
            allowed=self._allowed(error, schema),
        )

    def _allowed(self, error: jsonschema_rs.ValidationError, schema: Mapping[str, Any]) -> Any:
        """All values that would do, or the bounds; of alternatives those for values of the kind."""
        keyword = error.kind.name
        if keyword not in ("anyOf", "oneOf"):
            return sentences.allowed(keyword, schema)
        each = (sentences.allowed(name, branch) for name, branch in self._branches(error))
        return next((allowed for allowed in each if allowed is not None), None)

    def _sentence(
        self, error: jsonschema_rs.ValidationError, places: list[Mapping[str, Any]]
    ) -> str:
        keyword, value = error.kind.name, error.instance
        schema = places[-1] if places else {}
        expected = next((each["x-expected"] for each in places if "x-expected" in each), None)
        if expected is not None:
            return f"{sentences.shown(value)} is not {expected}"
        if keyword not in ("anyOf", "oneOf"):
            return sentences.sentence(keyword, value, schema) or error.message
        return sentences.alternatives(value, self._branches(error), schema)

    def _branches(
        self, error: jsonschema_rs.ValidationError
    ) -> list[tuple[str, Mapping[str, Any]]]:
        """The keyword that failed first in each alternative, with the schema that it is of."""
        firsts = [branch[0] for branch in error.kind.as_dict().get("context", ()) if branch]
        own = [each for each in firsts if list(each.instance_path) == list(error.instance_path)]
        return [
            (each.kind.name, (self._places(list(each.schema_path)) or [{}])[-1]) for each in own
        ]

    def _only_branch(
        self, error: jsonschema_rs.ValidationError
    ) -> list[jsonschema_rs.ValidationError] | None:
        """What is wrong with an object or a list by the one alternative that is for such."""
        depth = len(error.instance_path)
        branches: list[list[jsonschema_rs.ValidationError]] = [
            branch
            for branch in error.kind.as_dict()["context"]
            if not any(
                each.kind.name == "type" and len(each.instance_path) == depth for each in branch
            )
        ]
        return branches[0] if len(branches) == 1 else None

    def _places(self, schema_path: list[str | int]) -> list[Mapping[str, Any]]:
        """The schema that failed and, when it is an alternative, those that it belongs to."""
        node: Any = self._schema
        places: list[Mapping[str, Any]] = [node] if isinstance(node, dict) else []
        for part in schema_path[:-1]:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                break
            if part == "properties" or part == "items":
                places = []
            if isinstance(node, dict):
                places.append(node)
        return places

    def _type_key(self, schema: Mapping[str, Any]) -> str | None:
        kind = schema.get("type")
        kinds = [kind] if isinstance(kind, str) else list(kind or [])
        for name in kinds:
            if f"type:{name}" in self._keys:
                return self._keys[f"type:{name}"]
        return None


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Of several findings at one place the one that has to be mended first: a value of the wrong
    kind is not too short as well."""
    first: dict[tuple[str | int, ...], Finding] = {}
    for finding in found:
        known = first.setdefault(finding.path, finding)
        if _MENDED.get(finding.keyword, 9) < _MENDED.get(known.keyword, 9):
            first[finding.path] = finding
    return list(first.values())


_MENDED = {"": 0, "type": 1, "anyOf": 2, "oneOf": 2, "enum": 3, "minLength": 4, "maxLength": 4}


def _not_a_field(unknown: Unknown) -> Finding:
    hint = f'; did you mean "{unknown.meant}"?' if unknown.meant else ""
    return Finding(unknown.path, "unknown", f"is not a field of this request{hint}")


def without(value: Any, findings: Iterable[Finding]) -> Any:
    """A copy of `value` that lacks what the findings point at, so that rules meet sound types."""
    paths = {finding.path for finding in findings}
    return _without(value, (), paths) if paths else value


def _without(value: Any, path: tuple[str | int, ...], paths: set[tuple[str | int, ...]]) -> Any:
    if isinstance(value, dict):
        return {
            name: _without(item, (*path, name), paths)
            for name, item in value.items()
            if (*path, name) not in paths
        }
    if isinstance(value, list):
        return [
            None if (*path, place) in paths else _without(item, (*path, place), paths)
            for place, item in enumerate(value)
        ]
    return value
