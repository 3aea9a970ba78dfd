"""The tree of path segments."""

from __future__ import annotations

import pytest

from simulator.http.described.routes import Routes


@pytest.fixture
def routes() -> Routes[str]:
    made: Routes[str] = Routes()
    made.add("GET", "/v1/shipments/{id}", "one")
    made.add("DELETE", "/v1/shipments/{id}", "cancel")
    made.add("GET", "/v1/shipments/labels", "labels")
    made.add("GET", "/v1/shipments/{id}/label", "label")
    made.add("GET", "/v1/{kind}/labels/all", "all")
    return made


@pytest.mark.parametrize(
    ("path", "found", "values"),
    [
        ("/v1/shipments/7", "one", ("7",)),
        ("/v1/shipments/7/", "one", ("7",)),
        ("/v1/shipments/labels", "labels", ()),
        ("/v1/shipments/7/label", "label", ("7",)),
        ("/v1/shipments/labels/label", "label", ("labels",)),
        ("/v1/shipments/labels/all", "all", ("shipments",)),
    ],
)
def test_a_path_leads_to_its_operation(
    routes: Routes[str], path: str, found: str, values: tuple[str, ...]
) -> None:
    match = routes.find(path)
    assert match is not None
    assert (match.methods["GET"], match.values) == (found, values)


@pytest.mark.parametrize("path", ["/", "", "/v1", "/v1/shipments", "/v1/shipments//label", "/v2/x"])
def test_other_paths_lead_nowhere(routes: Routes[str], path: str) -> None:
    assert routes.find(path) is None


def test_a_path_knows_all_its_methods(routes: Routes[str]) -> None:
    match = routes.find("/v1/shipments/7")
    assert match is not None
    assert sorted(match.methods) == ["DELETE", "GET"]


def test_a_strict_tree_takes_no_trailing_slash() -> None:
    strict: Routes[str] = Routes(slash_tolerant=False)
    strict.add("GET", "/a", "a")
    assert strict.find("/a") is not None
    assert strict.find("/a/") is None


def test_a_tree_of_any_case_keeps_the_values_as_they_are_written() -> None:
    tolerant: Routes[str] = Routes(any_case=True)
    tolerant.add("GET", "/api/V1/parcels/{id}", "one")
    tolerant.add("GET", "/api/v1/parcels/{id}/label", "label")
    for path, found in (("/API/v1/Parcels/AbC", "one"), ("/api/v1/PARCELS/AbC/Label/", "label")):
        match = tolerant.find(path)
        assert match is not None
        assert (match.methods["GET"], match.values) == (found, ("AbC",))
    exact: Routes[str] = Routes()
    exact.add("GET", "/v1/x", "x")
    assert exact.find("/V1/x") is None
