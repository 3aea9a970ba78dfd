"""Which personal data something holds: by the name of a member, a column or a parameter, or by how
it looks."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[A-Za-z]{2,}")
"""An e-mail address within a text."""

_PEOPLE = ("receiver", "recipient", "sender", "consignee", "consignor", "customer", "contact")
"""Objects whose `name` and `address` are those of a person."""

_FLAT = re.compile(rf"({'|'.join(_PEOPLE)})[_.\[-]+(.+)", re.IGNORECASE)
"""A member of such an object, written as one name: `receiver_name`, `recipient[street]`."""
_STREETS = (
    "street",
    "streetname",
    "streetadditionalinfo",
    "line1",
    "line2",
    "addressline1",
    "addressline2",
)
_SEARCHES = ("q", "query", "search", "text", "term", "keyword", "keywords", *_PEOPLE)
"""Parameters that search by whatever is written."""
_PHONE = re.compile(r"(?:\+|00)[\d ()./-]{8,20}|[\d ()./-]{9,15}")
_NAME = re.compile(r"[^\W\d_]+(?:[ .'\u2019-]+[^\W\d_]+)*\.?")
_STREET = re.compile(r"[^\W\d_]{3,}.*\s\d+\s?[A-Za-z]?(?:/\d+)?")
_SHORTEST_SEARCH = 3


def kind_of(trail: tuple[str, ...]) -> str | None:
    """What personal data a member holds, by its name and that of the object that it is in."""
    flat = _FLAT.fullmatch(trail[-1]) if trail else None
    if flat is not None:
        trail = (flat[1], flat[2].strip("]"))
    member, within = ("", "", *trail)[-1], ("", "", *trail)[-2]
    name = re.sub(r"[^a-z0-9]", "", member.lower())
    person = any(word in within.lower() for word in _PEOPLE)
    if "email" in name:
        return "email"
    if "phone" in name or name in ("mobile", "tel", "telephone"):
        return "phone"
    if name in ("firstname", "givenname"):
        return "first name"
    if name in ("lastname", "surname", "familyname"):
        return "last name"
    if name in ("person", "fullname", "contactname", "contactperson"):
        return "name"
    if name in ("company", "companyname"):
        return "company"
    if name in _STREETS:
        return "street"
    if person and name == "name":
        return "name"
    return "street" if person and name == "address" else None


def searches(parameter: str) -> bool:
    """Whether a parameter of a query searches by text, be it a name or a reference."""
    return parameter.lower() in _SEARCHES


def looks_like(text: str) -> str | None:
    """What personal data a text may be that somebody searches for; None for a code or a number."""
    text = text.strip()
    if EMAIL.fullmatch(text):
        return "email"
    if _PHONE.fullmatch(text):
        digits = sum(each.isdigit() for each in text)
        abroad = text.startswith(("+", "00"))
        return "phone" if 9 <= digits <= (15 if abroad else 11) else None
    if len(text) >= _SHORTEST_SEARCH and _NAME.fullmatch(text):
        return "name"
    return "street" if _STREET.fullmatch(text) else None
