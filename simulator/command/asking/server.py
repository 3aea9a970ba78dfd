"""Asking the control API of a server that runs, and why there is no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import httpx2

from simulator.core.faults import closest_words
from simulator.engine.bounds import REFUSED, BadName, check_name

_TIMEOUT = 10.0

SILENT = ("reset", "nothing")
"""What a client heard to whom no answer came, in the words of the journal."""


class NoAnswer(Exception):
    """There is nothing to tell; the message is one line that says what to do."""

    @classmethod
    def no_server(cls, url: str, error: Exception) -> NoAnswer:
        """Nobody answers there."""
        reason = str(error) or type(error).__name__
        return cls(
            f"no server answers at {url} ({reason}); start one with carrier-simulator serve, or "
            "say with --url where it is"
        )

    @classmethod
    def no_simulator(cls, url: str, status: int) -> NoAnswer:
        """Somebody else answers there."""
        return cls(f"{url} does not answer as a carrier simulator does (status {status})")

    @classmethod
    def no_token(cls) -> NoAnswer:
        """The server guards its control API."""
        return cls("the server wants its control token: --token or SIMULATOR_CONTROL_TOKEN")

    @classmethod
    def no_workspace(cls, name: str, known: Sequence[str]) -> NoAnswer:
        """There is no such workspace on the server."""
        close = closest_words(name, known)
        hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
        return cls(f"there is no workspace {name!r} on this server; {hint}")


def checked(workspace: str) -> str:
    """The name, if it can be that of a workspace. Raises `NoAnswer` with what can."""
    if workspace != REFUSED:
        try:
            check_name(workspace)
        except BadName as error:
            raise NoAnswer(str(error)) from None
    return workspace


class Got(Protocol):
    """Gets what stands at a path below ``/_sim/``; `missing` in the place of a 404, if given."""

    def __call__(self, path: str, missing: dict[str, Any] | None = None) -> dict[str, Any]: ...


@contextmanager
def asking(url: str, token: str | None) -> Iterator[Got]:
    """A way to ask the server at `url`. Within it `NoAnswer` is raised for whatever goes wrong."""
    url = url.rstrip("/")
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    try:
        with httpx2.Client(
            base_url=f"{url}/_sim/", headers=headers, timeout=_TIMEOUT, trust_env=False
        ) as client:

            def got(path: str, missing: dict[str, Any] | None = None) -> dict[str, Any]:
                response = client.get(path)
                if response.status_code == 401:
                    raise NoAnswer.no_token()
                if response.status_code == 404 and missing is not None:
                    return missing
                try:
                    body = response.json()
                except ValueError:
                    body = None
                if response.status_code != 200 or not isinstance(body, dict):
                    raise NoAnswer.no_simulator(url, response.status_code)
                return body

            yield got
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise NoAnswer.no_server(url, error) from None
