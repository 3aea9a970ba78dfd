"""The running simulator against `specs/postplus.yaml`: every check, links included."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.support import assert_kept, load, operations
from tests.support.server import Workspace

pytestmark = pytest.mark.unmeasured

KEYS = {
    "integrations": {"X-API-KEY": "integration-api-key-12345"},
    "": {"X-API-KEY": "apitest1234567890"},
}

GENERATION: dict[str, Any] = {"allow-extra-parameters": False}

schema = load(
    "postplus",
    checks={
        # What is well formed may still name what is not there (404), do what the state of a record
        # does not allow (409), or lie outside a bound that the rules know (400).
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "400", "401", "403", "404", "409"],
        },
    },
    # Unknown query parameters and members of a body are ignored (inferred), so that they are no
    # violation that would have to be refused.
    **GENERATION,
)


@pytest.mark.parametrize("operation", operations(schema))
def test_every_operation_keeps_its_description(operation: str, workspace: Workspace) -> None:
    kind = "integrations" if "/integrations/" in schema.find_operation_by_id(operation).path else ""
    base = f"{workspace.base_url}/w/{workspace.name}/postplus"
    assert_kept(schema, operation, base_url=base, headers=KEYS[kind])
