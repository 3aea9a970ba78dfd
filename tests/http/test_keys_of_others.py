"""A key that opens another carrier is told to be that one's; one that nobody has has its mark."""

from __future__ import annotations

import base64

import pytest

from simulator.core.secrets import masked
from tests.support.server import Workspace

INPOST, POSTPLUS, MYPARCEL = "sim-inpost-prepaid", "apitest1234567890", "sim-myparcel-prepaid"


def why(workspace: Workspace, carrier: str, key: str) -> str:
    """The first sentence about a request that a carrier refused for its key."""
    basic = base64.b64encode(key.encode()).decode()
    path, headers = {
        "inpost": ("v1/organizations/1", {"Authorization": f"Bearer {key}"}),
        "myparcel": ("shipments", {"Authorization": f"basic {basic}"}),
        "postplus": ("api/v1/accounts/current", {"X-API-KEY": key}),
    }[carrier]
    url = f"{workspace.base_url}/w/{workspace.name}/{carrier}/{path}"
    answer = workspace.control.get(url, headers=headers)
    assert answer.status_code == 401
    entry = workspace.control.get(f"/journal/{answer.headers['x-sim-request-id']}").json()
    return str(entry["why"][0])


@pytest.mark.parametrize(
    ("carrier", "key", "owner"),
    [
        ("inpost", POSTPLUS, "PostPlus"),
        ("inpost", MYPARCEL, "MyParcel"),
        ("myparcel", INPOST, "InPost ShipX"),
        ("myparcel", POSTPLUS, "PostPlus"),
        ("postplus", INPOST, "InPost ShipX"),
        ("postplus", MYPARCEL, "MyParcel"),
    ],
)
def test_a_key_of_another_carrier_is_told_to_be_one(
    workspace: Workspace, carrier: str, key: str, owner: str
) -> None:
    assert f"{key} is for {owner}, and opens nothing here" in why(workspace, carrier, key)


@pytest.mark.parametrize("carrier", ["inpost", "myparcel", "postplus"])
def test_a_key_that_nobody_has_is_not_repeated(workspace: Workspace, carrier: str) -> None:
    said = why(workspace, carrier, "live_4f9a0c7731")
    assert f"{masked('live_4f9a0c7731')} opens nothing in this workspace" in said
    assert "live_4f9a0c7731" not in said


@pytest.mark.parametrize(
    ("carrier", "cut", "meant"),
    [
        ("inpost", INPOST[:-1], INPOST),
        ("myparcel", MYPARCEL[:-1], MYPARCEL),
        ("postplus", POSTPLUS[:-1], POSTPLUS),
    ],
)
def test_a_key_that_was_cut_off_leads_to_the_whole_one(
    workspace: Workspace, carrier: str, cut: str, meant: str
) -> None:
    assert f'Did you mean "{meant}"?' in why(workspace, carrier, cut)
