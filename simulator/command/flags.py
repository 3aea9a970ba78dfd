"""The flags of ``carrier-simulator serve``: one for each setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from simulator.command.completion import values_of
from simulator.settings import OPTIONS, Settings
from simulator.settings.options import Option


def _decorated(option: Option) -> Callable[[Callable[..., None]], Callable[..., None]]:
    default = getattr(Settings(), option.name)
    written = option.kind.write(default) if default not in (None, ()) else None
    facts = f"[{option.variable}{f'; default: {written}' if written else ''}]"
    if not option.kind.metavar:
        both = f"{option.flag}/{option.flag.replace('--', '--no-', 1)}"
        return click.option(both, default=None, help=f"{option.help} {facts}")
    if option.kind.repeats:
        return click.option(
            option.flag,
            type=str,
            multiple=True,
            shell_complete=values_of(option),
            # None where it is not given, as of other flags.
            callback=lambda context, parameter, value: value or None,
            metavar=option.kind.metavar,
            help=f"{option.help} May be given several times. {facts}",
        )
    return click.option(
        option.flag,
        type=str,
        metavar=option.kind.metavar,
        shell_complete=values_of(option),
        help=f"{option.help} {facts}",
    )


def settings_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command a flag for each setting, and ``--config``."""
    for option in reversed(OPTIONS):
        command = _decorated(option)(command)
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Configuration file, YAML or TOML (.toml). [SIMULATOR_CONFIG]",
    )(command)


def serve_flags(arguments: Sequence[str]) -> tuple[dict[str, object], Path | None]:
    """The flags among the arguments of ``serve``, and its ``--config``; wrong ones are skipped."""
    reader = click.command("serve")(settings_flags(lambda **_: None))
    context = reader.make_context("serve", [*arguments], resilient_parsing=True)
    flags = dict(context.params)
    config = flags.pop("config", None)
    return flags, config if isinstance(config, Path) else None
