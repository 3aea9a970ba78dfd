"""YAML as data that knows where it stands, and what is refused of it."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenarios.reading.positions import LARGEST, Mark, NotReadable, decoded, read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=20,
)


@given(JSON)
def test_json_is_read_as_what_it_says(value: Any) -> None:
    assert read(json.dumps(value)).data == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("country: NO", "NO"),
        ("postcode: 00950", "00950"),
        ("at: 2026-03-02", "2026-03-02"),
        ("time: 12:30", "12:30"),
        ("on: yes", "yes"),
        ("number: 12", 12),
        ("number: -1.5", -1.5),
        ("number: 1e3", 1000.0),
        ("number: 1e999", "1e999"),
        ("number: .5", 0.5),
        ("code: E2", "E2"),
        ("code: -e5", "-e5"),
        ("word: 'true'", "true"),
        ("word: true", True),
        ("nothing: ~", None),
        ("nothing:", None),
        ("tagged: !!str 12", "12"),
    ],
)
def test_plain_words_are_what_they_look_like(text: str, value: Any) -> None:
    ((_, found),) = read(text).data.items()
    assert found == value
    assert type(found) is type(value)


def test_what_is_said_once_may_be_used_again() -> None:
    document = read("a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\nd: {<<: [{x: 7}, *a]}\n")
    assert document.data == {
        "a": {"x": 1, "y": 2},
        "b": {"x": 1, "y": 2},
        "c": {"x": 1, "y": 3},
        "d": {"x": 7, "y": 2},
    }
    assert document.mark(("b", "x")) == Mark(2, 4)


def test_a_place_is_that_of_the_value_or_of_its_key() -> None:
    document = read("rules:\n  - when: { operation: x }\n    times: 3\n")
    assert document.mark(("rules", 0, "when", "operation")) == Mark(2, 24)
    assert document.mark(("rules", 0, "when", "operation"), of_key=True) == Mark(2, 13)
    assert document.mark(("rules", 0, "absent")) == Mark(2, 5)


def test_a_key_that_stands_twice_is_told_and_the_rest_is_read() -> None:
    document = read("a: 1\nb: 2\na: 3\n")
    (problem,) = document.problems
    assert (problem.mark, problem.message) == (
        Mark(3, 1),
        '"a" stands here twice, first in line 1',
    )
    assert document.data["b"] == 2


def bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 30):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (bomb(), "holds more than 200000 values, aliases counted as often as used"),
        ("[" * 100_000, "goes deeper than 60 levels"),
        ("&a [*a]", "*a contains itself"),
        ("*a", "*a stands for nothing: there is no &a"),
        ("a: 1\n---\nb: 2", "holds a second document: a file is one story"),
        ("!!python/object:os.system {}", "the tag tag:yaml.org,2002:python/object:os.system"),
        ("!!binary aGk=", "the tag tag:yaml.org,2002:binary is not taken here"),
        ("!mine x", "the tag !mine is not taken here"),
        ("? [a]\n: b", "a key has to be a text"),
        ("<<: 3", '"<<" takes an object, or a list of objects'),
        ("\ta: 1", "YAML is indented by spaces, not by tabs"),
        ("a: [1, 2", "is not YAML: did not find expected"),
        ("a: 'x", "is not YAML: "),
        ("%YAML 9.9\n--- a", "is not YAML: "),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_plain_data_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read(text)
    assert said in refused.value.problem.message
    assert refused.value.problem.mark is not None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * (LARGEST + 1), "is larger than 2 MB, the most that is read"),
        ("scenario: x".encode("utf-16"), "is UTF-16: save it as UTF-8"),
        (b"a: 1\nb: caf\xe9", "is not UTF-8: the byte 0xe9"),
    ],
    ids=["large", "UTF-16", "Latin-1"],
)
def test_other_encodings_and_sizes_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(NotReadable) as refused:
        decoded(content)
    assert refused.value.problem.message == said


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(decoded(b"\xef\xbb\xbfa: 1")).data == {"a": 1}


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(NotReadable):
        assert read(text).problems is not None
