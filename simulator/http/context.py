"""What the root finds out about a request before an operation sees it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from simulator.engine.hub import Hub

SCOPE_KEY = "simulator"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on request bodies, what is done about unknown members and wrong responses, and whether
    requests may bring rules of their own."""

    body_bytes: int = 2 * 1024 * 1024
    body_depth: int = 64
    response_validation: str = "off"
    strict: bool = False
    request_rules: bool = True


class Context(msgspec.Struct, frozen=True, gc=False):
    """The place of one request: its workspace and the URL under which its carrier was reached.

    `step` is the end of that URL which names the carrier, empty where something else does.
    `headers` has lower-case names; of a header that repeats, the last one counts. `credential` is
    what the carrier's credential held once its workspace suffix was taken off.
    """

    hub: Hub
    workspace: str
    base_url: str
    headers: dict[str, str]
    credential: str | None = None
    step: str = ""
