"""ZIP archives of labels."""

from __future__ import annotations

import io
import zipfile

import pytest

from simulator.labels import pack_zip

FILES = [("inpost_locker_standard.pdf", b"%PDF-1.4" * 100), ("żółw.zpl", "^XAż^XZ".encode())]


def test_an_archive_gives_back_its_files_in_order() -> None:
    with zipfile.ZipFile(io.BytesIO(pack_zip(FILES))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == FILES
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_an_archive_says_nothing_about_when_and_where_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(pack_zip(FILES))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {3}
    assert pack_zip(FILES) == pack_zip(list(FILES))


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"these repeat: \['a.pdf'\]"):
        pack_zip([("a.pdf", b"1"), ("a.pdf", b"2")])
