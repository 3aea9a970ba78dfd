"""The JSON Schema of scenario files, for editors: made from the structs and the carriers' words.

It knows every action with its arguments, every operation, event, status and quirk, so that an
editor completes them and tells what they are. `specs/scenario.schema.json` is what it gives.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from inspect import cleandoc
from typing import Any

import msgspec

from simulator.carriers.quirk import NumberRange, QuirkSpec
from simulator.parsed import parsed
from simulator.resources import spec_path
from simulator.scenarios.model import Advance, Scenario
from simulator.scenarios.vocabulary import Vocabulary

_VARIABLE = {"type": "string", "pattern": r"\$\{"}
_DESCRIBED = {
    "RuleDefinition": "RuleDefinition",
    "When": "RuleWhen",
    "Check": "RuleWhen",
    "Requests": "RuleWhen",
    "Respond": "RuleRespond",
    "Fault": "RuleFault",
    "Delay": "RuleDelay",
    "Hold": "RuleHold",
}
"""Parts of rules, and where the control API describes them."""
_WHEN = {
    "carrier": "Only requests to this carrier.",
    "method": "Only requests with this method.",
    "path": "Patterns of path parameters by name, as texts.",
    "query": "Patterns of query parameters by name, as texts.",
    "headers": "Patterns of headers by name, in any letter case.",
}
_SAID = {
    "When": _WHEN,
    "Requests": _WHEN,
    "Check": _WHEN
    | {
        "count": "There were exactly so many.",
        "at_least": "There were at least so many; 1 where nothing is said.",
        "at_most": "There were at most so many.",
        "never": "There was none.",
        "name": "What a failure is called by.",
    },
    "Respond": {
        "status": "The status of the answer.",
        "headers": "Headers of the answer.",
        "when": "In place of the carrier (before), or once it has done its work (after).",
    },
    "Fault": {
        "kind": "What fails: the status, the connection, the body, or a webhook.",
        "when": "Before the carrier does anything, or once it has done its work.",
    },
    "RuleDefinition": {
        "when": "Which requests, steps or webhooks it is about.",
        "respond": "An answer, or a change of the carrier's own.",
        "fault": "A failure.",
        "delay": "Real time that passes before the answer.",
        "hold": "A step that does not happen at once is kept from happening.",
        "name": "What the journal calls it.",
    },
    "SentRequest": {"headers": "Further headers.", "query": "Parameters of the query."},
    "Step": {
        "name": "What a report calls it.",
        "request": "Something that the client asks the carrier.",
        "expect": "What the answer must be like.",
        "poll": "Ask again until the answer is as expected.",
        "webhook": "A notification that must have come.",
    },
    "TimelineEntry": {
        "after": "What has to happen first.",
        "name": "What it is called where its state is told.",
    },
    "Scenario": {"clock": "The clock of the story's world."},
}
"""What is said of members that are described nowhere else."""
_SCALARS = ("integer", "number", "boolean")


def schema(known: Vocabulary) -> dict[str, Any]:
    """The schema with the words that are known."""
    made = msgspec.json.schema(Scenario)
    parts = made["$defs"]
    parts |= msgspec.json.schema(Advance)["$defs"]
    parts["Actions"] = _actions(known, parts)
    parts["Operation"] = {"enum": sorted(known.operations)}
    parts["Carrier"] = {"enum": list(known.carriers)}
    parts["Event"] = {"enum": sorted(known.events)}
    event = {"$ref": "#/$defs/Event"}
    one = {"$ref": "#/$defs/Actions"}
    several = {"anyOf": [one, {"type": "array", "items": one}]}
    scenario = parts["Scenario"]["properties"]
    scenario["given"]["items"] = one
    scenario["quirks"] |= _quirks(known.quirks.values())
    for name, member, words in (
        ("When", "operation", {"$ref": "#/$defs/Operation"}),
        ("Check", "operation", {"$ref": "#/$defs/Operation"}),
        ("Requests", "operation", {"$ref": "#/$defs/Operation"}),
        ("After", "request", {"$ref": "#/$defs/Operation"}),
        ("After", "event", event),
        ("TimelineEntry", "after", event),
        ("Until", "event", {"anyOf": [event, _VARIABLE]}),
        ("Advance", "until", {"anyOf": [event, _VARIABLE]}),
        ("After", "status", {"enum": sorted(known.statuses)}),
        ("When", "carrier", {"$ref": "#/$defs/Carrier"}),
        ("Check", "carrier", {"$ref": "#/$defs/Carrier"}),
        ("Requests", "carrier", {"$ref": "#/$defs/Carrier"}),
        ("SentRequest", "carrier", {"$ref": "#/$defs/Carrier"}),
        ("ExpectedWebhook", "carrier", {"$ref": "#/$defs/Carrier"}),
        ("TimelineEntry", "calendar", {"$ref": "#/$defs/Carrier"}),
    ):
        _name(parts[name]["properties"][member], words)
    for name in ("TimelineEntry", "Step"):
        described = parts[name]["properties"]["do"].get("description")
        parts[name]["properties"]["do"] = {**several, "description": described}
    moves = parts["Step"]["properties"]["advance"]["anyOf"]
    moves[moves.index({"type": "object"})] = {"$ref": "#/$defs/Advance"}
    _name(parts["Hold"]["properties"]["step"], {"enum": sorted(known.steps)})
    _describe(parts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario of the carrier simulator",
        **made,
    }


def text(known: Vocabulary) -> str:
    """The schema as it is written to the file."""
    return json.dumps(schema(known), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _name(member: dict[str, Any], words: Mapping[str, Any]) -> None:
    """Let a member that is a text, or null, be one of the words only."""
    if "anyOf" not in member:
        member.pop("type")
        member.update(words)
        return
    member["anyOf"] = [words if each == {"type": "string"} else each for each in member["anyOf"]]


def _describe(parts: dict[str, Any]) -> None:
    """Say of the members of rules what the description of the control API says of them."""
    for part in parts.values():
        # From CPython 3.13 on a docstring is without its indentation.
        if "description" in part:
            part["description"] = cleandoc(part["description"])
    described = parsed(spec_path("control"))["components"]["schemas"]
    for name, members in _SAID.items():
        for member, said in members.items():
            parts[name]["properties"][member].setdefault("description", said)
    for name, source in _DESCRIBED.items():
        for member, schema in described[source]["properties"].items():
            own = parts[name]["properties"].get(member)
            if own is not None and "description" in schema:
                own.setdefault("description", schema["description"])


def _actions(known: Vocabulary, parts: dict[str, Any]) -> dict[str, Any]:
    """An object of actions with the arguments of each."""
    properties = {}
    for name, action in known.actions.items():
        whole = msgspec.json.schema(action.arguments)
        own = whole["$defs"].pop(action.arguments.__name__)
        parts |= {f"{name}.{each}": inner for each, inner in whole["$defs"].items()}
        arguments = {
            key: _or_variable(_renamed(inner, name), action.words.get(key))
            for key, inner in own.get("properties", {}).items()
        }
        properties[name] = {
            "type": ["object", "null"] if not own.get("required") else "object",
            "description": action.summary,
            "properties": arguments,
            "required": own.get("required", []),
            "additionalProperties": False,
        }
    return {
        "type": "object",
        "description": "Actions by name with their arguments.",
        "properties": properties,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _renamed(value: Any, action: str) -> Any:
    """References of an action's own schema, as they are within the whole one."""
    if isinstance(value, dict):
        return {
            key: f"#/$defs/{action}.{inner.rpartition('/')[2]}"
            if key == "$ref"
            else _renamed(inner, action)
            for key, inner in value.items()
        }
    return [_renamed(each, action) for each in value] if isinstance(value, list) else value


def _or_variable(argument: dict[str, Any], words: Collection[str] | None) -> dict[str, Any]:
    """An argument, in the place of which a variable may stand; numbers may be written as texts."""
    if words is not None:
        return {"anyOf": [{"enum": sorted(words)}, _VARIABLE]}
    default = {"default": argument["default"]} if "default" in argument else {}
    plain = {key: value for key, value in argument.items() if key != "default"}
    numeric = plain.get("type") in _SCALARS
    written = {"type": "string"} if numeric else _VARIABLE
    return {"anyOf": [plain, written], **default}


def _quirks(quirks: Iterable[QuirkSpec]) -> dict[str, Any]:
    return {
        "properties": {
            quirk.name: {**_values(quirk), "description": quirk.summary} for quirk in quirks
        },
        "additionalProperties": False,
    }


def _values(quirk: QuirkSpec) -> dict[str, Any]:
    if isinstance(quirk.values, NumberRange):
        kind = "integer" if quirk.values.whole else "number"
        return {"type": kind, "minimum": quirk.values.low, "maximum": quirk.values.high}
    return {"enum": list(quirk.values)}
