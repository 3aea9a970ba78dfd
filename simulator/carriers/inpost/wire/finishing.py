"""What every answer gets on its way out, refusals included."""

from __future__ import annotations

import re

import msgspec

from simulator.carriers.carrier import Ending
from simulator.carriers.inpost.wire import languages
from simulator.core.answers import Answer
from simulator.engine.world import Request

_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,200}")


def finish(request: Request, answer: Answer, ending: Ending) -> Answer:
    """The answer with the carrier's headers, and an error in the caller's language.

    `X-Request-ID` is the caller's own, or that of the exchange (documented); `x-proxy-cache` comes
    from the network in front of the API (observed), which also sends the 429 and knows no request
    ids.
    """
    headers = {**answer.headers, "x-proxy-cache": "MISS"}
    if answer.status == 429:
        return msgspec.structs.replace(answer, headers=headers)
    given = request.headers.get("x-request-id", "")
    headers["X-Request-ID"] = given if _REQUEST_ID.fullmatch(given) else ending.request_id
    if answer.status < 400:
        return msgspec.structs.replace(answer, headers=headers)
    if ending.quirks["inpost.empty_error_bodies"]:
        return Answer(answer.status, headers=headers, empty=True)
    body = answer.body
    if isinstance(body, dict):
        body = languages.translate(body, request.headers.get("accept-language"))
    return msgspec.structs.replace(answer, headers=headers, body=body)
