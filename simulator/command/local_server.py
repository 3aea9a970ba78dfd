"""A simulator in a thread of this process, for commands that need one and were given none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from simulator.command.server import base_url, bind

_STARTS_WITHIN = 30.0
_STOPS_WITHIN = 10.0


class NotStarted(RuntimeError):
    """The server did not come up."""


@contextmanager
def running(create: Callable[[], Any]) -> Iterator[str]:
    """Serve the application that `create` makes on a free port of 127.0.0.1; gives its base URL."""
    import uvicorn

    from simulator.http.protocol import speaking

    listener = bind("127.0.0.1", 0)
    app = create()
    ready = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets)
            ready.set()

        async def shutdown(self, sockets: list[Any] | None = None) -> None:
            app.stop()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        http=speaking(app.garbled),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    if not ready.wait(_STARTS_WITHIN):
        raise NotStarted("the simulator did not start")
    try:
        yield base_url("127.0.0.1", listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(_STOPS_WITHIN)
        listener.close()
