"""Where a recording goes, and how it is played."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.replay.playing import Playing


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "recorded.yaml"


@pytest.fixture
def play(tmp_path: Path, server: str) -> Playing:
    return Playing(tmp_path, server)
