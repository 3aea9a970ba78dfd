"""Asks a server that runs in the same container whether it is healthy: exit code 0 if so, else 1.

The port is the server's effective one: the flags are read from the command line of the
container's first process, the rest as the server reads it.
"""

from __future__ import annotations

import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from simulator.command.flags import serve_flags
from simulator.settings import Settings, SettingsError, resolve

_FIRST_PROCESS = Path("/proc/1/cmdline")
_TIMEOUT = 2.0


def server_settings(command_line: bytes) -> Settings:
    """The settings of the server that was started by this command line (NUL-separated).

    Whatever stands before ``serve``, an init process for one, is passed over.
    """
    words = [word.decode(errors="replace") for word in command_line.split(b"\0") if word]
    ours = any(Path(word).name in ("carrier-simulator", "simulator") for word in words)
    arguments = words[words.index("serve") + 1 :] if ours and "serve" in words else []
    flags, config = serve_flags(arguments)
    return resolve(flags, config=config)


def check(settings: Settings) -> str | None:
    """What is wrong with the server, or None if it is healthy."""
    if settings.port == 0:
        return "the port was left to chance; give the server one to be able to ask it"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    connection = HTTPConnection(host, settings.port, timeout=_TIMEOUT)
    token = settings.control_token
    try:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        connection.request("GET", "/_sim/health", headers=headers)
        response = connection.getresponse()
        body = response.read(500).decode(errors="replace")
    except (OSError, HTTPException) as error:
        return f"no answer from {host}:{settings.port}: {error}"
    finally:
        connection.close()
    return None if response.status == 200 else f"status {response.status}: {body}"


def main() -> None:
    """Check once and leave with the exit code that a container engine expects."""
    command_line = _FIRST_PROCESS.read_bytes() if _FIRST_PROCESS.exists() else b""
    try:
        problem = check(server_settings(command_line))
    except SettingsError as error:
        problem = str(error)
    if problem is not None:
        sys.exit(f"unhealthy: {problem}")


if __name__ == "__main__":
    main()
