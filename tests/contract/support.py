"""Loads our descriptions for schemathesis, with the settings that all contract tests share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.meta import TestPhase
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.support.descriptions import description

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "15"))
"""Cases for each operation. The tests choose the same ones every time; raise it to explore."""


_COVERED_HERE = ("myparcel",)
"""The descriptions whose every place of a request is covered here: the short form of
`tools/fuzz.py`, a part of `make test`, does so for all others with the same checks."""


def load(
    name: str,
    checks: dict[str, Any] | None = None,
    **generation: Any,
) -> OpenApiSchema:
    """The description `name`, with adjustments of checks and generation, each for a reason."""
    config = _config(name, checks, generation)
    return schemathesis.openapi.from_dict(description(name), config=config)


def operations(schema: OpenApiSchema) -> list[str]:
    """The ids of its operations."""
    return [
        operation["operationId"]
        for item in schema.raw_schema["paths"].values()
        for operation in item.values()
        if "operationId" in operation
    ]


def assert_kept(schema: OpenApiSchema, operation_id: str, **call: Any) -> None:
    """Whatever is sent for an operation, what comes back is as its description says.

    The cases are made here. `schema.parametrize` would make those of all operations while tests are
    collected, and would do so in every process of a run."""
    operation = schema.find_operation_by_id(operation_id)
    with unmeasured(), requests.Session() as session:
        session.trust_env = False

        def judged(case: Case[Any]) -> None:
            if not _is_covered_otherwise(case):
                case.call_and_validate(session=session, **call)

        build_operation_test(
            config=schema.config,
            operation=operation,
            test_func=judged,
            given_kwargs={},
            feedback=FeedbackSources(),
            explicit_settings=settings(
                max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )()


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure no coverage of this thread, which only sends: the server has a thread of its own, and
    what makes the cases would take half as long again."""
    tracing = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracing)


def _is_covered_otherwise(case: Case[Any]) -> bool:
    """Whether it covers a place of a body that a case in the carrier's own media type covers.

    MyParcel takes most bodies as plain JSON, too; examples and random bodies are sent as both."""
    if case.meta is None or case.meta.phase.name is not TestPhase.COVERAGE:
        return False
    content = case.operation.definition.raw.get("requestBody", {}).get("content", {})
    if case.media_type != "application/json" or case.media_type not in content:
        return False
    schemas = [body["schema"] for body in content.values()]
    return schemas.count(content[case.media_type]["schema"]) > 1


def _config(
    name: str, checks: dict[str, Any] | None, generation: dict[str, Any]
) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "checks": checks or {},
            "phases": {"coverage": {"enabled": name in _COVERED_HERE}},
            "generation": {
                "deterministic": True,
                "max-examples": EXAMPLES,
                "database": "none",
                **generation,
            },
        }
    )
