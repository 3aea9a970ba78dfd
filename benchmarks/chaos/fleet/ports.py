"""Ports that stay free for a server while it is away."""

from __future__ import annotations

import socket

_FIRST, _LAST = 20_000, 32_000
"""Below those that systems give to connections: one of these would be in the server's place."""


def steady_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, and that no connection is given."""
    with socket.create_server(("127.0.0.1", 0)) as drawn:
        start: int = drawn.getsockname()[1]
    for number in range(_LAST - _FIRST):
        port = _FIRST + (start + number) % (_LAST - _FIRST)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise RuntimeError(f"all ports from {_FIRST} to {_LAST} are taken")
