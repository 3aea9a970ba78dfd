"""Completion in the shell: click completes commands and flags, this the values that they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem, get_completion_class

from simulator import resources
from simulator.settings.options import Option

SHELLS = ("bash", "zsh", "fish")

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def script(command: click.Command, shell: str) -> str:
    """What a shell reads to complete this command, such as ``eval "$(...)"`` in its start file."""
    found = get_completion_class(shell)
    assert found is not None, shell
    name = "carrier-simulator"
    return found(command, {}, name, "_CARRIER_SIMULATOR_COMPLETE").source() + "\n"


def values_of(option: Option) -> Complete | None:
    """Completes the values of a setting; None where any value may stand."""
    if option.name == "fault":
        return _one_of(_faults)
    if option.kind.metavar == "LIST":
        return _list_of(option.kind.choices) if option.kind.choices() else None
    return _one_of(option.kind.choices) if option.kind.choices() else None


def _one_of(known: Callable[[], Iterable[str]]) -> Complete:
    def complete(
        context: click.Context, parameter: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        return [CompletionItem(word) for word in known() if word.startswith(begun)]

    return complete


def _list_of(known: Callable[[], Iterable[str]]) -> Complete:
    """Completes the last of several words between commas, with those that are not there yet."""

    def complete(
        context: click.Context, parameter: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        before, comma, last = begun.rpartition(",")
        left = [word for word in known() if word not in before.split(",")]
        return [CompletionItem(before + comma + word) for word in left if word.startswith(last)]

    return complete


def _faults() -> list[str]:
    """Fault profiles, for every carrier and for one."""
    from simulator.carriers.fault_profiles import PROFILES

    return [
        *PROFILES,
        *(f"{carrier}:{name}" for carrier in resources.carrier_names() for name in PROFILES),
    ]


def scenario_or_file(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Completes the names of the scenarios that came along, and files where none begins so."""
    found = scenario(context, parameter, begun)
    return found or [CompletionItem(begun, type="file")]


scenario = _one_of(resources.scenario_names)
specification = _one_of(lambda: [*resources.spec_names(), "scenario"])
