"""Keeps the file of a recording up to date, so that nothing is lost whatever happens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from simulator.carriers.carrier import Carrier
from simulator.scenarios.recording.addresses import Addresses
from simulator.scenarios.recording.exchanges import Exchange
from simulator.scenarios.recording.story import story
from simulator.scenarios.replay.masking import Masker

_WIDTH = 100
_HEAD = """\
# Recorded by carrier-simulator replay --record. Secrets and personal data are masked, and what
# differs each time is a pattern.
"""


class _Plain(yaml.CSafeDumper):
    """Writes what is there twice twice: a person is to read and change it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class Recorder:
    """The exchanges so far, and the file that tells them. The file is always whole."""

    def __init__(
        self, out: Path, url: str, carrier: str | None, carriers: Mapping[str, Carrier]
    ) -> None:
        self._out = out
        self._carriers = carriers
        self._addresses = Addresses(url, carrier, carriers)
        self._host = urlsplit(url).hostname or "a server"
        self._exchanges: list[Exchange] = []

    def add(self, exchange: Exchange) -> None:
        """Take note of an exchange, and write the file anew."""
        self._exchanges.append(exchange)
        self._exchanges.sort(key=lambda each: each.at)
        text = self.text()
        unfinished = self._out.with_name(f".{self._out.name}.part")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(self._out)

    def text(self) -> str:
        """The scenario as YAML."""
        title = f"What was said to {self._host}"
        recorded = story(self._exchanges, self._addresses, self._carriers, title)
        masker = Masker(recorded.secrets)
        written = [_yaml({"scenario": masker.masked(recorded.title)})]
        written.append("steps:\n" if recorded.steps else "steps: []\n")
        for place in range(len(recorded.steps) + 1):
            written += [f"# {masker.text(note)}\n" for note in recorded.notes.get(place, ())]
            for step in recorded.steps[place : place + 1]:
                written.append(_yaml([_masked(step, masker)]))
        return _HEAD + "".join(written)


def _masked(step: dict[str, Any], masker: Masker) -> dict[str, Any]:
    """The step without secrets. What it says of its own credential is no secret, whatever word a
    client sent as one."""
    masked = masker.masked(step)
    auth = step.get("request", {}).get("auth")
    return masked if auth is None else {**masked, "request": {**masked["request"], "auth": auth}}


def _yaml(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=_WIDTH))
