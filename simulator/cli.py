"""The command ``carrier-simulator``: parses, calls and prints; what is slow is imported on use."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
import msgspec

from simulator import resources
from simulator.command import completion
from simulator.command.asking.commands import WIDTH, env, report, token_flag, url_flag, wait
from simulator.command.flags import settings_flags
from simulator.command.replay_flags import ReplayFlags, Unusable, replay_flags
from simulator.command.store import store
from simulator.settings import Settings, SettingsError, resolve
from simulator.version import VERSION

if TYPE_CHECKING:
    from simulator.scenarios.vocabulary import Vocabulary


@click.group(context_settings=WIDTH, invoke_without_command=True)
@click.version_option(VERSION, prog_name="carrier-simulator")
@click.pass_context
def cli(context: click.Context) -> None:
    """Behaves like the HTTP APIs of parcel carriers, so that your own client can be tried on it.

    \b
    Start it, then point your client at one of the URLs that it prints:
      carrier-simulator serve

    \b
    Every command explains itself:
      carrier-simulator serve --help
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command(context_settings=WIDTH)
@settings_flags
def serve(config: Path | None, **flags: object) -> None:
    """Serve the carriers and the control API until Ctrl-C or SIGTERM.

    Each setting may be a flag, an environment variable (in brackets) or a key of the
    configuration file, named like the flag with underscores. A flag wins over the environment,
    the environment over the file.

    \b
    Examples:
      carrier-simulator serve
      carrier-simulator serve --port 9000 --carriers inpost
      carrier-simulator serve --clock-mode frozen --clock-at 2026-03-02T10:15:00+01:00
      carrier-simulator serve --fault flaky --fault 'inpost.get_label: 404 x2'
      SIMULATOR_PROFILE=documented carrier-simulator serve
      carrier-simulator serve --config simulator.yaml    # where: journal_entries: 5000
    """
    from simulator.command import server

    settings = resolve(flags, config=config)
    try:
        listener = server.bind(settings.host, settings.port)
    except server.ListenError as error:
        raise click.UsageError(str(error)) from None

    try:
        with server.assembling():
            from simulator.app import banner, create_app
            from simulator.command.logs import configure_logging

            configure_logging(settings)
            app = create_app(settings)
    except SettingsError:
        listener.close()
        raise
    server.run(
        app,
        listener,
        settings,
        # click.echo flushes, so that a program that started this one can wait for the banner.
        ready=lambda base_url: click.echo(banner(base_url, settings)),
        stopping=app.stop,
        garbled=app.garbled,
    )


@cli.command(context_settings=WIDTH)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Configuration file to check beside the environment. [SIMULATOR_CONFIG]",
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def validate(config: Path | None, files: Sequence[Path]) -> None:
    """Check settings, specifications and scenarios without serving anything.

    Without FILES: the environment, the configuration file and the specifications that come with
    the simulator. With FILES: only these, each a scenario, an OpenAPI document or a configuration
    file, or a folder of them;
    everything that is wrong is told as file:line:column.

    \b
    Examples:
      carrier-simulator validate
      carrier-simulator validate --config simulator.yaml
      carrier-simulator validate simulator.yaml specs/inpost.yaml scenarios/*.yaml
    """
    from functools import cache

    from simulator.command.checks import check

    if not files or config is not None:
        _check_faults(resolve(config=config))
        click.echo("settings: ok")
    paths = files or resources.description_paths()
    known = cache(_vocabulary)
    problems = 0
    for path in (each for given in paths for each in _within(given)):
        found = check(path, known)
        problems += len(found)
        for problem in found:
            click.echo(problem, err=True)
        if not found:
            click.echo(f"{path}: ok")
    if problems:
        raise SystemExit(2)


def _within(path: Path) -> list[Path]:
    """A file, or the scenarios and descriptions of a folder."""
    if path.is_dir():
        found = [each for each in sorted(path.rglob("*")) if each.suffix in (".yaml", ".yml")]
        if found:
            return found
        raise click.UsageError(f"there is no *.yaml in the folder {path}")
    if not path.is_file():
        raise click.UsageError(f"there is no file {path}")
    return [path]


def _vocabulary() -> Vocabulary:
    from simulator.app import vocabulary

    return vocabulary()


