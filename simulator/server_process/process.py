"""A server in a process of its own, which ends with the process that started it.

It is a process and no thread, so that code under test may move the time of its own process, block
it, or be measured, without the carrier noticing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from simulator.server_process.errors import NotStarted
from simulator.settings import OPTIONS, SettingsError
from simulator.settings.options import Option

STARTS_WITHIN = 60.0
"""Seconds until the first request is answered; a busy machine takes some of them."""

_STOPS_WITHIN = 10.0
_ENDS_WITHIN = 1.0
_LAST = 15
"""Lines of the log that are shown when a server died."""


class ServerProcess:
    """``carrier-simulator serve`` on a free port of 127.0.0.1, from now on.

    `settings` are those of the command, with underscores: ``carriers="inpost"``,
    ``profile="documented"``. The constructor does not wait; `url` does.
    """

    def __init__(self, settings: Mapping[str, object] | None = None) -> None:
        command = [sys.executable, "-m", "simulator.server_process.child", *_flags(settings or {})]
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 -- as long as the server
        self._said = ""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env=_environment(),
            # A Ctrl-C at the terminal is for the tests, which then end the server.
            start_new_session=True,
        )
        self._spoke = threading.Event()
        self._first = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def url(self) -> str:
        """The base URL, as soon as requests are answered. Raises `NotStarted`."""
        if not self._spoke.wait(STARTS_WITHIN):
            self.stop()
            raise NotStarted(f"no simulator within {STARTS_WITHIN:g} s\n{self.log()}")
        if " at " not in self._first:
            self._process.wait(_STOPS_WITHIN)
            raise NotStarted(f"the simulator did not start:\n{self.log()}")
        return self._first.rpartition(" at ")[2].strip()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def died(self) -> str | None:
        """Why it is there no more; None while it is.

        For whoever heard no answer: one that is about to end is waited for.
        """
        try:
            code = self._process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            return None
        return f"its process ended with {code}; it said last:\n{self.log()}"

    def log(self) -> str:
        """The last lines of its log."""
        if not self._log.closed:
            self._log.seek(0)
            self._said = "".join(self._log.readlines()[-_LAST:]).rstrip()
        return self._said

    def stop(self) -> None:
        """End it; a second call does nothing."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(_STOPS_WITHIN)
        self.log()
        self._log.close()

    def _read(self) -> None:
        """Pass on the first line, and let the rest go, so that the process never waits for us."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            self._first = lines.readline()
            self._spoke.set()
            for _ in lines:
                pass


def known_option(name: str) -> Option:
    """The setting of the server by its name. Raises `TypeError` with what was likely meant."""
    options = {option.name: option for option in OPTIONS}
    if name not in options:
        from simulator.core.faults import closest_words

        close = closest_words(name, options)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise TypeError(f"{name!r} is no setting of the server{hint}")
    return options[name]


def _switched(option: Option, word: str) -> bool:
    try:
        switched: bool = option.kind.read(word)
    except ValueError:
        raise TypeError(str(SettingsError.bad_value(option.name, option, word))) from None
    return switched


def _environment() -> dict[str, str]:
    """That of this process, but for the settings of another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SIMULATOR_")}


def _flags(settings: Mapping[str, object]) -> list[str]:
    flags: list[str] = []
    for name, value in {"port": 0, "access_log": False, **settings}.items():
        option = known_option(name)
        flag = option.flag
        if isinstance(value, str) and not option.kind.metavar:  # a switch, in a word
            value = _switched(option, value)
        if isinstance(value, bool):
            flags.append(flag if value else flag.replace("--", "--no-", 1))
        elif isinstance(value, list | tuple) and option.kind.repeats:
            flags += [f"{flag}={each}" for each in value]
        elif isinstance(value, list | tuple):
            flags.append(f"{flag}={','.join(str(each) for each in value)}")
        elif value is not None:
            flags.append(f"{flag}={value.resolve() if isinstance(value, Path) else value}")
    return flags
