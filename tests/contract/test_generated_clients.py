"""What a client generator makes of the served documents: methods with names for people."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from tests.support.descriptions import SERVED, description
from tests.support.generated import Generated
from tests.support.server import Workspace

pytestmark = pytest.mark.unmeasured

_METHODS = ("get", "put", "post", "delete", "patch")

_NOT_GENERATED = {"text/csv"}
"""Media types of requests that the generator has no form for."""


@pytest.fixture(scope="module", params=SERVED)
def generated(
    request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Generated]:
    folder = tmp_path_factory.mktemp(request.param)
    sys.path.insert(0, str(folder))
    url = f"{server}/{SERVED[request.param].server}/openapi.json"
    yield Generated(request.param, url, folder)
    sys.path.remove(str(folder))


def test_every_operation_becomes_a_method_of_its_name(generated: Generated) -> None:
    described = {
        operation["operationId"]
        for item in description(generated.name)["paths"].values()
        for method, operation in item.items()
        if method in _METHODS
    }
    assert generated.methods == described


def test_the_generator_understands_every_schema(generated: Generated) -> None:
    assert "Unable to process schema" not in generated.said
    assert "will not be generated" not in generated.said
    refused = set(re.findall(r"Unsupported content type (\S+)", generated.said))
    assert refused <= _NOT_GENERATED


def test_the_served_document_names_no_python(generated: Generated) -> None:
    assert "simulator." not in generated.text
    assert "x-openapi-router-controller" not in generated.text


@pytest.mark.parametrize("generated", ["inpost"], indirect=True)
def test_a_generated_client_speaks_with_the_carrier(
    generated: Generated, workspace: Workspace
) -> None:
    client = generated.module("client").AuthenticatedClient(
        base_url=workspace.inpost_url, token="sim-inpost-prepaid"
    )
    create = generated.module("api.shipments.create_shipment")
    fields = generated.module("models.shipment_fields").ShipmentFields.from_dict(
        {
            "service": "inpost_locker_standard",
            "receiver": {"email": "ewa@example.com", "phone": "501502503"},
            "parcels": {"template": "small"},
            "custom_attributes": {"target_point": "KRA010", "sending_method": "dispatch_order"},
        }
    )
    read = generated.module("api.shipments.get_shipment")
    with client:
        made = create.sync("1", client=client, body=fields)
        assert made.status == "created"
        workspace.advance("2s")
        assert read.sync(made.id, client=client).status == "confirmed"
