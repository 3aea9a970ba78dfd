"""No refusal is mute: every one of each carrier says in words why. In the tests' server one that
does not fails as an undescribed answer does."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import simulator
from simulator.carriers import registry
from simulator.carriers.carrier import Carrier
from simulator.carriers.inpost.wire import errors as inpost
from simulator.carriers.myparcel.wire import errors as myparcel
from simulator.carriers.postplus.wire import errors as postplus
from simulator.core.answers import Answer, Finding, Refusal, Why
from simulator.engine.world import Request
from tests.support.server import Workspace

ERRORS = {"inpost": inpost, "myparcel": myparcel, "postplus": postplus}
TEXT = "some words of a test"
FINDING = Finding(("name",), "required", "is required")
VALUES: dict[str, Any] = {
    "int": 400,
    "int | str": 15000001,
    "str": TEXT,
    "dict[str, Any]": {"format": "pdf", "type": "a6", "service": "x"},
    "Sequence[str]": ("one", "two"),
    "Sequence[Finding]": (FINDING,),
    "Iterable[Finding]": (FINDING,),
    "Iterable[Fault]": (myparcel.Fault(3501, "city is required", "data.city"),),
    "object": 5,
    "Request": Request("http://x", {}, (), "GET", "/nowhere"),
}


def constructors() -> Iterator[Any]:
    for carrier, module in ERRORS.items():
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and function.__annotations__.get("return") == "Refusal":
                yield pytest.param(module, name, id=f"{carrier}.{name}")


@pytest.mark.parametrize(("module", "name"), list(constructors()))
def test_every_constructor_of_a_refusal_has_words(module: ModuleType, name: str) -> None:
    function = getattr(module, name)
    arguments = [
        VALUES[parameter.annotation]
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is not parameter.KEYWORD_ONLY
    ]
    refusal: Refusal = function(*arguments)
    assert refusal.why.mute is None
    assert 400 <= refusal.answer.status < 600


REALITY = {"inpost.routing_errors": "routing_not_found"}.get
DOCUMENTS = {"inpost.routing_errors": "method_not_allowed"}.get
ENVELOPED: dict[str, tuple[Any, ...]] = {
    "unknown_path": (REALITY,),
    "wrong_method": (["GET", "POST"], REALITY),
    "unknown_path by the documents": (DOCUMENTS,),
    "wrong_method by the documents": (["GET", "POST"], DOCUMENTS),
    "wrong_media_type": (["application/json"],),
    "malformed": ("the body is not JSON",),
    "too_large": ("the body has 9 bytes",),
    "invalid": ([FINDING],),
}


@pytest.mark.parametrize("carrier", registry.load(), ids=lambda carrier: carrier.name)
@pytest.mark.parametrize("name", ENVELOPED)
def test_what_goes_wrong_around_handlers_has_words(carrier: Carrier, name: str) -> None:
    answer: Answer = getattr(carrier.envelope, name.split()[0])(VALUES["Request"], *ENVELOPED[name])
    assert answer.why is not None
    assert answer.why.mute is None


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call in the carriers: its place, itself, and the name that is called."""
    root = Path(simulator.__file__).parent / "carriers"
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else ""
                name = function.id if isinstance(function, ast.Name) else name
                yield f"{path.relative_to(root)}:{node.lineno}", node, name


def test_every_finding_of_a_rule_has_a_message() -> None:
    mute = [
        place
        for place, call, name in calls()
        if name == "Finding"
        and len(call.args) < 3
        and "message" not in {keyword.arg for keyword in call.keywords}
    ]
    assert mute == []


def test_every_refusal_that_is_made_by_hand_has_a_reason() -> None:
    bare = [
        place
        for place, call, name in calls()
        if name == "Refusal"
        and len(call.args) < 2
        and not {"reason", "findings"} & {keyword.arg for keyword in call.keywords}
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("why", "mute"),
    [
        (Why(), "the reason '' is not in words"),
        (Why("forbidden"), "the reason 'forbidden' is not in words"),
        (Why("there is no shipment 5"), None),
        (Why(findings=(FINDING,)), None),
        (Why(TEXT, findings=(Finding(("a",), "x"),)), "the finding 'x' at ('a',) has no words"),
    ],
)
def test_what_is_mute(why: Why, mute: str | None) -> None:
    assert why.mute == mute


def test_a_mute_refusal_fails_where_answers_are_kept_to_their_descriptions(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mute(*_: Any, **__: Any) -> Refusal:
        return inpost.refuse(404, "resource_not_found", "", {}, reason="resource_not_found")

    assert workspace.client.get("/v1/shipments/5").status_code == 404
    monkeypatch.setattr(inpost, "not_found", mute)
    answer = workspace.client.get("/v1/shipments/5")
    assert answer.status_code == 500
    entry = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}").json()
    assert re.search("the reason 'resource_not_found' is not in words", entry["error"])
