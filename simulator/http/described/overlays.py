"""OpenAPI overlays: what a description says otherwise than the one that it lies over.

OpenAPI Overlay Specification 1.0: an action removes its target, or lays its `update` over it,
members of objects one by one, with lists appended. Targets are written as JSONPath of names alone:
``$.paths['/shipments'].put``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from typing import Any

_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\['([^']*)'\]|\[([0-9]+)\]")


class BadOverlay(ValueError):
    """An overlay that fits nothing; the message says where."""


def applied(document: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """A description with an overlay laid over it; it shares what is the same in both.

    Raises `BadOverlay` for a target that is not there or not written as it should be.
    """
    root: dict[str, Any] = {"$": document}
    for action in overlay["actions"]:
        target = action["target"]
        *way, last = ["$", *_steps(target)]
        holder: Any = root
        for step in way:
            within = holder[step] = copy(_within(holder, step, target))
            holder = within
        if action.get("remove", False):
            _within(holder, last, target)
            del holder[last]
        else:
            holder[last] = _laid_over(_within(holder, last, target), action["update"])
    found: dict[str, Any] = root["$"]
    return found


def _steps(target: str) -> list[str | int]:
    if not target.startswith("$") or _STEP.sub("", target[1:]):
        raise BadOverlay(f"target {target!r} is not a JSONPath of names")
    found = _STEP.finditer(target, 1)
    return [int(step[3]) if step[3] else step[1] or step[2] for step in found]


def _within(holder: Any, step: str | int, target: str) -> Any:
    try:
        return holder[step]
    except (KeyError, IndexError, TypeError):
        raise BadOverlay(f"target {target!r} is not there: {step!r}") from None


def _laid_over(target: Any, update: Any) -> Any:
    if isinstance(target, dict) and isinstance(update, Mapping):
        new = {
            name: _laid_over(target[name], value) if name in target else value
            for name, value in update.items()
        }
        return {**target, **new}
    if isinstance(target, list):
        return [*target, *(update if isinstance(update, list) else [update])]
    return update
