"""ZIP archives that are the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE_MODE = 0o100644 << 16
_UNIX = 3


def pack_zip(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Pack ``(name, content)`` pairs, in the given order, into a deflated ZIP.

    Dates, modes and the creating system are fixed, since they would otherwise tell when and where
    the archive was made. Two files of one name raise ``ValueError``: unpacking would lose one.
    """
    names = [name for name, _ in files]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"file names in an archive must differ, but these repeat: {doubled}")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _REGULAR_FILE_MODE
            archive.writestr(entry, content)
    return buffer.getvalue()
