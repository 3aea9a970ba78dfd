"""Loads the OpenAPI descriptions in the form in which Connexion reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import msgspec
from connexion.spec import OpenAPISpecification
from starlette.types import Scope

from simulator.http.described.overlays import applied
from simulator.http.described.served import as_served
from simulator.parsed import parsed


class ShippedSpecification(OpenAPISpecification):
    """A specification that ships with the program.

    Connexion validates a description against the OpenAPI schema and copies it several times when it
    is loaded, which takes longer than everything else at start. The shipped ones are validated by
    ``carrier-simulator validate`` and by the tests, so only the references are resolved here.
    """

    def __init__(self, raw: dict[str, Any], server: str = "") -> None:
        raw.setdefault("components", {})
        self._server = server
        self._packed = msgspec.msgpack.encode(raw)
        self._resolved: dict[str, Any] | None = resolve(raw)
        self._base_uri = ""

    @property
    def _raw_spec(self) -> dict[str, Any]:
        """The description as it was read: it is seldom asked for, and takes as little room until
        then as it can."""
        raw: dict[str, Any] = msgspec.msgpack.decode(self._packed)
        return raw

    @property
    def _spec(self) -> dict[str, Any]:
        if self._resolved is None:
            self._resolved = resolve(self._raw_spec)
        return self._resolved

    def settle(self) -> None:
        """Let go of what nobody needs once the operations are compiled."""
        self._resolved = None

    @property
    def server(self) -> str:
        """The path under which this edition answers wherever the requests decide; empty where there
        is one."""
        return self._server

    def with_base_path(self, base_path: str) -> ShippedSpecification:
        """The same description as it is served under another base path."""
        at = base_path
        if self._server and base_path:
            at = f"{base_path.rpartition('/')[0]}/{self._server}"
        served = as_served(self._raw_spec, at)
        described = copy(self)
        described._packed, described._resolved = msgspec.msgpack.encode(served), served
        return described


Chosen = Callable[[Scope], str | None]
"""Gives the edition that the workspace of a request answers in whatever it shows; None where the
requests decide."""


def _nobody(scope: Scope) -> None:
    return None


class Described:
    """The descriptions of the editions of one API by their names; `served` is the usual one."""

    def __init__(
        self, each: Mapping[str, ShippedSpecification], served: str, chosen: Chosen = _nobody
    ) -> None:
        self.each = each
        self.served = served
        self._chosen = chosen

    @classmethod
    def alone(cls, described: ShippedSpecification) -> Described:
        """The description of an API that knows no editions, whose clients can ask for none."""
        return cls({"": described}, "")

    @property
    def usual(self) -> ShippedSpecification:
        """The description that is served where none is asked for."""
        return self.each[self.served]

    def asked(self, scope: Scope) -> ShippedSpecification | None:
        """Another description than the usual one: what a request asks for with ``?edition=``, else
        that of its workspace, else of the server that it goes to. Raises `KeyError` for one that
        there is not."""
        if "" in self.each:
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        [name, *_] = query.get("edition") or [self._chosen(scope) or self._by_server(scope)]
        described = self.each[name]
        return None if name == self.served else described.with_base_path(scope["root_path"])

    def _by_server(self, scope: Scope) -> str:
        last = scope["root_path"].rpartition("/")[2]
        found = (name for name, each in self.each.items() if last and each.server == last)
        return next(found, self.served)


def load(path: Path) -> ShippedSpecification:
    """Read a shipped description from YAML."""
    return ShippedSpecification(parsed(path))


def load_editions(
    path: Path,
    overlays: Mapping[str, Path | None],
    served: str,
    servers: Mapping[str, str],
    chosen: Chosen = _nobody,
) -> Described:
    """Read a description of which some editions are overlays over it; None: it is that itself."""
    raw = parsed(path)
    each = {
        name: ShippedSpecification(
            raw if overlay is None else applied(raw, parsed(overlay)),
            servers.get(name, ""),
        )
        for name, overlay in overlays.items()
    }
    return Described(each, served, chosen)


def resolve(raw: dict[str, Any]) -> dict[str, Any]:
    """The description with every local ``$ref`` replaced by what it names.

    What is named twice is one object in the result. Raises `ValueError` for a reference to
    itself, which neither Connexion nor the validators can take.
    """
    result: dict[str, Any] = _Resolving(raw).walk(raw)
    return result


class _Resolving:
    """Follows references; it is no pair of functions that know each other, which would keep the
    description until somebody looks for garbage."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw
        self._resolved: dict[str, Any] = {}
        self._open: list[str] = []

    def walk(self, node: Any) -> Any:
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                return self._follow(reference)
            return {str(key): self.walk(value) for key, value in node.items()}
        if isinstance(node, list):
            return [self.walk(item) for item in node]
        return node

    def _follow(self, reference: str) -> Any:
        if reference in self._resolved:
            return self._resolved[reference]
        if reference in self._open:
            raise ValueError(f"{reference} refers to itself: {' -> '.join(self._open)}")
        self._open.append(reference)
        node: Any = self._raw
        for part in reference.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        found = self._resolved[reference] = self.walk(node)
        self._open.pop()
        return found
