"""Files and pages about running it for many say what the program, its image and each other say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import yaml

from simulator.app import create_app
from simulator.command.store import store
from simulator.engine.backends.redis.address import address_of
from simulator.engine.backends.sqlite.connecting import Place as SqlitePlace
from simulator.settings import OPTIONS, Settings, resolve
from simulator.version import VERSION
from tests.docs.test_commands import ROOT
from tests.support.dict_store import DictStore, Place
from tests.support.server import serving

PAGE = (ROOT / "docs" / "operate.md").read_text()
SCALE = (ROOT / "docs" / "scale.md").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
KUBERNETES = ROOT / "examples" / "kubernetes"
REPLICAS = [name for name in SERVICES if name.startswith("replica-")]
PROXY = (ROOT / "examples" / "replicas" / "haproxy.cfg").read_text()
VARIABLES = {option.variable for option in OPTIONS}


def manifests() -> Iterator[dict[str, Any]]:
    listed = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())["resources"]
    files = {path.name for path in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml"}
    assert files == set(listed)
    for name in listed:
        yield from yaml.safe_load_all((KUBERNETES / name).read_text())


KINDS = {(each["kind"], each["metadata"]["name"]): each for each in manifests()}
DEPLOYMENT = KINDS["Deployment", "carrier-simulator"]["spec"]
POD = DEPLOYMENT["template"]["spec"]
[CONTAINER] = POD["containers"]
VALKEY = KINDS["StatefulSet", "valkey"]["spec"]


def instruction(name: str) -> str:
    [found] = re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)
    return str(found)


def settings_of(service: dict[str, Any]) -> Settings:
    """What a server in a container would make of the variables of a compose file."""
    written = service["environment"].items()
    return resolve({}, {name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", text) for name, text in written})


def test_every_setting_in_compose_is_one() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("environment", ())) <= VARIABLES, name


def test_compose_keeps_worlds_where_the_image_lets_its_user_write() -> None:
    service = SERVICES["kept"]
    [volume] = service["volumes"]
    folder = volume.split(":")[1]
    assert instruction("VOLUME") == f'["{folder}"]'
    assert f"install -d -o {instruction('USER').replace(':', ' -g ')} {folder}\n" in DOCKERFILE
    file = SqlitePlace.parse(settings_of(service).store).path
    assert str(file.parent) == folder


def test_the_replicas_of_compose_are_alike_and_those_of_the_proxy() -> None:
    assert len(REPLICAS) == 3
    for name in REPLICAS:
        assert SERVICES[name] == SERVICES[REPLICAS[0]]
    address = address_of(settings_of(SERVICES[REPLICAS[0]]).store)
    assert address.nodes == (("valkey", 6379),)
    port = instruction("EXPOSE")
    for backend in ("ready", "any"):
        lines = PROXY.split(f"\nbackend {backend}\n")[1].split("\nbackend ")[0]
        servers = re.findall(r"^    server (\S+) (\S+)$", lines, re.MULTILINE)
        assert servers == [(name, f"{name}:{port}") for name in REPLICAS]
    assert list(SERVICES["proxy"]["depends_on"]) == REPLICAS
    [mounted] = SERVICES["proxy"]["volumes"]
    assert (ROOT / mounted.split(":")[0]).read_text() == PROXY


def test_only_the_first_service_starts_without_a_profile() -> None:
    assert [name for name, each in SERVICES.items() if "profiles" not in each] == ["simulator"]
    ports = [each["ports"][0] for each in SERVICES.values() if "ports" in each]
    assert len(set(ports)) == len(ports)
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_image_has_what_the_redis_store_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "redis[hiredis]" in project["optional-dependencies"]["redis"][0]
    assert "['optional-dependencies']['redis']" in DOCKERFILE


def test_kubernetes_runs_the_image_as_it_is_built() -> None:
    assert POD["securityContext"]["runAsUser"] == int(instruction("USER").split(":")[0])
    [port] = CONTAINER["ports"]
    assert port["containerPort"] == int(instruction("EXPOSE"))
    assert CONTAINER["image"] == f"carrier-simulator:{VERSION}"
    assert {each["name"] for each in CONTAINER["env"]} <= VARIABLES
    # A service of the name `simulator` would set SIMULATOR_PORT in every pod.
    assert POD["enableServiceLinks"] is False


def test_the_secret_of_the_readme_has_every_key_that_is_asked_for() -> None:
    made = set(re.findall(r"--from-literal=([\w-]+)=", (KUBERNETES / "README.md").read_text()))
    used = {
        each["valueFrom"]["secretKeyRef"]["key"]
        for container in (CONTAINER, *VALKEY["template"]["spec"]["containers"])
        for each in container["env"]
        if "valueFrom" in each
    }
    assert used == made


def test_labels_of_kubernetes_find_what_they_are_for() -> None:
    pods = [each["template"]["metadata"]["labels"] for each in (DEPLOYMENT, VALKEY)]
    for (kind, name), each in KINDS.items():
        spec = each["spec"]
        selector = spec.get("selector") or spec["podSelector"]
        assert selector.get("matchLabels", selector) in pods, (kind, name)


@pytest.fixture(scope="module")
def failing() -> Iterator[str]:
    """A server with a control token, of which the store fails."""
    place = Place()
    place.stores = 2
    app = create_app(Settings(control_token="hush"), store=DictStore(place))
    with serving(app) as base_url:
        place.fails = "the disk is full"
        yield base_url
        place.fails = None


def asked(base_url: str, path: str, token: str | None = None) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx2.get(f"{base_url}{path}", headers=headers, trust_env=False)


def test_a_pod_whose_store_fails_is_alive_and_not_ready(failing: str) -> None:
    # It notices by what is asked of the store, which a server does by itself, too.
    asked(failing, "/_sim/workspaces/default/clock", "hush")
    paths = [CONTAINER[f"{each}Probe"]["httpGet"]["path"] for each in ("readiness", "liveness")]
    assert paths == ["/_sim/health/ready", "/_sim/health/live"]
    assert [asked(failing, path).status_code for path in paths] == [503, 200]
    assert f"httpchk GET {paths[0]}\n" in PROXY
    assert asked(failing, "/_sim/version").status_code == 401
    assert asked(failing, "/_sim/version", "hush").status_code == 200


def test_the_metrics_that_are_named_are_those_of_the_store(failing: str) -> None:
    told = asked(failing, "/_sim/metrics", "hush").text
    there = set(re.findall(r"^# TYPE (simulator_\w+)", told, re.MULTILINE))
    named = set(re.findall(r"`(simulator_\w+)`", PAGE + SCALE))
    assert {each for each in there if each.startswith("simulator_store_")} <= named
    assert named <= there


def test_every_flag_variable_and_command_that_is_named_is_one() -> None:
    text = PAGE + SCALE
    assert set(re.findall(r"\bSIMULATOR_[A-Z_]+", text)) <= VARIABLES
    own = {option.flag for option in OPTIONS} | {"--config"}
    foreign = {"--rm", "--read-only"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= own | foreign
    named = set(re.findall(r"carrier-simulator store (\w+)", text))
    assert named == set(store.commands)


def test_what_the_pages_point_to_is_there() -> None:
    for page in (PAGE, SCALE):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page):
            assert (ROOT / "docs" / target).exists(), target
