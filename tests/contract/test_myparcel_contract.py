"""Each edition of MyParcel, where no other answers, against its description, links included."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.contract.support import EXAMPLES, assert_kept, load, operations
from tests.support.server import Workspace

pytestmark = pytest.mark.unmeasured

KEY = {"Authorization": f"basic {b64encode(b'sim-myparcel-postpaid').decode()}"}

CHECKS: dict[str, Any] = {
    # The rules refuse what is well formed with 422 and, for labels and scans of others, 403; what
    # the client accepts may not be given (406); a conditional GET may be answered with 304; a body
    # that holds U+0000 is refused with 400.
    "positive_data_acceptance": {
        "expected-statuses": ["2xx", "304", "400", "401", "403", "404", "406", "422"],
    },
    # Unknown and deleted ids give an empty list with 200 (observed).
    "use_after_free": {"enabled": False},
}
# Unknown query parameters and fields are ignored (observed), so that they are no violation that
# would have to be refused.
GENERATION: dict[str, Any] = {"allow-extra-parameters": False}

of_2017 = load("myparcel 2017", CHECKS, **GENERATION)
of_today = load("myparcel", CHECKS, **GENERATION)


@pytest.mark.parametrize("operation", operations(of_2017))
def test_every_operation_of_2017_keeps_its_description(
    operation: str, workspace: Workspace
) -> None:
    url = f"{workspace.base_url}/w/{workspace.name}/api.myparcel.com"
    assert_kept(of_2017, operation, base_url=url, headers=KEY)


@pytest.mark.parametrize("operation", operations(of_today))
def test_every_operation_of_today_keeps_its_description(
    operation: str, workspace: Workspace
) -> None:
    url = f"{workspace.base_url}/w/{workspace.name}/api.myparcel.nl"
    assert_kept(of_today, operation, base_url=url, headers=KEY)


def test_operations_of_2017_hang_together_as_their_links_say(
    new_workspace: Callable[[], Workspace],
) -> None:
    follow_links(of_2017, new_workspace, "api.myparcel.com")


def test_operations_of_today_hang_together_as_their_links_say(
    new_workspace: Callable[[], Workspace],
) -> None:
    follow_links(of_today, new_workspace, "api.myparcel.nl")


def follow_links(
    described: OpenApiSchema, new_workspace: Callable[[], Workspace], server: str
) -> None:
    """Walk from operation to operation as the links of a description lead."""
    base: Any = described.as_state_machine()

    class Machine(base):  # type: ignore[misc]
        def setup(self) -> None:
            self.shop = new_workspace()

        def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
            url = f"{self.shop.base_url}/w/{self.shop.name}/{server}"
            return {"base_url": url, "headers": KEY}

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
