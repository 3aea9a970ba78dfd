"""A simulator in a thread of the test process, and a workspace on it as a client sees it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec
import uvicorn

from simulator.app import create_app
from simulator.engine.backends.store import Store
from simulator.http.patience import Patience
from simulator.http.protocol import speaking
from simulator.settings import Settings
from tests.support.dict_store import DictStore, Place
from tests.support.measuring import followed, measured_once
from tests.support.wire import Wire

START = "2026-03-02T10:15:00+01:00"
"""Where the clock of a test's workspace stands: a Monday morning in Warsaw."""


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """Serve the whole simulator on a free port of 127.0.0.1; gives the base URL."""
    patience = Patience(settings.request_timeout, settings.idle_timeout, settings.answer_timeout)
    with serving(_made(settings), patience) as base_url:
        yield base_url


def _made(settings: Settings) -> Any:
    """The application of these settings; the next one of the same, wherever it keeps its worlds,
    need not be measured."""
    settings = tried(settings)
    alike = repr(msgspec.structs.replace(settings, store=urlsplit(settings.store).scheme))
    with measured_once(f"an application of {alike}"):
        return create_app(settings, store=tried_store())


def tried(settings: Settings) -> Settings:
    """The settings with the store with which all tests are tried, where `TRIED_STORE` names one."""
    kind = os.environ.get("TRIED_STORE", "")
    if settings.store != "memory" or not kind.startswith(("sqlite", "redis:")):
        return settings
    if kind.startswith("redis:"):
        place = f"{kind}?prefix=tried-{os.urandom(8).hex()}"
    else:
        place = f"sqlite:///{mkdtemp()}/worlds.db"
    return msgspec.structs.replace(settings, store=place)


def tried_store() -> Store | None:
    """The store with which all tests are tried, where `TRIED_STORE` is ``alone`` or ``shared``:
    of dictionaries, of which another process seems to share the latter."""
    tried = os.environ.get("TRIED_STORE")
    if tried not in ("alone", "shared"):
        return None
    place = Place()
    place.stores = ("alone", "shared").index(tried)
    return DictStore(place)


@contextmanager
def serving(app: Any, patience: Patience | None = None) -> Iterator[str]:
    """Serve an ASGI application on a free port of 127.0.0.1; gives the base URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            app,
            http=speaking(app.garbled, patience),
            ws="none",
            log_level="warning",
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        ready = threading.Event()
        started, served = server.startup, server.serve

        async def serve(sockets: list[socket.socket] | None = None) -> None:
            with followed():
                await served(sockets)

        async def startup(sockets: list[socket.socket] | None = None) -> None:
            await started(sockets)
            ready.set()

        server.startup = startup  # type: ignore[method-assign]
        server.serve = serve  # type: ignore[method-assign]
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        assert ready.wait(30), "the server did not start"
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(10)


class Workspace:
    """One isolated world on a running simulator."""

    def __init__(self, base_url: str, name: str) -> None:
        self.quirks_set: dict[str, Any] = {}
        self.base_url = base_url
        self.name = name
        self.inpost_url = f"{base_url}/w/{name}/inpost"
        self.control_url = f"{base_url}/_sim/workspaces/{name}"
        self.control = httpx2.Client(
            base_url=self.control_url, trust_env=False, transport=Wire(), timeout=30
        )
        self._clients: dict[str | None, httpx2.Client] = {}

    @property
    def client(self) -> httpx2.Client:
        """A ShipX client of organization 1, which is prepaid and has money."""
        return self.inpost("sim-inpost-prepaid")

    def inpost(self, token: str | None) -> httpx2.Client:
        """A ShipX client with that token; None for a client without one."""
        client = self._clients.get(token)
        if client is None:
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            client = self._clients[token] = httpx2.Client(
                base_url=self.inpost_url,
                headers=headers,
                trust_env=False,
                transport=Wire(),
                timeout=30,
            )
        return client

    def advance(self, by: str) -> dict[str, Any]:
        """Move the clock on."""
        moved: dict[str, Any] = self._ok("POST", "/clock/advance", {"by": by})
        return moved

    def freeze(self, at: str) -> dict[str, Any]:
        """Let the clock stand at an instant."""
        clock: dict[str, Any] = self._ok("PUT", "/clock", {"mode": "frozen", "at": at})
        return clock

    def do(self, action: str, **arguments: Any) -> Any:
        """Carry out an action such as ``inpost.top_up``."""
        return self._ok("POST", f"/actions/{action}", arguments)

    def quirk(self, name: str, value: Any) -> None:
        """Switch a quirk."""
        self.quirks_set[name] = value
        self._ok("PUT", "/quirks", {name: value})

    def records(self, carrier: str, table: str) -> list[Any]:
        """Up to 1000 records of a table."""
        answer = self._ok("GET", f"/records/{carrier}/{table}?limit=1000")
        items: list[Any] = answer["items"]
        return items

    def webhooks(self) -> list[Any]:
        """The delivery log, oldest first."""
        items: list[Any] = self._ok("GET", "/webhooks?limit=1000")["items"]
        return items

    def journal(self, **filters: Any) -> list[Any]:
        """The journal's entries."""
        response = self.control.get("/journal", params=filters)
        assert response.status_code == 200, response.text
        items: list[Any] = response.json()["items"]
        return items

    def _ok(self, method: str, path: str, body: Any = None) -> Any:
        response = self.control.request(method, path, json=body)
        assert response.status_code < 300, f"{method} {path}: {response.text}"
        return response.json() if response.content else None

    def close(self) -> None:
        """Forget the workspace and let go of the connections."""
        self.control.delete("")
        self.leave()

    def leave(self) -> None:
        """Let go of the connections, and leave the workspace as it is."""
        for client in (self.control, *self._clients.values()):
            client.close()
