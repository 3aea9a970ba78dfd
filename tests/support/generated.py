"""Clients that generators make of the served documents."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2

# The generator knows no files by their own media types; nothing of ours is in this.
_CONFIGURATION = """
post_hooks: []
content_type_overrides:
  application/pdf: application/octet-stream
  application/zip: application/octet-stream
  application/csv: application/octet-stream
"""

# None of ours runs in the generator, whose lines coverage would look at all the same.
_UNMEASURED = {
    name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")
}


class Generated:
    """A Python client of a served document, on disk and importable."""

    def __init__(self, name: str, url: str, folder: Path) -> None:
        self.name = name
        self.package = f"generated_{name}".replace(" ", "_")
        self.text = httpx2.get(url, trust_env=False, verify=False).text
        document = folder / f"{self.package}.json"
        document.write_text(self.text)
        configuration = folder / "configuration.yaml"
        configuration.write_text(_CONFIGURATION)
        command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
        paths = {"path": document, "output-path": folder / self.package, "config": configuration}
        options = [word for option, path in paths.items() for word in (f"--{option}", str(path))]
        self.said = subprocess.run(
            [*command, *options],
            capture_output=True,
            text=True,
            check=True,
            cwd=folder,
            env=_UNMEASURED,
        ).stdout
        self.folder = folder / self.package

    @property
    def methods(self) -> set[str]:
        """The names of the methods that the generator made, whatever group they are in."""
        return {path.stem for path in self.folder.glob("api/*/*.py")} - {"__init__"}

    def module(self, name: str) -> Any:
        """A module of the client."""
        return importlib.import_module(f"{self.package}.{name}")
