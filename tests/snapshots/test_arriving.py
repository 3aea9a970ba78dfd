"""A document is read in the same way wherever the pieces end in which it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from simulator.engine.copies.pace import Pace
from simulator.engine.snapshots.document import Document, Unreadable

RECORD = '{"speed":-0.5e+3,"on":[true,null,1.0],"text":"\\u00e9\\n\\"é€"}'.encode()


async def _pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def _value(*pieces: bytes) -> bytes:
    return asyncio.run(Document(_pieces(*pieces), Pace()).value())


@pytest.mark.parametrize("cut", range(1, len(RECORD)))
def test_a_value_may_arrive_in_two_pieces(cut: int) -> None:
    assert _value(RECORD[:cut], RECORD[cut:] + b",") == RECORD


@pytest.mark.parametrize("wrong", [b'{"a":-', b'{"a":1.', b'{"a":-x}', b'{"a":1.}', b'{"a":'])
def test_what_is_no_value_is_refused(wrong: bytes) -> None:
    with pytest.raises(Unreadable, match="not JSON"):
        _value(wrong)
