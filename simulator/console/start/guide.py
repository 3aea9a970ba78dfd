"""What the first page and ``llms.txt`` tell of the program: who is served, how it is driven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from simulator.carriers.carrier import Carrier
from simulator.carriers.event import EventSpec
from simulator.http.described.plan import Plan
from simulator.resources import docs_dir


class Setting(NamedTuple):
    """A setting of the server: its flag, its environment variable, and what it is for."""

    flag: str
    variable: str
    help: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything that the pages are made of, beside the request.

    `carriers` and `control` come with their compiled operations; `common_events` are those that no
    carrier tells.
    """

    version: str
    carriers: Sequence[tuple[Carrier, Sequence[Plan]]]
    control: Sequence[Plan]
    common_events: Sequence[EventSpec]
    settings: Sequence[Setting]


class Key(NamedTuple):
    """A credential of the default world, what it opens, and the header that carries it."""

    value: str
    meaning: str
    header: str


def keys_of(carrier: Carrier) -> list[Key]:
    """The carrier's default credentials, the one to begin with first."""
    return [
        Key(value, meaning, "\n".join(f"{n}: {v}" for n, v in carrier.present(value).items()))
        for value, meaning in carrier.credentials_help
    ]


class Document(NamedTuple):
    """A document that comes with the program: its name and its title."""

    name: str
    title: str


def documents() -> list[Document]:
    """The documents, by their names."""
    return [Document(path.stem, _title(path)) for path in sorted(docs_dir().glob("*.md"))]


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as stream:
        return stream.readline().lstrip("# ").strip()


def text_of(name: str) -> str | None:
    """A document's text, None where there is none of that name."""
    known = {document.name for document in documents()}
    return (docs_dir() / f"{name}.md").read_text(encoding="utf-8") if name in known else None
