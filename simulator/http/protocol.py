"""HTTP/1.1 as uvicorn speaks it, but what is not HTTP is answered in our own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from simulator.engine.world import Request

Garbled = Callable[[Request], bytes]
"""The whole response, head included, to something that is no request but was meant as this one."""

TRANSPORT = "simulator.transport"
"""The extension of a scope under which the connection's transport is found."""

NOT_HTTP = (
    "it is not HTTP/1.1, but has an unknown method, a wrong header, length or chunk, or a target "
    "that is longer than 65535 bytes or not percent-encoded"
)

_ENOUGH = 8192
"""Bytes within which method, path and host are looked for when a request comes in pieces."""

_LINE = re.compile(rb"([A-Za-z]{1,20}) (\S{1,2000})")
_HOST = re.compile(rb"(?i)\r\nhost:[ \t]*([^\s:]{1,300})")


def speaking(garbled: Garbled) -> type[HttpToolsProtocol]:
    """A protocol that answers what it cannot read with `garbled` and then hangs up."""

    class Protocol(HttpToolsProtocol):
        _latest = b""
        _begun = b""
        """What came since the last request ended, of which the beginning is enough."""

        def on_message_begin(self) -> None:
            super().on_message_begin()
            extensions: dict[str, Any] = {TRANSPORT: self.transport}
            self.scope["extensions"] = extensions

        def data_received(self, data: bytes) -> None:
            self._latest = data
            if len(self._begun) < _ENOUGH:
                self._begun += data
            super().data_received(data)

        def on_message_complete(self) -> None:
            super().on_message_complete()
            self._begun = b""

        def send_400_response(self, msg: str) -> None:
            self.transport.write(garbled(meant(self._begun or self._latest)))
            self.transport.close()

        def _unsupported_upgrade_warning(self) -> None:
            """An upgrade that nobody offers is passed over, as HTTP wants; that is no news."""

    return Protocol


def meant(received: bytes) -> Request:
    """What can be made out of bytes that are no HTTP request: method, path and host, or nothing."""
    line, host = _LINE.match(received), _HOST.search(received)
    return Request(
        base_url="",
        headers={} if host is None else {"host": host[1].decode("latin-1")},
        method="" if line is None else line[1].decode("latin-1"),
        path="" if line is None else line[2].decode("latin-1").partition("?")[0],
    )
