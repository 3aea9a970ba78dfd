"""The loader tells everything that is wrong with a file, each thing at its place."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from simulator.resources import scenario_schema_path
from simulator.scenarios.files import loader
from simulator.scenarios.files.loader import Refused
from simulator.scenarios.files.schema import text
from simulator.scenarios.vocabulary import Vocabulary

WRONG = """\
scenario: Everything that can be wrong
clock: { mode: frozen, at: yesterday, speed: 2 }
given:
  - inpost.set_balanc: { organization: 1, amount: "5.00" }
  - inpost.set_balance: { organization: x, amont: "5.00" }
quirks: { inpost.funds: maybe, inpost.fund: true }
rules:
  - when: { operation: inpost.get_labl }
    fault: { kind: conection_reset }
    times: 0
  - when: { operation: inpost.get_label, body: { reference: { $rex: "^A" } } }
timeline:
  - at: +2x
    do: { inpost.top_up: { organization: "${event.x}", amount: "1" } }
  - after: { event: inpost.shipment_confirmd }
    wait: soon
    do: { inpost.move: { shipment: "${evnt.id}", to: "confirmed" } }
  - after: { status: inpost.redy_to_pickup }
    every: 2m
    do: { inpost.move: { shipment: 1, to: nowhere } }
steps:
  - request: { carrier: inpst, method: GTE, path: v1/points }
    expect: { status: created }
    save: { shipment: id }
  - request: { method: GET, path: "/v1/shipments/${shipmet}" }
    advance: 2s
  - advance: { by: 2x }
  - expct: { status: 200 }
