"""The served description as client generators read it: one client works, another one compiles."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.postplus.client import TEST_KEY, parcel
from tests.support.generated import Generated
from tests.support.server import Workspace


@pytest.fixture
def generated(server: str, tmp_path: Path) -> Iterator[Generated]:
    sys.path.insert(0, str(tmp_path))
    yield Generated("postplus_whole", f"{server}/postplus/swagger/v1/swagger.json", tmp_path)
    sys.path.remove(str(tmp_path))


def test_a_generated_client_goes_from_create_to_delivered(
    generated: Generated, workspace: Workspace
) -> None:
    client = generated.module("client").AuthenticatedClient(
        base_url=f"{workspace.base_url}/w/{workspace.name}/postplus",
        token=TEST_KEY,
        prefix="",
        auth_header_name="X-API-KEY",
    )
    upsert = generated.module("api.parcels.upsert_parcel")
    label = generated.module("api.documents.download_parcel_print")
    feed = generated.module("api.tracking.fetch_tracking")
    request = generated.module("models.parcel_request").ParcelRequest.from_dict(parcel())
    with client:
        made: Any = upsert.sync(client=client, body=request)
        assert made.status.has_errors is False
        printed = label.sync_detailed(str(made.references.print_id), client=client)
        assert printed.content.startswith(b"%PDF")
        first = feed.sync(client=client, start_date="2026-03-01")
        assert first.fetch_done is True
        workspace.do("postplus.scan", parcel=made.identifiers.parcel_nr, code="DELIVERED")
        new = feed.sync(client=client, fetch_id=first.next_fetch_id)
    assert [entry.event.event_code for entry in new.events] == ["DELIVERED"]
    assert new.events[0].parcel.parcel_nr == made.identifiers.parcel_nr


def test_a_client_of_another_generator_compiles(server: str, tmp_path: Path) -> None:
    text = httpx2.get(f"{server}/postplus/openapi.json", trust_env=False, verify=False).text
    (tmp_path / "postplus.json").write_text(text)
    command = [str(Path(sys.executable).parent / "clientele"), "start-api", "--regen"]
    subprocess.run(
        [*command, "-f", "postplus.json", "-o", "another"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    script = "import another.client as c; print(*sorted(vars(c)))"
    names = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"upsert_parcel", "fetch_tracking", "submit_shipment", "import_tracking"} <= set(names)
