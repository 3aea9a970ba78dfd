"""The running simulator against `specs/control.yaml`: every check, links included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, settings
from schemathesis import Case

from simulator.settings import Settings
from tests.contract.support import EXAMPLES, assert_kept, load, operations
from tests.support.server import running

pytestmark = pytest.mark.unmeasured

schema = load(
    "control",
    checks={
        # 422 also says what a schema cannot: that a quirk, a table or an attribute does not exist,
        # that `speed` belongs to a scaled clock, that a duration exceeds twenty years. A body that
        # holds U+0000 anywhere is refused with 400.
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "400", "401", "404", "409", "422"],
        },
        # A workspace is made on first use, so that one that was deleted is there again when it is
        # asked for.
        "use_after_free": {"enabled": False},
    },
)


@pytest.fixture(scope="module")
def own_server() -> Iterator[str]:
    """A server of its own, since the control API may drop everybody's workspaces."""
    with running(Settings(response_validation="fail", workspaces_max=100_000)) as base_url:
        yield f"{base_url}/_sim"


@pytest.mark.parametrize("operation", operations(schema))
def test_every_operation_keeps_its_description(operation: str, own_server: str) -> None:
    assert_kept(schema, operation, base_url=own_server)


def test_operations_hang_together_as_their_links_say(own_server: str) -> None:
    base: Any = schema.as_state_machine()

    class Machine(base):  # type: ignore[misc]
        def setup(self) -> None:
            # Each run begins alike: hypothesis tries a sequence again to make it shorter.
            with httpx2.Client(base_url=own_server) as client:
                for workspace in client.get("/workspaces").json()["items"]:
                    client.delete(f"/workspaces/{workspace['name']}")

        def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
            return {"base_url": own_server}

    Machine.run(
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
    )