"""

SAID = """\
2:28: clock.at: 'yesterday' is not an instant: write ISO 8601 with an offset
2:46: clock.speed: belongs to a scaled clock, not to a frozen one
4:5: given.0.inpost.set_balanc: "inpost.set_balanc" is no action. Did you mean "inpost.set_balance"?
5:5: given.1.inpost.set_balance: inpost.set_balance needs "amount"
5:41: given.1.inpost.set_balance.organization: has to be a whole number, not "x"
5:44: given.1.inpost.set_balance.amont: "amont" is no argument of inpost.set_balance. Did you mean \
"amount"? It takes organization, amount.
6:25: quirks.inpost.funds: has to be "balance" or "unlimited", not "maybe"
6:32: quirks.inpost.fund: "inpost.fund" is no quirk; GET /_sim/quirks lists them. Did you mean \
"inpost.funds"?
8:24: rules.0.when.operation: is not an operation. Did you mean "inpost.get_label"?
9:20: rules.0.fault.kind: has to be one of
10:12: rules.0.times: is at least 1
11:5: rules.1: does nothing: say one of
11:69: rules.1.when.body.reference.$rex: $rex is not one of
13:9: timeline.0.at: '+2x' is not a duration
14:9: timeline.0.do: ${event.x} has no value: an instant tells nothing
15:21: timeline.1.after.event: "inpost.shipment_confirmd" is no event. Did you mean \
"inpost.shipment_confirmed"?
16:11: timeline.1.wait: 'soon' is no time to wait: write "26h" or "next working day 10:00"
17:9: timeline.1.do: ${evnt.id} has no value here. Did you mean "${event.evnt.id}"?
18:22: timeline.2.after.status: "inpost.redy_to_pickup" is no status of a carrier. Did you mean \
"inpost.ready_to_pickup"?
19:5: timeline.2.every: belongs to "at"; with "after" say "repeat"
20:43: timeline.2.do.inpost.move.to: "nowhere" is not what inpost.move takes for to.
22:25: steps.0.request.carrier: "inpst" is no carrier. Did you mean "inpost"?
22:40: steps.0.request.method: "GTE" is no method.
22:51: steps.0.request.path: begins with /, or is a link that was saved: ${link}
23:23: steps.0.expect.status: is a status (200) or a pattern of one, not "created"
24:23: steps.0.save.shipment: "id" is neither a JSON Pointer (/id) nor header:Name
25:5: steps.1: a step is one of request, advance, wait, do, webhook, not request and advance
25:5: steps.1: ${shipmet} was not saved by a step before. Did you mean "shipment"?
27:20: steps.2.advance.by: '2x' is not a duration
28:5: steps.3.expct: "expct" is not a key here. Did you mean "expect"?
"""


def problems(content: str, known: Vocabulary) -> list[str]:
    with pytest.raises(Refused) as refused:
        loader.read(content.encode(), "story.yaml", known)
    return refused.value.problems


def test_everything_that_is_wrong_is_told_at_its_place(known: Vocabulary) -> None:
    told = problems(WRONG, known)
    expected = [f"story.yaml:{line}" for line in SAID.splitlines()]
    assert len(told) == len(expected), "\n".join(told)
    for line, beginning in zip(told, expected, strict=True):
        assert line.startswith(beginning), line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", 'story.yaml: is empty: a scenario begins with "scenario: its title"'),
        ("- a\n- b", "story.yaml: is no object of keys and values"),
        ("scenario: ''", "story.yaml:1:11: scenario: is empty"),
        ("name: x", 'story.yaml:1:1: "scenario" is missing'),
        ("scenario: x\nscenario: y", 'story.yaml:2:1: scenario: "scenario" stands here twice'),
        ("scenario: x\n\trules: []", "story.yaml:2:1: is not YAML: found a tab"),
        ("scenario: x\nrules: {}", "story.yaml:2:8: rules: has to be a list, not an object"),
        (
            "scenario: x\nsteps: [{ webhook: { status: recorded } }]",
            'story.yaml:2:30: steps.0.webhook.status: "recorded" is no status of a webhook. There '
            "are pending, delivered, failed, not_subscribed, waiting, dropped.",
        ),
        (
            "scenario: x\ntimeline: [{ at: +2, do: { inpost.expire_offers: { shipment: 1 } } }]",
            "story.yaml:2:18: timeline.0.at: has to be a text, not 2: write a number and a unit: "
            "2s, 2m, 26h",
        ),
        (
            "scenario: x\nsteps: [{ advance: 1.5 }]",
            "story.yaml:2:20: steps.0.advance: has to be a text or an object, not 1.5: write a "
            "number and a unit: 2s, 2m, 26h",
        ),
        (
            "scenario: x\ntimeline: [{ after: { event: inpost.ready_to_pickup }, "
            "do: { inpost.expire_offers: { shipment: 1 } } }]",
            'story.yaml:2:30: timeline.0.after.event: "inpost.ready_to_pickup" is no event. That '
            'is a status: write "status", not "event".',
        ),
        ("scenario: x\nseed: 1.5", "story.yaml:2:7: seed: has to be a whole number, not 1.5"),
    ],
)
def test_what_is_no_scenario_is_said_on_one_line(
    known: Vocabulary, content: str, said: str
) -> None:
    (told,) = problems(content, known)
    assert told.startswith(said)


@pytest.mark.parametrize(
    ("advance", "said"),
    [
        (
            "{ until: { event: inpost.shipment_confirmd } }",
            'until.event: "inpost.shipment_confirmd',
        ),
        (
            "{ until: { event: inpost.ready_to_pickup } }",
            'until.event: "inpost.ready_to_pickup" is no event. That is a status: event: '
            "inpost.shipment_status_changed, match: {status: ready_to_pickup}",
        ),
        ("{ until: { event: scenario.acted, evry: 1s } }", 'until.evry: "evry" is not a key here'),
        ("{ until: inpost.shipment_confirmd }", 'until: "inpost.shipment_confirmd" is no event.'),
        ("{ until: scenario.acted, within: soon }", "within: 'soon' is not a duration"),
        ("{ until: scenario.acted, match: { x: 1 } }", 'match.x: scenario.acted tells no "x"'),
        ("{ until: scenario.acted, after: last }", "after: has to be the number of an event"),
        ("{ until: { event: scenario.acted, after: 1 }, after: 1 }", "after: is said within until"),
        ("{ until: 5 }", "until: has to be a text or an object, not 5"),
        ("{ by: 2s, within: 1h }", 'within: belongs to "until"'),
        ("{ by: 2s, wthin: 1h }", 'wthin: "wthin" is not a key here. Did you mean "within"?'),
    ],
)
def test_what_an_advance_waits_for_is_known_before_anything_is_played(
    known: Vocabulary, advance: str, said: str
) -> None:
    (told,) = problems(f"scenario: x\nsteps:\n  - advance: {advance}", known)
    assert f"steps.0.advance.{said}" in told


@pytest.mark.parametrize(
    ("poll", "refused"),
    [
        ("{ every: 1s, within: 1000s }", False),
        ("{ every: 1s, within: 1001s }", True),
        ("{ every: 1s, within: 10000h }", True),
        ("{ every: 0s, within: 1h }", False),
    ],
)
def test_a_poll_asks_at_most_a_thousand_times(known: Vocabulary, poll: str, refused: bool) -> None:
    request = "request: { carrier: inpost, method: GET, path: /v1/points }"
    step = f"{{ {request}, expect: {{ status: 200 }}, poll: {poll} }}"
    content = f"scenario: x\nsteps: [{step}]"
    if not refused:
        loader.read(content.encode(), "story.yaml", known)
        return
    (told,) = problems(content, known)
    assert told.endswith(
        "steps.0.poll: asks more than 1000 times: make every longer or within shorter"
    )


def test_thousands_of_problems_are_told_up_to_a_hundred(known: Vocabulary) -> None:
    told = problems("scenario: x\nrules:\n" + "  - { whn: {} }\n" * 5000, known)
    assert len(told) == 101
    assert told[-1] == "story.yaml: and more"


def test_a_file_that_is_not_there_is_said(known: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no such file"):
        loader.load(tmp_path / "story.yaml", known)


def test_the_schema_for_editors_is_current(known: Vocabulary) -> None:
    written = scenario_schema_path().read_text(encoding="utf-8")
    assert written == text(known), "run: python tools/scenario_schema.py"


@pytest.mark.parametrize(
    ("document", "fits"),
    [
        ({"scenario": "x", "given": [{"inpost.top_up": {"organization": 1, "amount": "1"}}]}, True),
        ({"scenario": "x", "given": [{"inpost.top_op": {}}]}, False),
        ({"scenario": "x", "given": [{"inpost.top_up": {"organisation": 1, "amount": 1}}]}, False),
        ({"scenario": "x", "quirks": {"inpost.funds": "unlimited"}}, True),
        ({"scenario": "x", "quirks": {"inpost.funds": "much"}}, False),
        ({"scenario": "x", "rules": [{"when": {"operation": "inpost.get_labl"}}]}, False),
        ({"scenario": "x", "timeline": [{"at": "+2m", "do": {"inpost.top_up": {}}}]}, False),
        (
            {
                "scenario": "x",
                "timeline": [
                    {
                        "after": {"request": "inpost.create_shipment"},
                        "do": {"inpost.move": {"shipment": "${event.x}", "to": "other"}},
                    }
                ],
            },
            True,
        ),
    ],
)
def test_editors_are_told_what_may_be_written(document: dict[str, object], fits: bool) -> None:
    schema = json.loads(scenario_schema_path().read_text(encoding="utf-8"))
    assert jsonschema_rs.validator_for(schema).is_valid(document) is fits


def test_editors_tell_what_every_member_is_for() -> None:
    parts = json.loads(scenario_schema_path().read_text(encoding="utf-8"))["$defs"]
    silent = [
        f"{name}.{member}"
        for name in ("Scenario", "TimelineEntry", "After", "Step", "SentRequest", "Check", "When")
        for member, schema in parts[name]["properties"].items()
        if "description" not in schema
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("do", "place", "said"),
    [
        (
            "inpost.play: { shipment: 1, history: [{ at: -1d, status: delivrd }] }",
            "inpost.play.history.0.status",
            'Did you mean "delivered"?',
        ),
        (
            "postplus.play: { parcel: A, history: [{ at: -1d, code: DELIVRED }] }",
            "postplus.play.history.0.code",
            'Did you mean "DELIVERED"?',
        ),
        ("myparcel.move: { shipment: 1, to: 777 }", "myparcel.move.to", "777 is not what"),
        ("inpost.start_journey: { shipment: 1, journey: x }", "inpost.start_journey.journey", "x"),
        ("inpost.set_balance: { organization: 1, amount: x }", "amount", "has to be a number"),
    ],
)
def test_words_within_arguments_are_known(
    known: Vocabulary, do: str, place: str, said: str
) -> None:
    (told,) = problems(f"scenario: x\ngiven:\n  - {do}\n", known)
    assert f"{place}: " in told
    assert said in told


@pytest.mark.parametrize(
    ("after", "do", "said"),
    [
        ("{ request: inpost.create_shipment, match: { bdy: {} } }", "1", 'tells no "bdy"'),
        (
            "{ request: inpost.create_shipment, match: { path: { org: x } } }",
            "1",
            '"org" is no path parameter',
        ),
        (
            "{ request: inpost.create_shipment, match: { path: { organization_id: 4 } } }",
            "1",
            'is a text: write "4"',
        ),
        ("{ request: inpost.create_shipment }", "${event.pth.id}", 'tells no "pth"'),
        ("{ status: inpost.delivered }", "${event.shipmnt_id}", 'tells no "shipmnt_id"'),
        ("{ status: inpost.delivered }", "${evnt.shipment_id}", '"${event.shipment_id}"?'),
    ],
)
def test_what_an_entry_waits_for_is_known(
    known: Vocabulary, after: str, do: str, said: str
) -> None:
    story = f"""
