"""Failures in proofs show their values."""

import pytest

for _carrier in ("inpost", "myparcel", "postplus"):
    pytest.register_assert_rewrite(f"tests.magic.{_carrier}_proofs")
