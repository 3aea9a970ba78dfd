"""The pages as an ASGI application that loads Flask with the first request."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from simulator.console.start.guide import Guide
from simulator.engine.bounds import DEFAULT
from simulator.engine.delivery.outbox import Outbox
from simulator.engine.hub import Hub
from simulator.http import exchange_log
from simulator.http.context import SCOPE_KEY, Context


class Console:
    """Serves the pages in threads; what they change happens on the event loop."""

    def __init__(self, hub: Hub, outbox: Outbox, guide: Guide) -> None:
        self._hub = hub
        self._guide = guide
        self._outbox = outbox
        self._pages: Any = None
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._pages is None:
            async with self._opening:
                if self._pages is None:
                    loop = asyncio.get_running_loop()
                    self._pages = await asyncio.to_thread(self._open, loop)
        began = time.perf_counter_ns()
        self._count_look(scope[SCOPE_KEY].workspace)

        async def telling(message: Message) -> None:
            # With the answer's beginning: what comes after its end would come after its reading.
            if message["type"] == "http.response.start":
                context: Context = scope[SCOPE_KEY]
                took = (time.perf_counter_ns() - began) // 1000
                status = message["status"]
                exchange_log.tell(context.workspace, "pages", None, scope, status, took, "-")
            await send(message)

        await self._pages(scope, receive, telling)

    def _count_look(self, name: str) -> None:
        """Whoever looks at a world does not want it gone."""
        workspace = None if name == DEFAULT else self._hub.existing(name)
        if workspace is not None:
            workspace.asked_at = time.monotonic()

    def _open(self, loop: asyncio.AbstractEventLoop) -> Any:
        # Flask takes longer to import than the rest of the program to start.
        from a2wsgi import WSGIMiddleware

        from simulator.console.desk import Desk
        from simulator.console.pages import create_pages

        pages: Any = create_pages(Desk(self._hub, self._outbox, loop), self._guide)
        return WSGIMiddleware(pages, workers=4)
