"""What a JSON schema refuses, in the words in which the API of today says it.

Observed in issue threads of its plugins: the texts about lengths, null and values of another kind,
the headline with the name of a schema, and the names of three schemas. The other texts are those of
the validator that writes these; the other names follow those of the models that its description
has (inferred).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.core.answers import Finding

SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "POST /shipments": {
        "": "shipment/post_shipments_request",
        "application/vnd.shipment+json;version=1.1": "shipment/post_shipments_request-v1.1",
        "application/vnd.return_shipment+json": "shipment/post_return_shipments_request",
        "application/vnd.unrelated_return_shipment+json": (
            "shipment/post_unrelated_return_shipments_request"
        ),
    },
    "PUT /shipments": {
        "": "shipment/put_shipments_request",
        "application/vnd.shipment+json;version=1.1": "shipment/put_shipments_request-v1.1",
    },
    "PATCH /shipments": {"": "shipment/patch_shipments_request"},
    "POST /shipments/capabilities": {"": "capabilities/post_capabilities_request-v2"},
    "POST /shipments/capabilities/contract-definitions": {
        "": "capabilities/post_contract_definitions_request-v2"
    },
    "POST /shipments/rates": {"": "rates/post_rates_request-v2"},
    "POST /webhook_subscriptions": {"": "webhooks/post_webhook_subscriptions_request-v1.1"},
    "POST /fulfilment/orders": {"": "fulfilment/post_orders"},
    "PUT /fulfilment/orders": {"": "fulfilment/put_orders"},
    "POST /fulfilment/orders/{}/notes": {"": "fulfilment/post_order_notes"},
}
"""Method and path -> the kind of body, or none for all others -> the name of its schema.

``{}`` stands for an id. Observed: both of ``post_shipments_request``, and the last.
"""

_ID = re.compile(r"[0-9;]+|[0-9a-fA-F-]{32,}")
_PATTERN = " does not have the form "
"""What stands before the pattern in the sentence of the description."""
_ARTICLES = {"integer": "an", "object": "an", "array": "an"}


def schema(method: str, path: str, kind: str = "", version: str | None = None) -> str:
    """The name of the schema that the body of a request is held against, with its ending.

    `kind` is the media type of the body, `version` the one that it says.
    """
    parts = ["{}" if _ID.fullmatch(part) else part for part in path.strip("/").split("/")]
    names = SCHEMAS.get(f"{method} /{'/'.join(parts)}", {})
    name = names.get(f"{kind};version={version}") or names.get(kind) or names.get("")
    if name is None:
        own = [part for part in parts if part != "{}"] or ["index"]
        name = f"{own[0]}/{method.lower()}_{'_'.join(own)}_request"
    return f"{name}.json"


def headline(name: str) -> str:
    """The message of a body that a schema refuses."""
    return f"Failed validation against JSON-SCHEMA {name}"


def kind_of(value: Any) -> str:
    """The kind of a JSON value as PHP calls it, with a capital letter."""
    if value is None:
        return "NULL"
    return _KINDS[type(value)]


def sentence(finding: Finding) -> str:
    """What is wrong with the value at a place, to stand behind the place."""
    if finding.path and finding.value is None and not finding.keyword:
        if not finding.wanted:
            return f"The property {finding.path[-1]} is required"
        return _misfit(None, finding.wanted)
    if isinstance(finding.allowed, Mapping):
        broken = _broken(finding.value, finding.allowed)
        if broken:
            return _SENTENCES[broken].format(finding.allowed[broken])
    elif finding.allowed:
        listed = msgspec.json.encode(finding.allowed).decode()
        return f"Does not have a value in the enumeration {listed}"
    if finding.keyword == "pattern" and _PATTERN in finding.message:
        return f"Does not match the regex pattern {finding.message.rpartition(_PATTERN)[2]}"
    if finding.wanted and finding.keyword in ("type", "anyOf", "oneOf"):
        return _misfit(finding.value, finding.wanted)
    return finding.message


def _broken(value: Any, bounds: Mapping[str, Any]) -> str:
    """Which of the bounds a value is beyond."""
    measure = len(value) if isinstance(value, str | list | dict) else value
    told = {name: bound for name, bound in bounds.items() if name in _SENTENCES}
    return next((name for name, bound in told.items() if _beyond(name, measure, bound)), "")


def _beyond(name: str, measure: float, bound: float) -> bool:
    return measure < bound if name.startswith("min") else measure > bound


def _misfit(value: Any, wanted: tuple[str, ...]) -> str:
    """Of several kinds that would do, the first is the documented one; the others are taken too."""
    found = kind_of(value)
    kind = next((each for each in wanted if each != found.lower()), wanted[0])
    return f"{found} value found, but {_ARTICLES.get(kind, 'a')} {kind} is required"


_KINDS: Mapping[type, str] = {
    dict: "Object",
    list: "Array",
    str: "String",
    bool: "Boolean",
    int: "Integer",
    float: "Double",
}

_SENTENCES: Mapping[str, str] = {
    "minLength": "Must be at least {} characters long",
    "maxLength": "Must be at most {} characters long",
    "minItems": "There must be a minimum of {} items in the array",
    "maxItems": "There must be a maximum of {} items in the array",
    "minimum": "Must have a minimum value of {}",
    "maximum": "Must have a maximum value of {}",
}
