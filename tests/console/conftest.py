"""Shops of MyParcel whose pages are opened."""

from __future__ import annotations

from tests.myparcel.conftest import prepaid, shop

__all__ = ["prepaid", "shop"]
