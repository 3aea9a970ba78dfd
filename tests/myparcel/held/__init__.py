"""Whole answers of today that are held: whoever changes one has to say so in its file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def is_held(name: str, answer: Any) -> bool:
    """Whether an answer is the one that is held under this name.

    With ``HOLD_ANSWERS=1`` in the environment it is written anew.
    """
    file = _FOLDER / f"{name}.json"
    if os.environ.get("HOLD_ANSWERS") == "1":
        file.write_text(json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
    held: Any = json.loads(file.read_text())
    return bool(held == answer)
