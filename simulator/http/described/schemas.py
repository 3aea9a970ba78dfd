"""JSON Schema validators, compiled from the schemas of an OpenAPI 3.0 description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import jsonschema_rs
import msgspec

from simulator.core.answers import Finding
from simulator.core.faults import glimpse
from simulator.http.described import sentences
from simulator.http.described.members import Members, ReadAs, Unknown
from simulator.http.described.portions import SIZE, Portion, is_small, portions

_KEPT = ("x-error", "x-expected")
MOST = 500
"""Findings after which no further elements of lists are looked at, and unknown members told."""

_MOST_MEMBERS = 5000
"""Members of a request that is wrong and of which more can be said than that they are too many."""
_OF_WHOLE_LISTS = {"minItems", "maxItems", "uniqueItems"}
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
    """One schema, compiled when it is first asked; tells every finding in a carrier's words."""

    __slots__ = ("_compiled", "_keys", "_members", "_schema", "_strict", "_without_items")

    def __init__(
        self, schema: Any, keys: Mapping[str, str], memo: dict[int, Any], strict: bool = False
    ) -> None:
        self._strict = strict
        self._schema = to_json_schema(schema, memo)
        self._keys = keys
        self._members = Members([self._schema])
        self._compiled: jsonschema_rs.Draft4Validator | None = None
        self._without_items: jsonschema_rs.Draft4Validator | None = None

    @property
    def _validator(self) -> jsonschema_rs.Draft4Validator:
        # Compiled ones take 15 MB for all operations, of which most clients ask for a few.
        if self._compiled is None:
            self._compiled = jsonschema_rs.Draft4Validator(self._schema, validate_formats=True)
        return self._compiled

    def is_valid(self, value: Any) -> bool:
        """Whether `value` follows the schema."""
        return self._validator.is_valid(value) and not (
            self._strict and any(self._members.unknown(value))
        )

    def findings(self, value: Any) -> list[Finding]:
        """What is wrong with `value`, one thing for each place, in their order.

        Within what is refused as a whole, such as a list that is too long, nothing more is told: it
        is not there for rules any more (`without`), so that its members have no names either.
        After about `MOST` findings no further elements of lists are looked at; the last finding
        says how many those are.
        """
        if isinstance(value, dict) and len(value) > _MOST_MEMBERS:
            return [Finding((), "maxProperties", f"has {len(value)} members, which nothing has")]
        if is_small(value):
            found = self._faults(Portion(value, 0, {}), self._validator)
            unseen = 0
        else:
            found, unseen = self._of_large(value)
        if self._strict:
            found += map(_not_a_field, islice(self._members.unknown(value), MOST))
        outermost = _outermost(_once(found))
        found = sorted(outermost, key=lambda finding: [str(part) for part in finding.path])
        return [*found[:-1], _with_unseen(found[-1], unseen)] if unseen else found

    def unknown(self, value: Any, read_as: ReadAs) -> list[Unknown]:
        """The first `MOST` members of `value` that the schema does not name, strict or not."""
        return list(islice(self._members.unknown(value, read_as), MOST))

    def _of_large(self, value: Any) -> tuple[list[Finding], int]:
        """What is wrong with a value that has many elements, and how many were not looked at."""
        # Lists as they are, whatever their elements; those of a wrong list are of no matter.
        found = self._faults(Portion(_counted(value), 0, {}), self._shallow())
        wrong = {each.path for each in found if each.keyword in _OF_WHOLE_LISTS}
        judged = value
        for path in wrong:
            judged = _emptied(judged, path)
        unseen = 0
        for portion in portions(judged):
            if len(found) >= MOST:
                unseen += portion.elements
            elif not self._validator.is_valid(portion.value):
                faults = self._faults(portion, self._validator)
                found += (each for each in faults if each.path not in wrong)
        # What no portion shows is wrong with a list that was cut, within an element of another.
        return found or self._faults(Portion(value, 0, {}), self._validator), unseen

    def _faults(self, portion: Portion, validator: jsonschema_rs.Draft4Validator) -> list[Finding]:
        """What a validator says against a portion, at the places of the whole value."""
        return [
            msgspec.structs.replace(finding, path=portion.place(finding.path))
            for error in validator.iter_errors(portion.value)
            for finding in self._explain(error)
            if finding.keyword not in _OF_WHOLE_LISTS or not portion.cuts(finding.path)
        ]

    def _shallow(self) -> jsonschema_rs.Draft4Validator:
        """A validator that looks at no element of a list."""
        if self._without_items is None:
            schema = _without_items(self._schema, {})
            self._without_items = jsonschema_rs.Draft4Validator(schema, validate_formats=True)
        return self._without_items

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
            return f"{glimpse(value)} is not {expected}"
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


