"""Paying and returning with a real browser and real clicks."""

from __future__ import annotations

import io
from collections.abc import Callable

import httpx2
from PIL import Image
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from tests.labels.samples import scan_pdf
from tests.myparcel.client import Shop
from tests.myparcel.parcels import SAITAMA, package

Look = Callable[[str], bytes]


def heading(page: Chrome) -> str:
    return page.find_element(By.TAG_NAME, "h1").text


def button(page: Chrome, words: str) -> None:
    """Press a button, and wait until the page that had it is gone."""
    before = page.find_element(By.TAG_NAME, "html")
    page.find_element(By.XPATH, f"//button[starts-with(normalize-space(), '{words}')]").click()
    WebDriverWait(page, 60).until(staleness_of(before))


def assert_drawn(picture: bytes) -> None:
    """The page is no blank sheet and needs no scrolling sideways."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    colours = image.getcolors(256)
    assert colours is not None
    assert len(colours) > 20


def test_a_person_pays_and_the_label_can_be_had(shop: Shop, page: Chrome, look: Look) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    insured = {"insurance": {"amount": 50000, "currency": "EUR"}}
    abroad = {**package(1, **insured), "recipient": {**SAITAMA, "cc": "BE", "postal_code": "1000"}}
    ids = prepaid.create(package(label_description="Order 7781", signature=1), abroad)
    path = f"/shipment_labels/{ids[0]};{ids[1]}"
    asked = prepaid.client.get(path)
    assert asked.status_code == 402
    page.get(asked.json()["data"]["payment_instructions"][0]["payment_url"])
    assert heading(page) == "Pay for your labels"
    assert page.find_element(By.CLASS_NAME, "amount").text == "EUR 13.05"
    assert "Order 7781" in page.find_element(By.TAG_NAME, "table").text
    assert_drawn(look("payment-open"))

    button(page, "Pay EUR 13.05")

    assert heading(page) == "Paid"
    assert page.find_elements(By.TAG_NAME, "button") == []
    assert_drawn(look("payment-paid"))
    labels = prepaid.client.get(path)
    assert labels.status_code == 200
    assert len(scan_pdf(labels.content)) == 2


def test_a_person_cancels(shop: Shop, page: Chrome, look: Look) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    [number] = prepaid.create(package())
    asked = prepaid.client.get(f"/shipment_labels/{number}")
    page.get(asked.json()["data"]["payment_instructions"][0]["payment_url"])

    button(page, "Cancel")

    assert heading(page) == "Payment cancelled"
    assert_drawn(look("payment-cancelled"))
    assert prepaid.client.get(f"/shipment_labels/{number}").status_code == 402


def test_a_receiver_makes_a_return(shop: Shop, page: Chrome, look: Look) -> None:
    link = shop.client.post("/return_shipments").json()["data"]["download_url"]["link"]
    page.get(link)
    assert heading(page) == "Send a parcel back to Voorbeeld BV"
    for name, words in (
        ("name", "Sem Kuiper"),
        ("email", "sem@example.test"),
        ("street", "Herestraat"),
        ("number", "14"),
        ("postal_code", "9711LM"),
        ("city", "Groningen"),
    ):
        page.find_element(By.NAME, name).send_keys(words)
    assert_drawn(look("return-form"))

    button(page, "Make the label")

    assert heading(page) == "Your return label is ready"
    assert_drawn(look("return-done"))
    url = page.find_element(By.LINK_TEXT, "Download the label (PDF)").get_attribute("href")
    assert url is not None
    [[(_, barcode)]] = scan_pdf(httpx2.get(url, trust_env=False, verify=False).content)
    assert barcode in page.find_element(By.TAG_NAME, "table").text
