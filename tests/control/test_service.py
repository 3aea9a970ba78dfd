"""The server as a whole: health, version, metrics, fidelity, quirks, actions, journeys."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr

from simulator.control.app import ControlOptions
from simulator.engine.bounds import HubOptions
from tests.support.server import Workspace, serving
from tests.support.toy.server import toy_app


def test_health_names_the_carriers_that_answer(sim: httpx2.Client) -> None:
    response = sim.get("/health")

    assert (response.status_code, response.json()) == (200, {"status": "ok", "carriers": ["toy"]})
    assert response.headers["X-Sim-Request-Id"].startswith("control-")


def test_readiness_is_health_and_a_process_that_answers_is_alive(sim: httpx2.Client) -> None:
    assert sim.get("/health/ready").json() == sim.get("/health").json()
    assert (sim.get("/health/live").status_code, sim.get("/health/live").json()) == (
        200,
        {"status": "ok"},
    )


def test_version_is_the_one_that_was_installed(sim: httpx2.Client) -> None:
    assert sim.get("/version").json() == {"name": "carrier-simulator", "version": "9.9.9"}


def test_metrics_count_exchanges(sim: httpx2.Client, toy: httpx2.Client) -> None:
    toy.get("/parcels/1")

    text = sim.get("/metrics").text

    assert (
        'simulator_exchanges_total{carrier="toy",operation="toy.get_parcel",status="404"}' in text
    )
    assert "simulator_workspaces " in text


def test_fidelity_says_how_each_operation_is_known(sim: httpx2.Client) -> None:
    body = sim.get("/fidelity", params={"carrier": "toy"}).json()

    assert body["total"] == 4
    assert body["levels"] == {"documented": 1, "observed": 1, "inferred": 2}
    assert {
        "carrier": "toy",
        "operation": "toy.get_parcel",
        "method": "GET",
        "path": "/parcels/{parcel_id}",
        "level": "observed",
        "source": "a playroom",
    } in body["items"]


def test_fidelity_of_an_unknown_carrier_names_the_known_ones(sim: httpx2.Client) -> None:
    response = sim.get("/fidelity?carrier=toi")

    assert response.status_code == 404
    assert response.json() == IsPartialDict(
        detail='There is no carrier "toi". Did you mean "toy"?', known=["toy"]
    )


def test_quirks_are_listed_with_defaults_and_sources(sim: httpx2.Client) -> None:
    missing, patience = sim.get("/quirks").json()["items"]

    assert missing == {
        "name": "toy.missing",
        "carrier": "toy",
        "summary": "How a missing parcel is answered.",
        "defaults": {"observed": "missing", "documented": "gone"},
        "allowed": '"missing" or "gone"',
        "values": ["missing", "gone"],
        "range": None,
        "source": "Made up.",
        "provenance": "inferred",
    }
    assert (patience["values"], patience["range"]) == (None, {"low": 0, "high": 10, "whole": True})


def test_events_are_listed_with_their_payloads(sim: httpx2.Client) -> None:
    failed, *_, arrived, lost = sim.get("/events").json()["items"]

    assert (failed["name"], failed["carrier"], lost["name"]) == (
        *("engine.job_failed", None, "toy.lost"),
    )
    assert arrived == {
        "name": "toy.arrived",
        "carrier": "toy",
        "summary": "A parcel arrived.",
        "payload": {
            "parcel_id": {"type": "integer", "description": "The parcel's id"},
            "owner": {"type": "string", "description": "Whose it is"},
        },
        "example": {"parcel_id": 1, "owner": "ann"},
        "status_of": None,
    }
    assert sim.get("/events?carrier=toy").json()["items"] == [arrived, lost]
    assert sim.get("/events?carrier=tory").status_code == 404


def test_actions_are_listed_with_the_schema_of_their_arguments(sim: httpx2.Client) -> None:
    items = {item["name"]: item for item in sim.get("/actions").json()["items"]}

    assert sorted(items) == ["toy.add_parcel", "toy.break", "toy.remove", "toy.subscribe"]
    assert items["toy.remove"]["summary"] == "Removes a parcel."
    assert "parcel" in str(items["toy.remove"]["arguments"])


def test_journeys_are_listed_with_durations_that_advance_reads(sim: httpx2.Client) -> None:
    assert sim.get("/journeys").json()["items"] == [
        {"carrier": "toy", "name": "quick", "steps": [{"status": "arrived", "after": "1d12h"}]}
    ]


def test_api_pages_and_description_are_served(sim: httpx2.Client) -> None:
    assert sim.get("/ui/").status_code == 200
    assert sim.get("/openapi.json").json()["info"]["title"] == "Carrier simulator control API"


def test_an_unknown_path_is_a_problem(sim: httpx2.Client) -> None:
    response = sim.get("/nothing")

    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": IsStr(regex="The control API has no path /_sim/nothing.*"),
    }


def test_a_wrong_method_says_which_are_taken(sim: httpx2.Client) -> None:
    response = sim.request("PATCH", "/workspaces/x/clock")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, PUT"


def test_an_unknown_query_parameter_is_refused(sim: httpx2.Client) -> None:
    response = sim.get("/fidelity?carier=toy")

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {
            "path": "query.carier",
            "message": 'is not a parameter of this operation. Did you mean "carrier"?',
        }
    ]


def test_control_calls_are_not_journalled(workspace: Workspace) -> None:
    workspace.control.get("/clock")

    assert workspace.journal() == []


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    options = ControlOptions(token="s3cret", max_body_bytes=2000, max_depth=8)
    with serving(toy_app(HubOptions(workspaces=3), options)) as base_url:
        yield f"{base_url}/_sim"


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic s3cret", "Bearer"])
def test_a_token_is_asked_for(guarded: str, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    for path in ("/version", "/nothing"):
        response = httpx2.get(f"{guarded}{path}", headers=headers, trust_env=False, verify=False)

        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="_sim"'


@pytest.mark.parametrize("probe", ["health", "health/ready", "health/live"])
def test_the_token_opens_and_probes_need_none(guarded: str, probe: str) -> None:
    headers = {"Authorization": "bearer s3cret"}

    assert (
        httpx2.get(f"{guarded}/version", headers=headers, trust_env=False, verify=False).status_code
        == 200
    )
    asked = httpx2.get(f"{guarded}/{probe}?x=1", trust_env=False, verify=False)
    assert asked.status_code == 200


def _put_clock(url: str, content: bytes, media: str = "application/json") -> httpx2.Response:
    headers = {"Authorization": "Bearer s3cret", "Content-Type": media}
    url = f"{url}/workspaces/bodies/clock"
    return httpx2.put(url, content=content, headers=headers, trust_env=False, verify=False)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"mode": "\xff"}', 400),
        (b'{"mode": "\\u0000"}', 400),
        (b"[" * 9 + b"]" * 9, 413),
        (b'{"mode": "' + b"x" * 2000 + b'"}', 413),
        (b"null", 422),
        (b"[]", 422),
        (b"{}", 422),
    ],
)
def test_bad_bodies_are_problems(guarded: str, content: bytes, status: int) -> None:
    response = _put_clock(guarded, content)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_another_media_type_is_refused(guarded: str) -> None:
    response = _put_clock(guarded, b"mode=real", "application/x-www-form-urlencoded")

    assert response.status_code == 415
    assert "application/json" in response.json()["detail"]


def test_snapshots_may_be_larger_than_other_bodies(guarded: str) -> None:
    headers = {"Authorization": "Bearer s3cret"}
    url = f"{guarded}/workspaces/default/snapshot"
    snapshot = httpx2.get(url, headers=headers, trust_env=False, verify=False).json()
    snapshot["workspace"] = "x" * 5000

    assert (
        httpx2.put(url, json=snapshot, headers=headers, trust_env=False, verify=False).status_code
        == 200
    )


def test_the_bound_on_workspaces_is_explained(guarded: str) -> None:
    headers = {"Authorization": "Bearer s3cret"}
    urls = [f"{guarded}/workspaces/bound-{number}" for number in range(4)]
    for url in urls:
        response = httpx2.put(
            f"{url}/quirks", json={}, headers=headers, trust_env=False, verify=False
        )
    for url in urls:
        httpx2.delete(url, headers=headers, trust_env=False, verify=False)

    assert response.status_code == 503
    assert "--workspaces-max" in response.json()["detail"]
