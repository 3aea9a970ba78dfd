"""Listens on a socket and serves an ASGI application until a signal asks it to stop."""

from __future__ import annotations

import asyncio
import errno
import gc
import math
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import structlog

from simulator.settings import Settings
from simulator.version import VERSION

if TYPE_CHECKING:
    from simulator.engine.world import Request


class ListenError(Exception):
    """The address cannot be listened on; the message is one line that says what to do."""

    @classmethod
    def of(cls, host: str, port: int, error: Exception) -> ListenError:
        """Turn the system's refusal into advice."""
        code = error.errno if isinstance(error, OSError) else None
        if code == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else 8080
            return cls(
                f"port {port} on {host} is in use by another program; stop that one, or choose "
                f"another port with --port {other} or SIMULATOR_PORT={other}"
            )
        if code == errno.EACCES:
            return cls(
                f"port {port} on {host} is for privileged programs only; "
                "choose one above 1023 with --port or SIMULATOR_PORT"
            )
        reason = getattr(error, "strerror", None) or str(error)
        return cls(
            f"cannot listen on host {host!r} ({reason}); "
            "use an address of this machine, such as 127.0.0.1 or 0.0.0.0, for --host"
        )


def bind(host: str, port: int) -> socket.socket:
    """Take the address before anything slow is loaded; connections are accepted by `run`.

    Raises `ListenError`.
    """
    listener = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _notice_the_dead(listener)
        listener.bind(address)
        # Reuse of the address lets a bind beside a listening program pass; listening tells.
        listener.listen(2048)
    except (OSError, UnicodeError) as error:
        if listener is not None:
            listener.close()
        raise ListenError.of(host, port, error) from None
    return listener


def _notice_the_dead(listener: socket.socket) -> None:
    """Let the system ask silent clients whether they are still there, such as those of streams;
    what is set here holds for every connection that is accepted."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, name):
            listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _take_all_descriptors() -> None:
    """Raise the limit of open files to what the system allows; each connection is one."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def assembling() -> Iterator[None]:
    """Within it nobody looks for garbage: nearly all that is loaded stays, and the looks would take
    a fifth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def base_url(host: str, port: int) -> str:
    """The URL at which a person on this machine reaches a server that listens there."""
    if host in ("0.0.0.0", "::", ""):
        return f"http://localhost:{port}"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def exposure(settings: Settings) -> str | None:
    """What everybody on the network may do to a server with these settings; None if nothing."""
    if settings.control_token is not None or settings.host == "localhost":
        return None
    try:
        if ip_address(settings.host).is_loopback:
            return None
    except ValueError:
        pass
    return (
        f"NO CONTROL TOKEN: everybody who reaches {settings.host}:{settings.port} can read, change "
        "and reset every workspace; set --control-token or SIMULATOR_CONTROL_TOKEN"
    )


def run(
    app: Callable[..., Any],
    listener: socket.socket,
    settings: Settings,
    ready: Callable[[str], None],
    stopping: Callable[[], None],
    garbled: Callable[[Request, str, int], bytes] | None = None,
) -> None:
    """Serve an ASGI application until SIGTERM or SIGINT; SIGHUP is ignored and logged.

    Requests that are open then get `settings.shutdown_grace` seconds to finish. `ready` is told
    the base URL as soon as requests are answered; `stopping` is called when no more are taken, so
    that answers without an end can end; `garbled` makes the response to what is not HTTP. Leaves by
    `SystemExit`: 0 after a stop that was asked for, 3 where the application did not start.
    """
    import uvicorn

    from simulator.http.patience import Patience
    from simulator.http.protocol import speaking

    log = structlog.get_logger("simulator.server")

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            if hasattr(signal, "SIGHUP"):
                asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _hung_up)
            await super().startup(sockets)
            if self.started:
                url = base_url(settings.host, listener.getsockname()[1])
                log.info("server started", url=url, version=VERSION)
                ready(url)
                exposed = exposure(settings)
                if exposed is not None:
                    log.warning(exposed)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            stopping()
            await super().shutdown(sockets)
            log.info("server stopped")

    patience = Patience(settings.request_timeout, settings.idle_timeout, settings.answer_timeout)
    config = uvicorn.Config(
        app,
        http="httptools" if garbled is None else speaking(garbled, patience),
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        # The application has a line of its own for each exchange.
        access_log=False,
        server_header=False,
        # The application sends a Date that follows the clock of the workspace.
        date_header=False,
        # The application reads X-Forwarded-* itself, since they shape the URLs that it returns.
        proxy_headers=False,
        timeout_graceful_shutdown=math.ceil(settings.shutdown_grace),
    )
    _take_all_descriptors()
    # What is loaded by now stays, and records never form cycles: looking through all of them again
    # and again for garbage would take a fifth of the time. Their tuples are looked at once, while
    # they are young, at up to a microsecond each: 10,000 are a pause that nobody notices, and fewer
    # would find more of those that are about to go anyhow.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 250)
    # After its graceful stop uvicorn raises the signal again, for whoever handled it before.
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    Server(config).run(sockets=[listener])


def _hung_up() -> None:
    """Say that nothing comes of a terminal that was closed, or of a wish to read settings anew."""
    import structlog

    structlog.get_logger("simulator.server").warning(
        "SIGHUP is ignored",
        advice="settings are read at the start only; SIGTERM stops the server",
    )


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
