"""Players of stories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.replay.playing import Playing, StandIn, standing_in


@pytest.fixture
def play(tmp_path: Path, server: str) -> Playing:
    """Plays steps on the simulator of the test process."""
    return Playing(tmp_path, server)


@pytest.fixture
def sandbox() -> Iterator[StandIn]:
    """A stand-in for a carrier's sandbox."""
    with standing_in() as stand_in:
        yield stand_in
