"""The one file of a multipart form, as manifest files and documents come."""

from __future__ import annotations

from email.message import Message
from typing import NamedTuple

from simulator.carriers.postplus.wire import errors
from simulator.core.answers import Unreadable
from simulator.core.formats import multipart
from simulator.core.formats.multipart import BadForm
from simulator.engine.world import World

_FIELD = "file"


class Upload(NamedTuple):
    """A file as it came: the name and the media type that its part has."""

    name: str | None
    media_type: str
    content: bytes


def read(world: World, body: bytes) -> Upload:
    """The file of the request. Raises 400 for a form that cannot be read, one without just one
    file, and an empty file."""
    try:
        parts = multipart.cut(body, world.request.headers.get("content-type", ""))
        file = _only(parts)
        content = multipart.content(file)
    except BadForm as error:
        refused = errors.bad_request(f"The request cannot be read: {error}", "Malformed")
        raise Unreadable(refused.answer) from None
    if not content:
        raise errors.bad_request("The file is empty")
    return Upload(_file_name(file), file.get_content_type(), content)


def _only(parts: list[Message]) -> Message:
    named = [part for part in parts if _name(part).lower() == _FIELD]
    files = named or [part for part in parts if part.get_filename()]
    if len(files) != 1:
        raise BadForm(f"the form has {len(files) or 'no'} files, send one as {_FIELD!r}")
    return files[0]


def _name(part: Message) -> str:
    name = part.get_param("name", "", header="content-disposition")
    return name if isinstance(name, str) else ""


def _file_name(part: Message) -> str | None:
    """The name of a part's file, without the path that some clients send with it."""
    written = Message()
    for name, value in part.raw_items():
        # What is not ASCII comes as it is, and most clients write it in UTF-8.
        written[name] = str(value).encode("ascii", "surrogateescape").decode("utf-8", "replace")
    name = (written.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    return name.strip() or None
