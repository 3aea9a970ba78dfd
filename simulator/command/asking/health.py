"""Waits until a server answers, for scripts that have just started one."""

from __future__ import annotations

import time

import httpx2

_LOOK = 0.1
"""Seconds between two looks."""


class NotReady(Exception):
    """The server did not become healthy in time; the message says what it did instead."""


def wait(url: str, timeout: float) -> None:
    """Return as soon as the server at `url` is healthy.

    Raises `NotReady` after `timeout` seconds.
    """
    url = url.rstrip("/")
    ends = time.monotonic() + timeout
    with httpx2.Client(trust_env=False, timeout=min(max(timeout, 1.0), 10.0)) as client:
        while True:
            try:
                response = client.get(f"{url}/_sim/health")
                if response.status_code == 200 and "carriers" in response.text:
                    return
                found = f"it answers with {response.status_code}: {response.text[:200]}"
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                found = str(error) or type(error).__name__
            if time.monotonic() >= ends:
                raise NotReady(f"no healthy simulator at {url} within {timeout:g} s ({found})")
            time.sleep(_LOOK)