def _outermost(found: list[Finding]) -> list[Finding]:
    # An object with a member too many is refused for that member, not as a whole.
    refused = {each.path for each in found if each.keyword != "additionalProperties"}
    return [
        finding
        for finding in found
        if not any(finding.path[:end] in refused for end in range(len(finding.path)))
    ]


_MENDED = {"": 0, "type": 1, "anyOf": 2, "oneOf": 2, "enum": 3, "minLength": 4, "maxLength": 4}


def _not_a_field(unknown: Unknown) -> Finding:
    hint = f'; did you mean "{unknown.meant}"?' if unknown.meant else ""
    return Finding(unknown.path, "unknown", f"is not a field of this request{hint}")


def _emptied(value: Any, path: tuple[str | int, ...]) -> Any:
    """A copy of `value` in which the list at that path is empty."""
    if not path:
        return []
    return {**value, str(path[0]): _emptied(value[path[0]], path[1:])}


def _counted(value: Any) -> Any:
    """A copy of `value` in which long lists hold nothing but places: an error tells the value that
    it is about, and to tell a long one would hold up everybody."""
    if isinstance(value, dict):
        return {name: _counted(each) for name, each in value.items()}
    if isinstance(value, list):
        return [*range(len(value))] if len(value) > SIZE else [_counted(each) for each in value]
    return value


def _with_unseen(last: Finding, unseen: int) -> Finding:
    message = f"{last.message}; {unseen} more elements were not looked at"
    return msgspec.structs.replace(last, message=message)


def _without_items(schema: Any, memo: dict[int, Any]) -> Any:
    """A copy of a schema that says nothing of the elements of lists."""
    if isinstance(schema, list):
        return [_without_items(each, memo) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if id(schema) not in memo:
        copy = memo[id(schema)] = dict[str, Any]()
        for name, each in schema.items():
            if name == "properties":
                copy[name] = {inner: _without_items(part, memo) for inner, part in each.items()}
            elif name in (*_NESTED, *_NESTED_LISTS):
                if name != "items":
                    copy[name] = _without_items(each, memo)
            else:
                copy[name] = each
    return memo[id(schema)]


def without(value: Any, findings: Iterable[Finding]) -> Any:
    """A copy of `value` that lacks what the findings point at, so that rules meet sound types.

    What no finding is about stands in the copy as it is.
    """
    places: _Places = {}
    for finding in findings:
        node = places
        for part in finding.path:
            node = node.setdefault(part, {})
    return _without(value, places) if places else value


_Places = dict[str | int, "_Places"]
"""The next steps of paths; where one ends there are none."""


def _without(value: Any, places: _Places) -> Any:
    if isinstance(value, dict):
        kept = dict(value)
        for name, inner in places.items():
            if name in value and inner:
                kept[str(name)] = _without(value[str(name)], inner)
            else:
                kept.pop(str(name), None)
        return kept
    if isinstance(value, list):
        items = list(value)
        for place, inner in places.items():
            if isinstance(place, int) and place < len(items):
                items[place] = _without(items[place], inner) if inner else None
        return items
    return value
