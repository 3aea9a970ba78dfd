"""A shop of MyParcel whose pages are opened."""

from __future__ import annotations

from tests.myparcel.conftest import shop

__all__ = ["shop"]
