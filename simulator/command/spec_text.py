"""The text of a specification, in the language and the edition that somebody asks for."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any

import click
import yaml

from simulator import resources
from simulator.http.described.overlays import applied


def spec_text(name: str, form: str, edition: str | None) -> str:
    """The specification `name` as ``yaml`` or ``json``; of a carrier with several editions the one
    that is served unless `edition` names another.

    Raises `click.UsageError` for a name or an edition that there is not.
    """
    if name not in resources.spec_names():
        raise click.UsageError(f"there is no specification {name!r}; {_meant(name)}")
    text = resources.spec_path(name).read_text(encoding="utf-8")
    first, chosen = _editions(name, edition)
    if chosen == first and form == "yaml":
        return text
    document: Any = yaml.load(text, Loader=yaml.CSafeLoader)
    if chosen != first:
        overlay = resources.overlay_path(name, chosen).read_text(encoding="utf-8")
        document = applied(document, yaml.load(overlay, Loader=yaml.CSafeLoader))
    if form == "yaml":
        return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n"


def _editions(name: str, asked: str | None) -> tuple[str, str]:
    """The edition that the file itself is, and the one that is wanted."""
    from simulator.carriers import registry

    found = [carrier.editions for carrier in registry.load([name])] if name != "control" else []
    names = found[0].names if found else ("today",)
    served = found[0].served if found else "today"
    if asked is not None and asked not in names:
        raise click.UsageError(f"{name} has no edition {asked!r}; there is {', '.join(names)}")
    return names[0], served if asked is None else asked


def _meant(name: str) -> str:
    known = resources.spec_names()
    close = get_close_matches(name, known, 1)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
