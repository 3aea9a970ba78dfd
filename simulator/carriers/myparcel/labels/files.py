"""The files that labels come in: paper, positions, and links under which they are fetched later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import msgspec

from simulator.carriers.myparcel.labels import content
from simulator.carriers.myparcel.records import LABEL_FILES, LabelFile, Shipment
from simulator.carriers.myparcel.wire import dialect, errors, hashes, links, parsing
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.labels import (
    CustomsForm,
    LabelContent,
    Paper,
    render_labels,
    render_sheets,
    render_zpl,
)

PLACES = (1, 2, 3, 4)
"""Upper left, upper right, lower left, lower right."""

_PAPERS: dict[str, Paper] = {"A4": "A4", "A6": "A6"}


class Form(msgspec.Struct, frozen=True):
    """What labels are printed on, and where on the first sheet of A4."""

    paper: Paper
    positions: tuple[int, ...] = PLACES


def choose(
    world: World,
    shipments: Sequence[Shipment],
    format: str | None,
    positions: Sequence[str] | None,
) -> Form:
    """The form that a client asked for.

    Without a format it is A6 (inferred), and A4 when one of the shipments has a customs form.
    Raises 422/3709 for another format and for A6 with a customs form, 422/3708 for positions on A4
    other than 1 to 4; on A6 positions are ignored. By the quirk ``myparcel.positions`` only the
    last of several positions counts.
    """
    customs = any(shipment.customs_declaration for shipment in shipments)
    wanted = format.strip().upper() if format and format.strip() else None
    if wanted is not None and wanted not in _PAPERS:
        raise errors.parameter(3709, f"format {format} is not supported, use A4 or A6")
    if customs and wanted == "A6":
        raise errors.parameter(3709, "a label with a customs form is available in format A4 only")
    paper = _PAPERS[wanted or ("A4" if customs else "A6")]
    if paper == "A6":
        return Form(paper)
    places = _positions(positions or ())
    if world.quirk("myparcel.positions") == "last":
        places = places[-1:]
    return Form(paper, places or PLACES)


def _positions(wanted: Sequence[str]) -> tuple[int, ...]:
    texts = [part for text in wanted for part in parsing.parts(text)]
    for text in texts:
        if text not in ("1", "2", "3", "4"):
            raise errors.parameter(3708, f"position {text[:50]} does not exist, use 1, 2, 3 or 4")
    return tuple(dict.fromkeys(map(int, texts)))


def pdf(world: World, shipments: Sequence[Shipment], form: Form) -> Answer:
    """The labels of registered shipments as one PDF."""
    contents = _contents(shipments)
    customs = tuple(filter(None, map(content.form_of, shipments)))
    name = world.chance.digits("myparcel.pdf", _key(shipments, form), 12)
    return Answer(
        body=Rendering(partial(draw, contents, form, customs)),
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


def check_printable(shipments: Sequence[Shipment]) -> None:
    """Raises 422/3709 when a shipment has a customs form, which no label printer has paper for."""
    if any(shipment.customs_declaration for shipment in shipments):
        raise errors.parameter(
            3709, "a label with a customs form is available as a PDF in format A4 only"
        )


def zpl(world: World, shipments: Sequence[Shipment], media_type: str) -> Answer:
    """The labels of registered shipments for a label printer of 203 dpi, one after the other."""
    contents = _contents(shipments)
    name = world.chance.digits("myparcel.zpl", _ids(shipments), 12)
    return Answer(
        body=Rendering(partial(render_zpl, contents, 203)),
        media_type=f"{media_type};charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.zpl"'},
    )


def _contents(shipments: Sequence[Shipment]) -> tuple[LabelContent, ...]:
    return tuple(
        content.label_of(shipment, index)
        for shipment, index in zip(shipments, _indexes(shipments), strict=True)
    )


def _indexes(shipments: Sequence[Shipment]) -> list[str | None]:
    """The place of each shipment among the colli that it travels with."""
    groups: dict[int, list[int]] = {}
    for shipment in shipments:
        groups.setdefault(shipment.main_id or shipment.id, []).append(shipment.id)
    return [
        f"{group.index(shipment.id) + 1}/{len(group)}" if len(group) > 1 else None
        for shipment in shipments
        for group in [groups[shipment.main_id or shipment.id]]
    ]


def draw(contents: tuple[LabelContent, ...], form: Form, customs: tuple[CustomsForm, ...]) -> bytes:
    """The bytes of the PDF."""
    if form.paper == "A6":
        return render_labels(contents, "A6")
    return render_sheets(contents, form.positions, customs)


def keep(
    world: World, shipments: Sequence[Shipment], form: Form, after: timedelta = timedelta(0)
) -> LabelFile:
    """A link to the labels, which can be fetched `after` now; asked for again, it is the same.

    It is made anew when the clock was set back since, so that nobody waits longer than `after`.
    """
    key = hashes.forty(world, "myparcel.pdf", _key(shipments, form))
    known = world[LABEL_FILES].get(key)
    if known is not None and known.ready <= world.now + after:
        return known
    return world[LABEL_FILES].put(
        LabelFile(
            hash=key,
            shop_id=shipments[0].shop_id,
            shipment_ids=tuple(shipment.id for shipment in shipments),
            paper=form.paper,
            positions=form.positions,
            created=world.now,
            ready=world.now + after,
        )
    )


def _key(shipments: Sequence[Shipment], form: Form) -> str:
    return f"{_ids(shipments)} {form.paper} {form.positions}"


def _ids(shipments: Sequence[Shipment]) -> str:
    return ";".join(str(shipment.id) for shipment in shipments)


def form_of(file: LabelFile) -> Form:
    """The form of a kept file."""
    return Form(_PAPERS[file.paper], file.positions)


def url(world: World, file: LabelFile) -> str:
    """Where a kept file is fetched: absolute, or what the clients of the Dutch twin put behind
    their base URL, by the quirk `myparcel.pdf_url`."""
    chosen = world.quirk("myparcel.pdf_url")
    if chosen == "auto":
        chosen = "relative" if dialect.of(world) == "nl" else "absolute"
    whole, base = link(world, file), f"{world.request.base_url}/"
    if chosen == "absolute":
        return whole
    return f"/{whole.removeprefix(base)}" if whole.startswith(base) else _path(file)


def link(world: World, file: LabelFile) -> str:
    """The absolute URL of a kept file."""
    return links.absolute(world, _path(file))


def _path(file: LabelFile) -> str:
    return f"/pdfs/{file.hash}"
