"""Carrying out actions by name: whether they can be, and doing it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.core.faults import did_you_mean, place_of
from simulator.core.templates import variables
from simulator.engine.world import World
from simulator.scenarios.reading.positions import Path
from simulator.scenarios.reading.shape import Fault, hint, words
from simulator.scenarios.reading.shape import faults as faults_of
from simulator.scenarios.reading.shape import kind as kind_of

Actions = Mapping[str, Action]
"""Actions by their names: ``inpost.top_up``."""


def listed(do: Any) -> Iterator[tuple[str, Any]]:
    """Names and arguments of what a file says is to be done, in its order."""
    for each in do if isinstance(do, list) else [do]:
        yield from each.items()


def perform(actions: Actions, world: World, name: str, arguments: Any) -> Any:
    """Carry out one action. Raises `BadAction` with the reason where that is not possible."""
    action = actions.get(name)
    if action is None:
        raise BadAction(f"there is no action {name!r:.60}.{hint(name, list(actions))}")
    try:
        # Money and ids come as text from shells and YAML; a number in text is not a mistake.
        given = msgspec.convert(arguments or {}, action.arguments, strict=False)
    except msgspec.ValidationError as error:
        found = "; ".join(
            f"{place_of(fault.path)}: {fault.message}" if fault.path else fault.message
            for fault in argument_faults(action, name, arguments or {}, ())
        )
        raise BadAction(f"{name}: {found or error}") from None
    try:
        return action.run(world, given)
    except BadAction as error:
        raise BadAction(f"{name}: {error}") from None


def faults(actions: Actions, do: Any, path: Path) -> Iterator[Fault]:
    """Everything that is wrong with actions, before any is tried; variables stand for anything."""
    items = do if isinstance(do, list) else [do]
    for place, each in enumerate(items):
        inner = (*path, place) if isinstance(do, list) else path
        if not each:
            yield Fault(inner, "names no action")
        for name, arguments in each.items():
            yield from action_faults(actions, name, arguments, (*inner, name))


def action_faults(actions: Actions, name: str, arguments: Any, path: Path) -> Iterator[Fault]:
    """What is wrong with the name or the arguments of one action."""
    action = actions.get(name)
    if action is None:
        yield Fault(path, f'"{name}" is no action.{hint(name, list(actions))}', of_key=True)
        return
    arguments = {} if arguments is None else arguments
    known, held = arguments, set[str]()
    if isinstance(arguments, dict):
        held = {key for key, value in arguments.items() if next(variables(value), 1) != 1}
        known = {key: value for key, value in arguments.items() if key not in held}
    for fault in argument_faults(action, name, known, path, held):
        # In a file a fault stands where something is written: at the action that lacks a key.
        lacks = fault.missing and len(fault.path) == len(path) + 1
        yield Fault(path, f'{name} needs "{fault.path[-1]}"', True) if lacks else fault
    if isinstance(arguments, dict):
        yield from _word_faults(action, name, arguments, path)


def argument_faults(
    action: Action, name: str, arguments: Any, path: Path, held: Collection[str] = ()
) -> Iterator[Fault]:
    """Everything that keeps arguments from being taken, each told with its place.

    `held`: names of arguments whose values are not known yet.
    """
    if not isinstance(arguments, dict):
        yield Fault(path, f"{name} takes an object of arguments")
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(action.arguments)}
    for key in (*arguments, *held):
        if key not in fields:
            takes = f" It takes {', '.join(fields)}." if fields else " It takes no arguments."
            message = f'"{key}" is no argument of {name}.{did_you_mean(key, fields)}{takes}'
            yield Fault((*path, key), message, True)
        elif key in arguments:
            yield from _value_faults(fields[key].type, arguments[key], (*path, key))
    for key, field in fields.items():
        if field.required and key not in arguments and key not in held:
            yield Fault((*path, key), "is required", missing=True)


def _word_faults(
    action: Action, name: str, arguments: Mapping[str, Any], path: Path
) -> Iterator[Fault]:
    """Words and numbers that an action does not know."""
    for place, known in action.words.items():
        key, _, member = place.partition(".")
        value = arguments.get(key)
        found: list[tuple[Path, Any]] = [((key,), value)]
        if member:
            elements = value if isinstance(value, list) else []
            found = [
                ((key, number, member), each.get(member))
                for number, each in enumerate(elements)
                if isinstance(each, dict)
            ]
        words_known = {str(word).lower() for word in known}
        for inner, said in found:
            plain = type(said) is int or (isinstance(said, str) and next(variables(said), 1) == 1)
            if plain and str(said).lower() not in words_known:
                meant = hint(str(said), [str(word) for word in known])
                yield Fault(
                    (*path, *inner),
                    f"{kind_of(said)} is not what {name} takes for {inner[-1]}.{meant}",
                )


def _value_faults(kind: Any, value: Any, path: Path) -> Iterator[Fault]:
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        found = faults_of(value, kind, path)
        yield from found or [Fault(path, f"has to be {words(kind)}, not {kind_of(value)}")]
