"""Serving, stopping and being asked for health, with a small application in the place of ours."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from simulator.command import healthcheck
from simulator.command.server import base_url
from simulator.settings import Settings

# Answers 200 on /_sim/health if it is told the right token, and reads the body of anything else.
SCRIPT = """
import sys
from simulator.command.logs import configure_logging
from simulator.command.server import bind, run
from simulator.settings import resolve

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        if "broken" in sys.argv:
            await send({"type": "lifespan.startup.failed", "message": "broken on purpose"})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    told = dict(scope["headers"]).get(b"authorization")
    status = 200 if told == b"Bearer opensesame" else 503
    if scope["path"] != "/_sim/health":
        status = 200
        while (await receive()).get("more_body"):
            pass
    await send({"type": "http.response.start", "status": status,
                "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": b"done"})

settings = resolve()
configure_logging(settings)
listener = bind(settings.host, settings.port)
run(
    app,
    listener,
    settings,
    ready=lambda url: print(url, flush=True),
    stopping=lambda: None,
)
"""


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments],
        env={**os.environ, "SIMULATOR_PORT": "0", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def server() -> Iterator[subprocess.Popen[str]]:
    with started(SIMULATOR_ACCESS_LOG="true", SIMULATOR_LOG_FORMAT="json") as process:
        yield process
        process.kill()


def port_of(server: subprocess.Popen[str]) -> int:
    assert server.stdout is not None
    return int(server.stdout.readline().rsplit(":", 1)[1])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_open_request_finish(
    server: subprocess.Popen[str], number: signal.Signals
) -> None:
    port = port_of(server)
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf")
        ask(port)
        server.send_signal(number)
        wait_until_refused(port)
        client.sendall(b"rest")
        answer = b""
        while chunk := client.recv(1024):
            answer += chunk
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\ndone")
    out, err = server.communicate(timeout=10)
    assert (server.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert ["server started" in err, "server stopped" in err] == [True, True]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there are no terminals to be closed")
def test_a_terminal_that_is_closed_stops_nothing_and_is_told(
    server: subprocess.Popen[str],
) -> None:
    port = port_of(server)
    assert server.stderr is not None
    assert json.loads(server.stderr.readline())["event"] == "server started"
    server.send_signal(signal.SIGHUP)
    told = json.loads(server.stderr.readline())
    assert (told["level"], told["event"]) == ("warning", "SIGHUP is ignored")
    assert "SIGTERM stops the server" in told["advice"]
    assert ask(port) == 200


@pytest.mark.parametrize(
    ("host", "token", "told"),
    [
        ("0.0.0.0", "", True),
        ("0.0.0.0", "opensesame", False),
        ("127.0.0.1", "", False),
        ("localhost", "", False),
    ],
)
def test_a_server_that_the_network_reaches_says_that_it_has_no_token(
    host: str, token: str, told: bool
) -> None:
    environment = {"SIMULATOR_HOST": host, "SIMULATOR_PORT": "0", "SIMULATOR_LOG_FORMAT": "json"}
    if token:
        environment["SIMULATOR_CONTROL_TOKEN"] = token
    with started(**environment) as process:
        port_of(process)
        process.terminate()
        _, err = process.communicate(timeout=10)
    warnings = [line for line in map(json.loads, err.splitlines()) if line["level"] == "warning"]
    assert [line["event"][:16] for line in warnings] == ["NO CONTROL TOKEN"] * told


def ask(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    response = connection.getresponse()
    assert response.getheader("server") is None
    response.read()
    connection.close()
    return response.status


def wait_until_refused(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionResetError:
            # The listener closed in the middle of the handshake; the next try is refused.
            continue
        except ConnectionRefusedError:
            return


@pytest.mark.skipif(sys.platform != "linux", reason="other shells limit open files otherwise")
def test_a_server_without_descriptors_says_so_and_goes_on() -> None:
    command = f"ulimit -n 64; exec {sys.executable} -m simulator serve --port 0 --carriers inpost"
    environment = {**os.environ, "SIMULATOR_LOG_FORMAT": "json"}
    with subprocess.Popen(
        ["sh", "-c", command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            port = port_of(process)
            clients = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(90)]
            assert process.stderr is not None
            assert json.loads(process.stderr.readline())["event"] == "server started"
            told = json.loads(process.stderr.readline())
            for client in clients:
                client.close()
            # The loop tries again to accept once a second.
            problems = (healthcheck.check(Settings(port=port)) for _ in range(5))
            assert None in problems
            process.terminate()
            _, err = process.communicate(timeout=10)
        finally:
            process.kill()
    assert told["event"].startswith("no descriptors are left")
    assert "ulimit -n" in told["advice"]
    assert "Traceback" not in err


def test_an_application_that_does_not_start_is_told_apart_from_a_stop() -> None:
    with started("broken") as process:
        _, err = process.communicate(timeout=10)
    assert process.returncode == 3
    assert "broken on purpose" in err


def test_health_is_asked_on_the_effective_port_with_the_token(
    server: subprocess.Popen[str],
) -> None:
    port = port_of(server)
    assert healthcheck.check(Settings(port=port, control_token="opensesame")) is None
    assert healthcheck.check(Settings(port=port, host="0.0.0.0")) == "status 503: done"


def test_a_server_that_is_not_there_is_unhealthy() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        problem = healthcheck.check(Settings(port=unused.getsockname()[1]))
    assert problem is not None
    assert problem.startswith("no answer from 127.0.0.1:")
    assert healthcheck.check(Settings(port=0)) is not None


@pytest.mark.parametrize(
    ("command_line", "port"),
    [
        ("python /opt/bin/carrier-simulator serve --port 9191", 9191),
        ("/sbin/docker-init -- carrier-simulator serve --port=9192 --strict", 9192),
        ("python -m simulator serve", 8080),
        ("/sbin/init splash", 8080),
        ("a-program serve --port 1", 8080),
        ("", 8080),
    ],
)
def test_the_port_is_read_from_the_first_process(command_line: str, port: int) -> None:
    words = command_line.split()
    settings = healthcheck.server_settings("".join(f"{word}\0" for word in words).encode())
    assert settings.port == port


def test_an_unhealthy_server_gives_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_PORT", "none")
    with pytest.raises(SystemExit) as left:
        healthcheck.main()
    assert left.value.code == (
        "unhealthy: SIMULATOR_PORT is 'none', but must be a whole number from 0 to 65535"
    )


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://localhost:80"),
        ("::", "http://localhost:80"),
        ("::1", "http://[::1]:80"),
    ],
)
def test_the_base_url_is_one_that_can_be_pasted(host: str, url: str) -> None:
    assert base_url(host, 80) == url
