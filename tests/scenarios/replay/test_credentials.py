"""What a carrier's client sends is what the carrier reads."""

from __future__ import annotations

import pytest

from simulator.carriers.carrier import Credential
from tests.scenarios.replay.playing import CARRIERS

KEYS = [(name, key) for name, each in CARRIERS.items() for key, _ in each.credentials_help]


@pytest.mark.parametrize(("carrier", "key"), KEYS)
def test_every_key_that_is_presented_is_read_again(carrier: str, key: str) -> None:
    spoken = CARRIERS[carrier]
    headers = {name.lower(): value for name, value in spoken.present(key).items()}
    assert spoken.credential(headers) == Credential(key, None)
    headers = {n.lower(): value for n, value in spoken.present(f"{key}@build-17").items()}
    assert spoken.credential(headers) == Credential(key, "build-17")
