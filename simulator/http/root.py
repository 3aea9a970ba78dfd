"""The outermost application: finds workspace and carrier, then hands the request over."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.carriers.carrier import Carrier, Ending
from simulator.core.answers import Answer
from simulator.core.clock import wall
from simulator.core.phrases import phrase
from simulator.engine.backends.store import Refused, StoreFailure
from simulator.engine.bounds import BadName, TooManyWorkspaces, check_name
from simulator.engine.hub import Hub
from simulator.engine.world import Request
from simulator.http import exchange_log, responses
from simulator.http.context import SCOPE_KEY, Context
from simulator.http.protocol import NOT_HTTP
from simulator.http.unmatched import Nowhere
from simulator.http.visitors import is_a_browser

log = structlog.get_logger("simulator.http")

CONTROL = "/_sim"
_GLOBAL = {
    *("health", "version", "metrics", "fidelity", "journeys", "fault-profiles"),
    *("workspaces", "ui", "steps", "magic"),
}
"""Beginnings of control paths that mean the same in every workspace."""
_LISTINGS = {"/actions", "/openapi.json", "/openapi.yaml"}
"""Whole control paths that do."""
_HOST = re.compile(r"[A-Za-z0-9._\-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_PORT = re.compile(r"[0-9]{1,5}")
_WITH_PORT = re.compile(r":[0-9]+$")
_USUAL_PORTS = {"http": "80", "https": "443"}
_PREFIX = re.compile(r"(/[A-Za-z0-9._~\-]+)*")


class Root:
    """Routes requests: workspace by prefix, header or credential; carrier by host, prefix, path."""

    def __init__(
        self,
        hub: Hub,
        carriers: Sequence[tuple[Carrier, ASGIApp]],
        control: ASGIApp,
        pages: ASGIApp,
        nowhere: Nowhere,
        *,
        startup: Callable[[], Awaitable[None]],
        shutdown: Callable[[], Awaitable[None]],
        stop: Callable[[], None],
    ) -> None:
        self._hub = hub
        self._carriers = tuple(carriers)
        self._control = control
        self._pages = pages
        self._nowhere = nowhere
        self._startup = startup
        self._shutdown = shutdown
        self._stop = stop
        self._stopping = False
        self._prefixes = {
            name: (carrier, app)
            for carrier, app in carriers
            for name in (carrier.name, *carrier.hosts)
        }
        self._hosts = {
            host: (carrier, app)
            for carrier, app in carriers
            for host in (*carrier.hosts, f"{carrier.name}.localhost")
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            watch = exchange_log.Watch(scope, send) if exchange_log.is_wanted() else None
            try:
                if watch is None:
                    await self._http(scope, receive, send)
                else:
                    await self._http(watch.scope, receive, watch.send)
                    watch.close()
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
                # Whoever has still not sent all of the request gets no more time.
                with suppress(RuntimeError):
                    await _problem(send, 503, "the server stopped before the request was complete")
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    def stop(self) -> None:
        """Let answers without an end, such as streams of events, end now."""
        self._stopping = True
        self._stop()

    def garbled(self, request: Request, reason: str = NOT_HTTP, status: int = 400) -> bytes:
        """The whole response to what is no request, in the words of the carrier that it was for."""
        path = _split(request.path)[1]
        found = None if path.startswith(CONTROL) else self._carrier(path, request.headers)
        if found is None:
            answer = responses.problem(status, reason)
        else:
            carrier = found[0]
            if status == 400:
                refused = carrier.envelope.malformed(request, reason)
            else:
                told = f"the request is refused: {reason}"
                refused = carrier.envelope.gone(request, status, told)
            answer = self._finished(carrier, request, refused)
        body = responses.encode(answer)
        assert isinstance(body, bytes)
        headers = [(b"connection", b"close"), *responses.headers(answer, len(body), wall(), "-")]
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        return b"HTTP/1.1 %d %s\r\n%s\r\n%s" % (
            answer.status,
            phrase(answer.status).encode(),
            lines,
            body,
        )

    def _finished(self, carrier: Carrier, request: Request, refused: Answer) -> Answer:
        """A refusal as the carrier sends it where no workspace is asked."""
        quirks = carrier.quirk_defaults(self._hub.options.profile)
        edition = carrier.editions.choose(quirks, None, request, None).edition
        return carrier.finish(request, refused, Ending(quirks, edition, "-", wall()))

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self._startup()
                except (Refused, StoreFailure) as error:
                    await send({"type": "lifespan.startup.failed", "message": str(error)})
                    return
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._shutdown()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._route(scope, receive, send)
        except (BadName, TooManyWorkspaces, StoreFailure) as error:  # before anything was sent
            status = 400 if isinstance(error, BadName) else 503
            await _problem(send, status, str(error))

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        path: str = scope["path"]
        workspace, path = _split(path)
        page = self._page(path, headers)
        if page is not None:
            prefix = _prefix(workspace)
            await self._hand_to_pages(scope, receive, send, page, prefix, workspace, headers)
            return
        if path == CONTROL or path.startswith(f"{CONTROL}/"):
            prefix = _prefix(workspace)
            await self._hand_to_control(scope, receive, send, path, prefix, workspace, headers)
            return
        found = self._carrier(path, headers)
        if found is None:
            await self._nowhere.answer(scope, send, workspace, path, headers)
            return
        try:
            await self._hand_to_carrier(scope, receive, send, found, workspace, headers)
        except (BadName, TooManyWorkspaces, StoreFailure) as error:  # before anything was sent
            await self._turn_away(scope, send, found[0], headers, error)

    async def _turn_away(
        self,
        scope: Scope,
        send: Send,
        carrier: Carrier,
        headers: dict[str, str],
        error: BadName | TooManyWorkspaces | StoreFailure,
    ) -> None:
        """The refusal of a workspace in the words of the carrier that was asked: 400 for a name
        that none can have, where there are too many 429, as every operation declares it, and 503
        while the store fails."""
        request = Request("", headers, method=scope["method"], path=scope["path"])
        if isinstance(error, BadName):
            refused = carrier.envelope.malformed(request, str(error))
        elif isinstance(error, StoreFailure):
            refused = carrier.envelope.gone(request, 503, f"the simulator's store fails: {error}")
        else:
            refused = carrier.envelope.gone(request, 429, str(error))
        log.warning("no workspace for this request", carrier=carrier.name, reason=str(error))
        await _send(send, self._finished(carrier, request, refused))

    async def _hand_to_carrier(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        found: tuple[Carrier, ASGIApp, str, str],
        workspace: str | None,
        headers: dict[str, str],
    ) -> None:
        carrier, app, path, step = found
        prefix = _prefix(workspace)
        if workspace is None:
            # Some put a relative link, which names its workspace, behind their base URL.
            workspace, path = _split(path)
            prefix = _prefix(workspace)
        if path.startswith(carrier.pages):
            app = self._pages
        credential = carrier.credential(headers)
        workspace = (
            workspace
            or headers.get("x-sim-workspace")
            or (credential.workspace if credential else None)
            or "default"
        )
        base_url, outer = _base_url(scope, headers, f"{prefix}{step}")
        token = None if credential is None else credential.value
        context = Context(self._hub, workspace, base_url, headers, token, step)
        inner = {**scope, "path": path or "/", "root_path": outer, SCOPE_KEY: context}
        if self._hub.keeping is None:
            await app(inner, receive, send)
        else:
            async with self._hub.keeping.asked(workspace):
                await app(inner, receive, send)

    def _carrier(
        self, path: str, headers: Mapping[str, str]
    ) -> tuple[Carrier, ASGIApp, str, str] | None:
        first = path[1:].partition("/")[0]
        by_host = self._by_host(headers)
        if by_host is not None:
            # A proxy may pass on both, the carrier's host and the prefix here.
            prefix = f"/{first}" if first == by_host[0].name else ""
            return (*by_host, path[len(prefix) :], prefix)
        if first in self._prefixes:
            return (*self._prefixes[first], path[len(first) + 1 :], f"/{first}")
        # A base URL that ends in a slash is no reason to find nothing.
        slim = f"/{path.lstrip('/')}" if path.startswith("//") else path
        for carrier, app in self._carriers:
            if carrier.owns_path(slim):
                return carrier, app, slim, ""
        return None

    def _by_host(self, headers: Mapping[str, str]) -> tuple[Carrier, ASGIApp] | None:
        return self._hosts.get(headers.get("host", "").partition(":")[0].lower())

    def _page(self, path: str, headers: Mapping[str, str]) -> str | None:
        """The path, for the pages, of what is theirs: a person's entrance, and texts."""
        below = path.removeprefix(CONTROL)
        if below == path and self._by_host(headers) is not None:
            return None  # all of a carrier's host is the carrier's
        if below in ("", "/"):
            return "/" if is_a_browser(headers) else None
        if below == "/llms.txt" or (below != path and below.startswith("/docs/")):
            return below
        return None

    async def _hand_to_pages(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        page: str,
        prefix: str,
        workspace: str | None,
        headers: dict[str, str],
    ) -> None:
        base_url, outer = _base_url(scope, headers, prefix)
        workspace = workspace or headers.get("x-sim-workspace") or "default"
        check_name(workspace)
        if self._hub.keeping is not None:
            await self._hub.keeping.fresh(workspace)
        context = Context(self._hub, workspace, base_url, headers)
        inner = {**scope, "path": page, "root_path": outer, SCOPE_KEY: context}
        await self._pages(inner, receive, send)

    async def _hand_to_control(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        path: str,
        prefix: str,
        workspace: str | None,
        headers: dict[str, str],
    ) -> None:
        inner_path = path.removeprefix(CONTROL)
        first = inner_path.lstrip("/").partition("/")[0]
        if workspace is not None and first not in _GLOBAL and inner_path not in _LISTINGS:
            path = f"{CONTROL}/workspaces/{workspace}{inner_path}"
        base_url, outer = _base_url(scope, headers, prefix)
        inner = dict(scope)
        inner["path"] = path
        inner["root_path"] = outer
        inner[SCOPE_KEY] = Context(self._hub, workspace or "default", base_url, headers)
        await self._control(inner, receive, send)


