"""YAML as plain data that knows where it was written, within bounds.

Only what JSON has can be said: objects with texts as keys, lists, texts, numbers, true, false and
null. A plain ``no`` is a text, as in YAML 1.2, and so are dates and numbers that begin with a zero
(postcodes, telephone numbers). Anchors, aliases and ``<<`` work; what they expand to is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import isinf
from typing import Any, Final, NamedTuple

import yaml

LARGEST = 2 * 1024 * 1024
"""Bytes of a file."""
DEEPEST = 60
"""Objects and lists within each other."""
MOST = 200_000
"""Values of a file, each alias counted as all that it stands for."""

Path = tuple[str | int, ...]
"""Keys and numbers that lead from the top to a value."""


class Mark(NamedTuple):
    """A place in a text, both from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """One thing that is wrong, and where: `mark` is None for a document without a text."""

    path: Path
    mark: Mark | None
    message: str


class NotReadable(Exception):
    """The text is no YAML that can be taken; there is one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class Document:
    """The data of a text, where each part of it stands, and which keys were said twice."""

    data: Any = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, path: Path, *, of_key: bool = False) -> Mark | None:
        """Where a value stands, or its key; what an alias stands for is where the alias is."""
        if of_key and path in self.keys:
            return self.keys[path]
        while path not in self.values:
            if not path:
                return None
            path = path[:-1]
        return self.values[path]


def decoded(content: bytes) -> str:
    """The text of a file. Raises `NotReadable` for what is too large or not UTF-8."""
    if len(content) > LARGEST:
        raise _refused(None, f"is larger than {LARGEST // 1024 // 1024} MB, the most that is read")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused(Mark(1, 1), "is UTF-16: save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        place = Mark(before.count(b"\n") + 1, column)
        raise _refused(place, f"is not UTF-8: the byte 0x{content[error.start]:02x}") from None


def read(text: str) -> Document:
    """The data of a YAML (or JSON) text. Raises `NotReadable` where it stops being one."""
    if text.lstrip()[:1] in ("{", "[", '"'):
        text = _PAIR.sub(lambda found: found[1] + _joined(found[2], found[3]), text)
    loader = yaml.CSafeLoader(text)
    try:
        return _Composer(loader).document()
    except yaml.YAMLError as error:
        raise _broken(error, text) from None
    finally:
        loader.dispose()


_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE
)
"""A character beyond the first 65,536 as JSON escapes it, which YAML does not take."""


def _joined(high: str, low: str) -> str:
    return (bytes.fromhex(high) + bytes.fromhex(low)).decode("utf-16-be")


def _refused(mark: Mark | None, message: str) -> NotReadable:
    return NotReadable(Problem((), mark, message))


def _broken(error: yaml.YAMLError, text: str) -> NotReadable:
    found = getattr(error, "problem_mark", None)
    mark = Mark(found.line + 1, found.column + 1) if found else None
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    line = "" if mark is None else "".join(text.split("\n")[mark.line - 1 : mark.line])
    if "\t" in line[: len(line) - len(line.lstrip())]:
        problem += " (YAML is indented by spaces, not by tabs)"
    elif "cannot start any token" in problem:
        problem += " (quote texts that begin with @, ` or %)"
    return _refused(mark, f"is not YAML: {problem}")


class _Anchored(NamedTuple):
    value: Any
    size: int


_OPEN: Final = _Anchored(None, -1)


class _Composer:
    """Builds data out of the parser's events, without recursion beyond `DEEPEST`."""

    def __init__(self, loader: Any) -> None:
        self._next = loader.get_event
        self._document = Document()
        self._anchors: dict[str, _Anchored] = {}
        self._count = 0

    def document(self) -> Document:
        self._next()  # the stream begins
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return self._document
        first = self._next()
        self._document.data = self._value(first, ())
        self._next()  # the document ends
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _refused(_mark(event), "holds a second document: a file is one story")
        return self._document

    def _value(self, event: Any, path: Path) -> Any:
        mark = _mark(event)
        if len(path) > DEEPEST:
            raise _refused(mark, f"goes deeper than {DEEPEST} levels")
        self._document.values[path] = mark
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, mark)
        self._add(1, mark)
        before, anchor = self._count, event.anchor
        if anchor:
            self._anchors[anchor] = _OPEN
        if isinstance(event, yaml.ScalarEvent):
            value: Any = _scalar(event, mark)
        else:
            _check_tag(event, mark)
            if isinstance(event, yaml.SequenceStartEvent):
                value = self._list(path)
            else:
                value = self._object(path)
        if anchor:
            self._anchors[anchor] = _Anchored(value, self._count - before + 1)
        return value

    def _add(self, count: int, mark: Mark) -> None:
        self._count += count
        if self._count > MOST:
            raise _refused(mark, f"holds more than {MOST} values, aliases counted as often as used")

    def _alias(self, event: Any, mark: Mark) -> Any:
        found = self._anchors.get(event.anchor)
        if found is None:
            raise _refused(mark, f"*{event.anchor} stands for nothing: there is no &{event.anchor}")
        if found is _OPEN:
            raise _refused(mark, f"*{event.anchor} contains itself")
        self._add(found.size, mark)
        return found.value

    def _list(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _object(self, path: Path) -> dict[str, Any]:
        own: dict[str, Any] = {}
        inherited: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            mark = _mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _refused(mark, "a key has to be a text")
            key = event.value
            if key == "<<" and event.implicit[0]:
                self._inherit(inherited, (*path, key), mark)
                continue
            inner = (*path, key)
            if key in own:
                first = self._document.keys[inner]
                message = f'"{key}" stands here twice, first in line {first.line}'
                self._document.problems.append(Problem(inner, mark, message))
            else:
                self._document.keys[inner] = mark
            own[key] = self._value(self._next(), inner)
        return {**inherited, **own} if inherited else own

    def _inherit(self, inherited: dict[str, Any], path: Path, mark: Mark) -> None:
        value = self._value(self._next(), path)
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                raise _refused(mark, '"<<" takes an object, or a list of objects')
            for key, inner in source.items():
                inherited.setdefault(key, inner)


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


_STANDARD = "tag:yaml.org,2002:"
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = ("", "~", "null", "Null", "NULL")
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,30})")
_NUMBER = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?|\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,3})?"
)


def _check_tag(event: Any, mark: Mark) -> None:
    tag = event.tag
    if tag is not None and tag not in ("!", f"{_STANDARD}seq", f"{_STANDARD}map"):
        raise _refused(mark, f"the tag {tag} is not taken: only plain data is")


def _scalar(event: Any, mark: Mark) -> Any:
    text: str = event.value
    tag: str | None = event.tag
    if tag is None:
        return _plain(text) if event.implicit[0] else text
    kind = tag.removeprefix(_STANDARD)
    if tag == "!" or kind in ("str", "timestamp"):
        return text
    value = _plain(text)
    kinds: dict[str, Any] = {"int": int, "float": (int, float), "bool": bool, "null": type(None)}
    if kind not in kinds or not isinstance(value, kinds[kind]):
        raise _refused(mark, f"the tag {tag} is not taken here: only plain data is")
    return float(value) if kind == "float" else value


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text in _NOTHING:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        number = float(text)
        return text if isinf(number) else number
    return text
