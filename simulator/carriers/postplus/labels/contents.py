"""Answers that hold labels: JSON in which their content is filled in after the transaction."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec

from simulator.carriers.postplus.labels import content
from simulator.carriers.postplus.records import Parcel, Print
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.labels import PostalLabel, render_postal_labels

_encoder = msgspec.json.Encoder()

Wanted = tuple[dict[str, Any], Print, Parcel]
"""A label as it is shown somewhere in a body, its record, and its parcel."""


def answer(world: World, body: Any, wanted: Sequence[Wanted]) -> Answer:
    """200 with `body`; each of the `wanted` labels in it gets its `content` in base64 and `bytes`.

    A label that is there no more keeps its `errorDetails` instead.
    """
    labels = [
        (shown, content.label_of(world, parcel, record.label_size))
        for shown, record, parcel in wanted
        if not shown["hasErrors"]
    ]
    if not labels:
        return Answer(body=body)
    return Answer(body=Rendering(partial(_encoded, body, labels)))


def _encoded(body: Any, labels: Sequence[tuple[dict[str, Any], PostalLabel]]) -> bytes:
    for shown, label in labels:
        pdf = render_postal_labels([label])
        shown.update(bytes=len(pdf), content=b64encode(pdf).decode())
    return _encoder.encode(body)
