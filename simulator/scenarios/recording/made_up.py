"""Makes up people, numbers and streets of the same form as those that were sent."""

from __future__ import annotations

import re
from collections.abc import Callable

from simulator.core.chance import Chance

_PUBLIC = ("@sim.test", "@example.com", "@example.org", "@example.net")
"""E-mail addresses that are nobody's."""


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


MAKERS: dict[str, Callable[[Chance, int, str], str]] = {
    "email": _email,
    "phone": _phone,
    "name": _name,
    "first name": _first_name,
    "last name": _last_name,
    "company": _company,
    "street": _street,
}
"""What makes something in the place of a value, by its kind; called with the value's number."""
