"""The files that labels come in: paper, positions, and links under which they are fetched later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

import msgspec

from simulator.carriers import links
from simulator.carriers.myparcel.bodies import query_patterns
from simulator.carriers.myparcel.editions.label_media import LabelKind
from simulator.carriers.myparcel.labels import content
from simulator.carriers.myparcel.records import LABEL_FILES, SHIPMENTS, LabelFile, Shipment
from simulator.carriers.myparcel.wire import (
    edition,
    errors,
    hashes,
    paging,
    parsing,
)
from simulator.carriers.myparcel.wire.errors import Fault
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

MEDIA_TYPES: Mapping[LabelKind, str] = {"pdf": "application/pdf", "zpl": "application/vnd.zpl"}

_PAPERS: dict[str, Paper] = {"A4": "A4", "A6": "A6"}
_POSTS = ("postnl", "bpost")


class Form(msgspec.Struct, frozen=True):
    """What labels are printed on, and where on the first sheet of A4; ZPL has neither."""

    paper: Paper
    positions: tuple[int, ...] = PLACES
    kind: LabelKind = "pdf"


def choose(
    world: World,
    shipments: Sequence[Shipment],
    format: str | None,
    positions: Sequence[str] | None,
    kind: LabelKind = "pdf",
) -> Form:
    """The form that a client asked for.

    Without a format it is that of the edition, and A4 when one of the shipments has a customs form.
    Raises 422/3709 for another format and for A6 with a customs form, 422/3708 for positions on A4
    other than 1 to 4; on A6 positions are ignored. By the quirk ``myparcel.positions`` only the
    last of several positions counts. What cannot be had as ZPL is a PDF (documented for labels
    that leave Europe).
    """
    if kind == "zpl" and _is_for_label_printers(world, shipments):
        return Form("A6", kind="zpl")
    customs = any(shipment.customs_declaration for shipment in shipments)
    faults: list[Fault] = []
    query_patterns.check(world, {"format": format or "A6"}, faults)
    paging.refuse(faults)
    wanted = format.strip().upper() if format and format.strip() else None
    if wanted is not None and wanted not in _PAPERS:
        told = f"format {format} is not supported, use A4 or A6"
        raise errors.parameter(3709, told, "format", [*_PAPERS])
    if customs and wanted == "A6":
        raise errors.parameter(3709, "a label with a customs form is available in format A4 only")
    paper = _PAPERS[wanted or ("A4" if customs else edition.of(world).label_paper)]
    if paper == "A6":
        return Form(paper)
    places = _positions(positions or ())
    if world.quirk("myparcel.positions") == "last":
        places = places[-1:]
    return Form(paper, places or PLACES)


def _is_for_label_printers(world: World, shipments: Sequence[Shipment]) -> bool:
    """Whether ZPL can be had: of the posts, without a customs form; the journal says why not."""
    for shipment in shipments:
        carrier = content.carrier_of(shipment)
        if shipment.customs_declaration:
            why = "has a customs form, for which no label printer has paper"
        elif carrier is not None and carrier.lower() not in _POSTS:
            why = f"is carried by {carrier}, of which there are no labels in ZPL"
        else:
            continue
        world.note(f"the labels are a PDF: shipment {shipment.id} {why}")
        return False
    return True


def _positions(wanted: Sequence[str]) -> tuple[int, ...]:
    texts = [part for text in wanted for part in parsing.parts(text)]
    for text in texts:
        if text not in ("1", "2", "3", "4"):
            told = f"position {text[:50]} does not exist, use 1, 2, 3 or 4"
            raise errors.parameter(3708, told, "positions", [1, 2, 3, 4])
    return tuple(dict.fromkeys(map(int, texts)))


def answer(world: World, shipments: Sequence[Shipment], form: Form, media_type: str = "") -> Answer:
    """The labels of registered shipments as one file: a PDF, or one after the other for a label
    printer of 203 dpi; ZPL is said to be of `media_type`."""
    contents = _contents(world, shipments)
    name = world.chance.digits(f"myparcel.{form.kind}", _name(shipments, form), 12)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form.kind}"'}
    if form.kind == "zpl":
        text = Rendering(partial(render_zpl, contents, 203))
        said = media_type or MEDIA_TYPES["zpl"]
        return Answer(body=text, media_type=f"{said};charset=utf-8", headers=headers)
    customs = tuple(filter(None, map(content.form_of, shipments)))
    sheets = Rendering(partial(draw, contents, form, customs))
    return Answer(body=sheets, media_type=MEDIA_TYPES["pdf"], headers=headers)


def _contents(world: World, shipments: Sequence[Shipment]) -> tuple[LabelContent, ...]:
    return tuple(content.label_of(each, _index(world, each)) for each in shipments)


def _index(world: World, shipment: Shipment) -> str | None:
    """The place of a shipment among all colli that it travels with, such as ``1/3``."""
    main = shipment
    if shipment.main_id is not None:
        main = world[SHIPMENTS].get(shipment.main_id) or shipment
    colli = (main.id, *main.secondary_ids)
    return f"{colli.index(shipment.id) + 1}/{len(colli)}" if len(colli) > 1 else None


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
    known = known_file(world, shipments, form)
    if known is not None and known.ready <= world.now + after:
        return known
    return world[LABEL_FILES].put(
        LabelFile(
            hash=_hash(world, shipments, form),
            shop_id=shipments[0].shop_id,
            shipment_ids=tuple(shipment.id for shipment in shipments),
            paper=form.paper,
            positions=form.positions,
            created=world.now,
            ready=world.now + after,
            kind=form.kind,
        )
    )


def known_file(world: World, shipments: Sequence[Shipment], form: Form) -> LabelFile | None:
    """The file of these labels in this form, if there is a link to it already."""
    return world[LABEL_FILES].get(_hash(world, shipments, form))


def _hash(world: World, shipments: Sequence[Shipment], form: Form) -> str:
    return hashes.forty(world, f"myparcel.{form.kind}", _key(shipments, form))


def _key(shipments: Sequence[Shipment], form: Form) -> str:
    return f"{_ids(shipments)} {form.paper} {form.positions}"


def _name(shipments: Sequence[Shipment], form: Form) -> str:
    return _ids(shipments) if form.kind == "zpl" else _key(shipments, form)


def _ids(shipments: Sequence[Shipment]) -> str:
    return ";".join(str(shipment.id) for shipment in shipments)


def form_of(file: LabelFile) -> Form:
    """The form of a kept file."""
    return Form(_PAPERS[file.paper], file.positions, file.kind)


def url(world: World, file: LabelFile) -> str:
    """Where a kept file is fetched: absolute, or what the clients of the Dutch twin put behind
    their base URL, by the quirk `myparcel.pdf_url`."""
    chosen = world.quirk("myparcel.pdf_url")
    if chosen == "auto":
        chosen = edition.of(world).pdf_url
    return link(world, file) if chosen == "absolute" else links.relative(world, _path(file))


def link(world: World, file: LabelFile) -> str:
    """The absolute URL of a kept file."""
    return links.absolute(world, _path(file))


def _path(file: LabelFile) -> str:
    return f"/pdfs/{file.hash}"
