"""Writes ``simulator/testing/blocking`` from ``simulator/testing/asynchronous``.

    python -m tools.blocking

Who tests without an event loop gets the same methods with the same words; written once, they
cannot differ. A test sees to it that what lies there is what this makes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "simulator" / "testing"
SOURCE, TARGET = FOLDER / "asynchronous", FOLDER / "blocking"

_WORDS = (
    (r"\basyncio\.sleep\b", "time.sleep"),
    (r"^import asyncio$", "import time"),
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\b__a(enter|exit)__\b", r"__\1__"),
    (r"\baclose\b", "close"),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"\bAsync(?=[A-Z])", ""),
    (r"\b(run|connect)_async\b", r"\1"),
    (r"simulator\.testing\.asynchronous\b", "simulator.testing.blocking"),
)
_HEAD = "# Made from {name} by tools/blocking.py; change that one.\n"


def blocking(path: Path) -> str:
    """The blocking twin of a file, formatted."""
    text = path.read_text(encoding="utf-8")
    for pattern, word in _WORDS:
        text = re.sub(pattern, word, text, flags=re.MULTILINE)
    if text:
        text = _HEAD.format(name=f"{path.parent.name}/{path.name}") + text
    for command in (["check", "--fix", "--select=I,F401", "--quiet", "-"], ["format", "-"]):
        made = subprocess.run(
            [Path(sys.executable).with_name("ruff"), *command[:-1], "--stdin-filename", path, "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
        )
        text = made.stdout
    return text


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for path in sorted(SOURCE.glob("*.py")):
        (TARGET / path.name).write_text(blocking(path), encoding="utf-8")


if __name__ == "__main__":
    main()
