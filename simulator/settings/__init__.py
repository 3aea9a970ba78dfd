"""The settings of a server: one model, three ways to write it.

Each setting is a flag of ``carrier-simulator serve``, an environment variable ``SIMULATOR_*`` and
a key of the configuration file. A flag wins over the environment, the environment over the file,
the file over the default.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from simulator.core.faults import closest_words
from simulator.core.formats import nesting
from simulator.resources import carrier_names
from simulator.settings import options
from simulator.settings.file import read_settings_file
from simulator.settings.options import Option

CONFIG_FLAG = "--config"
CONFIG_VARIABLE = "SIMULATOR_CONFIG"


class SettingsError(Exception):
    """Settings that cannot be used; each of `problems` is a line with its source and a remedy."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    @classmethod
    def all_of(cls, errors: Iterable[SettingsError]) -> SettingsError:
        """Everything that is wrong, in the order in which it was written, each once."""
        return cls(*dict.fromkeys(problem for error in errors for problem in error.problems))

    @classmethod
    def bad_value(cls, source: str, option: Option, raw: object) -> SettingsError:
        """A value that the option's kind does not take."""
        shown = repr(raw) if len(repr(raw)) <= 80 else f"{repr(raw)[:77]}..."
        meant = option.kind.suggestion(raw)
        known = option.kind.choices()
        listed = f" ({', '.join(known)})" if option.kind.metavar == "LIST" and known else ""
        hint = f"; did you mean {meant!r}?" if meant else ""
        return cls(f"{source} is {shown}, but must be {option.kind.allowed}{listed}{hint}")

    @classmethod
    def unknown(cls, source: str, meant: str | None) -> SettingsError:
        """A key or variable that no setting answers to."""
        hint = f"did you mean {meant!r}?" if meant else "see carrier-simulator serve --help"
        return cls(f"{source} is not a setting; {hint}")

    @classmethod
    def bad_fault(cls, what: str) -> SettingsError:
        """Faults that are none; `what` names each of them and what is wrong with it."""
        return cls(f"fault {what}")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a server is told at its start; sizes are in bytes, durations in seconds.

    An empty `carriers` stands for all of them. `clock_at` without a mode that uses it is refused
    by `resolve`, as are values outside their range; a `Settings` built by hand is not checked.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    control_token: str | None = None
    host_allow: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    profile: Literal["observed", "documented"] = "observed"
    seed: int = 1
    clock_mode: Literal["real", "frozen", "offset", "scaled", "eager"] = "real"
    clock_at: datetime | None = None
    clock_speed: float = 1.0
    strict: bool = False
    fault: tuple[str, ...] = ()
    request_rules: bool = True
    response_validation: Literal["off", "log", "fail"] = "off"
    max_body_bytes: int = 2 * 1024**2
    max_depth: int = 64
    store: str = "memory"
    workspaces_max: int = 10_000
    workspaces_idle: float = 24 * 3600.0
    journal_entries: int = 1_000
    journal_bytes: int = 16 * 1024**2
    request_timeout: float = 30.0
    idle_timeout: float = 60.0
    answer_timeout: float = 60.0
    webhook_allow: tuple[str, ...] = ()
    webhook_timeout: float = 5.0
    shutdown_grace: float = 5.0
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    access_log: bool = False


OPTIONS: tuple[Option, ...] = (
    Option("host", options.text(), "Address to listen on; 0.0.0.0 opens it to the network."),
    Option("port", options.integer(0, 65535), "Port to listen on; 0 takes any free one."),
    Option("control_token", options.text(), "Bearer token that the control API /_sim asks for."),
    Option(
        "host_allow",
        options.words(noun="host names"),
        "Names under which browsers may use /_sim beside addresses, localhost and dotless names.",
    ),
    Option(
        "carriers",
        options.words(carrier_names, "names of carriers"),
        "Carriers to serve; all of them unless given.",
    ),
    Option(
        "profile",
        options.choice("observed", "documented"),
        "Behave as recordings of the real APIs show, or as their documents say.",
    ),
    Option("seed", options.integer(0), "Seed of all chance; the same seed gives the same answers."),
    Option(
        "clock_mode",
        options.choice("real", "frozen", "offset", "scaled", "eager"),
        "How time passes in a new workspace.",
    ),
    Option("clock_at", options.instant(), "Instant at which the clock of a new workspace starts."),
    Option("clock_speed", options.number_above_zero(), "Seconds that pass in one, if scaled."),
    Option("strict", options.switch(), "Refuse unknown fields in requests."),
    Option(
        "fault",
        options.faults(),
        "What goes wrong in each new workspace: flaky, inpost:down, 'inpost.get_label: 404 x2'.",
    ),
    Option(
        "request_rules",
        options.switch(),
        "Let requests bring rules in the headers X-Sim-Rule and Prefer.",
    ),
    Option(
        "response_validation",
        options.choice("off", "log", "fail"),
        "Check each response against its specification.",
    ),
    Option("max_body_bytes", options.size(), "Largest request body that is read."),
    Option(
        "max_depth",
        options.integer(1, nesting.MOST),
        "Deepest nesting of a JSON body that is read.",
    ),
    Option(
        "store",
        options.store(),
        "Where workspaces are kept: memory, sqlite:///file.db or redis://host:6379.",
    ),
    Option("workspaces_max", options.integer(1), "How many workspaces may exist at once."),
    Option(
        "workspaces_idle",
        options.duration(),
        "After how long a workspace that nobody asks for goes, from memory only where there is a "
        "store; 0 keeps all.",
    ),
    Option("journal_entries", options.integer(0), "Exchanges that a workspace's journal keeps."),
    Option("journal_bytes", options.size(), "Bytes that a workspace's journal keeps."),
    Option(
        "request_timeout",
        options.duration(),
        "How long a request's head may take, and each 4 KiB of its body; 0 for any time.",
    ),
    Option(
        "idle_timeout",
        options.duration(),
        "How long a connection stays open between requests; 0 for any time.",
    ),
    Option(
        "answer_timeout",
        options.duration(),
        "How long a client may take none of what it is sent; 0 for any time.",
    ),
    Option(
        "webhook_allow",
        options.words(noun="host names"),
        "Hosts that webhooks may reach beside this machine and private addresses.",
    ),
    Option("webhook_timeout", options.duration(), "How long a webhook's target may take."),
    Option("shutdown_grace", options.duration(), "How long open requests may take at a stop."),
    Option(
        "log_level",
        options.choice("debug", "info", "warning", "error"),
        "Least severity that is logged.",
    ),
    Option("log_format", options.choice("text", "json"), "Log lines for people or for machines."),
    Option(
        "access_log",
        options.switch(),
        "Log a line for each exchange: workspace, operation, status, time, request id, client.",
    ),
)

