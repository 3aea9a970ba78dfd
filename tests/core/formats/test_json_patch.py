"""JSON Patch: the examples of RFC 6902's appendix, and that a patch applies whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.formats import json_patch

EXAMPLES: list[tuple[Any, list[dict[str, Any]], Any]] = [
    (
        {"foo": "bar"},
        [{"op": "add", "path": "/baz", "value": "qux"}],
        {"baz": "qux", "foo": "bar"},
    ),
    (
        {"foo": ["bar", "baz"]},
        [{"op": "add", "path": "/foo/1", "value": "qux"}],
        {"foo": ["bar", "qux", "baz"]},
    ),
    ({"baz": "qux", "foo": "bar"}, [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),
    (
        {"foo": ["bar", "qux", "baz"]},
        [{"op": "remove", "path": "/foo/1"}],
        {"foo": ["bar", "baz"]},
    ),
    (
        {"baz": "qux", "foo": "bar"},
        [{"op": "replace", "path": "/baz", "value": "boo"}],
        {"baz": "boo", "foo": "bar"},
    ),
    (
        {"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
        [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
        {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}},
    ),
    (
        {"foo": ["all", "grass", "cows", "eat"]},
        [{"op": "move", "from": "/foo/1", "path": "/foo/3"}],
        {"foo": ["all", "cows", "eat", "grass"]},
    ),
    (
        {"baz": "qux", "foo": ["a", 2, "c"]},
        [
            {"op": "test", "path": "/baz", "value": "qux"},
            {"op": "test", "path": "/foo/1", "value": 2},
        ],
        {"baz": "qux", "foo": ["a", 2, "c"]},
    ),
    (
        {"foo": "bar"},
        [{"op": "add", "path": "/child", "value": {"grandchild": {}}}],
        {"foo": "bar", "child": {"grandchild": {}}},
    ),
    ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),
    (
        {"foo": ["bar"]},
        [{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}],
        {"foo": ["bar", ["abc", "def"]]},
    ),
    ({"a": 1}, [{"op": "replace", "path": "", "value": [1]}], [1]),
    ({"a": [1]}, [{"op": "copy", "from": "/a", "path": "/b"}], {"a": [1], "b": [1]}),
    ({"a": [1]}, [{"op": "replace", "path": "/a/0", "value": 2}], {"a": [2]}),
]


@pytest.mark.parametrize(("document", "patch", "expected"), EXAMPLES)
def test_the_examples_of_the_rfc(document: Any, patch: Any, expected: Any) -> None:
    before = deepcopy(document)
    assert json_patch.faults(patch) == []
    assert json_patch.applied(document, patch) == expected
    assert document == before


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ({"op": "test", "path": "/a", "value": 2}, "found 1, not 2"),
        ({"op": "test", "path": "/a", "value": True}, "found 1, not true"),
        ({"op": "add", "path": "/x/y", "value": 1}, "there is no 'x'"),
        ({"op": "remove", "path": "/b/7"}, "the list has 1 elements, none at '7'"),
        ({"op": "replace", "path": "/c", "value": 1}, "there is no 'c'"),
        ({"op": "add", "path": "/b/01", "value": 1}, "none at '01'"),
        ({"op": "add", "path": "/a/x", "value": 1}, "no object and no list"),
        ({"op": "copy", "from": "/b/-", "path": "/c"}, "none at '-'"),
    ],
)
def test_a_step_that_does_not_apply_says_why(step: dict[str, Any], why: str) -> None:
    assert json_patch.faults([step]) == []
    sound = {"op": "add", "path": "/d", "value": 1}
    with pytest.raises(json_patch.DoesNotApply) as refused:
        json_patch.applied({"a": 1, "b": [1]}, [sound, step])
    assert str(refused.value).startswith(f"step 1 ({step['op']} {step['path']}): ")
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({}, "is a list of steps"),
        ([], "is a list of steps"),
        ([1], "is an object"),
        ([{"op": "set", "path": "/a"}], "op is one of"),
        ([{"op": "add", "path": "/a"}], "value is missing"),
        ([{"op": "remove", "path": "a"}], "path is a JSON Pointer"),
        ([{"op": "remove", "path": "/a~2"}], "tilde"),
        ([{"op": "remove", "path": "/a", "value": 1}], "value means nothing to remove"),
        ([{"op": "move", "path": "/a/b", "from": "/a"}], "into itself"),
        ([{"op": "copy", "path": "/a"}], "from is missing"),
    ],
)
def test_what_is_wrong_with_a_patch_itself(patch: Any, message: str) -> None:
    [fault] = json_patch.faults(patch)
    assert message in fault.message


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab~/"), inner),
    max_leaves=6,
)
POINTERS = st.lists(st.sampled_from(["a", "b", "~0", "~1", "0", "1", "-", ""]), max_size=3).map(
    lambda parts: "".join(f"/{part}" for part in parts)
)


@given(
    document=VALUES,
    value=VALUES,
    path=POINTERS,
    source=POINTERS,
    op=st.sampled_from(json_patch.OPERATIONS),
)
def test_a_sound_step_applies_or_not_and_leaves_what_was_given(
    document: Any, value: Any, path: str, source: str, op: str
) -> None:
    step = {"op": op, "path": path}
    if op in ("add", "replace", "test"):
        step["value"] = value
    if op in ("move", "copy"):
        step["from"] = source
    if json_patch.faults([step]):
        return
    before = deepcopy(document)
    with suppress(json_patch.DoesNotApply):
        changed = json_patch.applied(document, [step])
        if op in ("add", "replace") and not path.endswith("/-"):
            found = {"op": "test", "path": path, "value": value}
            assert json_patch.applied(changed, [found]) == changed
    assert json_patch.same(document, before)
