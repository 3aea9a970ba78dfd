"""What a page works with: transactions on the hub of the event loop, asked for from a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from flask import abort, request

from simulator.engine.delivery.outbox import Outbox
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import surely
from simulator.engine.moving import timeline
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request, World
from simulator.http.context import SCOPE_KEY, Context

T = TypeVar("T")

_PATIENCE = 30.0
"""Seconds that a page waits for its transaction and for the webhooks that it sends."""


def asked_by_a_program() -> bool:
    """Whether a program asks rather than a person: what it wants most is JSON, of any charset."""
    best = request.accept_mimetypes.best or ""
    return best.partition(";")[0].strip().lower() == "application/json"


class Desk:
    """Runs transactions for the request that Flask is answering."""

    def __init__(self, hub: Hub, outbox: Outbox, loop: asyncio.AbstractEventLoop) -> None:
        self._hub = hub
        self._outbox = outbox
        self._loop = loop

    def run(self, work: Callable[[World], T]) -> T:
        """Run `work` as one transaction in the workspace of the request; 404 if there is none.

        What the transaction sends has been sent before it returns.
        """
        context: Context = request.environ["asgi.scope"][SCOPE_KEY]
        outside = Request(context.base_url, context.headers, carrier_step=context.step)
        job = self._run(context.workspace, work, outside)
        found = asyncio.run_coroutine_threadsafe(job, self._loop).result(_PATIENCE)
        if found is None:
            abort(404)
        return found[0]

    async def _run(
        self, name: str, work: Callable[[World], T], outside: Request
    ) -> tuple[T] | None:
        workspace: Workspace | None = self._hub.existing(name)
        if workspace is None:
            return None
        await timeline.run_due(self._hub, workspace)
        result = await surely(self._hub, workspace, lambda: self._hub.run(workspace, work, outside))
        await timeline.run_due(self._hub, workspace)
        await self._outbox.settle(workspace)
        return (result,)
