"""Why a request to somebody's address got no answer, in words for whoever gave the address."""

from __future__ import annotations

import httpcore2
import httpx2

from simulator.engine.delivery.connecting import Forbidden, NameNotFound
from simulator.engine.delivery.targets import BadTarget

_TLS = ("ssl", "certificate", "tls")


class BadHeader(ValueError):
    """A header that cannot be sent; the message says why."""


_FORESEEN = (
    *(httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol),
    *(httpx2.InvalidURL, OSError, BadHeader, BadTarget),
)


def foreseen(error: Exception) -> bool:
    """Whether a failure is the target's, or its address', and no fault of the program."""
    return isinstance(error, _FORESEEN)


def told(error: Exception) -> str:
    """What became of the request, as a clause; a failure that nobody foresaw keeps its text."""
    text = " ".join(str(error).split())[:500]
    match error:
        case Forbidden() | BadHeader() | BadTarget():
            return text
        case NameNotFound():
            return "no connection: the name of the host is not known"
        case httpcore2.ConnectError() | ConnectionRefusedError():
            tls = any(word in text.lower() for word in _TLS)
            return (
                f"no connection with TLS: {text}" if tls else "no connection: nobody listens there"
            )
        case httpcore2.RemoteProtocolError() if "without sending" in text or not text:
            return "the target hung up without an answer"
        case httpcore2.RemoteProtocolError():
            return f"the answer is no HTTP: {text}"
        case httpcore2.ReadError() | ConnectionResetError():
            return "the connection broke before the whole answer had come"
        case httpcore2.WriteError() | BrokenPipeError():
            return "the connection broke before the whole request had left"
        case httpx2.InvalidURL() | httpcore2.UnsupportedProtocol():
            return f"the address cannot be used: {text}"
        case _:
            return f"the request could not be sent: {text}" if text else "it could not be sent"
