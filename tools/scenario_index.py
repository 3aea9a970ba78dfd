"""Writes scenarios/README.md anew: `python tools/scenario_index.py`."""

from __future__ import annotations

from pathlib import Path

from simulator.resources import scenarios_dir
from simulator.scenarios.reading.positions import decoded, read

_TITLES = {
    "inpost": "InPost",
    "myparcel": "MyParcel",
    "postplus": "PostPlus",
    "everywhere": "All three at once",
}
_BEGINNING = """\
# The library of scenarios

Stories that people who ship parcels meet, each a file that the tests play on every run. The first
comment of a file says what it is for, and what a client that handles it well does.

```
carrier-simulator replay scenarios/                    # play them all
carrier-simulator replay scenarios/inpost/runs-dry.yaml --url http://127.0.0.1:8080
SIM=http://127.0.0.1:8080/_sim/workspaces/mine
curl -T scenarios/inpost/runs-dry.yaml $SIM/scenario
```

The last line loads a story for your own client, which then plays the client's part. How to write
one is in [docs/scenarios.md](../docs/scenarios.md).
"""


def index(folder: Path) -> str:
    """The page: for each carrier the files with their titles."""
    parts = [_BEGINNING]
    for name, title in _TITLES.items():
        rows = [
            f"| [{path.stem}]({name}/{path.name}) | {_title(path)} |"
            for path in sorted((folder / name).glob("*.yaml"))
        ]
        parts.append(
            "\n".join([f"## {title}", "", "| file | story |", "| --- | --- |", *rows]) + "\n"
        )
    return "\n".join(parts)


def _title(path: Path) -> str:
    title: str = read(decoded(path.read_bytes())).data["scenario"]
    return title.replace("|", "\\|")


if __name__ == "__main__":
    folder = scenarios_dir()
    (folder / "README.md").write_text(index(folder), encoding="utf-8")
