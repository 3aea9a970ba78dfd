"""The examples of the description, sent as they stand, as its pages send them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from simulator.http.described.specification import load_editions
from simulator.resources import overlay_path, spec_path
from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop

pytestmark = pytest.mark.usefixtures("nothing_unread")

EDITIONS = load_editions(
    spec_path("myparcel"), {"2017": None, "today": overlay_path("myparcel", "today")}, "today", {}
).each
PATHS: dict[str, Any] = EDITIONS["2017"].spec["paths"]
PATHS_TODAY: dict[str, Any] = EDITIONS["today"].spec["paths"]


def created() -> Iterator[Any]:
    """Each media type of a create, with each of its examples."""
    for media, content in PATHS_TODAY["/shipments"]["post"]["requestBody"]["content"].items():
        shown = content.get("examples", {"only": {"value": content.get("example")}})
        for name, example in shown.items():
            yield pytest.param(media, example["value"], id=f"{media}-{name}")


def asked() -> Iterator[Any]:
    """Each reading operation of both, with all first examples of its parameters, and each other."""
    for path, item in PATHS.items():
        if "get" not in item or path == "/pdfs/{hash}" or path not in PATHS_TODAY:
            continue
        parameters = [*item.get("parameters", []), *item["get"].get("parameters", [])]
        choices = {each["name"]: _values(each) for each in parameters if each["in"] != "header"}
        prefilled = {name: values[0] for name, values in choices.items()}
        yield pytest.param(path, prefilled, id=f"{path}-as-it-opens")
        for name, values in choices.items():
            for value in values[1:]:
                yield pytest.param(path, {**prefilled, name: value}, id=f"{path}-{name}-{value}")


def _values(parameter: dict[str, Any]) -> list[Any]:
    if "examples" in parameter:
        return [example["value"] for example in parameter["examples"].values()]
    return [parameter["example"]] if "example" in parameter else [""]


@pytest.fixture
def described(shop: Shop) -> Shop:
    """A shop with what the examples speak of: two registered shipments and a subscription."""
    shop.workspace.quirk("myparcel.edition", "today")
    ids = shop.create(shipment(), shipment())
    assert ids == [20000001, 20000002]
    assert shop.client.get("/shipment_labels/20000001;20000002").status_code == 200
    hook = PATHS["/webhook_subscriptions"]["post"]["requestBody"]["content"]["application/json"]
    subscribed = shop.client.post(
        "/webhook_subscriptions", json=hook["examples"]["Subscribe"]["value"]
    )
    assert subscribed.status_code == 200
    return shop


@pytest.mark.parametrize(("media", "example"), list(created()))
def test_every_example_of_a_create_is_taken(described: Shop, media: str, example: Any) -> None:
    if media == "multipart/form-data":
        parts = {name: (None, text) for name, text in example.items()}
        response = described.client.post("/shipments", files=parts)
    elif media == "text/csv":
        response = described.client.post(
            "/shipments", content=example, headers={"Content-Type": media}
        )
    else:
        response = described.post(example, media)
    assert response.status_code in (200, 204), response.text


def test_the_first_example_has_one_name_whatever_is_created() -> None:
    # The API pages take the name along to the next media type, or invent a body.
    content = PATHS["/shipments"]["post"]["requestBody"]["content"]
    first = {next(iter(each["examples"])) for each in content.values() if "examples" in each}
    assert first == {"Plain"}


def test_the_example_of_an_update_is_taken(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    shop.create(shipment())
    content = PATHS_TODAY["/shipments"]["put"]["requestBody"]["content"]
    update = content["application/vnd.shipment+json"]["examples"]["Update"]["value"]
    response = shop.client.put(
        "/shipments", json=update, headers={"Content-Type": "application/vnd.shipment+json"}
    )
    assert response.status_code == 204, response.text


@pytest.mark.parametrize(("path", "parameters"), list(asked()))
def test_every_example_of_a_parameter_is_taken(
    described: Shop, path: str, parameters: dict[str, Any]
) -> None:
    # The pages leave out what is empty.
    query = {name: value for name, value in parameters.items() if value}
    for name in [name for name in query if f"{{{name}}}" in path]:
        path = path.replace(f"{{{name}}}", query.pop(name))
    response = described.client.get(path, params=query)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("path", "found"), [("/shipments", "shipments"), ("/delivery_options", "delivery")]
)
def test_a_page_that_is_tried_as_it_opens_finds_something(
    described: Shop, path: str, found: str
) -> None:
    operation = PATHS[path]["get"]
    # The pages send a key only where one is needed.
    asker = described.with_key(None) if operation.get("security") == [] else described
    item = operation["parameters"]
    query = {each["name"]: _values(each)[0] for each in item if each["in"] == "query"}
    response = asker.client.get(path, params={name: v for name, v in query.items() if v})
    assert response.json()["data"][found]


METHODS = ("post", "put", "patch")


def told_in_a_body() -> Iterator[Any]:
    """Each example of each body of today, but for those of creates, as media types have it."""
    for path, item in PATHS_TODAY.items():
        for method in METHODS:
            content = item.get(method, {}).get("requestBody", {}).get("content", {})
            for media, described in content.items():
                if (method, path) != ("post", "/shipments"):
                    for name, example in described["examples"].items():
                        label = f"{method}-{path}-{media}-{name}"
                        yield pytest.param(method, path, media, example["value"], id=label)


def example_of(path: str, method: str = "post") -> Any:
    """The first example of the first body of an operation."""
    content = PATHS_TODAY[path][method]["requestBody"]["content"]
    return next(iter(next(iter(content.values()))["examples"].values()))["value"]


@pytest.mark.parametrize(("method", "path", "media", "example"), list(told_in_a_body()))
def test_every_example_of_a_body_of_today_is_taken(
    today: Shop, method: str, path: str, media: str, example: Any
) -> None:
    today.create(shipment())
    made = today.client.post("/fulfilment/orders", json=example_of("/fulfilment/orders"))
    assert made.status_code == 200, made.text
    uuid = made.json()["data"]["orders"][0]["uuid"]
    notes = example_of("/fulfilment/orders/{uuid}/notes")
    noted = today.client.post(f"/fulfilment/orders/{uuid}/notes", json=notes)
    assert noted.status_code < 300, noted.text

    response = today.client.request(
        method, path.replace("{uuid}", uuid), json=example, headers={"Content-Type": media}
    )

    assert 200 <= response.status_code < 300, response.text


def test_every_body_of_today_has_examples() -> None:
    for path, item in PATHS_TODAY.items():
        for method in METHODS:
            content = item.get(method, {}).get("requestBody", {}).get("content", {})
            for media, described in content.items():
                assert "examples" in described or "example" in described, (method, path, media)
