"""The generic import: what an integrator's own system says, in its own form."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.records import RAW_IMPORTS, RawImport
from simulator.carriers.postplus.wire import credentials
from simulator.core.answers import Answer
from simulator.engine.world import World


def import_tracking_generic(
    world: World,
    data_source: str,
    body: Any,
    tracking_code: str | None = None,
    data_id: str | None = None,
) -> Answer:
    """``POST /integrations/tracking-import-generic``: any JSON, kept as it came (N12).

    What PostPlus makes of it depends on the data source and is not public, so no event is made.
    """
    number = world.next_number("postplus.raw_imports", 1)
    world[RAW_IMPORTS].put(
        RawImport(
            number,
            credentials.account(world).id,
            data_source.strip(),
            tracking_code,
            data_id,
            body,
            world.now,
        )
    )
    world.note(f"kept as raw import {number}; no event is made of it")
    return Answer(status=world.quirk("postplus.import_status"), empty=True)
