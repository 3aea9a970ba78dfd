"""The flags of ``carrier-simulator replay``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import click
import msgspec

from simulator.command.completion import scenario_or_file


class Unusable(Exception):
    """What was asked for cannot be done; `lines` say why."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class ReplayFlags(msgspec.Struct, frozen=True):
    """What was typed."""

    files: tuple[str, ...]
    url: str | None
    control_token: str | None
    jobs: int | None
    keep: bool
    timeout: float
    json_file: str | None
    junit: Path | None
    ctrf: Path | None
    markdown: Path | None
    against: tuple[str, ...]
    auth_env: tuple[str, ...]
    clock: Literal["refuse", "skip", "wait"]
    control: Literal["refuse", "skip"]
    compare: Literal["values", "shape"]
    record: str | None
    out: Path | None
    port: int
    carrier: str | None
    force: bool


_FILE = click.Path(path_type=Path, dir_okay=False)

_OPTIONS = (
    click.argument("files", nargs=-1, shell_complete=scenario_or_file),
    click.option(
        "--url",
        metavar="URL",
        envvar="SIMULATOR_URL",
        help="A running simulator. Without it one is started for the run. [SIMULATOR_URL]",
    ),
    click.option(
        "--control-token",
        metavar="TOKEN",
        envvar="SIMULATOR_CONTROL_TOKEN",
        help="The control token of that simulator. [SIMULATOR_CONTROL_TOKEN]",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        metavar="N",
        help="Files at once. [default: as many as there are cores]",
    ),
    click.option("--keep", is_flag=True, help="Keep each file's workspace, and say its name."),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1, 600),
        default=30.0,
        metavar="SECONDS",
        help="The longest that an answer may take; nothing is tried twice. [default: 30]",
    ),
    click.option(
        "--json", "json_file", metavar="FILE|-", help="Report as JSON; - for standard output."
    ),
    click.option("--junit", type=_FILE, metavar="FILE", help="Report as JUnit XML."),
    click.option("--ctrf", type=_FILE, metavar="FILE", help="Common Test Report Format (ctrf.io)."),
    click.option(
        "--markdown",
        type=_FILE,
        metavar="FILE",
        help="Summary in Markdown. $GITHUB_STEP_SUMMARY gets one by itself.",
    ),
    click.option(
        "--against",
        multiple=True,
        metavar="[CARRIER=]URL",
        help="Ask the carrier itself at this base URL, not the simulator. May be repeated.",
    ),
    click.option(
        "--auth-env",
        multiple=True,
        metavar="CARRIER=NAME",
        help="The environment variable with the credential for --against. "
        "[default: SIMULATOR_AUTH_INPOST and so on]",
    ),
    click.option(
        "--clock",
        type=click.Choice(["refuse", "skip", "wait"]),
        default="refuse",
        help="What becomes of clock steps with --against; wait takes real time, at most 60 s each.",
    ),
    click.option(
        "--control",
        type=click.Choice(["refuse", "skip"]),
        default="refuse",
        help="What becomes of all else that only a simulator can do.",
    ),
    click.option(
        "--compare",
        type=click.Choice(["values", "shape"]),
        default="values",
        help="With --against: shape plays the same on a simulator and compares how answers are "
        "built.",
    ),
    click.option(
        "--record",
        metavar="URL",
        help="Play nothing: stand before this server and write down what is said.",
    ),
    click.option("--out", type=_FILE, metavar="FILE", help="The scenario that --record writes."),
    click.option("--force", is_flag=True, help="Let --record write over a file that is there."),
    click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=0,
        metavar="PORT",
        help="Where --record listens. [default: a free one]",
    ),
    click.option(
        "--carrier",
        type=click.Choice(["inpost", "myparcel", "postplus"]),
        help="The carrier behind --record, where its URL and the paths do not tell.",
    ),
)


def replay_flags(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the flags."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
