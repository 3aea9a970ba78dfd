"""The running simulator against `specs/inpost.yaml`: every check, links included."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from schemathesis import Case

from tests.contract.support import EXAMPLES, assert_kept, load, operations
from tests.support.server import START, Workspace

pytestmark = pytest.mark.unmeasured

TOKEN = {"Authorization": "Bearer sim-inpost-sandbox"}

GENERATION: dict[str, Any] = {"allow-extra-parameters": False}

schema = load(
    "inpost",
    checks={
        # ShipX answers 400 to what its rules refuse, well formed or not (a target point that does
        # not exist, a status that does not allow the action), so 400 says nothing about the form.
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "400", "401", "403", "404"],
        },
    },
    # ShipX drops unknown query parameters and ignores unknown fields (observed), so they are no
    # violation that it would have to refuse.
    **GENERATION,
)


def by_method(workspace: Workspace) -> None:
    """Have wrong methods answered by 405, which is what the check of them knows; ShipX has 404
    `routing_not_found` (observed), which the tests beside this folder look at."""
    workspace.quirk("inpost.routing_errors", "method_not_allowed")


@pytest.fixture
def contracted(workspace: Workspace) -> Workspace:
    by_method(workspace)
    return workspace


@pytest.mark.parametrize("operation", operations(schema))
def test_every_operation_keeps_its_description(operation: str, contracted: Workspace) -> None:
    assert_kept(schema, operation, base_url=contracted.inpost_url, headers=TOKEN)


@pytest.fixture
def machine(workspace: Workspace) -> Any:
    base: Any = schema.as_state_machine()

    class Machine(base):  # type: ignore[misc]
        def setup(self) -> None:
            # Each run begins alike: hypothesis tries a sequence again to make it shorter.
            workspace.control.post("/reset").raise_for_status()
            workspace.freeze(START)
            by_method(workspace)

        def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
            return {"base_url": workspace.inpost_url, "headers": TOKEN}

    return Machine


def test_operations_hang_together_as_their_links_say(machine: Any) -> None:
    machine.run(
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
    )
