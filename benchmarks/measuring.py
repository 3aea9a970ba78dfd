"""Tools of the measurements: load by wrk, times, and rows of the table."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

SECONDS = 3

Row = tuple[str, str, str, bool | None]
"""What was measured, the figure, the goal, and whether it is reached (None: there is no goal)."""


def wrk(
    url: str,
    script: Path | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: int = SECONDS,
    connections: int = 8,
) -> float:
    """Requests per second with one thread and eight connections, unless told otherwise."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    if script is not None:
        command += ["-s", str(script)]
    output = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if refused:
        raise RuntimeError(f"{url}: {refused[1]} requests were refused")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert found, output
    return float(found[1])


def post_script(
    folder: Path, name: str, content: object, media_type: str = "application/json"
) -> Path:
    """A script that lets wrk send a body."""
    script = folder / f"{name}.lua"
    body = json.dumps(content).replace("\\", "\\\\").replace("'", "\\'")
    script.write_text(
        'wrk.method = "POST"\n'
        f'wrk.headers["Content-Type"] = "{media_type}"\n'
        f"wrk.body = '{body}'\n"
    )
    return script


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def ratio_row(title: str, pairs: list[tuple[float, float]], goal: float | None = None) -> Row:
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    ours = statistics.median(ours for ours, _ in pairs)
    bare = statistics.median(bare for _, bare in pairs)
    figure = f"{ratio:.2f} of bare Starlette ({ours:,.0f} to {bare:,.0f})"
    if goal is None:
        return title, figure, "-", None
    return title, figure, f">= {goal}", ratio >= goal
