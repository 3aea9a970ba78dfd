"""One server for the whole run, wherever its tests run.

Without xdist this process starts it, as soon as a test that wants it was collected. With xdist the
controller does, when the first worker asks: each worker is told a port of the controller, at which
it learns the URL. Who never tests a carrier never starts a server.
"""

from __future__ import annotations

import json
import os
import socket
import socketserver
import threading
from typing import TYPE_CHECKING, Any

import pytest

from simulator.pytest_plugin.options import external, server_settings, strict

if TYPE_CHECKING:
    from simulator.pytest_plugin.lookout import Lookout
    from simulator.server_process.process import ServerProcess
    from simulator.testing import Simulator

_PLACE = "carrier_simulator_controller"
_ASKS_WITHIN = 90.0
WANTED = ("carrier_simulator", "carrier_world", "async_carrier_world")
"""Fixtures whose users want a server; the others rest on them."""


class Server:
    """The server of this run: started when it is wanted, ended with the run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._process: ServerProcess | None = None
        self._simulator: Simulator | None = None
        self.lookout: Lookout | None = None

    def begin(self) -> None:
        """Start it, if this process is the one to do so; does not wait until it answers."""
        if external(self._config)[0] or _place(self._config) is not None:
            return
        with self._lock:
            if self._process is None:
                from simulator.server_process.process import ServerProcess

                self._process = ServerProcess(server_settings(self._config))

    def address(self) -> tuple[str, str | None]:
        """URL and control token; starts the server if need be. Raises `NotStarted`."""
        url, token = external(self._config)
        if url:
            return url, token
        place = _place(self._config)
        if place is not None:
            told = _ask(place, "address")
            return told["url"], told.get("token")
        self.begin()
        assert self._process is not None
        token = server_settings(self._config).get("control_token")  # type: ignore[assignment]
        return self._process.url, token

    def died(self) -> str | None:
        """Why the server is there no more, if this run has started it; None while it is."""
        from simulator.server_process.errors import SimulatorError

        place = _place(self._config)
        if place is None:
            return self._process.died() if self._process else None
        try:
            why: str | None = _ask(place, "died").get("died")
        except SimulatorError as error:
            return str(error)
        return why

    def simulator(self) -> Simulator:
        """A client of it for the whole run. Raises `NotStarted`, `NoServer` or `WrongVersion`."""
        if self._simulator is None:
            from simulator.pytest_plugin.lookout import Lookout
            from simulator.testing import Simulator

            url, token = self.address()
            died = (lambda: None) if external(self._config)[0] else self.died
            lookout = Lookout(strict(self._config))
            simulator = lookout.simulator = Simulator(url, token=token, died=died, watch=lookout)
            simulator.check()
            self._simulator, self.lookout = simulator, lookout
        return self._simulator

    def end(self) -> None:
        """End it, if it was started."""
        if self._simulator is not None:
            self._simulator.close()
        if self._process is not None:
            self._process.stop()


_server = pytest.StashKey[Server]()
_desk = pytest.StashKey["_Desk"]()


def of(config: pytest.Config) -> Server:
    """The server of this run."""
    if _server not in config.stash:
        config.stash[_server] = Server(config)
    return config.stash[_server]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the server as soon as it is known that a test wants one."""
    if session.config.getoption("collectonly"):
        return
    wanted = set(WANTED)
    if any(wanted.intersection(getattr(item, "fixturenames", ())) for item in session.items):
        of(session.config).begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server."""
    if _desk in config.stash:
        config.stash[_desk].close()
    if _server in config.stash:
        config.stash[_server].end()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist where the controller can be asked for the server."""
    config: pytest.Config = node.config
    if external(config)[0]:
        return
    if _desk not in config.stash:
        config.stash[_desk] = _Desk(of(config))
    node.workerinput[_PLACE] = config.stash[_desk].place


def _place(config: pytest.Config) -> tuple[int, str] | None:
    """Port of the controller and the word that it wants to hear, in a worker of xdist."""
    place: list[Any] | None = getattr(config, "workerinput", {}).get(_PLACE)
    return None if place is None else (place[0], place[1])


def _ask(place: tuple[int, str], what: str) -> dict[str, Any]:
    """The server's ``address``, that is `url` and `token`, or why it ``died`` if it has."""
    from simulator.testing.errors import NoServer, NotStarted

    port, word = place
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_ASKS_WITHIN) as asked:
            asked.sendall(f"{word} {what}\n".encode())
            with asked.makefile("rb") as answer:
                told: dict[str, Any] = json.loads(answer.readline() or b"{}")
    except OSError as error:
        raise NoServer(f"the controller of this run does not tell of its server: {error}") from None
    if not told or "error" in told:
        raise NotStarted(told.get("error", "the controller of this run has gone"))
    return told


class _Desk(socketserver.ThreadingTCPServer):
    """Where workers ask the controller for the server."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, server: Server) -> None:
        self.server = server
        self.word = os.urandom(16).hex()
        super().__init__(("127.0.0.1", 0), _Question)
        self.place = [self.server_address[1], self.word]
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Question(socketserver.StreamRequestHandler):
    server: _Desk

    def handle(self) -> None:
        word, _, what = self.rfile.readline().strip().decode(errors="replace").partition(" ")
        if word != self.server.word:
            return
        told: dict[str, object]
        try:
            if what == "died":
                told = {"died": self.server.server.died()}
            else:
                url, token = self.server.server.address()
                told = {"url": url, "token": token}
        except Exception as error:  # whatever it is, the worker's test is to say it
            told = {"error": str(error) or type(error).__name__}
        self.wfile.write(json.dumps(told).encode() + b"\n")
