"""Sends webhooks from the outbox: in order for each target, and no target delays another."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from simulator.core.clock import wall
from simulator.engine import send_failures, targets
from simulator.engine.bounds import Dropped
from simulator.engine.hub import Hub
from simulator.engine.records import WEBHOOKS, Attempt, Webhook
from simulator.engine.targets import BadTarget, TargetPolicy
from simulator.engine.workspace import Workspace
from simulator.engine.world import World

if TYPE_CHECKING:
    import httpx2

_RESPONSE_KEPT = 2000


def backoff(failures: int) -> timedelta:
    """How long after the n-th failed attempt the next one is due: 10 s, 20 s, 40 s, ... 1 h."""
    return timedelta(seconds=min(10 * 2 ** (failures - 1), 3600))


_Lane = tuple[str, int, str]
"""Workspace, how often it began again, and the target's origin."""


class Outbox:
    """Delivers webhooks with one queue for each workspace and target."""

    def __init__(self, hub: Hub, policy: TargetPolicy, timeout: float) -> None:
        self._hub = hub
        self.policy = policy
        self._timeout = timeout
        self._client: httpx2.AsyncClient | None = None
        self._queues: dict[_Lane, deque[tuple[int, asyncio.Future[None]]]] = {}
        self._silent_until: dict[_Lane, float] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._stamps = {extension.name: extension.stamp for extension in hub.extensions}
        hub.deliver = self.deliver

    def deliver(self, workspace: Workspace, webhook_id: int) -> asyncio.Future[None]:
        """Queue one attempt; the future is done when its outcome stands in the delivery log."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        webhook = workspace.state[WEBHOOKS].get(webhook_id)
        if webhook is None or webhook.target is None:
            done.set_result(None)
            return done
        workspace.in_flight.add(done)
        done.add_done_callback(workspace.in_flight.discard)
        lane = (workspace.name, workspace.generation, _origin(webhook.target))
        queue = self._queues.get(lane)
        if queue is None:
            queue = self._queues[lane] = deque()
            worker = asyncio.get_running_loop().create_task(self._work(workspace, lane, queue))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        queue.append((webhook_id, done))
        return done

    async def settle(self, workspace: Workspace) -> None:
        """Wait until every attempt that has begun in the workspace has its outcome."""
        while workspace.in_flight:
            await asyncio.gather(*workspace.in_flight)

    async def _work(
        self,
        workspace: Workspace,
        lane: _Lane,
        queue: deque[tuple[int, asyncio.Future[None]]],
    ) -> None:
        while queue:
            webhook_id, done = queue.popleft()
            try:
                webhook = workspace.state[WEBHOOKS].get(webhook_id)
                if webhook is None or workspace.generation != lane[1]:
                    continue
                attempt = await self._attempt(workspace, webhook, lane)
                # A workspace that began again meanwhile has other webhooks under these numbers.
                if workspace.generation == lane[1]:
                    work = partial(_record, webhook_id, attempt)
                    with suppress(Dropped):
                        self._hub.run(workspace, work, now=attempt.at)
            finally:
                if not done.done():
                    done.set_result(None)
        self._queues.pop(lane, None)

    async def _attempt(self, workspace: Workspace, webhook: Webhook, lane: _Lane) -> Attempt:
        at = workspace.now()
        target = webhook.target or ""
        refused = self.policy.refusal(target)
        if refused is not None:
            return Attempt(at, error=refused)
        if time.monotonic() < self._silent_until.get(lane, 0.0):
            return Attempt(at, error="not tried: the target has just let another one time out")
        import httpx2

        sent: dict[str, str] = {}
        began = time.perf_counter()
        try:
            request = _request("POST", target, self._headers(webhook), webhook.body.encode())
            sent = _headers_of(request)
            async with asyncio.timeout(self._timeout), self._sent(request) as response:
                text = await _beginning(response)
        except (httpx2.TimeoutException, TimeoutError):
            # A clock that is moved by weeks must not wait once for every webhook on the way.
            self._silence(lane)
            return Attempt(at, error=f"no answer within {self._timeout:g} s", headers=sent)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return Attempt(at, error=send_failures.told(error), headers=sent)
        return Attempt(
            at,
            status=response.status_code,
            response=text,
            milliseconds=round((time.perf_counter() - began) * 1000),
            headers=sent,
        )

    def _headers(self, webhook: Webhook) -> dict[str, str]:
        """What goes out: the world's view, with the machine's time where a receiver looks at it."""
        stamp = webhook.stamp
        if stamp is None or stamp.clock == "world":
            return webhook.headers
        return {**webhook.headers, **self._stamps[webhook.carrier](webhook, wall())}

    @asynccontextmanager
    async def _sent(self, request: httpx2.Request) -> AsyncIterator[httpx2.Response]:
        response = await self._http().send(request, stream=True)
        try:
            yield response
        finally:
            await response.aclose()

    def _http(self) -> httpx2.AsyncClient:
        """The client; it is made with the first webhook, which few servers ever send."""
        if self._client is None:
            import httpx2

            self._client = httpx2.AsyncClient(timeout=self._timeout, trust_env=False)
        return self._client

    def _silence(self, lane: _Lane) -> None:
        now = time.monotonic()
        self._silent_until = {key: end for key, end in self._silent_until.items() if end > now}
        self._silent_until[lane] = now + self._timeout

    async def check(self, target: str) -> str | None:
        """Ask `target` with a GET, as carriers' panels do before they save it.

        Gives None when it answers 200, otherwise the reason why it cannot be saved.
        """
        refused = self.policy.refusal(target)
        if refused is not None:
            return refused
        import httpx2

        try:
            request = _request("GET", target, {})
            async with asyncio.timeout(self._timeout), self._sent(request) as response:
                status = response.status_code
        except (httpx2.TimeoutException, TimeoutError):
            return f"a GET of {target} got no answer within {self._timeout:g} s; it must answer 200"
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return f"a GET of {target} failed ({send_failures.told(error)}); it must answer 200"
        if status != 200:
            return f"a GET of {target} answered {status}; it must answer 200"
        return None

    async def close(self) -> None:
        """Stop sending and let go of the connections."""
        for worker in tuple(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()


def _request(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
) -> httpx2.Request:
    """A request with these headers and those that HTTP needs, and none of the library's own."""
    import httpx2

    target = targets.read(url)
    if target.authorization is not None:
        headers = {**headers, "Authorization": target.authorization}
    return httpx2.Request(
        method,
        target.origin,
        headers=dict(headers),
        content=body,
        extensions={"target": target.line},
    )


def _headers_of(request: httpx2.Request) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers.raw}


async def _beginning(response: httpx2.Response) -> str:
    """The beginning of the answer; whoever sends more than anybody reads is not listened to."""
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > 4 * _RESPONSE_KEPT:
            break
    return body.decode(errors="replace")[:_RESPONSE_KEPT]


def _origin(target: str) -> str:
    try:
        return targets.read(target).origin.lower()
    except BadTarget:
        return target


def _record(webhook_id: int, attempt: Attempt, world: World) -> None:
    webhook = world[WEBHOOKS].get(webhook_id)
    if webhook is None:
        return
    attempts = (*webhook.attempts, attempt)
    delivered = attempt.status is not None and 200 <= attempt.status < 300
    failures = len(attempts)
    again = not delivered and failures <= webhook.retries
    next_attempt = world.now + backoff(failures) if again else None
    world[WEBHOOKS].put(
        msgspec.structs.replace(
            webhook,
            attempts=attempts,
            status="delivered" if delivered else "pending" if again else "failed",
            next_attempt_at=next_attempt,
        )
    )
    if next_attempt is not None:
        world.enqueue_at("engine.deliver", next_attempt, webhook=webhook_id)
