"""Stands before a server and writes the conversation down as a scenario."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

from simulator.carriers import registry
from simulator.command import server
from simulator.command.logs import configure_logging
from simulator.command.replay_flags import ReplayFlags, Unusable
from simulator.http.protocol import TRANSPORT
from simulator.scenarios.recording.proxy import Proxy
from simulator.scenarios.recording.recorder import Recorder
from simulator.settings import Settings


def record(flags: ReplayFlags) -> int:
    """Record until Ctrl-C or SIGTERM. Raises `Unusable` where that cannot begin."""
    url, out = str(flags.record), _out(flags)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unusable("--record takes the base URL of a server: http://127.0.0.1:8080/inpost")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise Unusable("--record takes a base URL alone, without a name, password or query")
    carriers = {carrier.name: carrier for carrier in registry.load()}
    recorder = Recorder(out, url, flags.carrier, carriers)
    settings = Settings(host="127.0.0.1", port=flags.port, log_level="warning")
    configure_logging(settings)
    try:
        listener = server.bind(settings.host, settings.port)
    except server.ListenError as error:
        raise Unusable(str(error)) from None
    proxy = Proxy(url, recorder.add, flags.timeout, transport=TRANSPORT)

    def ready(base_url: str) -> None:
        sys.stdout.write(
            f"Give your client {base_url} in place of {url}.\n"
            f"What is said is written to {out}. Ctrl-C ends it.\n"
        )
        sys.stdout.flush()

    server.run(proxy, listener, settings, ready=ready, stopping=proxy.stop, garbled=proxy.garbled)
    return 0


def _out(flags: ReplayFlags) -> Path:
    if flags.files:
        raise Unusable("--record plays no files; leave them out")
    if flags.out is None:
        raise Unusable("--record needs --out FILE, the scenario that it writes")
    if flags.out.exists() and not flags.force:
        raise Unusable(f"{flags.out} is there already; --force writes over it")
    if not flags.out.parent.is_dir():
        raise Unusable(f"cannot write {flags.out}: there is no folder {flags.out.parent}")
    return flags.out
