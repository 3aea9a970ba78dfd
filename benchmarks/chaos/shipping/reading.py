"""Readers: with a cursor, which goes on only when an answer has come, and page by page."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.bodies import ACCOUNT, SHOP
from benchmarks.chaos.asking import Caller
from benchmarks.chaos.shipping.told import Told

_PAGE = 30
_TRIES = 5
"""How often a page is asked for by one who walks through a list, until he gives up."""


async def read_feed(caller: Caller, told: Told, cursor: str) -> tuple[str, bool]:
    """A page of PostPlus' tracking; gives the next cursor, and whether nothing further is there."""
    path = f"/w/{told.world}/postplus/api/v1/tracking?startDate=2020-01-01&fetchId={cursor}"
    outcome, answer = await caller.ask("GET", path, None, ACCOUNT)
    told.reads += 1
    if outcome == "refused":
        told.broken.append(f"the cursor {cursor} was refused: {answer.body[:200]!r}")
    if outcome != "kept":
        return cursor, False
    page = answer.json
    events = [each["event"] for each in page["events"]]
    told.feed += [f"{each['eventId']} {each['eventVersion']}" for each in events]
    return page["nextFetchId"], page["fetchDone"]


async def walk_letters(caller: Caller, told: Told) -> None:
    """Go through all pages of MyParcel's list, which grows meanwhile: by ascending id, so that each
    letter is met once, and none that was there when the walk began is passed over."""
    known = {each.number for each in told.letters if not each.prepaid and each.number is not None}
    met: list[int] = []
    whole = False
    page = 1
    while not whole:
        found = await _page(caller, told, page)
        if found is None:
            return
        met += found
        whole = len(found) < _PAGE
        page += 1
    told.walks += 1
    if met != sorted(set(met)):
        wrong = next(pair for pair in pairwise(met) if pair[0] >= pair[1])
        told.broken.append(f"a walk met {wrong} on pages of {_PAGE}")
    if missed := known - set(met):
        told.broken.append(f"a walk of {page - 1} pages missed {len(missed)}, as {min(missed)}")


async def _page(caller: Caller, told: Told, page: int) -> list[int] | None:
    """The ids on a page; None where none could be had."""
    path = f"/w/{told.world}/api.myparcel.com/shipments?size={_PAGE}&page={page}"
    for _ in range(_TRIES):
        outcome, answer = await caller.ask("GET", path, None, SHOP)
        told.reads += 1
        if outcome == "refused":
            told.broken.append(f"page {page} was refused: {answer.body[:200]!r}")
            return None
        if outcome == "kept":
            return [each["id"] for each in answer.json["data"]["shipments"]]
    return None
