"""People in what is recorded: searched for, and in files."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.scenarios.recording.recorded import client, read, recording
from tests.scenarios.replay.playing import Playing, standing_in
from tests.support.server import Workspace


def myparcel(url: str) -> httpx2.Client:
    key = base64.b64encode(b"sim-myparcel-postpaid").decode()
    headers = {"Authorization": f"basic {key}"}
    return httpx2.Client(base_url=url, headers=headers, trust_env=False, verify=False, timeout=10)


def order(**recipient: Any) -> dict[str, Any]:
    home = {"cc": "NL", "postal_code": "3584CS", "city": "Utrecht", "number": "8"}
    shipment = {
        "carrier": 1,
        "options": {"package_type": 1},
        "recipient": {**home, "street": "Kruytgebouw", **recipient},
    }
    return {"data": {"shipments": [shipment]}}


@pytest.mark.parametrize("sought", ["Sjoerdje", "sjoerdje", "Sjoer", "Kruytgebouw", "Veldhuis"])
def test_a_search_for_somebody_is_for_the_stand_in_and_plays_green(
    workspace: Workspace, play: Playing, out: Path, sought: str
) -> None:
    person = {"person": "Sjoerdje van Veldhuis", "email": "sjoerdje@poczta.pl"}
    kind = {"Content-Type": "application/vnd.shipment+json;charset=utf-8"}
    base = f"{workspace.base_url}/w/{workspace.name}/myparcel"
    with recording(base, out) as url, myparcel(url) as shop:
        made = shop.post("/shipments", json=order(**person), headers=kind)
        assert made.status_code == 200
        found = shop.get("/shipments", params={"q": sought})
        assert len(found.json()["data"]["shipments"]) == 1
        note = {**order(**person)}
        note["data"]["shipments"][0]["options"]["label_description"] = "for SJOERDJE, Veldhuis"
        assert shop.post("/shipments", json=note, headers=kind).status_code == 200
    text = out.read_text().lower()
    for personal in ("sjoer", "veldhuis", "kruytgebouw", "poczta"):
        assert personal not in text
    result = play.run(out).results[0]
    assert result.outcome == "passed", result


@pytest.mark.parametrize(
    "query",
    [
        {"q": "Hendrika"},
        {"receiver_name": "Hendrika Tak"},
        {"receiver_phone": "+31 612345678"},
        {"receiver_email": "tak@poczta.pl"},
        {"search": "Hendrikalaan 12"},
        {"text": "0612345678"},
    ],
)
def test_whoever_is_only_searched_for_is_masked_too(out: Path, query: dict[str, str]) -> None:
    with standing_in() as sandbox:
        sandbox.answer = lambda heard: (200, {"items": []})
        with recording(sandbox.url, out, carrier="inpost") as url, client(url) as shop:
            shop.get("/v1/shipments", params=query)
    for name, value in query.items():
        assert value not in out.read_text()
        assert read(out)["steps"][0]["request"]["query"][name] not in ("", value)


def test_a_search_for_a_reference_or_a_town_stays(out: Path) -> None:
    with standing_in() as sandbox:
        sandbox.answer = lambda heard: (200, {"city": "Utrecht", "reference": "spring"})
        with recording(sandbox.url, out, carrier="inpost") as url, client(url) as shop:
            for sought in ("Utrecht", "spring", "A-17", "3584CS", "640000001234"):
                shop.get("/v1/shipments", params={"q": sought})
    asked = [step["request"]["query"]["q"] for step in read(out)["steps"]]
    assert asked == ["Utrecht", "spring", "A-17", "3584CS", "640000001234"]


HEADER = "cc;postal_code;city;street;number;person;email"


@pytest.mark.parametrize(
    "file",
    [
        "nl,3584CS,Utrecht,Csvlaan,8,Noor Csvnaam",
        "nl,3584CS,Utrecht,Csvlaan,8,Noor Csvnaam,,noor@csv.nl,0612345678\r\n",
        f"{HEADER}\nNL;3584CS;Utrecht;Csvlaan;8;Noor Csvnaam;noor@csv.nl\n",
    ],
)
def test_people_in_csv_are_somebody_else_and_it_plays_green(
    workspace: Workspace, play: Playing, out: Path, file: str
) -> None:
    base = f"{workspace.base_url}/w/{workspace.name}/myparcel"
    with recording(base, out) as url, myparcel(url) as shop:
        sent = shop.post("/shipments", content=file, headers={"Content-Type": "text/csv"})
        assert sent.status_code in (200, 204), sent.text
        found = shop.get("/shipments", params={"q": "csvnaam"})
        assert len(found.json()["data"]["shipments"]) == 1
        listed = shop.get("/shipments", headers={"Accept": "text/csv"})
        assert "Noor Csvnaam" in listed.text
    text = out.read_text().lower()
    for personal in ("csvlaan", "noor", "csvnaam", "0612345678", "csv.nl"):
        assert personal not in text
    assert "Utrecht" in read(out)["steps"][0]["request"]["body"]
    result = play.run(out).results[0]
    assert result.outcome == "passed", result


@pytest.mark.parametrize(
    "file",
    [
        "land,straat,naam\nNL,Csvlaan,Noor Csvnaam\n",
        "Noor Csvnaam,Csvlaan,8,Utrecht\n",
        "cc,city,bewoner\nNL,Utrecht,Noor Csvnaam Csvlaan\n",
    ],
)
@pytest.mark.parametrize("carrier", ["myparcel", "inpost"])
def test_csv_with_unknown_columns_is_left_out_and_said_to_be(
    out: Path, file: str, carrier: str
) -> None:
    with standing_in() as sandbox:
        sandbox.answer = lambda heard: (200, {"id": 1})
        with recording(sandbox.url, out, carrier=carrier) as url, client(url) as shop:
            shop.post("/shipments", content=file, headers={"Content-Type": "text/csv"})
    text = out.read_text()
    assert "Csv" not in text.replace("CSV", "")
    assert "Noor" not in text
    assert f"# The body is left out: CSV, {len(file)} bytes, columns not known.\n" in text
    assert "body" not in read(out)["steps"][0]["request"]
