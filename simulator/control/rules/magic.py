"""Magic values: what texts of an order may ask for where nothing else can be reached."""

from __future__ import annotations

from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.carriers.magic import directives
from simulator.carriers.magic.values import Made
from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.core.answers import Answer


def list_magic(desk: Desk, carrier: str | None) -> Answer:
    """The tables of the carriers, and what directives may say. 404 for an unknown carrier."""
    if carrier is not None and carrier not in desk.carriers:
        raise problems.not_found("carrier", carrier, desk.carriers)
    served = [each for name, each in desk.carriers.items() if carrier in (None, name)]
    return Answer(
        body=page(
            [item for each in served for item in _values(each)],
            directives=[item for each in served for item in _examples(each)],
            words=[_words(each, made) for each in served for made in each.magic.made],
        )
    )


def _values(carrier: Carrier) -> list[dict[str, Any]]:
    return [
        {
            "carrier": carrier.name,
            "where": value.where,
            "value": value.value,
            "outcome": value.outcome,
            "effect": [f"[[{directive}]]" for directive in value.effect],
        }
        for value in carrier.magic.values
    ]


def _examples(carrier: Carrier) -> list[dict[str, Any]]:
    return [
        {"carrier": carrier.name, "directive": each.directive, "outcome": each.outcome}
        for each in carrier.magic.examples
    ]


def _words(carrier: Carrier, made: Made[Any]) -> dict[str, Any]:
    return {
        "carrier": carrier.name,
        "quirk": f"{carrier.name}.magic",
        "of": made.noun,
        "texts": list(made.texts),
        "requests": [directives.CREATE, *made.requests],
        "steps": made.steps,
        "alone": [*made.journeys, *made.deeds],
    }
