"""Writes specs/scenario.schema.json anew; `python tools/scenario_schema.py`."""

from __future__ import annotations

from simulator.app import vocabulary
from simulator.resources import scenario_schema_path
from simulator.scenarios.files.schema import text

if __name__ == "__main__":
    scenario_schema_path().write_text(text(vocabulary()), encoding="utf-8")
