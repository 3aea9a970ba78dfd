"""Sends webhooks from the outbox: in order for each target, and no target delays another."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from contextlib import suppress
from datetime import timedelta
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from simulator.engine.hub import Dropped, Hub
from simulator.engine.records import WEBHOOKS, Attempt, Webhook
from simulator.engine.workspace import Workspace
from simulator.engine.world import World

if TYPE_CHECKING:
    import httpx2

_RESPONSE_KEPT = 2000
_SERVICE = re.compile(r"(?!0x)[a-z0-9_-]*[a-z_-][a-z0-9_-]*")
"""A host on a container network: a name without dots, but not an address written as one number."""
_LOCAL_NAMES = {"localhost", "host.docker.internal", "host.containers.internal"}


def backoff(failures: int) -> timedelta:
    """How long after the n-th failed attempt the next one is due: 10 s, 20 s, 40 s, ... 1 h."""
    return timedelta(seconds=min(10 * 2 ** (failures - 1), 3600))


class TargetPolicy:
    """Decides where webhooks may go: this machine, private networks and hosts that are named."""

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._allowed = {host.lower() for host in allowed}

    def refusal(self, target: str) -> str | None:
        """Why `target` may not be called, or None when it may."""
        try:
            parts = urlsplit(target)
            host = (parts.hostname or "").lower()
            _ = parts.port
        except ValueError:
            return f"{target!r} is not a URL"
        if parts.scheme not in ("http", "https") or not host:
            return f"{target!r} is not an http or https URL"
        if host in self._allowed or host in _LOCAL_NAMES or host.endswith(".localhost"):
            return None
        if _SERVICE.fullmatch(host):
            return None
        try:
            address = ip_address(host)
        except ValueError:
            address = None
        # Link-local is private by name only: clouds hand out credentials at such an address.
        if address is not None and address.is_private and not address.is_link_local:
            return None
        return (
            f"webhooks may not go to {host}: only to this machine, to private addresses and to "
            f"hosts named with --webhook-allow {host}"
        )


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

        client = self._http()
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._timeout):
                async with client.stream(
                    "POST", target, content=webhook.body.encode(), headers=webhook.headers
                ) as response:
                    text = await _beginning(response)
        except (httpx2.TimeoutException, TimeoutError):
            # A clock that is moved by weeks must not wait once for every webhook on the way.
            self._silence(lane)
            return Attempt(at, error=f"no answer within {self._timeout:g} s")
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return Attempt(at, error=f"{type(error).__name__}: {error}")
        return Attempt(
            at,
            status=response.status_code,
            response=text,
            milliseconds=round((time.perf_counter() - began) * 1000),
        )

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

        client = self._http()
        try:
            async with (
                asyncio.timeout(self._timeout),
                client.stream("GET", target) as response,
            ):
                status = response.status_code
        except (httpx2.TimeoutException, TimeoutError):
            return f"a GET of {target} got no answer within {self._timeout:g} s; it must answer 200"
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return f"a GET of {target} failed ({type(error).__name__}); it must answer 200"
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
        return urlsplit(target).netloc
    except ValueError:
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
