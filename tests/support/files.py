"""Files in answers: whether an answer is one, and what is in it."""

from __future__ import annotations

import io
import zipfile

import httpx2

from tests.labels.samples import pages_of


def file_of(response: httpx2.Response, name: str, media_type: str = "application/pdf") -> bytes:
    """The file of an answer, which has the headers of one."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == media_type
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert response.headers["content-transfer-encoding"] == "binary"
    assert "content-length" not in response.headers
    return response.content


def unpack(archive: bytes) -> dict[str, bytes]:
    """The files of an archive by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return {name: files.read(name) for name in files.namelist()}


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """The sizes of a PDF's pages in points."""
    return [page.get_size() for page in pages_of(pdf)]


def code(number: str) -> list[tuple[str, str]]:
    """What a scanner reads from a label with this number."""
    return [("Code128", number)]
