"""What a client generator makes of the served documents: methods with names for people."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from simulator.http.specification import load
from simulator.resources import spec_names, spec_path
from tests.support.server import Workspace

_METHODS = ("get", "put", "post", "delete", "patch")

# The generator knows no files by their own media types; nothing of ours is in this.
_CONFIGURATION = """
post_hooks: []
content_type_overrides:
  application/pdf: application/octet-stream
  application/zip: application/octet-stream
  application/csv: application/octet-stream
"""

_NOT_GENERATED = {"text/csv"}
"""Media types of requests that the generator has no form for."""


class Generated:
    """A Python client of a served document, on disk and importable."""

    def __init__(self, name: str, base_url: str, folder: Path) -> None:
        self.name = name
        self.package = f"generated_{name}"
        self.text = httpx2.get(f"{base_url}/openapi.json", trust_env=False).text
        document = folder / f"{name}.json"
        document.write_text(self.text)
        configuration = folder / "configuration.yaml"
        configuration.write_text(_CONFIGURATION)
        command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
        paths = {"path": document, "output-path": folder / self.package, "config": configuration}
        options = [word for option, path in paths.items() for word in (f"--{option}", str(path))]
        self.said = subprocess.run(
            [*command, *options], capture_output=True, text=True, check=True, cwd=folder
        ).stdout
        self.folder = folder / self.package

    @property
    def methods(self) -> set[str]:
        """The names of the methods that the generator made, whatever group they are in."""
        return {path.stem for path in self.folder.glob("api/*/*.py")} - {"__init__"}

    def module(self, name: str) -> Any:
        """A module of the client."""
        return importlib.import_module(f"{self.package}.{name}")


@pytest.fixture(scope="module", params=spec_names())
def generated(
    request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Generated]:
    folder = tmp_path_factory.mktemp(request.param)
    place = "_sim" if request.param == "control" else request.param
    sys.path.insert(0, str(folder))
    yield Generated(request.param, f"{server}/{place}", folder)
    sys.path.remove(str(folder))


def test_every_operation_becomes_a_method_of_its_name(generated: Generated) -> None:
    described = {
        operation["operationId"]
        for item in load(spec_path(generated.name)).spec["paths"].values()
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
