"""Rules in a few words, and what is wrong with words that make none."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.engine.rules.rule_words import BadWords, effect, parse


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "inpost.get_label: 404 x2",
            {
                "when": {"operation": "inpost.get_label"},
                "fault": {"kind": "status", "status": 404},
                "times": 2,
            },
        ),
        ("myparcel: timeout", {"when": {"carrier": "myparcel"}, "fault": {"kind": "timeout"}}),
        (
            "inpost.buy_offer: connection_reset after",
            {
                "when": {"operation": "inpost.buy_offer"},
                "fault": {"kind": "connection_reset", "when": "after"},
            },
        ),
        (
            "503 5%",
            {"when": {"probability": 0.05}, "fault": {"kind": "status", "status": 503}},
        ),
        ("*: empty-response", {"fault": {"kind": "empty_response"}}),
        ("inpost:Reset", {"when": {"carrier": "inpost"}, "fault": {"kind": "connection_reset"}}),
        (
            "postplus: rate_limit 5/10s",
            {
                "when": {"carrier": "postplus"},
                "fault": {"kind": "rate_limit", "requests": 5, "per": "10s"},
            },
        ),
        (
            "delay 1500ms 503 every 3",
            {
                "when": {"every": 3},
                "delay": {"by": "1500ms"},
                "fault": {"kind": "status", "status": 503},
            },
        ),
        ("timeout 5s nth 2", {"when": {"nth": 2}, "fault": {"kind": "timeout", "by": "5s"}}),
    ],
)
def test_what_words_mean(text: str, rule: dict[str, Any]) -> None:
    assert parse(text) == rule


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("inpost: timeot", ["'timeot' is no status, fault or time. Did you mean \"timeout\"?"]),
        ("503 404", ["404 is a second fault: one rule has one"]),
        ("delay", ["delay is followed by a duration such as 1500ms"]),
        ("rate_limit", ["rate_limit is followed by a rate such as 5/10s"]),
        ("503 x0", ["x0 is never: x1 is once"]),
        ("503 101%", ["101% is more than all of them"]),
        ("delay 1s after", ["after goes with a fault, not with a delay alone"]),
        ("503 x1 x2", ["x2 is said twice"]),
    ],
)
def test_what_is_wrong_is_told(text: str, faults: list[str]) -> None:
    with pytest.raises(BadWords) as refused:
        parse(text)
    assert refused.value.faults == faults


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadWords) as refused:
        effect("503 404 foo x0")
    assert len(refused.value.faults) == 3


@pytest.mark.parametrize("text", ["", "inpost:", "x2", "5%"])
def test_nothing_that_happens_is_no_rule(text: str) -> None:
    with pytest.raises(BadWords, match="say what happens"):
        parse(text)
