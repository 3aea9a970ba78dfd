"""Records as bytes: every one comes back as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from simulator.core.tables import TableSpec
from simulator.core.words import Utf8
from simulator.engine.backends.codec import Codec, UnknownTable


class Parcel(msgspec.Struct, frozen=True):
    """A record with what records have."""

    id: int
    text: Utf8 = Utf8(b"")
    price: Decimal = Decimal(0)
    at: datetime = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
    extra: Any = None


CODEC = Codec([TableSpec(name="t.parcels", record=Parcel, key="id")])
USUAL = Parcel(1, Utf8("łódź".encode()), Decimal("12.50"), extra={"weights": [1.5, None, True]})
BEYOND = [Parcel(2**70, extra="x"), Parcel(3, Utf8("ł".encode()), extra={"n": [-(2**64), 1]})]


@pytest.mark.parametrize("record", [USUAL, *BEYOND])
def test_a_record_comes_back_as_it_was(record: Parcel) -> None:
    assert CODEC.decode("t.parcels", CODEC.encode(record)) == record


@pytest.mark.parametrize("records", [[], [USUAL], [USUAL, *BEYOND, USUAL], [USUAL] * 70_000])
def test_records_one_behind_the_other_come_back(records: list[Parcel]) -> None:
    joined = b"".join(map(CODEC.encode, records))
    assert CODEC.decode_all("t.parcels", len(records), joined) == records


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(UnknownTable):
        CODEC.decode("t.never", b"\x80")
    with pytest.raises(UnknownTable):
        CODEC.decode_all("t.never", 1, b"\x80")
    for refused in (b"\x80", b"\xa1x", b"\xc4\x02{}"):
        with pytest.raises(msgspec.ValidationError):
            CODEC.decode("t.parcels", refused)
        with pytest.raises(msgspec.ValidationError):
            CODEC.decode_all("t.parcels", 1, refused)
    with pytest.raises(msgspec.DecodeError):
        CODEC.decode_all("t.parcels", 2, b"\x80")
