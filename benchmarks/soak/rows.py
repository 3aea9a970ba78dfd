"""What the soak finds out: a row of its table for each thing that has to hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """What was tried, what came of it, what has to hold, and whether it did."""

    title: str
    figure: str
    bound: str
    held: bool


def none_of(title: str, found: Sequence[object]) -> Row:
    """A row about something that may not happen; the first three that did are quoted."""
    quoted = "; ".join(str(each)[:200] for each in found[:3])
    return Row(title, f"{len(found)}: {quoted}" if found else "none", "none", not found)


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| what | figure | bound | |", "| --- | --- | --- | --- |"]
    for row in rows:
        figure = row.figure.replace("|", "\\|").replace("\n", " ")
        lines.append(
            f"| {row.title} | {figure} | {row.bound} | {'held' if row.held else 'FAILED'} |"
        )
    return "\n".join(lines)


def at(share: float, values: Sequence[float]) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
