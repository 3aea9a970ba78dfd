"""The events that timelines tell of themselves."""

from __future__ import annotations

from simulator.carriers.event import EventSpec, Member

_SCENARIO = Member("string", "The name under which the scenario is loaded")
_ENTRY = Member("integer", "Which entry of its timeline, counted from 0")

SCENARIO_EVENTS: tuple[EventSpec, ...] = (
    EventSpec(
        name="scenario.acted",
        summary="An entry of a loaded timeline did what it says.",
        payload={
            "scenario": _SCENARIO,
            "entry": _ENTRY,
            "actions": Member("string", "What it did: names of actions, with commas between"),
        },
        example={"scenario": "topped-up", "entry": 0, "actions": "inpost.top_up"},
    ),
    EventSpec(
        name="scenario.failed",
        summary="An entry of a loaded timeline could not do what it says; nothing was changed.",
        payload={
            "scenario": _SCENARIO,
            "entry": _ENTRY,
            "error": Member("string", "Why, in a sentence"),
        },
        example={
            "scenario": "topped-up",
            "entry": 0,
            "error": "inpost.move: there is no shipment 7: name an id or a tracking number",
        },
    ),
)
