"""Loads our descriptions for schemathesis, with the settings that all contract tests share."""

from __future__ import annotations

import os
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import CheckContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.meta import TestPhase
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import ignored_auth
from schemathesis.specs.openapi.schemas import OpenApiSchema

import tools.schemathesis_hooks  # noqa: F401 -- registers what schemathesis cannot read
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
    enforced: set[str] = set()

    def asks_for_credentials(ctx: CheckContext, response: Response, case: Case[Any]) -> bool | None:
        """`ignored_auth` until it is confirmed once, since it is a property of the operation; in a
        run of its own, schemathesis does the same."""
        ctx.auth_enforced_operations = enforced
        kept: bool | None = ignored_auth(ctx, response, case)
        return kept

    with requests.Session() as session:
        session.trust_env = False

        def judged(case: Case[Any]) -> None:
            if not _is_covered_otherwise(case):
                case.call_and_validate(
                    session=session,
                    additional_checks=[asks_for_credentials],
                    excluded_checks=[ignored_auth],
                    **call,
                )

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
