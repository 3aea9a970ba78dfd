"""Which sections of a parcel an answer shows, and answers with parcels in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from simulator.carriers.postplus.bodies import parcel_views
from simulator.carriers.postplus.catalog.services import LABEL_SIZES
from simulator.carriers.postplus.labels import contents
from simulator.carriers.postplus.records import PRINTS, Parcel
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Answer
from simulator.engine.world import World

_OWN_SIZE = "Default"
"""Asked for, it means the label in whatever size the parcel has."""

_THERE_ARE = f"there are {', '.join(LABEL_SIZES)}"
_MOST_NOTES = 100


class Sections(NamedTuple):
    """The sections that were asked for; `sizes` are the label sizes, () for all."""

    items: bool | None = False
    receiver: bool | None = False
    sender: bool | None = False
    prints: bool | None = False
    contents: bool | None = False
    sizes: tuple[str, ...] = ()


Shown = dict[str, Any]


def sizes(world: World, wanted: Sequence[str]) -> tuple[str, ...]:
    """The label sizes of these names; the journal hears of those that there are not."""
    names = {name.lower(): name for name in LABEL_SIZES}
    for each in wanted:
        if each.lower() not in names:
            _note_once(world, f"Label size {shortened(each)} was not honoured, {_THERE_ARE}")
    known = [names[each.lower()] for each in wanted if each.lower() in names]
    return () if _OWN_SIZE in known else tuple(known)


def _note_once(world: World, note: str) -> None:
    if note not in world.notes and len(world.notes) < _MOST_NOTES:
        world.note(note)


def show(world: World, parcel: Parcel, sections: Sections) -> Shown:
    """A parcel with those sections; contents mean prints."""
    shown = parcel_views.details(
        world,
        parcel,
        items=bool(sections.items),
        receiver=bool(sections.receiver),
        sender=bool(sections.sender),
        prints=bool(sections.prints or sections.contents),
    )
    if sections.sizes and shown["prints"]:
        shown["prints"] = [each for each in shown["prints"] if each["labelSize"] in sections.sizes]
    return shown


def answer(
    world: World,
    rows: Iterable[tuple[Parcel, Sections]],
    body: Callable[[list[Shown]], Any],
) -> Answer:
    """200 with what `body` makes of the parcels; contents of labels are drawn afterwards."""
    shown: list[Shown] = []
    wanted: list[contents.Wanted] = []
    for parcel, sections in rows:
        each = show(world, parcel, sections)
        shown.append(each)
        if sections.contents:
            wanted += [(label, world[PRINTS][label["id"]], parcel) for label in each["prints"]]
    return contents.answer(world, body(shown), wanted)