scenario: x
timeline:
  - after: {after}
    do: {{ inpost.move: {{ shipment: "{do}", to: delivered }} }}
"""
    (told,) = problems(story, known)
    assert said in told


def test_the_name_of_an_event_is_enough_wherever_one_is_waited_for(known: Vocabulary) -> None:
    story = """
scenario: x
timeline:
  - after: inpost.shipment_confirmed
    do: { inpost.move: { shipment: "${event.shipment_id}", to: delivered } }
steps:
  - advance: { until: inpost.shipment_confirmed, match: { shipment_id: 1 }, within: 2d }
"""
    document = loader.read(story.encode(), "story.yaml", known).document
    schema = json.loads(scenario_schema_path().read_text())
    assert [*jsonschema_rs.validator_for(schema).iter_errors(document)] == []


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("inpost.shipment_confirmd", 'Did you mean "inpost.shipment_confirmed"?'),
        ("inpost.ready_to_pickup", "is a status: write { status: inpost.ready_to_pickup }."),
    ],
)
def test_a_name_that_is_no_event_is_told_where_it_stands(
    known: Vocabulary, word: str, said: str
) -> None:
    story = f"scenario: x\ntimeline: [{{ after: {word}, do: {{ postplus.reset: {{}} }} }}]\n"
    told = next(each for each in problems(story, known) if "no event" in each)
    assert told.startswith("story.yaml:2:21: timeline.0.after: ")
    assert told.endswith(said)
