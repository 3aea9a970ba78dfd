"""What lists of points are asked, and what they show."""

from __future__ import annotations

from typing import Any

from dirty_equals import IsStr

from simulator.carriers.inpost.catalog.points import default_points
from tests.support.server import Workspace

POINTS = default_points()


KEYS = [
    "href",
    "name",
    "display_name",
    "type",
    "status",
    "location",
    "location_type",
    "location_date",
    "location_description",
    "location_description_1",
    "location_description_2",
    "distance",
    "opening_hours",
    "address",
    "address_details",
    "phone_number",
    "payment_point_descr",
    "functions",
    "partner_id",
    "is_next",
    "payment_available",
    "payment_type",
    "virtual",
    "recommended_low_interest_box_machines_list",
    "apm_doubled",
    "location_247",
    "operating_hours_extended",
    "agency",
    "image_url",
    "easy_access_zone",
    "air_index_level",
    "physical_type_mapped",
    "physical_type_description",
]
"""The keys of the recorded point, in their order."""


DETAILS = {
    "country": "PL",
    "location_category": "Generic",
    "agencies_extended": [{"name": IsStr(regex=r"IPM\d{7}")}],
    "physical_type": "classic",
    "in_mobile_collect_excluded": None,
    "in_mobile_send_excluded": None,
    "in_mobile_return_excluded": None,
    "express_delivery_send": False,
    "express_delivery_collect": False,
    "delivery_area_id": "31",
    "micro_area_id": "31147",
    "agency_code": IsStr(regex=r"IPM\d{7}"),
    "locker_availability": {
        "status": "NO_DATA",
        "details": {"A": "NO_DATA", "B": "NO_DATA", "C": "NO_DATA"},
    },
    "supported_locker_temperatures": ["NORMAL"],
    "unavailability_periods": None,
    "mondial_relay_id": "00000",
    "print_in_store": None,
}
"""What the points of 2026 have besides; the values are those of KRA010."""


def find(workspace: Workspace, **parameters: Any) -> dict[str, Any]:
    answer = workspace.inpost(None).get("/v1/points", params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def names(workspace: Workspace, **parameters: Any) -> list[str]:
    found = find(workspace, **parameters, per_page=500)
    assert found["count"] == len(found["items"])
    return [point["name"] for point in found["items"]]


def seeded(**attributes: Any) -> list[str]:
    return [
        point.name
        for point in POINTS
        if all(getattr(point, name) == value for name, value in attributes.items())
    ]
