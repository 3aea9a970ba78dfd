"""A request as rules and whoever listens see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Facts(NamedTuple):
    """What rules may know of a request.

    `query` lacks what is empty where the carrier takes that for absent. `url` is the whole path
    without the query; `resources` are what the request is about, as the
    carrier shows it: of several, one has to be like a pattern.
    """

    carrier: str
    operation: str | None
    method: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    caller: str | None
    url: str = ""
    resources: Sequence[Any] = ()
