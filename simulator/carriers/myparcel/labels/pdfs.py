"""Labels under a link that somebody was given."""

from __future__ import annotations

from simulator.carriers.myparcel.labels import files, orders
from simulator.carriers.myparcel.records import LABEL_FILES, SHIPMENTS
from simulator.carriers.myparcel.wire import errors
from simulator.core.answers import Answer
from simulator.engine.world import World

STEP = "label"
"""What rules hold that keep the labels under a link from being ready."""

_LABEL = f"myparcel.{STEP}"


def get_pdf(world: World, hash: str) -> Answer:
    """GET /pdfs/{hash}: the labels, for whoever has the link (inferred: no key is needed).

    Raises 404/3105 for a link that was never given out and for one that is not ready yet.
    """
    file = world[LABEL_FILES].get(hash.lower())
    if file is None:
        raise errors.not_found(reason="nobody was given this link")
    if world.now < file.ready:
        raise errors.not_found(reason=f"it is ready at {file.ready.isoformat()}")
    if orders.is_held(world, file.hash) or world.held_request(_LABEL, hash=file.hash) is not None:
        # Given and not raised, since a request that comes too early counts.
        return errors.not_found(reason="a rule says that it is not ready").answer
    shipments = world[SHIPMENTS].existing(file.shipment_ids)
    if not shipments:
        raise errors.not_found(reason="its shipments have been deleted")
    return files.answer(world, shipments, files.form_of(file))
