"""Sends one request to a target and tells what became of it; whatever happens is an outcome."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

import httpcore2
import httpx2
import structlog

from simulator.engine.delivery import headers as header_checks
from simulator.engine.delivery import send_failures, targets
from simulator.engine.delivery.connecting import JudgedConnections
from simulator.engine.delivery.outcome import Outcome
from simulator.engine.delivery.policy import TargetPolicy

_RESPONSE_KEPT = 2000
_IDLE_CONNECTIONS = 20
_IDLE_SECONDS = 5.0

log = structlog.get_logger("simulator.engine")


class Sender:
    """Sends over at most `connections` connections; an answer has to be there within `timeout`
    seconds, from the look-up of the name to as much of the body as is kept."""

    def __init__(self, policy: TargetPolicy, timeout: float, connections: int) -> None:
        self._policy = policy
        self._timeout = timeout
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpcore2.default_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=_IDLE_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=JudgedConnections(policy),
        )
        self._under_way = 0
        self._timer: asyncio.TimerHandle | None = None
        self._tidying: asyncio.Task[None] | None = None

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Outcome:
        """Send a request and read the beginning of the answer. Redirects are not followed."""
        refused = self._policy.refusal(url)
        if refused is not None:
            return Outcome(error=refused)
        self._under_way += 1
        try:
            return await self._sent(method, url, headers, body)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._tidy_later()

    async def _sent(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Outcome:
        sent: dict[str, str] | None = None
        began = time.perf_counter()
        try:
            request = _request(method, url, headers, body)
            sent = _told(request)
            async with asyncio.timeout(self._timeout):
                response = await self._pool.handle_async_request(request)
                try:
                    text = await _beginning(response)
                finally:
                    await response.aclose()
        except (httpcore2.TimeoutException, TimeoutError):
            error = f"no answer within {self._timeout:g} s"
            return Outcome(error=error, timed_out=True, headers=sent)
        except Exception as error:
            if not send_failures.foreseen(error):
                log.exception("a request to a target failed")
            return Outcome(error=send_failures.told(error), headers=sent)
        return Outcome(
            status=response.status,
            response=text,
            milliseconds=round((time.perf_counter() - began) * 1000),
            headers=sent,
        )

    async def close(self) -> None:
        """Let go of the connections."""
        if self._timer is not None:
            self._timer.cancel()
        await self._pool.aclose()

    def _tidy_later(self) -> None:
        """See to it that connections which nobody uses end: the pool looks for them only when the
        next request is sent, which may be never."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._tidy)

    def _tidy(self) -> None:
        if not self._under_way:
            self._tidying = asyncio.get_running_loop().create_task(self._pool.aclose())


def _request(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None
) -> httpcore2.Request:
    """A request with these headers and those that HTTP needs, and none of a library's own. Raises
    `BadTarget`, httpx2.InvalidURL and `BadHeader`."""
    target = targets.read(url)
    if target.authorization is not None:
        headers = {**headers, "Authorization": target.authorization}
    for name, value in headers.items():
        if (fault := header_checks.fault(name, value)) is not None:
            raise send_failures.BadHeader(fault)
    encoded = httpx2.Headers(headers, encoding="latin-1")
    # Only its headers are of use: the path shall not be written anew.
    made = httpx2.Request(method, target.origin, headers=encoded, content=body)
    return httpcore2.Request(
        method,
        httpcore2.URL(
            scheme=made.url.raw_scheme,
            host=made.url.raw_host,
            port=made.url.port,
            target=target.line,
        ),
        headers=made.headers.raw,
        content=body,
    )


def _told(request: httpcore2.Request) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}


async def _beginning(response: httpcore2.Response) -> str:
    """The beginning of the answer; whoever sends more than anybody reads is not listened to."""
    body = b""
    async for chunk in response.aiter_stream():
        body += chunk
        if len(body) > 4 * _RESPONSE_KEPT:
            break
    return body.decode(errors="replace")[:_RESPONSE_KEPT]
