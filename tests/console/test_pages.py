"""MyParcel's pages as a browser without JavaScript asks for them."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import httpx2
import pytest

from tests.labels.samples import pages_of, scan_pdf, text_of
from tests.myparcel.client import Shop
from tests.myparcel.parcels import UTRECHT, package
from tests.support.server import Workspace

PERSON = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
DUTCH_SDK = {"Accept": "application/json;charset=utf8"}
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def browser() -> Iterator[httpx2.Client]:
    """Somebody without a key."""
    with httpx2.Client(trust_env=False, verify=False, timeout=30, headers=PERSON) as client:
        yield client


def ask(shop: Shop, ids: list[int]) -> httpx2.Response:
    return shop.client.get(f"/shipment_labels/{';'.join(map(str, ids))}")


def payment_url(shop: Shop, ids: list[int]) -> str:
    response = ask(shop, ids)
    assert response.status_code == 402, response.text
    url: str = response.json()["data"]["payment_instructions"][0]["payment_url"]
    return url


def return_url(shop: Shop) -> str:
    response = shop.client.post("/return_shipments")
    assert response.status_code == 200, response.text
    url: str = response.json()["data"]["download_url"]["link"]
    return url


def status_of(shop: Shop) -> list[Any]:
    return [item["status"] for item in shop.workspace.records("myparcel", "payments")]


def test_the_payment_page_shows_what_is_to_be_paid(prepaid: Shop, browser: httpx2.Client) -> None:
    ids = prepaid.create(package(label_description="Order 7781"), package(signature=1))
    response = browser.get(payment_url(prepaid, ids))
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    for words in (
        "Vooruit Winkel",
        "invoice 1026",
        "EUR 12.05",
        str(ids[0]),
        "Order 7781",
        "Noor Visser",
        "6.20",
        "Pay EUR 12.05",
        "Cancel",
    ):
        assert words in response.text
    assert status_of(prepaid) == ["open"]
    assert ask(prepaid, ids).status_code == 402


def test_the_pay_button_releases_the_labels(prepaid: Shop, browser: httpx2.Client) -> None:
    ids = prepaid.create(package(), package())
    url = payment_url(prepaid, ids)
    pressed = browser.post(url, data={"decision": "pay"})
    assert pressed.status_code == 303
    page = browser.get(urljoin(url, pressed.headers["location"]))
    assert "The labels can be downloaded now." in page.text
    assert "<button" not in page.text
    assert len(pages_of(ask(prepaid, ids).content)) == 2


def test_cancelling_pays_nothing(prepaid: Shop, browser: httpx2.Client) -> None:
    ids = prepaid.create(package())
    url = payment_url(prepaid, ids)
    page = browser.post(url, data={"decision": "cancel"}, follow_redirects=True)
    assert "Nothing was paid." in page.text
    assert status_of(prepaid) == ["failed"]
    assert payment_url(prepaid, ids) != url


def test_what_has_expired_cannot_be_paid(prepaid: Shop, browser: httpx2.Client) -> None:
    ids = prepaid.create(package())
    url = payment_url(prepaid, ids)
    prepaid.workspace.do("myparcel.expire_payment", shipment=ids[0])
    page = browser.post(url, data={"decision": "pay"}, follow_redirects=True)
    assert "Payment expired" in page.text
    assert "<button" not in page.text
    assert status_of(prepaid) == ["expired"]
    assert ask(prepaid, ids).status_code == 402


def test_a_payment_is_unknown_in_other_workspaces(
    prepaid: Shop, browser: httpx2.Client, new_workspace: Callable[[], Workspace]
) -> None:
    other = new_workspace()
    url = payment_url(prepaid, prepaid.create(package()))
    elsewhere = url.replace(f"/w/{prepaid.workspace.name}/", f"/w/{other.name}/")
    assert browser.get(elsewhere).status_code == 404
    assert browser.post(elsewhere, data={"decision": "pay"}).status_code == 404
    assert status_of(prepaid) == ["open"]


def test_another_decision_is_refused(prepaid: Shop, browser: httpx2.Client) -> None:
    url = payment_url(prepaid, prepaid.create(package()))
    page = browser.post(url, data={"decision": "later"})
    assert page.status_code == 422
    assert "one of pay, cancel" in page.text
    assert status_of(prepaid) == ["open"]


def test_a_second_press_changes_nothing(prepaid: Shop, browser: httpx2.Client) -> None:
    url = payment_url(prepaid, prepaid.create(package()))
    browser.post(url, data={"decision": "pay"})
    page = browser.post(url, data={"decision": "cancel"}, follow_redirects=True)
    assert "The labels can be downloaded now." in page.text
    assert status_of(prepaid) == ["paid"]


@pytest.mark.parametrize("program", [PROGRAM, DUTCH_SDK], ids=["plain", "with a charset"])
def test_a_program_pays_with_a_get(
    prepaid: Shop, browser: httpx2.Client, program: dict[str, str]
) -> None:
    ids = prepaid.create(package())
    response = browser.get(payment_url(prepaid, ids), headers=program)
    assert response.status_code == 200
    [shown] = response.json()["data"]["payment_instructions"]
    assert shown["paid"] == 1
    assert shown["price"] == {"amount": 585, "currency": "EUR"}
    assert ask(prepaid, ids).status_code == 200


def test_a_look_at_the_headers_pays_nothing(prepaid: Shop, browser: httpx2.Client) -> None:
    url = payment_url(prepaid, prepaid.create(package()))
    response = browser.head(f"{url}?pay=1")
    assert response.status_code == 200
    assert response.content == b""
    assert status_of(prepaid) == ["open"]


def test_a_query_pays(prepaid: Shop, browser: httpx2.Client) -> None:
    ids = prepaid.create(package())
    page = browser.get(f"{payment_url(prepaid, ids)}?pay=1")
    assert "The labels can be downloaded now." in page.text
    assert ask(prepaid, ids).status_code == 200


def test_opening_the_page_pays_when_the_quirk_says_so(
    prepaid: Shop, browser: httpx2.Client
) -> None:
    prepaid.workspace.quirk("myparcel.pay_on_get", True)
    ids = prepaid.create(package())
    browser.get(payment_url(prepaid, ids))
    assert ask(prepaid, ids).status_code == 200


def test_a_deleted_shipment_is_gone_from_the_page(prepaid: Shop, browser: httpx2.Client) -> None:
    ids = prepaid.create(package())
    url = payment_url(prepaid, ids)
    assert prepaid.client.delete(f"/shipments/{ids[0]}").status_code in (201, 204)
    assert "The shipments have been deleted." in browser.get(url).text


def test_the_page_asks_for_no_more_than_it_lists(prepaid: Shop, browser: httpx2.Client) -> None:
    ids = prepaid.create(package(), package())
    url = payment_url(prepaid, ids)
    prepaid.client.delete(f"/shipments/{ids[0]}")
    assert "Pay EUR 5.85" in browser.get(url).text


def test_what_clients_wrote_is_escaped(prepaid: Shop, browser: httpx2.Client) -> None:
    shipment = {**package(label_description=EVIL), "recipient": {**UTRECHT, "person": EVIL}}
    page = browser.get(payment_url(prepaid, prepaid.create(shipment))).text
    assert EVIL not in page
    assert page.count(html.escape(EVIL)) == 2


def test_the_page_is_there_without_the_carriers_prefix(
    prepaid: Shop, browser: httpx2.Client
) -> None:
    url = payment_url(prepaid, prepaid.create(package())).replace("/myparcel/_pay/", "/_pay/")
    assert "Pay EUR 5.85" in browser.get(url).text


@pytest.mark.parametrize("kind", ["_pay", "return_shipment_labels", "retour"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_hash_has_no_page(
    shop: Shop, browser: httpx2.Client, kind: str, method: str
) -> None:
    form = {"name": "A", "email": "a@example.test"} if method == "POST" else None
    response = browser.request(method, f"{shop.base_url}/{kind}/{'0' * 40}", data=form)
    assert response.status_code == 404
    assert "There is no such" in response.text


def test_a_page_of_a_workspace_that_is_not_there(shop: Shop, browser: httpx2.Client) -> None:
    url = f"{shop.workspace.base_url}/w/nobodys/myparcel/_pay/{'0' * 40}"
    assert browser.get(url).status_code == 404


@pytest.mark.parametrize("program", [PROGRAM, DUTCH_SDK], ids=["plain", "with a charset"])
def test_programs_read_problems_as_json(
    shop: Shop, browser: httpx2.Client, program: dict[str, str]
) -> None:
    response = browser.get(f"{shop.base_url}/_pay/nothing", headers=program)
    assert response.status_code == 404
    assert response.json()["errors"][0]["status"] == 404


def test_other_methods_are_refused(shop: Shop, browser: httpx2.Client) -> None:
    response = browser.put(f"{shop.base_url}/_pay/nothing")
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["allow"].split(", "))


def test_a_form_that_is_too_large_is_refused(prepaid: Shop, browser: httpx2.Client) -> None:
    url = payment_url(prepaid, prepaid.create(package()))
    response = browser.post(url, data={"decision": "x" * 100_000})
    assert response.status_code == 413
    assert status_of(prepaid) == ["open"]


def test_a_receiver_makes_a_return_by_link(shop: Shop, browser: httpx2.Client) -> None:
    url = return_url(shop)
    assert url.startswith(f"{shop.base_url}/return_shipment_labels/")
    assert "Send a parcel back to Voorbeeld BV" in browser.get(url).text
    form = {
        "name": "Sem Kuiper",
        "email": "sem@example.test",
        "street": "Herestraat",
        "number": "14",
        "postal_code": "9711LM",
        "city": "Groningen",
    }
    page = browser.post(url, data=form, follow_redirects=True)
    assert page.status_code == 200
    [shipment] = shop.workspace.records("myparcel", "shipments")
    assert shipment["shipment_type"] == 2
    assert shipment["status"] == 2
    assert shipment["barcode"] in page.text
    link = html.unescape(page.text.partition("<a ")[2].partition('href="')[2].partition('"')[0])
    label = browser.get(link)
    assert scan_pdf(label.content) == [[("Code128", shipment["barcode"])]]
    text = text_of(pages_of(label.content)[0])
    for words in ("Sem Kuiper", "Herestraat 14", "9711LM Groningen", "Voorbeeld BV"):
        assert words in text


def test_a_return_needs_name_and_email(shop: Shop, browser: httpx2.Client) -> None:
    page = browser.post(return_url(shop), data={"name": EVIL, "email": " "})
    assert page.status_code == 422
    assert page.text.count("is needed") == 1
    assert html.escape(EVIL) in page.text
    assert shop.workspace.records("myparcel", "shipments") == []


def test_a_return_needs_an_email_address_as_shipments_do(
    shop: Shop, browser: httpx2.Client
) -> None:
    page = browser.post(return_url(shop), data={"name": "Sem Kuiper", "email": "sem at home"})
    assert page.status_code == 422
    assert "is not an address" in page.text
    assert 'value="sem at home"' in page.text
    assert shop.workspace.records("myparcel", "shipments") == []


def test_the_other_form_of_the_link_is_the_same_page(shop: Shop, browser: httpx2.Client) -> None:
    shop.workspace.quirk("myparcel.return_link", "retour")
    url = return_url(shop)
    assert "/retour/" in url
    assert "Send a parcel back" in browser.get(url).text


def test_a_shop_without_returns_has_no_link(shop: Shop) -> None:
    response = shop.with_key("sim-myparcel-no-returns").client.post("/return_shipments")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == 3105


def test_a_prepaid_shops_return_has_to_be_paid_first(prepaid: Shop, browser: httpx2.Client) -> None:
    form = {"name": "Sem Kuiper", "email": "sem@example.test"}
    page = browser.post(return_url(prepaid), data=form, follow_redirects=True)
    assert "Pay for your return label" in page.text
    assert "5.85" in page.text
    [record] = prepaid.workspace.records("myparcel", "shipments")
    assert (record["status"], record["barcode"], record["paid"]) == (1, None, False)
    [made] = prepaid.read(record["id"])
    assert made["sender"]["person"] == "Sem Kuiper"
    browser.post(linked(page), data={"decision": "cancel"})
    page = browser.get(page.url)
    assert "Pay for your return label" in page.text
    browser.post(linked(page), data={"decision": "pay"})
    page = browser.get(page.url)
    assert "Your return label is ready" in page.text
    assert browser.get(linked(page)).content.startswith(b"%PDF-1.")
    assert sorted(status_of(prepaid)) == ["failed", "paid"]


def linked(page: httpx2.Response) -> str:
    """Where the button of a page leads."""
    return html.unescape(page.text.split('class="button primary" href="')[1].split('"')[0])


def test_a_label_of_another_shop_is_not_shown_under_a_return_link(
    shop: Shop, browser: httpx2.Client
) -> None:
    form = {"name": "Sem Kuiper", "email": "sem@example.test"}
    page = browser.post(return_url(shop), data=form)
    file = page.headers["location"].rpartition("/")[2]
    theirs = return_url(shop.with_key("sim-myparcel-prepaid"))
    assert browser.get(f"{theirs}/{file}").status_code == 404
