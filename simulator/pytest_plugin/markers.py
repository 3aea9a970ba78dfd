"""What the markers of a test want of its worlds, and that there is a world for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

_LENIENT = "carrier_lenient"
_OURS = ("carrier_scenario", "carrier_quirks", "carrier_profile", _LENIENT)


def profile(item: pytest.Item) -> Any:
    """The profile of the nearest marker, None for none."""
    found = item.get_closest_marker("carrier_profile")
    return None if found is None else _argument(item, found, "name")


def quirks(item: pytest.Item) -> dict[str, Any]:
    """The switches of all markers together: where several set one, the nearest does."""
    merged: dict[str, Any] = {}
    for marker in reversed([*item.iter_markers("carrier_quirks")]):
        if not marker.args and marker.kwargs and "values" not in marker.kwargs:
            merged.update(marker.kwargs)
            continue
        values = _argument(item, marker, "values")
        if not isinstance(values, Mapping):
            raise pytest.UsageError(
                f"{item.nodeid}: carrier_quirks wants a mapping, "
                '{"inpost.expired_offers": "lenient"}'
            )
        merged.update(values)
    return merged


def scenarios(item: pytest.Item) -> list[Any]:
    """The scenarios of all markers, those of the nearest one last."""
    found = []
    for marker in reversed([*item.iter_markers("carrier_scenario")]):
        files = _given(marker, "file")
        if not files:
            raise pytest.UsageError(f"{item.nodeid}: carrier_scenario wants a file")
        found += files
    return found


def idle(item: pytest.Item) -> str:
    """What is wrong with the markers that are written at a test which has made no world."""
    names = getattr(item, "fixturenames", ())
    # Worlds of a wider scope may be meant.
    left = [name for name in _written(item) if name != _LENIENT or "carrier_simulator" not in names]
    if not left:
        return ""
    return (
        f"{item.nodeid}: {', '.join(left)} is for the world of a test, and this one has none: let "
        "it take carrier_world, or take the marker away"
    )


def _written(item: pytest.Item) -> list[str]:
    """Our markers that are written at a test itself: those of its class or module, or of a plugin,
    hold for many tests, of which some have a world."""
    if not isinstance(item, pytest.Function):
        return []
    callspec = getattr(item, "callspec", None)
    marks = [*getattr(item.obj, "pytestmark", ()), *(callspec.marks if callspec else ())]
    names = [getattr(mark, "mark", mark).name for mark in marks]
    return [name for name in dict.fromkeys(names) if name in _OURS]


def _argument(item: pytest.Item, marker: pytest.Mark, name: str) -> Any:
    values = _given(marker, name)
    if len(values) != 1:
        raise pytest.UsageError(f"{item.nodeid}: {marker.name} wants one argument, {name}")
    return values[0]


def _given(marker: pytest.Mark, name: str) -> list[Any]:
    return [*marker.args, *([marker.kwargs[name]] if name in marker.kwargs else [])]
