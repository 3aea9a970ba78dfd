"""One server for every process of a run, and for whatever asks it."""

from __future__ import annotations

import urllib.request

import pytest

from tests.testing.project import SHOP, Project

TWO = ("-p", "xdist", "-n", "2")


def test_one_server_for_all_workers(run: Project) -> None:
    tests = """
@pytest.mark.parametrize("number", range(8))
def test_it(carrier_world, carrier_simulator, number, worker_id):
    ship(carrier_world.inpost)
    assert len(carrier_world.journal()) == 1
    with open(f"url-{worker_id}", "w") as told:
        told.write(carrier_simulator.url)
"""
    ini = "carrier_simulator_settings = carriers=inpost\n"
    assert run.start(SHOP + tests, *TWO, "--dist", "each", ini=ini).outcomes == {"passed": 16}
    urls = {each.read_text() for each in run.folder.glob("url-*")}
    assert len(urls) == 1
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{urls.pop()}/_sim/health")


@pytest.mark.unmeasured
def test_a_thousand_tests_on_two_workers_know_nothing_of_each_other(run: Project) -> None:
    tests = """
import http.client, json, pytest

BODY = {
    "service": "inpost_locker_standard",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "parcel_locker"},
}

@pytest.fixture(scope="session")
def ask(carrier_simulator):
    client = http.client.HTTPConnection(carrier_simulator.url.removeprefix("http://"))

    def asked(carrier, method, body=None):
        url = f"{carrier.base_url}/v1/organizations/4/shipments"
        headers = {**carrier.headers, "Content-Type": "application/json"}
        client.request(method, url, None if body is None else json.dumps(body), headers)
        return json.loads(client.getresponse().read())

    yield asked
    client.close()

@pytest.mark.parametrize("number", range(1000))
def test_it(ask, carrier_world, number):
    name = f"ORD-{number}"
    assert ask(carrier_world.inpost, "POST", {**BODY, "reference": name})["status"] == "created"
    listed = ask(carrier_world.inpost, "GET")
    assert [each["reference"] for each in listed["items"]] == [name]
"""
    shuffled = ("-p", "randomly", "-p", "no:cacheprovider", "-q")
    ini = "carrier_simulator_settings = carriers=inpost\n"
    assert run.start(tests, *TWO, *shuffled, ini=ini).outcomes == {"passed": 1000}


DEATH = """
import os, signal, subprocess

def test_death(carrier_world):
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True)
    found = [line.split(None, 2) for line in listed.stdout.splitlines()]
    [server] = [
        int(pid) for pid, parent, command in found
        if int(parent) == os.getppid() and "simulator.server_process.child" in command
    ]
    os.kill(server, signal.SIGKILL)
    while True:
        carrier_world.clock()
"""


def test_a_worker_says_the_last_words_of_a_server_that_died(run: Project) -> None:
    result = run.start(DEATH, *TWO, ini="carrier_simulator_settings = carriers=inpost\n")
    assert result.outcomes == {"failed": 1}
    assert result.has("*no simulator answers at http*: its process ended with -9; it said last:")


CLIENTS = """
import asyncio, subprocess, sys

def wanted(carrier):
    return f"{carrier.base_url}/v1/organizations/4/shipments", dict(carrier.headers)

@pytest.fixture
def one_shipment(carrier_world):
    yield
    [each] = carrier_world.verify(operation="inpost.create_shipment", answered=201, count=1)
    assert len(carrier_world.records("inpost", "shipments")) == 1

pytestmark = pytest.mark.usefixtures("one_shipment")

def test_requests(carrier_world):
    import requests
    url, headers = wanted(carrier_world.inpost)
    with requests.Session() as session:
        session.trust_env = False
        assert session.post(url, headers=headers, json=BODY).status_code == 201

def test_httpx(carrier_world):
    import httpx
    url, headers = wanted(carrier_world.inpost)
    with httpx.Client(trust_env=False) as client:
        assert client.post(url, headers=headers, json=BODY).status_code == 201

def test_urllib3(carrier_world):
    import urllib3
    url, headers = wanted(carrier_world.inpost)
    with urllib3.PoolManager() as pool:
        assert pool.request("POST", url, headers=headers, json=BODY).status == 201

@pytest.mark.asyncio
async def test_aiohttp(async_carrier_world):
    import aiohttp
    world = async_carrier_world
    await world.freeze("2026-03-02T10:15:00+01:00")
    url, headers = wanted(world.inpost)
    async with aiohttp.ClientSession() as session:
        async with session.post(url, headers=headers, json=BODY) as answer:
            assert answer.status == 201
            number = (await answer.json())["id"]
        await world.advance(until="inpost.shipment_confirmed")
        async with session.get(
            f"{world.inpost.base_url}/v1/shipments/{number}", headers=headers
        ) as answer:
            assert (await answer.json())["status"] == "confirmed"
    assert (await world.webhooks.wait("shipment_confirmed")).carrier == "inpost"

@pytest.mark.asyncio
async def test_aiohttp_and_time(async_carrier_world, carrier_time):
    import aiohttp
    world = async_carrier_world
    await world.eager("2026-03-02T10:15:00+00:00")
    url, headers = wanted(world.inpost)
    async with aiohttp.ClientSession() as session:
        async with session.post(url, headers=headers, json=BODY) as answer:
            shipment = await answer.json()
        polled = f"{world.inpost.base_url}/v1/shipments/{shipment['id']}"
        while shipment["status"] != "confirmed":
            async with session.get(polled, headers=headers) as answer:
                shipment = await answer.json()
            assert datetime.datetime.now(datetime.UTC) == (await world.clock()).at

PROGRAM = '''
import json, os, urllib.request
request = urllib.request.Request(
    os.environ["INPOST_URL"] + "/v1/organizations/4/shipments",
    data=os.environ["BODY"].encode(),
    headers={
        "Authorization": "Bearer " + os.environ["INPOST_TOKEN"], "Content-Type": "application/json"
    },
)
print(urllib.request.urlopen(request).status)
'''

def test_another_process(carrier_environment, monkeypatch):
    import json
    monkeypatch.setenv("BODY", json.dumps(BODY))
    command = [sys.executable, "-c", PROGRAM]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "201\\n"
"""


def test_whatever_sends_requests_is_in_the_world_of_its_test(run: Project) -> None:
    names = (
        "carrier_environment =\n    INPOST_URL = inpost.base_url\n"
        "    INPOST_TOKEN = inpost.credential\n"
    )
    assert run(CLIENTS, ini=names).outcomes == {"passed": 6}
