"""Servers of the tests are traced for coverage when the tests are, and only then."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest

from tests.support.measuring import measured_once, unmeasured
from tests.support.server import serving
from tests.support.wire import Wire


class Confessing:
    """Tells in every answer whether the thread that serves it is traced."""

    garbled = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            length = (b"content-length", b"1")
            await send({"type": "http.response.start", "status": 200, "headers": [length]})
            await send({"type": "http.response.body", "body": b"%d" % traced()})


def traced() -> bool:
    return sys.gettrace() is not None


@pytest.fixture
def _traced() -> Iterator[None]:
    """New threads are traced, whether coverage is measured or not."""
    before = threading.gettrace()
    threading.settrace(before or (lambda frame, event, argument: None))
    yield
    threading.settrace(before)


def says(url: str) -> str:
    with httpx2.Client(transport=Wire(), trust_env=False) as client:
        return client.get(url).text


@pytest.mark.usefixtures("_traced")
def test_a_server_is_traced_but_for_a_pause() -> None:
    with serving(Confessing()) as url:
        assert says(url) == "1"
        with unmeasured():
            assert says(url) == "0"
            assert not traced()
            with unmeasured():
                assert says(url) == "0"
            assert says(url) == "0"
        assert says(url) == "1"


@pytest.mark.usefixtures("_traced")
def test_a_server_that_starts_in_a_pause_is_traced_behind_it() -> None:
    with ExitStack() as stack:
        with unmeasured():
            url = stack.enter_context(serving(Confessing()))
            assert says(url) == "0"
        assert says(url) == "1"


def test_a_process_that_starts_in_a_pause_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVERAGE_PROCESS_CONFIG", "whatever")
    with unmeasured():
        assert "COVERAGE_PROCESS_CONFIG" not in os.environ
    assert os.environ["COVERAGE_PROCESS_CONFIG"] == "whatever"


@pytest.mark.usefixtures("_traced")
def test_what_runs_the_same_lines_each_time_is_measured_once() -> None:
    with serving(Confessing()) as url:
        with unmeasured(), measured_once("asking"):
            assert says(url) == "0"
        with measured_once("asking"):
            assert says(url) == "1"
        with measured_once("asking"):
            assert says(url) == "0"
        with measured_once("something else"):
            assert says(url) == "1"
