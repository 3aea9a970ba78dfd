"""Bodies that are nested deep: whoever looks at them afterwards, however deep they go, has an
answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx2
import pytest

from simulator.core.formats import nesting
from simulator.settings import Settings
from tests.support.server import START, Workspace, running

SHIPMENTS = "/v1/organizations/1/shipments"
LEVELS = [nesting.MOST - 3, nesting.MOST, 600, 900, 5000, 100_000]


def lists(levels: int) -> str:
    return "[" * levels + "]" * levels


def objects(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


@pytest.fixture(scope="module")
def deep_server() -> Iterator[str]:
    with running(Settings(max_depth=nesting.MOST, log_level="error")) as server:
        yield server


@pytest.fixture
def world(deep_server: str) -> Iterator[Workspace]:
    """Of a server that reads as deep as any may."""
    workspace = Workspace(deep_server, "deep")
    workspace.freeze(START)
    yield workspace
    workspace.close()


@pytest.fixture(params=[lists, objects])
def nest(request: pytest.FixtureRequest) -> Callable[[int], str]:
    made: Callable[[int], str] = request.param
    return made


def send(client: httpx2.Client, method: str, path: str, text: str) -> httpx2.Response:
    return client.request(method, path, content=text, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("levels", LEVELS)
@pytest.mark.parametrize("body", ['{"service":%s}', '{"receiver":%s}', '{"parcels":[%s]}', "%s"])
def test_the_journal_tells_of_it_and_checks_look_at_it(
    world: Workspace, nest: Callable[[int], str], body: str, levels: int
) -> None:
    text = body % nest(levels)
    answer = send(world.client, "POST", SHIPMENTS, text)
    deepest = levels + body.count("[") + body.count("{")
    assert answer.status_code == (413 if deepest > nesting.MOST else 400), answer.text
    [entry] = world.journal()
    whole = world.control.get(f"/journal/{entry['id']}")
    assert whole.status_code == 200, whole.text
    assert world.control.get(f"/journal/{entry['id']}/explain").status_code < 500
    pattern = {"service": {"a": "b"}, "receiver": "x"}
    check = {"operation": "inpost.create_shipment", "body": pattern, "count": 1}
    verified = world.control.post("/verify", json={"checks": [check]})
    assert verified.status_code == 200, verified.text


@pytest.mark.parametrize("levels", LEVELS)
@pytest.mark.parametrize(
    "rule",
    [
        '{"when":{"operation":"inpost.create_shipment","body":%s},"delay":{"by":"1ms"}}',
        '{"when":{"operation":"inpost.create_shipment"},"respond":{"body":%s}}',
        '{"when":{"operation":"inpost.create_shipment"},"respond":{"merge":%s}}',
    ],
)
def test_a_rule_with_it_is_refused_or_does_what_it_says(
    world: Workspace, nest: Callable[[int], str], rule: str, levels: int
) -> None:
    taken = send(world.control, "POST", "/rules", rule % nest(levels))
    assert taken.status_code in (201, 413, 422), taken.text
    answer = send(world.client, "POST", SHIPMENTS, '{"service":"a"}')
    assert answer.status_code < 500, answer.text
    assert world.control.get("/rules").status_code == 200
    snapshot = world.control.get("/snapshot")
    assert snapshot.status_code == 200
    assert send(world.control, "PUT", "/snapshot", snapshot.text).status_code == 200


@pytest.mark.parametrize("levels", [600, 900, 5000, 100_000])
def test_a_snapshot_with_it_is_refused_by_its_depth(
    world: Workspace, nest: Callable[[int], str], levels: int
) -> None:
    quirks = '{"format":"carrier-simulator/1","tables":{"engine.quirks":[{"value":VALUE}]}}'
    refused = send(world.control, "PUT", "/snapshot", quirks.replace("VALUE", nest(levels)))
    assert (refused.status_code, "nested too deep" in refused.text) == (413, True), refused.text
