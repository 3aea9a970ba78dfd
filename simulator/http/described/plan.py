"""An operation of a description, worked out at start so that a request only follows it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from connexion.operations import AbstractOperation

from simulator.core.answers import Finding
from simulator.http.bodies import Malformed, decode_json
from simulator.http.described.members import closest
from simulator.http.described.parameters import Pairs, Parameter
from simulator.http.described.schemas import BodySchema, without

_JSON_TYPES = ("application/json",)
_FORM = "multipart/form-data"
_ANYTHING = "*/*"


class UnsupportedMediaType(Exception):
    """The body came in a media type that the operation does not take."""


class Plan:
    """Everything about one operation that does not depend on a request.

    `name` is its short name (``inpost.buy_offer``): that of the description and the operation's id
    in it. `operation_id` is the dotted name of the handler, `function` the handler itself, which
    gets the parameters that it names: path and query parameters, ``body``, and, if it judges bad
    bodies itself, ``findings``. What its module has under its name in ``READS`` makes of the judged
    body what the handler gets; of a large one that is done beside everybody else.

    An API may have several editions: `editions` has the operation as each describes it that has it,
    and `beside` the operations of the same path by their methods.
    """

    __slots__ = (
        "_any_case",
        "_arguments",
        "_bodies",
        "_body_required",
        "_memo",
        "_path_names",
        "_query",
        "_raw",
        "_reads",
        "_response_schemas",
        "_responses",
        "_undecoded",
        "_untold",
        "beside",
        "body_on_get",
        "edition",
        "editions",
        "function",
        "is_async",
        "method",
        "name",
        "operation_id",
        "path",
        "provenance",
        "secured",
        "takes_body",
    )

    def __init__(
        self,
        operation: AbstractOperation,
        keys: Mapping[str, str],
        memo: dict[int, Any],
        *,
        space: str,
        strict: bool = False,
        any_case: bool = False,
        edition: str = "",
    ) -> None:
        self._any_case = any_case
        self.edition = edition
        self.editions: Mapping[str, Plan] = {edition: self}
        self.beside: Mapping[str, Plan] = {}
        raw: Mapping[str, Any] = operation._operation
        self._raw = raw
        self.operation_id: str = operation.operation_id
        self.name = f"{space}.{raw['operationId']}"
        self.function = operation.function
        self.method: str = operation.method.upper()
        self.path: str = operation.path
        self.is_async = inspect.iscoroutinefunction(self.function)
        self.provenance = raw.get("x-provenance")
        security: Sequence[Mapping[str, Any]] = raw.get("security", operation._security or [])
        self.secured = bool(security) and all(requirement for requirement in security)
        reads = getattr(sys.modules[self.function.__module__], "READS", {})
        self._reads: Callable[[Any], Any] | None = reads.get(self.function.__name__)
        self._arguments = set(inspect.signature(self.function).parameters)
        parameters = [Parameter(spec, keys) for spec in operation.parameters]
        self._path_names = [
            segment.strip("{}") for segment in self.path.split("/") if segment.startswith("{")
        ]
        by_name = {p.name: p.argument for p in parameters if p.place == "path"}
        self._path_names = [by_name.get(name, name) for name in self._path_names]
        self._query = [p for p in parameters if p.place == "query"]
        content: Mapping[str, Any] = operation.request_body.get("content", {})
        self._bodies = {
            media: BodySchema(spec["schema"], keys, memo, strict) if "schema" in spec else None
            for media, spec in content.items()
        }
        only = next(iter(self._bodies)) if len(self._bodies) == 1 else None
        self._untold: str | None = operation.request_body.get("x-untold-media", only)
        self._undecoded = bool(raw.get("x-undecoded-body", False))
        self._body_required = bool(operation.request_body.get("required", False))
        self.body_on_get = bool(raw.get("x-body-on-get", False))
        self.takes_body = bool(self._bodies) or self.body_on_get
        self._memo = memo
        self._responses = {
            (status, media): None if spec is None else spec.get("schema")
            for status, response in raw.get("responses", {}).items()
            for media, spec in response.get("content", {"": None}).items()
        }
        self._response_schemas: dict[tuple[str, str], BodySchema] = {}

    @property
    def judges_bodies(self) -> bool:
        """Whether the handler takes the findings of the schema and answers them itself."""
        return "findings" in self._arguments

    def judges_forms(self, headers: Mapping[str, str]) -> bool:
        """Whether the handler itself may refuse a request for its form: for what it accepts, or for
        a body that it reads itself."""
        choosy = headers.get("accept", _ANYTHING) not in ("", _ANYTHING)
        return (choosy and "406" in self._raw["responses"]) or _FORM in self._bodies

    @property
    def summary(self) -> str:
        """What the operation does, in a line."""
        summary: str = self._raw.get("summary", "")
        return summary

    @property
    def path_names(self) -> list[str]:
        """The path parameters of the operation, in their order."""
        return list(self._path_names)

    @property
    def query_names(self) -> list[str]:
        """The query parameters that the operation knows."""
        return [parameter.name for parameter in self._query]

    @property
    def single_query(self) -> list[str]:
        """The query parameters that have one value."""
        return [parameter.name for parameter in self._query if not parameter.many]

    @property
    def required_query(self) -> list[str]:
        """The query parameters without which a request is refused."""
        return [parameter.name for parameter in self._query if parameter.required]

    def knows(self, name: str) -> bool:
        """Whether the operation knows a query parameter of that name."""
        if self._any_case:
            return name.lower() in {known.lower() for known in self.query_names}
        return name in self.query_names

    def path_values(self, values: tuple[str, ...]) -> dict[str, str]:
        """The path parameters by their names."""
        return dict(zip(self._path_names, values, strict=True))

    def parameters(
        self, values: tuple[str, ...], pairs: Pairs
    ) -> tuple[dict[str, Any], list[Finding]]:
        """The handler's arguments from path and query, and what is wrong with them."""
        arguments: dict[str, Any] = {**self.path_values(values)}
        findings: list[Finding] = []
        if self._query:
            given: dict[str, list[str]] = {}
            any_case = self._any_case
            for name, value in pairs:
                given.setdefault(name.lower() if any_case else name, []).append(value)
            for parameter in self._query:
                if parameter.argument in self._arguments:
                    name = parameter.name.lower() if any_case else parameter.name
                    value = parameter.read(given.get(name, ()), findings)
                    arguments[parameter.argument] = value
        return arguments, findings

    def decoded(
        self,
        media: str,
        raw: bytes,
        max_depth: int,
        normalise: Callable[[Any, str], Any] | None = None,
    ) -> Any:
        """The decoded and normalised body; what is no JSON as it came.

        Raises `UnsupportedMediaType`, `Malformed` and `TooLarge`.
        """
        if not raw:
            if self._body_required:
                raise Malformed("the body is missing")
            return None
        if self.body_on_get and not self._bodies:
            return decode_json(raw, max_depth)
        kind = self._taken(media)
        if self._undecoded or not (kind.endswith("+json") or kind in _JSON_TYPES):
            return raw
        found = decode_json(raw, max_depth)
        return found if normalise is None else normalise(found, self.name)

    def judged(self, media: str, raw: bytes, decoded: Any) -> tuple[Any, list[Finding]]:
        """A body, as it came and decoded, as the handler wants it: without what the schema refuses;
        and what that is.

        Raises `UnsupportedMediaType` for a media type that only another edition takes.
        """
        sound, findings = self._sound(media, raw, decoded)
        return sound if self._reads is None else self._reads(sound), findings

    def _sound(self, media: str, raw: bytes, decoded: Any) -> tuple[Any, list[Finding]]:
        if not raw or decoded is raw or not self._bodies:
            return decoded, []
        schema = self._bodies[self._taken(media)]
        if schema is None or schema.is_valid(decoded):
            return decoded, []
        findings = schema.findings(decoded)
        return without(decoded, findings), findings

    def _taken(self, media: str) -> str:
        """The described media type of a body that comes as `media`."""
        if media in self._bodies:
            return media
        if media or self._untold is None:
            raise UnsupportedMediaType
        return self._untold

    def schema_of(self, media: str) -> BodySchema | None:
        """The schema of a body that comes in a media type; None where there is none."""
        if not media and len(self._bodies) == 1:
            media = next(iter(self._bodies))
        return self._bodies.get(media)

    @property
    def body_schemas(self) -> list[Mapping[str, Any]]:
        """The raw schemas of the bodies that the operation takes."""
        content = self._raw.get("requestBody", {}).get("content", {})
        return [spec["schema"] for spec in content.values() if "schema" in spec]

    @property
    def answer_schemas(self) -> list[Mapping[str, Any]]:
        """The raw schemas of its answers with 2xx."""
        told = ((status, schema) for (status, _), schema in self._responses.items())
        return [schema for status, schema in told if status[:1] == "2" and schema is not None]

    def examples(self, status: int) -> dict[str, tuple[str, Any]]:
        """The described examples of an answer: their names, media types and values."""
        response = self._raw.get("responses", {}).get(str(status), {})
        found: dict[str, tuple[str, Any]] = {}
        for media, spec in response.get("content", {}).items():
            if "example" in spec:
                found.setdefault("example", (media, spec["example"]))
            for name, example in spec.get("examples", {}).items():
                found.setdefault(name, (media, example.get("value")))
        return found

    @property
    def described(self) -> list[int]:
        """The statuses that the description names."""
        return sorted(int(status) for status in self._raw["responses"] if status.isdigit())

    @property
    def accepted(self) -> list[str]:
        """The media types that the operation takes as a body."""
        return list(self._bodies)

    def unwanted(self, media: str) -> str:
        """What the journal says of a body that came in a media type that is not taken."""
        accepted = " or ".join(self.accepted) or "no body"
        close = closest(media, self.accepted)
        hint = f"; did you mean {close}?" if close else ""
        came = media or "no media type"
        return f"the body came as {came}, but {self.name} takes {accepted}{hint}"

    def call(self, subject: Any, arguments: dict[str, Any], body: Any, findings: Any) -> Any:
        """Call the handler with the arguments that it names."""
        if "body" in self._arguments:
            arguments["body"] = body
        if "findings" in self._arguments:
            arguments["findings"] = findings
        return self.function(subject, **arguments)

    def response_fault(self, status: int, media: str, body: bytes, empty: bool) -> str | None:
        """What the description says against a response, or None when it agrees."""
        if empty and status >= 400:
            return None  # a described body may be missing from an error, as carriers' are at times
        bare = "" if empty else media.partition(";")[0]
        key = (str(status), bare)
        if key not in self._responses:
            return f"{status} {bare or 'without a body'} is not declared for {self.name}"
        raw = self._responses[key]
        if raw is None or raw.get("format") == "binary":
            return None
        # Compiled when it is first needed: few servers check their own responses.
        schema = self._response_schemas.get(key)
        if schema is None:
            schema = self._response_schemas[key] = BodySchema(raw, {}, self._memo)
        value = msgspec.json.decode(body) if bare.endswith("json") else body.decode()
        found = schema.findings(value)
        return f"{found[0].path}: {found[0].message}" if found else None
