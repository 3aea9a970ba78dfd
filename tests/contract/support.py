"""Loads our descriptions for schemathesis, with the settings that all contract tests share."""

from __future__ import annotations

import os
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.schemas import OpenApiSchema

from simulator.resources import spec_path

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "15"))
"""Cases for each operation. The tests choose the same ones every time; raise it to explore."""


def load(name: str, checks: dict[str, Any] | None = None, **generation: Any) -> OpenApiSchema:
    """The description `name`, with adjustments of checks and generation, each for a reason."""
    config = _config(checks, generation)
    return schemathesis.openapi.from_path(spec_path(name), config=config)


def load_without(
    quirk: str, name: str, checks: dict[str, Any] | None = None, **generation: Any
) -> OpenApiSchema:
    """The same without the operations that are there only while a quirk is on."""
    whole = load(name, checks, **generation).raw_schema
    paths = {
        path: {
            method: operation
            for method, operation in operations.items()
            if not (isinstance(operation, dict) and operation.get("x-quirk") == quirk)
        }
        for path, operations in whole["paths"].items()
    }
    there = {
        path: operations
        for path, operations in paths.items()
        if any("operationId" in operation for operation in operations.values())
    }
    config = _config(checks, generation)
    return schemathesis.openapi.from_dict({**whole, "paths": there}, config=config)


def _config(checks: dict[str, Any] | None, generation: dict[str, Any]) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "checks": checks or {},
            "generation": {
                "deterministic": True,
                "max-examples": EXAMPLES,
                "database": "none",
                **generation,
            },
        }
    )
