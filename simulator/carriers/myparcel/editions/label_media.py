"""The media types in which labels are asked for: what they are of, and how they are given.

Documented in the public description of api.myparcel.nl (2026); `vnd.shipment+json+print` is what
clients of 2024 send.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

LabelKind = Literal["pdf", "zpl"]

PDF = "application/pdf"
JSON = "application/json"
LINK = "application/vnd.shipment_label_link+json"
LABEL = "application/vnd.shipment_label+json"


class LabelType(NamedTuple):
    """Labels as a PDF or as ZPL: the file itself, a link, one that is ready later, or printed."""

    kind: LabelKind
    given: Literal["file", "link", "later", "printed"]


_FIRST: Mapping[str, LabelType] = {PDF: LabelType("pdf", "file"), JSON: LabelType("pdf", "link")}
_FILES: Mapping[str, LabelType] = {
    "application/vnd.shipment_label+pdf": LabelType("pdf", "file"),
    "application/vnd.shipment_label+zpl": LabelType("zpl", "file"),
    "application/vnd.zpl": LabelType("zpl", "file"),
}
_LINKS: Mapping[str, LabelType] = {LINK: LabelType("pdf", "later"), LABEL: LabelType("pdf", "link")}
_PRINTABLE: Mapping[str, LabelKind] = {
    LABEL: "pdf",
    LINK: "pdf",
    JSON: "pdf",
    PDF: "pdf",
    "application/vnd.shipment+json": "pdf",
    "application/vnd.shipment_label+pdf": "pdf",
    "application/vnd.shipment_label+zpl": "zpl",
    "application/vnd.zpl": "zpl",
}
_PRINTED: Mapping[str, LabelType] = {
    f"{name}+print": LabelType(kind, "printed") for name, kind in _PRINTABLE.items()
}

OF_2017 = _FIRST
"""What the document of 2017 gives labels in; the first of each of these is the default."""

OF_LABELS: Mapping[str, LabelType] = {**_FIRST, **_LINKS, **_FILES, **_PRINTED}
"""What labels of today are given in."""

OF_BATCHES: Mapping[str, LabelType] = {
    JSON: LabelType("pdf", "later"),
    **{name: each._replace(given="later") for name, each in {**_LINKS, **_FILES}.items()},
    PDF: LabelType("pdf", "later"),
}
"""What labels of many shipments are asked for in; they are always given by a link."""

OF_SHIPMENTS: Mapping[str, LabelType] = {LABEL: _LINKS[LABEL], **_FILES, **_PRINTED}
"""What asks for labels along with shipments that are made or changed."""
