"""Records as bytes, and back: MessagePack by the types of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from simulator.core.tables import TableSpec
from simulator.core.words import text_of, utf8_of

_BYTES = (b"\xc4", b"\xc5", b"\xc6")
"""With which of MessagePack's a record begins that is written as JSON."""
_bytes = msgspec.msgpack.Decoder(bytes)
_parts = msgspec.msgpack.Decoder(list[msgspec.Raw])


class UnknownTable(KeyError):
    """Bytes are of a table that this process does not have."""


class Codec:
    """Encodes and decodes the records of some tables."""

    def __init__(self, specs: Iterable[TableSpec[Any]]) -> None:
        kinds: dict[str, Any] = {spec.name: spec.record for spec in specs}
        self._decoders = {
            name: msgspec.msgpack.Decoder(kind, dec_hook=utf8_of) for name, kind in kinds.items()
        }
        self._list_decoders = {
            name: msgspec.msgpack.Decoder(list[kind], dec_hook=utf8_of)  # type: ignore[valid-type]
            for name, kind in kinds.items()
        }
        self._json_decoders = {
            name: msgspec.json.Decoder(kind, dec_hook=utf8_of) for name, kind in kinds.items()
        }
        self._encoder = msgspec.msgpack.Encoder(enc_hook=text_of)

    @property
    def tables(self) -> set[str]:
        """The names of the tables."""
        return set(self._decoders)

    def encode(self, record: msgspec.Struct) -> bytes:
        """The bytes of a record."""
        try:
            return self._encoder.encode(record)
        except OverflowError:
            # MessagePack has no numbers beyond 64 bits, and clients send such: JSON has.
            return self._encoder.encode(msgspec.json.encode(record, enc_hook=text_of))

    def decode(self, table: str, text: bytes) -> Any:
        """The record of which these are the bytes; raises `UnknownTable` and
        msgspec.ValidationError."""
        try:
            decoder = self._decoders[table]
        except KeyError:
            raise UnknownTable(table) from None
        if text[:1] in _BYTES:
            return self._json_decoders[table].decode(_bytes.decode(text))
        return decoder.decode(text)

    def decode_all(self, table: str, count: int, joined: bytes) -> list[Any]:
        """The records of which these are the bytes, one behind the other; raises as `decode`."""
        try:
            decoder = self._list_decoders[table]
        except KeyError:
            raise UnknownTable(table) from None
        text = b"\xdd" + count.to_bytes(4, "big") + joined
        try:
            return decoder.decode(text)
        except msgspec.ValidationError:
            return [self.decode(table, bytes(each)) for each in _parts.decode(text)]
