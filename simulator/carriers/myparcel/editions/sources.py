"""What says which values an edition takes: the clauses that the journal names with a finding.

The documents of 2026-01 have kept the sections of those of 2017. What they do not say of today is
in the public description of its API.
"""

from __future__ import annotations

from collections.abc import Mapping

_OF_2017, _OF_TODAY = "MyParcel: document of 2017", "MyParcel: documents of 2026-01"
_SECTIONS: Mapping[str, str] = {
    "options": "6.A",
    "delivery": "6.A.2",
    "insurance": "6.A.3 and 6.A.4",
    "customs": "7.E",
    "customs items": "7.F",
    "pages": "6.E.3",
}

SOURCES_2017: Mapping[str, str] = {
    name: f"{_OF_2017}, {section}" for name, section in _SECTIONS.items()
}
"""What a clause is about -> the clause."""

SOURCES_TODAY: Mapping[str, str] = {
    **{name: f"{_OF_TODAY}, {section}" for name, section in _SECTIONS.items()},
    **dict.fromkeys(
        ("options", "customs items", "pages"),
        "MyParcel: public description of api.myparcel.nl",
    ),
}
