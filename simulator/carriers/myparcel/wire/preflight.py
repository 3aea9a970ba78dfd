"""What a browser asks before a page may send a key, or a media type of this API, to another origin.

Recorded answers allow every origin, and a public client runs within pages. What the carrier says to
the question itself is inferred.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.core.answers import Answer
from simulator.engine.world import Request

_METHOD, _HEADERS = "access-control-request-method", "access-control-request-headers"


def asked(request: Request) -> bool:
    """Whether the request is such a question; OPTIONS alone is a method that no path has."""
    return request.method == "OPTIONS" and _METHOD in request.headers


def granted(request: Request, allowed: Sequence[str]) -> Answer:
    """The permission for the methods of the path, and for whatever headers are asked for."""
    headers = {
        "Access-Control-Allow-Methods": ", ".join(allowed),
        "Access-Control-Allow-Headers": request.headers.get(_HEADERS, ""),
    }
    return Answer(204, headers=headers, empty=True)
