"""The text of a specification, in the language and the edition that somebody asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import yaml

from simulator import resources
from simulator.carriers.editions.editions import Editions
from simulator.core.faults import closest_words
from simulator.http.described.overlays import applied
from simulator.http.described.served import as_served
from simulator.parsed import parsed


def spec_text(name: str, form: str, edition: str | None) -> str:
    """The specification `name` as ``yaml`` or ``json``: its file, or, of a carrier with several
    editions, what is served as the description of `edition` or else of the usual one.

    Raises `click.UsageError` for a name or an edition that there is not.
    """
    if name not in resources.spec_names():
        raise click.UsageError(f"there is no specification {name!r}; {_meant(name)}")
    editions = _editions(name)
    if edition is not None and edition not in editions.names:
        known = ", ".join(editions.names)
        raise click.UsageError(f"{name} has no edition {edition!r}; there is {known}")
    path = resources.spec_path(name)
    if len(editions.names) == 1:
        if form == "yaml":
            return path.read_text(encoding="utf-8")
        document = parsed(path)
    else:
        document = _described(path, editions, edition or editions.served)
    if form == "yaml":
        return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n"


def _described(path: Path, editions: Editions, edition: str) -> Any:
    document = parsed(path)
    if edition != editions.names[0]:
        document = applied(document, parsed(resources.overlay_path(editions.carrier, edition)))
    return as_served(document, f"/{editions.servers[edition]}")


def _editions(name: str) -> Editions:
    from simulator.carriers import registry

    return registry.load([name])[0].editions if name != "control" else Editions(name)


def _meant(name: str) -> str:
    known = resources.spec_names()
    close = closest_words(name, known)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
