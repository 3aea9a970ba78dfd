"""Finds the operation for a path: a tree of path segments, built once."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """The operations of a path by method, and the values of its parameters in their order."""

    methods: dict[str, T]
    values: tuple[str, ...]


class _Node(Generic[T]):
    __slots__ = ("children", "methods", "parameter")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.parameter: _Node[T] | None = None
        self.methods: dict[str, T] = {}


class Routes(Generic[T]):
    """Path templates such as ``/v1/shipments/{id}/label``; a fixed segment beats a parameter.

    With `any_case` fixed segments may be written in any letter case.
    """

    def __init__(self, *, slash_tolerant: bool = True, any_case: bool = False) -> None:
        self._root: _Node[T] = _Node()
        self._slash_tolerant = slash_tolerant
        self._any_case = any_case

    def add(self, method: str, template: str, target: T) -> None:
        """Let `method` on `template` lead to `target`."""
        node = self._root
        for segment in template.strip("/").split("/"):
            if segment.startswith("{"):
                if node.parameter is None:
                    node.parameter = _Node()
                node = node.parameter
            else:
                name = segment.lower() if self._any_case else segment
                node = node.children.setdefault(name, _Node())
        node.methods[method.upper()] = target

    def find(self, path: str) -> Match[T] | None:
        """What the path leads to, or None."""
        if self._slash_tolerant:
            path = path.rstrip("/")
        segments = path.lstrip("/").split("/")
        if self._any_case:
            return self._find(path.lower().lstrip("/").split("/"), segments)
        return self._find(segments, segments)

    def _find(self, names: list[str], segments: list[str]) -> Match[T] | None:
        """What the path leads to whose fixed segments are `names`, its values `segments`."""
        # Nearly every path is found without ever turning back.
        node = self._root
        taken: list[str] = []
        for name, segment in zip(names, segments, strict=True):
            child = node.children.get(name)
            if child is None:
                child = node.parameter
                if child is None or not segment:
                    break
                taken.append(segment)
            node = child
        else:
            if node.methods:
                return Match(node.methods, tuple(taken))
        found, values = self._walk(self._root, names, segments, 0, ())
        return None if found is None else Match(found.methods, values)

    def _walk(
        self,
        node: _Node[T],
        names: list[str],
        segments: list[str],
        position: int,
        values: tuple[str, ...],
    ) -> tuple[_Node[T] | None, tuple[str, ...]]:
        if position == len(segments):
            return (node, values) if node.methods else (None, values)
        segment = segments[position]
        child = node.children.get(names[position])
        if child is not None:
            found, collected = self._walk(child, names, segments, position + 1, values)
            if found is not None:
                return found, collected
        if node.parameter is not None and segment:
            values = (*values, segment)
            return self._walk(node.parameter, names, segments, position + 1, values)
        return None, values
