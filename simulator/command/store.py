"""The commands ``store backup``, ``store check`` and ``store compact``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from simulator.command.asking.commands import WIDTH

if TYPE_CHECKING:
    from simulator.engine.backends.codec import Codec
    from simulator.engine.backends.sqlite.upkeep import Report

T = TypeVar("T")


@click.group(context_settings=WIDTH)
def store() -> None:
    """Back up, check or compact the file of `serve --store sqlite:///FILE`.

    FILE is a path or the URL of the store.

    \b
    Examples:
      carrier-simulator store backup worlds.db worlds-monday.db
      carrier-simulator store check worlds.db
      carrier-simulator store compact worlds.db
    """


@store.command(context_settings=WIDTH)
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
def backup(source: str, target: str) -> None:
    """Copy the store SOURCE to a new file TARGET.

    Servers go on using it meanwhile. The copy is what SOURCE was at one moment, and is there whole
    or not at all. To go back to it, stop the servers and put it in the place of SOURCE, without the
    files -wal and -shm beside it.

    \b
    Examples:
      carrier-simulator store backup worlds.db "worlds-$(date +%F).db"
      carrier-simulator store backup sqlite:////var/lib/worlds.db /backup/worlds.db
    """
    from simulator.engine.backends.sqlite import upkeep

    sizes = _done(lambda: upkeep.backup(_file(source), _file(target)))
    click.echo(f"{_file(target)}: {_bytes(sizes.after)}, as {_file(source)} was just now")


@store.command(context_settings=WIDTH)
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(file: str, as_json: bool) -> None:
    """Look through the store FILE and tell what is in it.

    Every record of every workspace is read. Servers may go on using it. Exit code: 0 all is in
    order, 1 something is wrong (a line each on standard error), 2 it cannot be read at all.

    \b
    Examples:
      carrier-simulator store check worlds.db
      carrier-simulator store check worlds.db --json
    """
    import msgspec

    from simulator.engine.backends.sqlite import upkeep

    path = _file(file)
    report = _done(lambda: upkeep.check(path, _codec()))
    click.echo(msgspec.json.encode(report).decode() if as_json else _told(path, report))
    for problem in report.problems:
        click.echo(f"carrier-simulator: {path}: {problem}", err=True)
    if report.problems:
        raise SystemExit(1)


@store.command(context_settings=WIDTH)
@click.argument("file", metavar="FILE")
def compact(file: str) -> None:
    """Make the store FILE as small as what is in it.

    No server may use it meanwhile. It takes room for a second copy on the disk. Exit code: 0 done,
    1 a server uses it.

    \b
    Example:
      carrier-simulator store compact worlds.db
    """
    from simulator.engine.backends.sqlite import upkeep

    path = _file(file)
    try:
        sizes = _done(lambda: upkeep.compact(path))
    except upkeep.InUse as error:
        click.echo(f"carrier-simulator: {error}", err=True)
        raise SystemExit(1) from None
    click.echo(f"{path}: {_bytes(sizes.before)} before, {_bytes(sizes.after)} now")


def _done(work: Callable[[], T]) -> T:
    """What it gives; what the store refuses is what the user got wrong."""
    from simulator.engine.backends.store import Refused, StoreFailure

    try:
        return work()
    except (Refused, StoreFailure) as error:
        raise click.UsageError(str(error)) from None


def _file(given: str) -> Path:
    """The file of a path or of the URL of a store."""
    from simulator.engine.backends.sqlite.connecting import Place
    from simulator.engine.backends.store import Refused

    if "://" not in given:
        return Path(given)
    try:
        return Place.parse(given).path
    except Refused as error:
        raise click.UsageError(str(error)) from None


def _codec() -> Codec:
    """The records of every carrier that there is."""
    from simulator.carriers import registry
    from simulator.engine.backends.codec import Codec
    from simulator.engine.backends.memory import MemoryBackend
    from simulator.engine.bounds import HubOptions
    from simulator.engine.hub import Hub
    from simulator.scenarios.worlds.agenda import Agenda

    carriers = registry.load()
    return Codec(Hub((*carriers, Agenda(carriers)), MemoryBackend(), HubOptions()).table_specs)


def _told(path: Path, report: Report) -> str:
    count = len(report.workspaces)
    lines = [f"{path}: version {report.version}, {_bytes(report.bytes)}, workspaces: {count}"]
    rows = [
        (
            each.name,
            f"{each.records:,} records",
            _bytes(each.record_bytes),
            f"{each.entries:,} log entries",
            _bytes(each.entry_bytes),
            f"last used {datetime.fromtimestamp(each.used, UTC):%Y-%m-%d %H:%M:%S} UTC",
        )
        for each in report.workspaces
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        aligned = "  ".join(
            cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)
        )
        lines.append(f"  {name.ljust(widths[0])}  {aligned}")
    lines.append("all is in order" if not report.problems else "not all is in order")
    return "\n".join(lines)


def _bytes(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:,.0f} KiB"
    return f"{size / 1024 / 1024:,.1f} MiB"
