"""Stories as tests write and play them, and a server that is nothing but told answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from simulator import app
from simulator.carriers import registry
from simulator.scenarios.replay import files
from simulator.scenarios.replay.events import Event, FileResult, RunEnded, StepResult
from simulator.scenarios.replay.masking import Masker
from simulator.scenarios.replay.run import Options, Run, Simulator
from simulator.scenarios.replay.story import Story

vocabulary = lru_cache(maxsize=1)(app.vocabulary)

CARRIERS = {carrier.name: carrier for carrier in registry.load()}

FROZEN = {"mode": "frozen", "at": "2026-03-02T10:15:00+01:00"}

PARCEL: dict[str, Any] = {
    "service": "inpost_locker_standard",
    "reference": "A-1",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "parcel_locker"},
}


def asked(method: str, path: str, **more: Any) -> dict[str, Any]:
    """A request to InPost as the sandbox account makes it."""
    return {
        "carrier": "inpost",
        "auth": "sim-inpost-prepaid",
        "method": method,
        "path": path,
        **more,
    }


CREATE: dict[str, Any] = {
    "name": "create",
    "request": asked("POST", "/v1/organizations/1/shipments", body=PARCEL),
    "expect": {"status": 201, "body": {"status": "created", "reference": "A-1"}},
    "save": {"shipment": "/id"},
}

READ: dict[str, Any] = {
    "name": "read",
    "request": {"method": "GET", "path": "/v1/shipments/${shipment}"},
}


class Playing:
    """Plays steps on a simulator, and keeps what was told."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self.server = server
        self.events: list[Event] = []

    def write(self, *steps: Mapping[str, Any], name: str = "story", **more: Any) -> Path:
        """A file with these steps."""
        document = {"scenario": "A story", "clock": FROZEN, "steps": [*steps], **more}
        document = {key: value for key, value in document.items() if value is not None}
        path = self.folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
        return path

    def read(self, path: Path) -> Story:
        """The story of a file."""
        return files.read([str(path)], vocabulary())[0]

    def run(
        self,
        *paths: Path,
        options: Options | None = None,
        simulator: Simulator | None = None,
        secrets: tuple[str, ...] = (),
        alone: bool = False,
    ) -> RunEnded:
        """Play files; `alone` is without any simulator."""
        run = Run(
            CARRIERS,
            None if alone else simulator or Simulator(self.server),
            options or Options(timeout=10),
            self.events.append,
            Masker(secrets),
        )
        return run.play(files.read(map(str, paths), vocabulary()))

    def __call__(self, *steps: Mapping[str, Any], **more: Any) -> FileResult:
        """Play these steps, and tell what came of them."""
        return self.run(self.write(*steps, **more)).results[0]


def outcomes(result: FileResult) -> list[str]:
    """How each step ended."""
    return [step.outcome for step in result.steps]


def gaps(step: StepResult) -> list[tuple[str, str, str]]:
    """The differences of a step."""
    return [(gap.place, gap.wanted, gap.found) for gap in step.differences]


class Heard(NamedTuple):
    """A request as a stand-in server got it; headers by lower-case name."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


class StandIn:
    """A server that answers what it is told, such as a carrier's sandbox would."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[Heard] = []
        self.answer: Callable[[Heard], tuple[int, Any]] = lambda heard: (200, {})


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A stand-in on a free port of 127.0.0.1."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            named = {name.lower(): value for name, value in self.headers.items()}
            heard = Heard(self.command, self.path, named, body)
            stand_in.heard.append(heard)
            status, answer = stand_in.answer(heard)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _take  # noqa: N815  (names that http.server calls)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stand_in.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield stand_in
        finally:
            server.shutdown()
            thread.join(10)
