"""The carriers that this program simulates: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from simulator.carriers.carrier import Carrier

CARRIERS: tuple[str, ...] = ("inpost", "myparcel", "postplus")
"""Folders under ``simulator/carriers``, in the order in which a bare path is offered to them."""


def load(names: Sequence[str] = ()) -> list[Carrier]:
    """The carriers with these names, or all of them; only what is named is imported."""
    return [
        import_module(f"simulator.carriers.{name}.carrier").CARRIER
        for name in CARRIERS
        if not names or name in names
    ]
