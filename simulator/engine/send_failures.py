"""Why a request to somebody's address got no answer, in words for whoever gave the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

_UNKNOWN_HOST = ("name or service not known", "nodename nor servname", "getaddrinfo", "no address")
_TLS = ("ssl", "certificate", "tls")


def told(error: httpx2.HTTPError | httpx2.InvalidURL | OSError) -> str:
    """What became of the request, as a clause; a failure that nobody foresaw keeps its text."""
    import httpx2

    text = " ".join(str(error).split())
    match error:
        case httpx2.ConnectError() | ConnectionRefusedError():
            return _not_connected(text)
        case httpx2.RemoteProtocolError() if "without sending" in text or not text:
            return "the target hung up without an answer"
        case httpx2.RemoteProtocolError():
            return f"the answer is no HTTP: {text}"
        case httpx2.ReadError() | ConnectionResetError():
            return "the connection broke before the whole answer had come"
        case httpx2.WriteError() | BrokenPipeError():
            return "the connection broke before the whole request had left"
        case httpx2.InvalidURL() | httpx2.UnsupportedProtocol():
            return f"the address cannot be used: {text}"
        case _:
            return f"the request could not be sent: {text}" if text else "it could not be sent"


def _not_connected(text: str) -> str:
    lower = text.lower()
    if any(word in lower for word in _UNKNOWN_HOST):
        return "no connection: the name of the host is not known"
    if any(word in lower for word in _TLS):
        return f"no connection with TLS: {text}"
    return "no connection: nobody listens there"
