"""Sends webhooks from the outbox: in order for each target, and no target delays another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec
import structlog

from simulator.core.clock import wall
from simulator.engine.backends.store import StoreFailure
from simulator.engine.bounds import Dropped
from simulator.engine.delivery import targets
from simulator.engine.delivery.aside import aside
from simulator.engine.delivery.lanes import Lane, Queued
from simulator.engine.delivery.outcome import Outcome
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.delivery.targets import BadTarget
from simulator.engine.delivery.turns import Turn, Turns
from simulator.engine.hub import Hub
from simulator.engine.jobs.left_behind import left_behind
from simulator.engine.keeping.sure import surely
from simulator.engine.records import DELIVERY, WEBHOOKS, Attempt, Webhook
from simulator.engine.workspace import Workspace
from simulator.engine.world import World

if TYPE_CHECKING:
    from simulator.engine.delivery.sending import Sender

_AT_ONCE = 256
"""Requests under way at once, of all workspaces together."""
_AT_ONCE_IN_A_WORKSPACE = 128
_AT_ONCE_TO_SILENT = 32
"""Of these, those to targets that let the last attempt time out."""

_STORE_PAUSE = 1.0
"""Seconds between tries to have an outcome kept."""
_LANES_KEPT = 1000
"""Beyond so many in a workspace, one of a silent target in which nothing is queued is forgotten."""
_ATTEMPTS_KEPT = 50
"""The latest attempts of a webhook that its entry in the log keeps; more than any has retries."""

log = structlog.get_logger("simulator.engine")


def backoff(failures: int) -> timedelta:
    """How long after the n-th failed attempt the next one is due: 10 s, 20 s, 40 s, ... 1 h."""
    return timedelta(seconds=min(10 * 2 ** (failures - 1), 3600))


class _Life:
    """The lanes of a workspace, from one beginning to the next."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.lanes: dict[str, Lane] = {}
        self.slots = asyncio.Semaphore(_AT_ONCE_IN_A_WORKSPACE)

    def lane(self, target: str) -> Lane:
        origin = _origin(target)
        lane = self.lanes.get(origin)
        if lane is None:
            lane = self.lanes[origin] = Lane(origin)
        return lane

    def leave(self, lane: Lane) -> None:
        """Forget a lane in which nothing is left, but remember which targets are silent."""
        lane.worker = None
        if not lane.silent:
            del self.lanes[lane.origin]
        elif len(self.lanes) > _LANES_KEPT:
            oldest = next(key for key, each in self.lanes.items() if each.worker is None)
            del self.lanes[oldest]


