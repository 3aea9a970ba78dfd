"""A stage in a workspace of a simulator, through its control API."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from simulator.carriers.carrier import Carrier
from simulator.core.templates import filled
from simulator.scenarios.model import Scenario
from simulator.scenarios.replay.stages.stage import Refusal, Unreachable

_numbers = itertools.count(1)
_SENTENCES = 3
_BESIDES = ("Quirk ", "This operation is ", "The workspace's clock ")
"""Sentences of an explanation that are true of every answer, wrong or right."""
_ABOUT = "X-Sim-Request-Id"


def workspace_name(path: Path) -> str:
    """A workspace name that tells the file and is nobody else's."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", path.stem).strip("-_")[:30] or "file"
    return f"replay-{stem}-{os.getpid():x}-{os.urandom(3).hex()}-{next(_numbers)}"


class Control:
    """The control API of a server, with what can be wrong with a server told once."""

    def __init__(self, url: str, token: str | None, client: httpx2.Client) -> None:
        self._url = url.rstrip("/")
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self._client = client

    @property
    def url(self) -> str:
        """The server's base URL."""
        return self._url

    def ask(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        """The server's answer, whatever its status. Raises `Unreachable`."""
        headers = dict(self._headers)
        content = None
        if body is not None:
            content, headers["Content-Type"] = msgspec.json.encode(body), "application/json"
        try:
            response = self._client.request(
                method, f"{self._url}/_sim{path}", content=content, headers=headers
            )
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Unreachable(
                f"{self._url} was not reached: {str(error) or type(error).__name__}; "
                "is the server running, and is --url right?"
            ) from None
        if response.status_code == 401:
            raise Unreachable(
                f"{self._url} wants a control token: give it with --control-token "
                "or SIMULATOR_CONTROL_TOKEN"
            )
        return response

    def do(self, method: str, path: str, body: Any = None) -> Any:
        """What the server answered. Raises `Refusal` with its words, or `Unreachable`."""
        response = self.ask(method, path, body)
        if response.status_code >= 300:
            raise Refusal(_words(response))
        return response.json() if response.content else None

    def check(self) -> None:
        """Raise `Unreachable` unless there is a simulator that can be controlled."""
        response = self.ask("GET", "/health")
        if response.status_code != 200:
            raise Unreachable(
                f"{self._url} is no carrier simulator that is ready: its /_sim/health answered "
                f"{response.status_code}"
            )
        self.ask("GET", "/workspaces")


class SimulatedStage:
    """A fresh workspace, deleted at the end unless it is to be kept."""

    def __init__(
        self, control: Control, name: str, carriers: Mapping[str, Carrier], keep: bool
    ) -> None:
        self._control = control
        self._name = name
        self._carriers = carriers
        self._keep = keep
        self._path = f"/workspaces/{name}"

    @property
    def name(self) -> str:
        return self._name

    def begin(self, scenario: Scenario, document: Mapping[str, Any]) -> tuple[str, ...]:
        self._do("PUT", "/scenario?reset=true", dict(document))
        return ()

    def base_url(self, carrier: str) -> str:
        return f"{self._control.url}/w/{self._name}/{carrier}"

    def headers(self, carrier: str, auth: str, saved: Mapping[str, Any]) -> dict[str, str]:
        credential = str(filled(auth, saved))
        return self._carriers[carrier].present(credential) if credential else {}

    def advance(self, by: Any) -> None:
        self._do("POST", "/clock/advance", {"by": by} if isinstance(by, str) else by)

    def wait(self, duration: timedelta) -> None:
        # Nobody waits for a wall clock that can be moved.
        self.advance(f"{round(duration.total_seconds() * 1000)}ms")

    def pause(self, duration: timedelta) -> None:
        self.wait(duration)

    def do(self, action: str, arguments: Any) -> Any:
        return self._do("POST", f"/actions/{action}", {} if arguments is None else arguments)

    def webhooks(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            after = found[-1]["id"] if found else 0
            page = self._do("GET", f"/webhooks?limit=1000&after={after}")["items"]
            found += page
            if len(page) < 1000:
                return found

    def explain(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        number = headers.get(_ABOUT)
        if number is None:
            return ()
        response = self._control.ask("GET", f"{self._path}/journal/{number}")
        if response.status_code != 200:
            return ()
        sentences: list[str] = response.json()["why"]
        telling = [each for each in sentences if not each.startswith(_BESIDES)]
        return tuple(telling[:_SENTENCES])

    def verify(self, checks: list[Any]) -> list[dict[str, Any]]:
        judged: list[dict[str, Any]] = self._do("POST", "/verify", {"checks": checks})["checks"]
        return judged

    def failures(self) -> list[tuple[int, str]]:
        return [
            (item["entry"], failure["error"])
            for loaded in self._do("GET", "/scenario")["items"]
            for item in loaded["timeline"]
            for failure in item["failures"]
        ]

    def end(self) -> str | None:
        if self._keep:
            return self._name
        self._control.ask("DELETE", self._path)
        return None

    def _do(self, method: str, path: str, body: Any = None) -> Any:
        return self._control.do(method, self._path + path, body)


def _words(response: httpx2.Response) -> str:
    """What the control API says is wrong, all of it, on one line."""
    try:
        problem = response.json()
    except ValueError:
        return f"{response.status_code}: {response.text[:200]}"
    if not isinstance(problem, dict) or "detail" not in problem:
        return f"{response.status_code}: {response.text[:200]}"
    return str(problem["detail"])