def _split(path: str) -> tuple[str | None, str]:
    """The workspace that a path begins with, None for none, and what comes behind it."""
    if not path.startswith("/w/"):
        return None, path
    name, slash, rest = path[3:].partition("/")
    return name, slash + rest


def _prefix(workspace: str | None) -> str:
    """The beginning of a path that names this workspace. Raises `BadName` for what is no name."""
    if workspace is None:
        return ""
    check_name(workspace)
    return f"/w/{workspace}"


def _base_url(scope: Scope, headers: Mapping[str, str], prefix: str) -> tuple[str, str]:
    """The absolute URL under which the caller reached this prefix, and its path alone."""
    return _compose(
        scope.get("scheme", "http"),
        headers.get("host", ""),
        tuple(scope.get("server") or ("localhost", None)),
        prefix,
        headers.get("x-forwarded-proto"),
        headers.get("x-forwarded-host"),
        headers.get("x-forwarded-port"),
        headers.get("x-forwarded-prefix"),
    )


@lru_cache(maxsize=1024)
def _compose(
    scheme: str,
    host: str,
    server: tuple[str, int | None],
    prefix: str,
    forwarded_scheme: str | None,
    forwarded_host: str | None,
    forwarded_port: str | None,
    forwarded_prefix: str | None,
) -> tuple[str, str]:
    """Forwarded values that are not what they should be are left out, never echoed."""
    scheme = _first(forwarded_scheme).lower() or scheme
    host = _first(forwarded_host) or host
    port = _first(forwarded_port)
    outer = _first(forwarded_prefix).rstrip("/")
    if scheme not in _USUAL_PORTS:
        scheme = "http"
    if not _HOST.fullmatch(host):
        host = f"{server[0]}:{server[1]}" if server[1] else str(server[0])
    elif _PORT.fullmatch(port) and not _WITH_PORT.search(host) and port != _USUAL_PORTS[scheme]:
        host = f"{host}:{port}"
    if not _PREFIX.fullmatch(outer):
        outer = ""
    path = f"{outer}{prefix}"
    return f"{scheme}://{host}{path}", path


def _first(value: str | None) -> str:
    return "" if value is None else value.partition(",")[0].strip()


async def _problem(send: Send, status: int, detail: str) -> None:
    await _send(send, responses.problem(status, detail))


async def _send(send: Send, answer: Answer) -> None:
    body = responses.encode(answer)
    assert isinstance(body, bytes)
    header_list = responses.headers(answer, len(body), wall(), "-")
    await responses.send_response(send, answer.status, header_list, body)
