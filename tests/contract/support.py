"""Loads our descriptions for schemathesis, with the settings that all contract tests share."""

from __future__ import annotations

import os
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.support.descriptions import description

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "15"))
"""Cases for each operation. The tests choose the same ones every time; raise it to explore."""


def load(
    name: str,
    checks: dict[str, Any] | None = None,
    **generation: Any,
) -> OpenApiSchema:
    """The description `name`, with adjustments of checks and generation, each for a reason."""
    config = _config(checks, generation)
    return schemathesis.openapi.from_dict(description(name), config=config)


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
