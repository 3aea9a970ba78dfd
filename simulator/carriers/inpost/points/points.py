"""Lockers and service points; public, with or without a token."""

from __future__ import annotations

from typing import Any

from simulator.carriers.inpost.bodies import point_views
from simulator.carriers.inpost.points import filters
from simulator.carriers.inpost.points.filters import Found, Search
from simulator.carriers.inpost.records import POINTS
from simulator.carriers.inpost.wire import errors, paging
from simulator.core.answers import Answer, Refusal
from simulator.core.faults import did_you_mean
from simulator.engine.world import World


def list_points(world: World) -> Answer:
    """``GET /v1/points``: search points by what they are, and around a place.

    The envelope has ``total_pages``, and ``meta`` which repeats the figures (observed).
    """
    given = {name: value.strip() for name, value in world.request.query if value.strip()}
    try:
        search = filters.understand(given, world.now)
        page, per_page = (
            filters.page(given.get("page")),
            filters.per_page(given.get("per_page")),
        )
    except Refusal as refusal:
        return _refused(world, refusal)

    query = {name: given[name] for name in filters.PARAMETERS if name in given}
    listed = paging.answer(
        world,
        "/v1/points",
        filters.run(search, world[POINTS]),
        lambda found: _view(world, search, found),
        query=query,
        page=page,
        per_page=per_page,
        default_per_page=filters.DEFAULT_PER_PAGE,
        most=filters.LARGEST_PER_PAGE,
    )
    figures = {name: value for name, value in listed.body.items() if name != "items"}
    figures["total_pages"] = -(-figures["count"] // figures["per_page"])
    body = {**figures, "items": listed.body["items"], "meta": figures}
    return Answer(body=body, headers=listed.headers)


def get_point(world: World, point_name: str) -> Answer:
    """``GET /v1/points/:name``: the bare point, its name in any letter case."""
    point = world[POINTS].get(point_name.upper())
    if point is None:
        return _refused(world, _missing(world, point_name))
    return Answer(body=point_views.whole(world, point))


def _missing(world: World, name: str) -> Refusal:
    known = [point.name for point in world[POINTS]]
    hint = did_you_mean(name[:60].upper(), known)
    return errors.not_found(
        f"there is no point {name[:60]}.{hint}", f"GET /v1/points lists all {len(known)}"
    )


def _view(world: World, search: Search, found: Found) -> dict[str, Any]:
    view = point_views.whole(world, found.point, found.distance)
    if search.fields is None:
        return view
    return {key: value for key, value in view.items() if key in search.fields}


def _refused(world: World, refusal: Refusal) -> Answer:
    """The refusal, or with ``inpost.points_errors_as_200`` its older form with status 200."""
    if not world.quirk("inpost.points_errors_as_200"):
        raise refusal
    said = refusal.answer.body
    text = said.get("description") or said["message"]
    return Answer(body={"status": said["status"], "key": said["error"], "error": text})