_BY_NAME = {option.name: option for option in OPTIONS}


class Given(NamedTuple):
    """A setting as it was written, and where."""

    option: Option
    source: str
    raw: Any


def resolve(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    config: Path | None = None,
) -> Settings:
    """The settings that flags, environment and configuration file add up to.

    `flags` maps a setting's name to what was written, None where the flag was not given; the
    environment is the process's own unless given. Raises `SettingsError` with all that is wrong.
    """
    environment = os.environ if environment is None else environment
    chosen: dict[str, object] = {}
    sources: dict[str, str] = {}
    wrong: list[SettingsError] = []
    for found in (
        *_from_file(config, environment),
        *_from_environment(environment),
        *(Given(_BY_NAME[name], _BY_NAME[name].flag, raw) for name, raw in (flags or {}).items()),
    ):
        if isinstance(found, SettingsError):
            wrong.append(found)
        elif found.raw is not None:
            try:
                chosen[found.option.name] = found.option.kind.read(found.raw)
            except ValueError:
                wrong.append(SettingsError.bad_value(found.source, found.option, found.raw))
            sources[found.option.name] = found.source
    if wrong:
        raise SettingsError.all_of(wrong)
    settings = msgspec.convert(chosen, Settings)
    if wrong := [*_clock_problems(settings, sources)]:
        raise SettingsError.all_of(wrong)
    return settings


def _from_file(
    config: Path | None, environment: Mapping[str, str]
) -> Iterator[Given | SettingsError]:
    named = environment.get(CONFIG_VARIABLE)
    if config is None and not named:
        return
    source = CONFIG_FLAG if config is not None else CONFIG_VARIABLE
    path = config if config is not None else Path(str(named))
    try:
        entries = read_settings_file(path)
    except ValueError as error:
        yield SettingsError(f"{source}: {error}")
        return
    for entry in entries:
        option = _BY_NAME.get(entry.key)
        if entry.fault is not None:
            yield SettingsError(f"{source}: {entry.place} {entry.fault}")
        elif option is None:
            meant = closest_words(entry.key.lower().replace("-", "_"), _BY_NAME)
            yield SettingsError.unknown(f"{entry.place} {entry.key!r}", next(iter(meant), None))
        else:
            yield Given(option, f"{entry.place} {entry.key}", entry.value)


def _from_environment(environment: Mapping[str, str]) -> Iterator[Given | SettingsError]:
    for variable, raw in environment.items():
        name = variable.removeprefix("SIMULATOR_").lower()
        if not variable.startswith("SIMULATOR_") or variable == CONFIG_VARIABLE:
            continue
        if name in _BY_NAME and variable.isupper():
            # An empty variable is how shells and compose files say "not set".
            yield Given(_BY_NAME[name], variable, raw or None)
        elif meant := closest_words(name, [*_BY_NAME, "config"], 1, cutoff=0.7):
            # Only near misses: container platforms add names such as SIMULATOR_SERVICE_HOST.
            yield SettingsError.unknown(variable, f"SIMULATOR_{meant[0].upper()}")


def _clock_problems(settings: Settings, sources: Mapping[str, str]) -> Iterator[SettingsError]:
    if settings.clock_at is not None and settings.clock_mode == "real":
        yield SettingsError(
            f"{sources['clock_at']} is given, but the clock mode is 'real', which cannot start at "
            "another instant; choose clock mode frozen, offset, scaled or eager"
        )
    if "clock_speed" in sources and settings.clock_mode != "scaled":
        yield SettingsError(
            f"{sources['clock_speed']} is given, but the clock mode is {settings.clock_mode!r}; "
            "choose clock mode scaled"
        )
