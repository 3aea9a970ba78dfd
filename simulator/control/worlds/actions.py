"""Actions: what the world does to a carrier."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.problems import Fault
from simulator.core.answers import Answer

_PLACE = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
_FIELD = re.compile(r"(?P<kind>unknown|required) field `(?P<name>.*)`$")
_EXPECTED = re.compile(
    r"^Expected `(?P<wanted>[^`]*)`(?P<bound> (?:of length )?[<>]=? ?[\d.-]+)?"
    r"(?:, got `(?P<got>[^`]*)`)?"
)
_NO_CHOICE = re.compile(r"^Invalid enum value (?P<quote>'?)(?P<value>.*)(?P=quote)$", re.DOTALL)
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
}


async def do_action(desk: Desk, workspace: str, action: str, body: Any) -> Answer:
    """Carry out an action as one transaction; what it sends has been sent before the answer."""
    target = desk.own(workspace)
    known = desk.vocabulary.actions
    wanted = known.get(action)
    if wanted is None:
        raise problems.not_found("action", action, known)
    arguments = _arguments(wanted, {} if body is None else body)
    await _check_target(desk, wanted, arguments)
    desk.hub.run_due(target)
    try:
        result = desk.hub.run(target, lambda world: wanted.run(world, arguments))
    except BadAction as error:
        raise problems.conflict(str(error)) from None
    desk.hub.run_due(target)
    await desk.outbox.settle(target)
    return Answer(body=result)


def _arguments(action: Action, body: Any) -> Any:
    try:
        # Money and ids come as text from shells and YAML; a number in text is not a mistake.
        return msgspec.convert(body, action.arguments, strict=False)
    except msgspec.ValidationError as error:
        raise problems.invalid(_fault(action, str(error))) from None


def _fault(action: Action, message: str) -> Fault:
    """The fault that msgspec found, in terms of the body."""
    place = _PLACE.fullmatch(message)
    assert place is not None
    what, inner = place["what"], place["path"]
    path = f"body.{inner}" if inner else "body"
    field = _FIELD.search(what)
    other = _NO_CHOICE.match(what)
    if other is not None:
        return Fault(path, _no_choice(other["value"], _choices(action, inner)))
    if field is None:
        said = _EXPECTED.sub(_wanted, what)
        return Fault(path, said[:1].lower() + said[1:])
    path = f"{path}.{field['name']}"
    if field["kind"] == "required":
        return Fault(path, "is required")
    names = [info.encode_name for info in msgspec.structs.fields(action.arguments)]
    hint = problems.did_you_mean(field["name"], names)
    takes = f"It takes {', '.join(names)}." if names else "It takes no arguments."
    return Fault(path, f"is not an argument of {action.name}.{hint} {takes}")


def _no_choice(value: str, choices: list[str]) -> str:
    """That a value is none of the choices, and which one was meant."""
    known = f"one of {', '.join(choices)}" if choices else "a value that it takes"
    return f'"{value:.60}" is not {known}.{problems.did_you_mean(value, choices)}'


def _wanted(said: re.Match[str]) -> str:
    """What an argument has to be, for whoever wrote it."""
    kinds = said["wanted"].split(" | ")
    wanted = " or ".join(_KINDS.get(kind, kind) for kind in kinds)
    bound = f" {said['bound'].strip()}" if said["bound"] else ""
    bound = bound.replace(">=", "of at least").replace("<=", "of at most")
    bound = bound.replace("of length of", "with a length of")
    got = f", not {_KINDS.get(said['got'], said['got'])}" if said["got"] else ""
    return f"has to be {wanted}{bound}{got}"


def _choices(action: Action, name: str) -> list[str]:
    """The values that an argument is limited to."""
    schema = msgspec.json.schema(action.arguments)["$defs"][action.arguments.__name__]
    argument = schema["properties"].get(name, {})
    kinds = [argument, *argument.get("anyOf", ())]
    return [str(value) for kind in kinds for value in kind.get("enum", ())]


async def _check_target(desk: Desk, action: Action, arguments: Any) -> None:
    if action.webhook_target is None:
        return
    url = getattr(arguments, action.webhook_target)
    if url is None:
        return
    asks = getattr(arguments, "verify", True)
    refused = await desk.outbox.check(url) if asks else desk.outbox.policy.refusal(url)
    if refused is not None:
        raise problems.invalid(Fault(f"body.{action.webhook_target}", refused))
