"""Plays many files side by side."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from urllib.parse import urlsplit

import httpx2
import msgspec

from simulator.carriers.carrier import Carrier
from simulator.core.clock import wall
from simulator.engine.delivery.policy import is_this_machine, literal
from simulator.scenarios.replay.answers import drift, expectations
from simulator.scenarios.replay.events import (
    Event,
    FileEnded,
    FileResult,
    Listener,
    RunEnded,
    RunStarted,
)
from simulator.scenarios.replay.masking import Masker
from simulator.scenarios.replay.player import Player
from simulator.scenarios.replay.stages.sandbox import Sandbox, SandboxStage
from simulator.scenarios.replay.stages.simulated import Control, SimulatedStage, workspace_name
from simulator.scenarios.replay.story import Part, Story, broken, play


class Options(msgspec.Struct, frozen=True):
    """How to play: so many files at once, each request at most so many seconds.

    With `sandbox` it is the carriers that are asked; with `shape` as well the simulator is asked
    the same, and answers are compared by how they are built.
    """

    jobs: int = 1
    timeout: float = 30.0
    keep: bool = False
    sandbox: Sandbox | None = None
    shape: bool = False


class Simulator(msgspec.Struct, frozen=True):
    """A running simulator, and its control token if it has one."""

    url: str
    token: str | None = None


@lru_cache(maxsize=2)
def _authorities(trusting: bool) -> ssl.SSLContext:
    """Who is believed to be who he says; reading that takes longer than playing many a file."""
    return httpx2.create_ssl_context(trust_env=trusting)


class Run:
    """A run over many files. `listener` hears of everything, from one thread at a time and without
    secrets."""

    def __init__(
        self,
        carriers: Mapping[str, Carrier],
        simulator: Simulator | None,
        options: Options,
        listener: Listener,
        masker: Masker,
    ) -> None:
        self._carriers = carriers
        self._simulator = simulator
        self._options = options
        self._listener = listener
        self._masker = masker
        self._one_at_a_time = threading.Lock()
        self._stop = threading.Event()

    def play(self, stories: Sequence[Story]) -> RunEnded:
        """Play them all. Raises `Unreachable` where there is no simulator to begin with."""
        if self._simulator is not None:
            with self._client(self._simulator.url) as client:
                Control(self._simulator.url, self._simulator.token, client).check()
        at, begun = wall(), time.perf_counter()
        against = self._against()
        self._tell(RunStarted(at, len(stories), against))
        with ThreadPoolExecutor(max(1, min(self._options.jobs, len(stories) or 1))) as pool:
            playing = [pool.submit(self._file, story) for story in stories]
            try:
                results = tuple(each.result() for each in playing)
            except BaseException:
                # An interrupt: what is running ends after its step, what waits does not begin.
                self._stop.set()
                pool.shutdown(cancel_futures=True)
                raise
        ended = RunEnded(at, wall(), time.perf_counter() - begun, against, results)
        ended = self._masker.masked(ended)
        self._tell(ended)
        return ended

    def _file(self, story: Story) -> FileResult:
        options = self._options
        clients: list[httpx2.Client] = []
        parts: list[Part] = []
        try:
            if self._simulator is not None:
                client = self._client(self._simulator.url)
                clients.append(client)
                control = Control(self._simulator.url, self._simulator.token, client)
                name = workspace_name(story.path)
                stage = SimulatedStage(control, name, self._carriers, options.keep)
                parts.append(Part(stage, self._player(stage, client, expectations.unlike)))
            if options.sandbox is not None:
                client = self._client()
                clients.append(client)
                real = SandboxStage(options.sandbox, self._carriers)
                judge = drift.unlike_in_shape if options.shape else expectations.unlike
                parts.append(Part(real, self._player(real, client, judge)))
            return play(story, parts, self._tell, self._stop.is_set)
        except Exception as error:
            result = broken(story, error)
            self._tell(FileEnded(result))
            return result
        finally:
            for client in clients:
                client.close()

    def _player(
        self, stage: SimulatedStage | SandboxStage, client: httpx2.Client, judge: expectations.Judge
    ) -> Player:
        return Player(stage, client, self._carriers, self._masker, judge)

    def _client(self, url: str | None = None) -> httpx2.Client:
        """A client that asks once; to this machine it goes without any proxy."""
        trusting = url is None or not _is_here(url)
        timeout = self._options.timeout
        return httpx2.Client(timeout=timeout, trust_env=trusting, verify=_authorities(trusting))

    def _tell(self, event: Event) -> None:
        with self._one_at_a_time:
            self._listener(self._masker.masked(event))

    def _against(self) -> str:
        urls = [] if self._simulator is None else [self._simulator.url]
        if self._options.sandbox is not None:
            urls += self._options.sandbox.urls.values()
        return " and ".join(urls)


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    address = literal(host)
    return is_this_machine(host) if address is None else address.is_loopback
