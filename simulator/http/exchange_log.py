"""One line for each exchange, with fields, as text or as JSON.

It is written without the log systems: their way costs more than it takes to answer a read. Nothing
is written until `write_to` was called. What a client sent stands in no line but its path, in which
credentials have marks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.types import Scope

from simulator.core.clock import wall
from simulator.core.secrets import Veil, is_secret

_encoder = msgspec.json.Encoder()


class _Target:
    """Where lines go to; None while nobody wants them."""

    write: Callable[[str], object] | None = None
    as_json = False


def write_to(write: Callable[[str], object] | None, as_json: bool = False) -> None:
    """Let lines go to `write`; None stops them."""
    _Target.write, _Target.as_json = write, as_json


def client(scope: Scope) -> str:
    """The client's address and port."""
    peer = scope.get("client")
    return "-" if peer is None else f"{peer[0]}:{peer[1]}"


def veil_of(scope: Scope) -> Veil:
    """What hides the credentials that a request carries in its headers, its query and its path."""
    veil = Veil()
    for name, value in scope["headers"]:
        veil.header(name.decode("latin-1").lower(), value.decode("latin-1"))
    veil.query(scope.get("query_string", b"").decode("latin-1"))
    veil.path(scope["path"])
    return veil


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    # Most paths are words and numbers, in which no credential can stand.
    if all(_is_plain(segment) for segment in path.split("/")):
        return path
    return veil_of(scope).path(path)


def _is_plain(segment: str) -> bool:
    if is_secret(segment):
        return False
    return segment.isdecimal() or (segment.isalpha() and len(segment) < 24) or len(segment) < 8


def fields(
    workspace: str | None,
    carrier: str | None,
    operation: str | None,
    scope: Scope,
    status: int,
    microseconds: int,
    request_id: str,
) -> dict[str, Any]:
    """What is told of an exchange, in lines of each kind."""
    return {
        "workspace": workspace,
        "carrier": carrier,
        "operation": operation,
        "method": scope["method"],
        "path": _path(scope),
        "status": status,
        "milliseconds": microseconds / 1000,
        "request_id": request_id,
        "client": client(scope),
    }


def tell(
    workspace: str | None,
    carrier: str | None,
    operation: str | None,
    scope: Scope,
    status: int,
    microseconds: int,
    request_id: str,
) -> None:
    """Write the line of an exchange, if anybody wants it."""
    write = _Target.write
    if write is None:
        return
    told = fields(workspace, carrier, operation, scope, status, microseconds, request_id)
    at = f"{wall():%Y-%m-%dT%H:%M:%S.%fZ}"
    if _Target.as_json:
        line = {"event": "exchange", **told, "level": "info", "timestamp": at}
        write(_encoder.encode(line).decode() + "\n")
        return
    pairs = " ".join(f"{name}={_plain(value)}" for name, value in told.items())
    write(f"{at} [info     ] exchange {pairs}\n")


def _plain(value: Any) -> str:
    text = str(value)
    return text if text.isprintable() and " " not in text else repr(text)
