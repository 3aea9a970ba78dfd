"""Labels that the tests of this folder print, and the scanner that reads them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2
import zxingcpp
from hypothesis import strategies as st
from PIL import Image

from simulator.labels import Cuts, LabelContent, LabelWords, Party, Sorting

SCANNER_DPI = 200
LONG = 'Wąchock-Łódź MMMWWW „żółć” ^FS~JA \\ " '

SHIPX_CUTS = Cuts(company=26, person=21, street=56, city=23)

LOCKER_LABEL = LabelContent(
    heading="Paczkomat 24/7 standardowa",
    barcode="600000588200070112345678",
    barcode_text="600 000 588 200 070 112 345 678",
    sender=Party(
        company="Sklep Żółwik sp. z o.o. spółka komandytowa",
        name="Grażyna Źdźbło",
        street="ul. Świętokrzyska 12/4",
        city="00-950 Warszawa",
        phone="500600700",
        email="sklep@example.com",
    ),
    receiver=Party(
        name="Maksymilian Brzęczyszczykiewicz",
        street="ul. Pawia 5",
        city="31-154 Kraków",
        phone="511222333",
    ),
    routing="KRA010",
    size="A",
    index="1/2",
    facts=(("Reference", "ORDER/2026/0117"), ("COD", "129.99 PLN")),
    cuts=SHIPX_CUTS,
)

OVERFULL_LABEL = LabelContent(
    heading=LONG * 20,
    barcode="AB12CD34EF56GH78JK90LM12NP34QR",
    barcode_text=LONG * 20,
    sender=Party(*([LONG * 20] * 7)),
    receiver=Party(*([LONG * 20] * 7)),
    routing=LONG * 20,
    size=LONG * 20,
    index=LONG * 20,
    facts=((LONG * 20, LONG * 20),) * 40,
    place=(LONG * 20,) * 9,
    sorting=Sorting(*([LONG * 20] * 3)),
    words=LabelWords(**dict.fromkeys(LabelWords.__struct_fields__, LONG * 20)),
    qr="https://example.com/" + "x" * 180,
)

any_text = st.text(st.characters(), max_size=120)
any_party = st.builds(Party, *([st.none() | any_text] * 7))
digits = st.text("0123456789", min_size=14, max_size=30)
alphanumerics = st.text(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=30
)
any_label = st.builds(
    LabelContent,
    heading=any_text,
    barcode=digits | alphanumerics,
    barcode_text=st.none() | any_text,
    sender=any_party,
    receiver=any_party,
    routing=st.none() | any_text,
    size=st.none() | any_text,
    index=st.none() | any_text,
    facts=st.lists(st.tuples(any_text, any_text), max_size=14).map(tuple),
    place=st.lists(any_text, max_size=4).map(tuple),
    sorting=st.none() | st.builds(Sorting, *([any_text] * 3)),
    words=st.builds(LabelWords, **dict.fromkeys(LabelWords.__struct_fields__, any_text)),
    cuts=st.sampled_from([Cuts(), SHIPX_CUTS]),
)


def pages_of(pdf: bytes) -> list[Any]:
    """Open a PDF's pages."""
    return list(pypdfium2.PdfDocument(pdf))


def text_of(page: Any) -> str:
    """Extract a page's text, its lines joined by spaces."""
    return " ".join(str(page.get_textpage().get_text_range()).split())


def picture_of(page: Any) -> Image.Image:
    """Rasterise a page at the resolution of a flatbed scanner."""
    picture = page.render(scale=SCANNER_DPI / 72, grayscale=True).to_pil()
    assert isinstance(picture, Image.Image)
    return picture


def scan(picture: Image.Image) -> list[tuple[str, str]]:
    """Read every barcode of a picture as (symbology, text), sorted.

    At its own resolution only: in smaller copies bars run together and now and then spell another
    code that is valid as well.
    """
    found = zxingcpp.read_barcodes(picture, try_downscale=False)
    return sorted((barcode.format.name, barcode.text) for barcode in found)


def scan_pdf(pdf: bytes) -> Sequence[list[tuple[str, str]]]:
    """Read the barcodes of each page."""
    return [scan(picture_of(page)) for page in pages_of(pdf)]