@cli.command(context_settings=WIDTH)
@replay_flags
def replay(**typed: object) -> int:
    """Play the steps of scenario FILES as a client, and tell where an answer is not as expected.

    FILES are files, folders and patterns. Each is played in a fresh workspace of the simulator
    that is named with --url, or of one that is started for the run; with --against it is the
    carrier itself that is asked. Exit code: 0 all as expected, 1 something differed, 2 a file
    could not be read or a server not be reached.

    \b
    Examples:
      carrier-simulator replay scenarios/
      carrier-simulator replay inpost/runs-dry
      carrier-simulator replay story.yaml --url http://127.0.0.1:8080 --keep
      carrier-simulator replay scenarios/ --junit replay.xml --json -
      SIMULATOR_AUTH_INPOST=... carrier-simulator replay story.yaml --clock wait \\
        --against inpost=https://sandbox-api-shipx-pl.easypack24.net --compare shape
      carrier-simulator replay --record http://127.0.0.1:8080/inpost --out story.yaml
    """
    from simulator.command import recording
    from simulator.command import replay as command

    flags = msgspec.convert(typed, ReplayFlags)
    try:
        if flags.record is not None:
            return recording.record(flags)
        from simulator.app import create_app

        return command.replay(flags, lambda: create_app(Settings()), _vocabulary)
    except Unusable as error:
        for line in error.lines:
            click.echo(line, err=True)
        return 2


def _check_faults(settings: Settings) -> None:
    """Whether the faults are some: only the carriers know their operations."""
    if settings.fault:
        from simulator.app import create_app

        create_app(settings)


@cli.command(context_settings=WIDTH)
@click.argument("name", required=False, shell_complete=completion.scenario)
def scenarios(name: str | None) -> None:
    """List the scenarios that come with the simulator, or print the one called NAME.

    `replay` takes their names like files; `inpost` means all of that folder.

    \b
    Examples:
      carrier-simulator scenarios
      carrier-simulator scenarios inpost/runs-dry > mine.yaml
      carrier-simulator replay inpost/runs-dry
    """
    from simulator.command.library import listed, text_of

    click.echo(listed() if name is None else text_of(name), nl=False)


@cli.command(context_settings=WIDTH)
@click.argument("name", required=False, shell_complete=completion.specification)
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    help="Language of the document. [default: yaml]",
)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to stdout."
)
@click.option(
    "--edition",
    metavar="NAME",
    help="Another edition of the API than the one that is served as its description.",
)
def specs(name: str | None, form: str, output: Path | None, edition: str | None) -> None:
    """List the OpenAPI specifications, or print the one called NAME.

    `scenario` is the JSON Schema of scenario files, for editors.

    \b
    Examples:
      carrier-simulator specs
      carrier-simulator specs inpost --format json --output inpost.json
      carrier-simulator specs myparcel --edition 2017
    """
    if name is None:
        names = resources.spec_names()
        text = "".join(f"{each}\t{resources.spec_path(each)}\n" for each in names)
        text += f"scenario\t{resources.scenario_schema_path()}\n"
    elif name == "scenario":
        text = resources.scenario_schema_path().read_text(encoding="utf-8")
    else:
        from simulator.command.spec_text import spec_text

        text = spec_text(name, form, edition)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from None


@cli.command(context_settings=WIDTH)
@click.argument("entry_id", metavar="ID")
@url_flag
@token_flag
@click.option("--json", "as_json", is_flag=True, help="Print the journal's entry as JSON.")
def explain(entry_id: str, url: str, token: str | None, as_json: bool) -> None:
    """Say why a running server answered the exchange ID as it did.

    ID is what the answer carried as X-Sim-Request-Id; it names the workspace, too.

    \b
    Examples:
      carrier-simulator explain default-000012
      carrier-simulator explain build-17-000003 --url http://127.0.0.1:9000 --json
    """
    from simulator.command.asking.explain import as_text, fetch
    from simulator.command.asking.server import NoAnswer

    try:
        entry = fetch(entry_id, url, token)
    except NoAnswer as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        import json

        click.echo(json.dumps(entry, indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(entry))


cli.add_command(wait)
cli.add_command(env)
cli.add_command(report)
cli.add_command(store)


@cli.command("completion", context_settings=WIDTH)
@click.argument("shell", type=click.Choice(completion.SHELLS))
def print_completion(shell: str) -> None:
    """Print what makes SHELL complete commands, flags and their values.

    \b
    Examples:
      eval "$(carrier-simulator completion bash)"    # in ~/.bashrc; zsh likewise in ~/.zshrc
      carrier-simulator completion fish > ~/.config/fish/completions/carrier-simulator.fish
    """
    click.echo(completion.script(cli, shell), nl=False)


@cli.command(context_settings=WIDTH)
def version() -> None:
    """Print the versions of the simulator, of Python and of Connexion."""
    click.echo(f"carrier-simulator {VERSION}")
    click.echo(f"python {platform.python_version()}")
    click.echo(f"connexion {installed_version('connexion')}")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command; each thing that the user got wrong is a line on stderr; exit code 2."""
    try:
        code = cli.main(arguments, prog_name="carrier-simulator", standalone_mode=False)
    except click.exceptions.Abort:
        raise SystemExit(130) from None
    except click.ClickException as error:
        _refuse(error.format_message())
    except SettingsError as error:
        _refuse(*error.problems)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; keep the interpreter from complaining.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _refuse(*problems: str) -> NoReturn:
    for problem in problems:
        click.echo(f"carrier-simulator: {' '.join(problem.split())}", err=True)
    raise SystemExit(2)
