"""The commands ``wait``, ``env`` and ``report``, and what all that ask a server have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])
WIDTH = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_FORMATS = ("shell", "dotenv", "json")


def url_flag(command: _Command) -> _Command:
    """Give a command the flag ``--url``."""
    return click.option(
        "--url",
        default="http://127.0.0.1:8080",
        metavar="URL",
        help="Where the server is. [default: http://127.0.0.1:8080]",
    )(command)


def token_flag(command: _Command) -> _Command:
    """Give a command the flag ``--token``."""
    return click.option(
        "--token",
        envvar="SIMULATOR_CONTROL_TOKEN",
        metavar="TOKEN",
        help="The server's control token, if it has one. [SIMULATOR_CONTROL_TOKEN]",
    )(command)


@click.command(context_settings=WIDTH)
@url_flag
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=60.0,
    metavar="SECONDS",
    help="How long to wait. [default: 60]",
)
def wait(url: str, timeout: float) -> None:
    """Wait until a server answers that every carrier can answer.

    \b
    Examples:
      carrier-simulator wait
      carrier-simulator wait --url http://carriers:8080 --timeout 10
    """
    from simulator.command.asking import health

    try:
        health.wait(url, timeout)
    except health.NotReady as error:
        click.echo(f"carrier-simulator: {error}", err=True)
        raise SystemExit(1) from None


@click.command(context_settings=WIDTH)
@click.argument("carriers", nargs=-1, metavar="[CARRIER]...")
@url_flag
@token_flag
@click.option(
    "--workspace", metavar="NAME", help="The world to be in; without it the one called default."
)
@click.option("--credential", metavar="KEY", help="Another than the one to begin with.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="shell",
    help="For eval, for a file of NAME=VALUE lines, or JSON. [default: shell]",
)
def env(
    carriers: Sequence[str],
    url: str,
    token: str | None,
    workspace: str | None,
    credential: str | None,
    form: str,
) -> None:
    """Print base URL and credential of each CARRIER as environment variables; of all without any.

    \b
    Examples:
      eval "$(carrier-simulator env inpost)"            # INPOST_URL and INPOST_CREDENTIAL
      carrier-simulator env --workspace build-17 --format dotenv >> "$GITHUB_ENV"
    """
    from simulator.command.asking import environment
    from simulator.command.asking.server import NoAnswer

    try:
        found = environment.variables(carriers, url, workspace, token, credential)
    except NoAnswer as error:
        raise click.UsageError(str(error)) from None
    click.echo(environment.written(found, form))


_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(context_settings=WIDTH)
@click.argument("workspace", default="default")
@url_flag
@token_flag
@click.option("--junit", type=_FILE, metavar="FILE", help="Report as JUnit XML.")
@click.option("--ctrf", type=_FILE, metavar="FILE", help="Report as CTRF JSON (ctrf.io).")
def report(
    workspace: str, url: str, token: str | None, junit: Path | None, ctrf: Path | None
) -> None:
    """Report what was asked of the carriers in WORKSPACE, each exchange as a test.

    Requests that no operation took fail, those at which the simulator itself failed are broken;
    what a carrier refuses passes. Without a file it is printed, a line for each.

    \b
    Examples:
      carrier-simulator report tests --junit carriers.xml
      carrier-simulator report tests --ctrf carriers.json --url http://carriers:8080
    """
    from simulator.command.asking.report import of_journal
    from simulator.command.asking.server import NoAnswer
    from simulator.scenarios.replay.reporters import ctrf as as_ctrf
    from simulator.scenarios.replay.reporters import junit as as_junit

    try:
        run = of_journal(url, workspace, token)
    except NoAnswer as error:
        raise click.UsageError(str(error)) from None
    try:
        if junit is not None:
            as_junit.write(run, junit)
        if ctrf is not None:
            as_ctrf.write(run, ctrf)
    except OSError as error:
        raise click.UsageError(f"cannot write {error.filename}: {error.strerror}") from None
    if junit is None and ctrf is None:
        for step in run.results[0].steps:
            status = step.got.status if step.got else "no answer"
            line = f"{step.outcome:<7} {step.place} {step.name} -> {status}  {step.message}"
            click.echo(line.rstrip())
