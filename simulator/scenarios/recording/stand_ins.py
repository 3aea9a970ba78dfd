"""Puts made-up people in the place of those whose data was sent: the same one each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from simulator.core.chance import Chance

_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[A-Za-z]{2,}")
_PUBLIC = ("@sim.test", "@example.com", "@example.org", "@example.net")
"""E-mail addresses that are nobody's."""

_PEOPLE = ("receiver", "recipient", "sender", "consignee", "consignor", "customer", "contact")
"""Objects whose `name` and `address` are those of a person."""

_SHORTEST = 4
"""Characters from which a value is looked for within other texts."""


def kind_of(trail: tuple[str, ...]) -> str | None:
    """What personal data a member holds, by its name and that of the object that it is in."""
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
    if name in ("street", "line1", "addressline1", "addressline2", "line2"):
        return "street"
    if person and name == "name":
        return "name"
    return "street" if person and name == "address" else None


class StandIns:
    """Stand-ins for the personal data of one recording, by the order in which it came."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = Chance(seed)
        self._known: dict[str, str] = {}
        self._sent: set[tuple[str, tuple[str, ...]]] = set()
        self._within: re.Pattern[str] | None = None

    def learn(self, value: Any, trail: tuple[str, ...] = ()) -> None:
        """Take note of the personal data in what a client sends; `trail` are the members that lead
        to it."""
        if isinstance(value, dict):
            for name, inner in value.items():
                self.learn(inner, (*trail, str(name)))
        elif isinstance(value, list):
            for inner in value:
                self.learn(inner, trail)
        elif isinstance(value, str) and value.strip():
            kind = kind_of(trail)
            if kind is not None:
                self._add(kind, value)
                self._sent.add((self._known.get(value, value), trail))
            for email in _EMAIL.findall(value):
                self._add("email", email)

    def apply(self, value: Any) -> Any:
        """The same with stand-ins, wherever a value stands."""
        if isinstance(value, dict):
            return {name: self.apply(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.apply(inner) for inner in value]
        return self._text(value) if isinstance(value, str) else value

    def was_sent(self, value: str, trail: tuple[str, ...]) -> bool:
        """Whether a client sent this text as that member; what comes back as another one, such as
        the sender's street, is only the same by chance."""
        return any(value == text and trail[-len(sent) :] == sent for text, sent in self._sent)

    def _text(self, text: str) -> str:
        if text in self._known:
            return self._known[text]
        if self._within is not None:
            text = self._within.sub(lambda match: self._known[match[0]], text)
        return text

    def _add(self, kind: str, value: str) -> None:
        if value in self._known or value in self._known.values():
            return
        self._known[value] = _MAKERS[kind](self._chance, len(self._known), value)
        long = [each for each in self._known if len(each) >= _SHORTEST]
        if long:
            longest_first = sorted(long, key=len, reverse=True)
            words = "|".join(map(re.escape, longest_first))
            self._within = re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def _email(chance: Chance, number: int, value: str) -> str:
    if value.lower().endswith(_PUBLIC):
        return value
    faker = chance.faker("recording", number, "en_GB")
    return f"{faker.first_name()}.{faker.last_name()}@example.com".lower().replace("'", "")


def _phone(chance: Chance, number: int, value: str) -> str:
    """Another number of the same form; its first digits say which country and network it is."""
    kept = 4 if value.strip().startswith(("+", "00")) else 2
    digits = iter(chance.digits("recording.phone", number, 40))
    seen = 0
    written = []
    for each in value:
        seen += each.isdigit()
        written.append(next(digits) if each.isdigit() and seen > kept else each)
    return "".join(written)


def _name(chance: Chance, number: int, value: str) -> str:
    faker = chance.faker("recording", number, "en_GB")
    name = f"{faker.first_name()} {faker.last_name()}"
    return name if " " in value.strip() else name.split()[0]


def _first_name(chance: Chance, number: int, value: str) -> str:
    return str(chance.faker("recording", number, "en_GB").first_name())


def _last_name(chance: Chance, number: int, value: str) -> str:
    return str(chance.faker("recording", number, "en_GB").last_name())


def _company(chance: Chance, number: int, value: str) -> str:
    return f"{chance.faker('recording', number, 'en_GB').last_name()} Ltd"


def _street(chance: Chance, number: int, value: str) -> str:
    """Another street; a house number stays a number of as many digits."""
    house = re.search(r"\d+", value)
    street = str(chance.faker("recording", number, "en_GB").last_name()) + " Street"
    if house is None:
        return street
    low = 10 ** (len(house[0]) - 1)
    return f"{street} {chance.integer('recording.house', number, low, low * 10 - 1)}"


_MAKERS: dict[str, Callable[[Chance, int, str], str]] = {
    "email": _email,
    "phone": _phone,
    "name": _name,
    "first name": _first_name,
    "last name": _last_name,
    "company": _company,
    "street": _street,
}
