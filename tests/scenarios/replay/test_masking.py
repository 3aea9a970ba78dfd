"""Secrets never come out, however they are written."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenarios.replay.events import Gap, StepResult
from simulator.scenarios.replay.masking import Masker

SECRET = 'p"ä/+ss?w ord&1'
ENCODED = base64.b64encode(SECRET.encode()).decode()


@pytest.mark.parametrize(
    "written",
    [SECRET, ENCODED, quote(SECRET, safe=""), json.dumps(SECRET), ENCODED.rstrip("=")],
)
def test_a_secret_is_masked_in_every_writing(written: str) -> None:
    masked = Masker([SECRET]).text(f"before {written} after")
    assert "***" in masked
    assert written.strip('"=') not in masked


def test_the_beginning_of_a_secret_that_was_cut_off_is_masked() -> None:
    assert Masker(["abcdefghij"]).text('"abcdefg... and abc...') == '"***... and abc...'


def test_a_secret_that_is_a_word_of_ours_leaves_the_report_whole() -> None:
    step = StepResult(1, "passed", "a:1:1", "passed", differences=(Gap("/", "passed", "x"),))
    masked = Masker(["passed", "1"]).masked(step)
    assert masked.outcome == "passed"
    assert masked.name == "***"
    assert masked.differences[0].wanted == "***"


@given(st.text(min_size=1), st.text(), st.text())
def test_no_text_keeps_a_secret(secret: str, before: str, after: str) -> None:
    masked = Masker([secret]).text(before + secret + after)
    assert secret not in masked.replace("***", "") or secret in "***"


KEY = "k?y/żó+<x>"


def escaped(text: str) -> str:
    """The text as servers write it that escape more than they have to."""
    return "".join(c if c.isalnum() and c.isascii() else f"\\u{ord(c):04X}" for c in text)


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(KEY).replace("/", "\\/"),
        KEY.replace("/", "\\/"),
        escaped(KEY),
        escaped(KEY).replace("\\u002F", "\\/"),
        "".join(f"\\u{ord(c):04x}" for c in KEY),
        json.dumps(json.dumps(KEY).replace("/", "\\/")),
        escaped(base64.b64encode(KEY.encode()).decode()),
        base64.b64encode(f"{KEY}:".encode()).decode().replace("/", "\\/"),
        quote(KEY, safe="").lower(),
    ],
)
def test_a_secret_is_masked_however_json_escapes_it(written: str) -> None:
    masked = Masker([KEY]).text(f'{{"sent": "{written}", "ok": 1}}')
    assert masked.startswith('{"sent": ')
    assert masked.endswith(', "ok": 1}')
    rest = masked.replace('{"sent": ', "").replace(', "ok": 1}', "").strip('\\"')
    assert rest.startswith("***")
    # What is left of a base64 is the half character that depends on what follows, and padding.
    assert len(rest) <= len("***g6==")


def test_an_escaped_secret_that_was_cut_off_is_masked() -> None:
    assert Masker([KEY]).text(f"{escaped(KEY)[:40]}...") == "***..."
    assert Masker([KEY]).text("k?y\\/ż\\u00f3\\u00...") == "***..."