class Outbox:
    """Delivers webhooks with one queue for each workspace and target."""

    def __init__(self, hub: Hub, policy: TargetPolicy, timeout: float) -> None:
        self._hub = hub
        self.policy = policy
        self._timeout = timeout
        self._sender: asyncio.Task[Sender] | None = None
        self._lives: WeakKeyDictionary[Workspace, _Life] = WeakKeyDictionary()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._slots_to_silent = asyncio.Semaphore(_AT_ONCE_TO_SILENT)
        self._turns = Turns(hub, _origin)
        self._workers: set[asyncio.Task[None]] = set()
        self._stamps = {extension.name: extension.stamp for extension in hub.extensions}
        hub.deliver = self.deliver
        hub.take_over = self.take_over

    def deliver(self, workspace: Workspace, webhook_id: int) -> asyncio.Future[None]:
        """Queue one attempt; the future is done when its outcome stands in the delivery log, or
        when its target is silent: what waits for a silent target keeps nobody waiting."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane = self._lane(workspace, webhook_id)
        if lane is None:
            done.set_result(None)
            return done
        workspace.in_flight.add(done)
        done.add_done_callback(workspace.in_flight.discard)
        lane.add(Queued(webhook_id, done))
        self._start(workspace, lane)
        return done

    async def redeliver(self, workspace: Workspace, webhook_id: int) -> None:
        """Make one attempt before all others to its target, be that silent or not, and return when
        its outcome stands in the delivery log."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane = self._lane(workspace, webhook_id)
        if lane is None:
            return
        lane.add_first(Queued(webhook_id, done, asked=True))
        self._start(workspace, lane)
        await done

    async def take_over(self, workspace: Workspace) -> None:
        """Send what other processes were to send, and do so no more. Raises `StoreFailure`."""
        for origin, webhook_id in {
            _origin(each.target): each.id
            for each in reversed(left_behind(workspace.state))
            if each.target is not None
        }.items():
            lane = self._life(workspace).lanes.get(origin)
            if lane is not None and lane.worker is not None:
                continue
            if await self._turns.is_free(workspace, origin):
                self.deliver(workspace, webhook_id)

    async def settle(self, workspace: Workspace) -> None:
        """Wait until every attempt that has begun in the workspace has its outcome, but for those
        to silent targets."""
        while workspace.in_flight:
            await asyncio.gather(*workspace.in_flight)

    def _lane(self, workspace: Workspace, webhook_id: int) -> Lane | None:
        """Where a webhook goes; None for one that is gone or has no target."""
        webhook = workspace.state[WEBHOOKS].get(webhook_id)
        if webhook is None or webhook.target is None:
            return None
        return self._life(workspace).lane(webhook.target)

    def _life(self, workspace: Workspace) -> _Life:
        life = self._lives.get(workspace)
        if life is None or life.generation != workspace.generation:
            life = self._lives[workspace] = _Life(workspace.generation)
        return life

    def _start(self, workspace: Workspace, lane: Lane) -> None:
        life = self._life(workspace)
        if lane.worker is None:
            lane.worker = asyncio.get_running_loop().create_task(self._work(workspace, life, lane))
            self._workers.add(lane.worker)
            lane.worker.add_done_callback(self._workers.discard)

    # One lane

    async def _work(self, workspace: Workspace, life: _Life, lane: Lane) -> None:
        turn = self._turns.of(workspace, lane)
        while not self._is_over(workspace, life):
            await turn.take()
            if not len(lane):
                await turn.give()
                if not len(lane):
                    break
                continue
            queued = await lane.next()
            left = True
            try:
                left = await self._deliver(workspace, life, lane, turn, queued.webhook)
            except Exception:
                log.exception("webhook failed", workspace=workspace.name, webhook=queued.webhook)
            finally:
                if not left:
                    lane.put_back(queued)
                elif not queued.done.done():
                    queued.done.set_result(None)
        else:
            await turn.give()
            lane.clear()
        turn.end()
        life.leave(lane)

    def _is_over(self, workspace: Workspace, life: _Life) -> bool:
        """Whether the workspace is gone, or began again with other webhooks under these numbers."""
        try:
            self._hub.catch_up(workspace)
        except Dropped:
            return True
        return workspace.generation != life.generation

    async def _deliver(
        self, workspace: Workspace, life: _Life, lane: Lane, turn: Turn, webhook_id: int
    ) -> bool:
        """Make an attempt; False where the turn was lost before it left."""
        async with AsyncExitStack() as slots:
            if lane.silent:
                await slots.enter_async_context(self._slots_to_silent)
            await slots.enter_async_context(life.slots)
            await slots.enter_async_context(self._slots)
            webhook = await self._kept(workspace, life, webhook_id)
            if webhook is None or webhook.target is None or self._is_over(workspace, life):
                return True
            if not turn.held:
                return False
            at = workspace.now()
            outcome = await self._send(webhook, webhook.target)
        if outcome.timed_out:
            lane.hush(self._timeout)
        else:
            lane.heard()
        await workspace.settled()
        if not self._is_over(workspace, life):
            record = partial(_record, webhook, _attempt(at, outcome))
            await self._note(workspace, life, record, at)
        return True

    async def _kept(self, workspace: Workspace, life: _Life, webhook_id: int) -> Webhook | None:
        """The webhook, all of which is kept: what may still be undone does not leave."""

        def look() -> Webhook | None:
            over = self._is_over(workspace, life)
            return None if over else workspace.state[WEBHOOKS].get(webhook_id)

        while not self._is_over(workspace, life):
            try:
                return await surely(self._hub, workspace, look)
            except StoreFailure:
                await asyncio.sleep(_STORE_PAUSE)
        return None

    async def _note(
        self, workspace: Workspace, life: _Life, work: Callable[[World], None], at: datetime
    ) -> None:
        """Have an outcome kept, however long the store is away."""
        while not self._is_over(workspace, life):
            try:
                run = partial(self._hub.run, workspace, work, now=at)
                await surely(self._hub, workspace, run)
                return
            except StoreFailure:
                await asyncio.sleep(_STORE_PAUSE)

    # Requests

    async def _send(self, webhook: Webhook, target: str) -> Outcome:
        try:
            headers, body = self._headers(webhook), webhook.body
            sender = await self._http()
        except Exception as error:
            log.exception("webhook could not be made", webhook=webhook.id)
            return Outcome(error=f"it could not be made: {error}")
        return await sender.send("POST", target, headers, body)

    def _headers(self, webhook: Webhook) -> dict[str, str]:
        """What goes out: the world's view, with the machine's time where a receiver looks at it."""
        stamp = webhook.stamp
        if stamp is None or stamp.clock == "world":
            return webhook.headers
        return {**webhook.headers, **self._stamps[webhook.carrier](webhook, wall())}

    async def _http(self) -> Sender:
        """The sender; it is made with the first webhook, which few servers ever send."""
        if self._sender is None:
            loop = asyncio.get_running_loop()
            self._sender = loop.create_task(aside(partial(_sender, self.policy, self._timeout)))
        return await asyncio.shield(self._sender)

    async def check(self, target: str) -> str | None:
        """Ask `target` with a GET, as carriers' panels do before they save it.

        Gives None when it answers 200, otherwise the reason why it cannot be saved.
        """
        refused = self.policy.refusal(target)
        if refused is not None:
            return refused
        async with self._slots:
            sender = await self._http()
            outcome = await sender.send("GET", target, {})
        if outcome.timed_out:
            return f"a GET of {target} got {outcome.error}; it must answer 200"
        if outcome.error is not None:
            return f"a GET of {target} failed ({outcome.error}); it must answer 200"
        if outcome.status != 200:
            return f"a GET of {target} answered {outcome.status}; it must answer 200"
        return None

    async def close(self) -> None:
        """Stop sending and let go of the connections."""
        for life in self._lives.values():
            for lane in life.lanes.values():
                lane.clear()
        for worker in tuple(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        if self._sender is not None:
            await (await self._sender).close()


def _sender(policy: TargetPolicy, timeout: float) -> Sender:
    from simulator.engine.delivery.sending import Sender  # takes 300 ms to import

    return Sender(policy, timeout, _AT_ONCE)


def _attempt(at: datetime, outcome: Outcome) -> Attempt:
    return Attempt(
        at,
        status=outcome.status,
        error=outcome.error,
        response=outcome.response,
        milliseconds=outcome.milliseconds,
        headers=outcome.headers,
    )


def _origin(target: str) -> str:
    try:
        return targets.read(target).origin.lower()
    except BadTarget:
        return target


def _record(sent: Webhook, attempt: Attempt, world: World) -> None:
    """Let an attempt stand with the webhook, of which `sent` is what it was when it left."""
    webhook = world[WEBHOOKS].get(sent.id)
    if webhook is None:
        return
    attempts = (*webhook.attempts, attempt)
    delivered = attempt.status is not None and 200 <= attempt.status < 300
    webhook = msgspec.structs.replace(webhook, attempts=attempts[-_ATTEMPTS_KEPT:])
    if not delivered and attempts[:-1] != sent.attempts:
        # The turn was lost meanwhile: what comes after this is up to whoever made the others.
        world[WEBHOOKS].put(webhook)
        return
    failures = len(attempts)
    again = not delivered and failures <= webhook.retries
    next_attempt = world.now + backoff(failures) if again else None
    world[WEBHOOKS].put(
        msgspec.structs.replace(
            webhook,
            status="delivered" if delivered else "pending" if again else "failed",
            next_attempt_at=next_attempt,
        )
    )
    if next_attempt is not None:
        world.enqueue_at(DELIVERY, next_attempt, webhook=webhook.id)
