"""Checks an OpenAPI file as strictly as serving it needs, and says where it is wrong."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from simulator.core.formats.yaml_errors import yaml_error_line
from simulator.http.described.overlays import BadOverlay, applied

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def is_spec(path: Path) -> bool:
    """Whether the file says of itself that it is an OpenAPI document, or an overlay over one.

    Broken YAML may well be.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return path.suffix.lower() != ".toml"
    return isinstance(node, yaml.MappingNode) and any(
        key.value in ("openapi", "swagger", "overlay") for key, _ in node.value
    )


def check_spec(path: Path) -> list[str]:
    """What is wrong with an OpenAPI file, one ``file:line: ...`` each; empty if nothing is."""
    try:
        content = path.read_text(encoding="utf-8")
        spec = yaml.load(content, Loader=yaml.CSafeLoader)
        root = yaml.compose(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return [yaml_error_line(path, error)]
    except (OSError, UnicodeDecodeError) as error:
        return [f"{path}: cannot be read: {error}"]
    if not isinstance(spec, dict) or root is None:
        return [f"{path}: not an OpenAPI document: expected a mapping at its top"]
    if "overlay" in spec:
        return _overlaid(path, spec, root)
    return _refusals(path, spec, root) or _repeated_operations(path, spec, root)


def _overlaid(path: Path, overlay: dict[str, Any], root: yaml.Node) -> list[str]:
    """What is wrong with what an overlay makes of the document that it extends."""
    base = path.parent / str(overlay.get("extends", ""))
    if not base.is_file():
        return [f"{path}: extends {overlay.get('extends')!r}, which is no file beside it"]
    try:
        with base.open("rb") as stream:
            made = applied(yaml.load(stream, Loader=yaml.CSafeLoader), overlay)
    except (BadOverlay, KeyError, TypeError, yaml.YAMLError) as error:
        return [f"{path}:{_line(root, ['actions'])}: {error}"]
    return _refusals(path, made, root) or _repeated_operations(path, made, root)


def _refusals(path: Path, spec: dict[str, Any], root: yaml.Node) -> list[str]:
    from connexion.exceptions import InvalidSpecification
    from connexion.spec import Specification

    try:
        Specification.from_dict(spec, base_uri=f"{path.parent}{os.sep}")
    except InvalidSpecification as error:
        at = [str(step) for step in getattr(error, "absolute_path", ())]
        message = str(getattr(error, "message", error)).splitlines()[0]
        shown = message if len(message) <= 200 else f"{message[:197]}..."
        return [f"{path}:{_line(root, at)}: {'/'.join(at) or 'document'}: {shown}"]
    except Exception as error:
        # Connexion lets references fail with whatever its resolver meets on the way.
        return [f"{path}: {' '.join(str(error).split()) or type(error).__name__}"]
    return []


def _repeated_operations(path: Path, spec: dict[str, Any], root: yaml.Node) -> list[str]:
    # Connexion would silently answer one operation by the other's handler.
    places = [
        (operation.get("operationId"), ["paths", str(url), method, "operationId"])
        for url, item in (spec.get("paths") or {}).items()
        for method, operation in item.items()
        if method in _METHODS
    ]
    counts = Counter(name for name, _ in places)
    return [
        f"{path}:{_line(root, at)}: operationId {name!r} is used {counts[name]} times"
        if name
        else f"{path}:{_line(root, at[:-1])}: {at[2]} {at[1]} has no operationId"
        for name, at in places
        if name is None or counts[name] > 1
    ]


def _line(node: yaml.Node, steps: Iterable[str]) -> int:
    """The line, from 1, of the deepest node that the steps lead to."""
    for step in steps:
        following = None
        if isinstance(node, yaml.MappingNode):
            following = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and step.isdigit():
            following = node.value[int(step)]
        if following is None:
            break
        node = following
    return int(node.start_mark.line) + 1
