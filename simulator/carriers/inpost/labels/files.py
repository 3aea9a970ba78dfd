"""The files that labels are served in: which formats exist for whom, their names and bytes.

Documented: formats, types, and the endings ``.epl`` and ``.epl2``; observed: the file is named
after the service. Inferred: the media types of all but PDF and the name of the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Literal

import msgspec

from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.wire import errors
from simulator.core.answers import Answer, Rendering
from simulator.labels import (
    Dpi,
    LabelContent,
    Paper,
    pack_zip,
    render_epl,
    render_labels,
    render_zpl,
)

LabelFormat = Literal["pdf", "zpl", "epl"]
LabelType = Literal["normal", "a6", "dpi300"]

_FORMATS: dict[str, LabelFormat] = {"pdf": "pdf", "zpl": "zpl", "epl": "epl"}
_TYPES: dict[str, LabelType] = {"normal": "normal", "a6": "a6", "dpi300": "dpi300"}
_PAPERS: dict[LabelType, Paper] = {"normal": "A4", "a6": "A6"}

MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "zpl": "text/plain",
    "epl": "text/plain",
    "epl2": "text/plain",
    "zip": "application/zip",
}
"""File ending -> media type."""


class Template(msgspec.Struct, frozen=True):
    """How labels are drawn: the format, the paper of a PDF, the resolution of ZPL."""

    format: LabelFormat
    paper: Paper
    dpi: Dpi
    ending: str


class Sheet(msgspec.Struct, frozen=True):
    """One file of labels, all of one service."""

    service: str
    template: Template
    labels: tuple[LabelContent, ...]

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.service}.{self.template.ending}"


def choose(service: Service, format: str | None, type: str | None) -> Template:
    """The template for a service; neither word depends on letter case, both have defaults.

    The courier carrier's labels are always A6. Raises ``label_template_not_found`` for an unknown
    format or type, and for ``dpi300`` without ZPL or for a service that does not have it.
    """
    known_format = _FORMATS.get((format or "pdf").strip().lower())
    known_type = _TYPES.get((type or "normal").strip().lower())
    wanted = {"service": service.id, "format": format or "Pdf", "type": type or "normal"}
    if known_format is None or known_type is None:
        possible = f"; formats are {', '.join(_FORMATS)}, types {', '.join(_TYPES)}"
        raise errors.label_template_not_found(wanted, possible)
    if known_type == "dpi300" and (known_format != "zpl" or not service.dpi300):
        raise errors.label_template_not_found(wanted, "; dpi300 is for zpl of some services")
    courier = service.carrier == "inpost_courier"
    return Template(
        format=known_format,
        paper="A6" if courier else _PAPERS.get(known_type, "A4"),
        dpi=300 if known_type == "dpi300" else 203,
        ending="epl2" if known_format == "epl" and not courier else known_format,
    )


def choose_return(service: Service, format: str | None) -> Template:
    """The template of a return label, which is A6 like every label of couriers."""
    return choose(service, format, "A6")


def serve(sheets: Sequence[Sheet]) -> Answer:
    """One file, or an archive with one file for each service."""
    if len(sheets) == 1:
        return file(sheets[0].name, Rendering(partial(_draw, sheets[0])))
    return file("labels.zip", Rendering(partial(_pack, tuple(sheets))))


def file(name: str, body: Rendering) -> Answer:
    """An answer that clients take for a file: two of them look for the binary header."""
    return Answer(
        body=body,
        media_type=MEDIA_TYPES[name.rpartition(".")[2]],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Transfer-Encoding": "binary",
        },
    )


def gather(labels: Iterable[tuple[Service, Template, Sequence[LabelContent]]]) -> list[Sheet]:
    """One sheet for each service, in the order in which the services first occur."""
    sheets: dict[str, Sheet] = {}
    for service, template, contents in labels:
        sheet = sheets.get(service.id, Sheet(service.id, template, ()))
        sheets[service.id] = Sheet(service.id, template, (*sheet.labels, *contents))
    return list(sheets.values())


def _draw(sheet: Sheet) -> bytes:
    match sheet.template.format:
        case "pdf":
            return render_labels(sheet.labels, sheet.template.paper)
        case "zpl":
            return render_zpl(sheet.labels, sheet.template.dpi)
        case "epl":
            return render_epl(sheet.labels)


def _pack(sheets: tuple[Sheet, ...]) -> bytes:
    return pack_zip([(sheet.name, _draw(sheet)) for sheet in sheets])
