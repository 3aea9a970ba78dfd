"""Postal offices of exchange, as despatch numbers name them (inferred: the carrier tells none).

An office is told by its country, the town's code and a letter, after the pattern of the postal
union's code list.
"""

from __future__ import annotations

from typing import NamedTuple


class Office(NamedTuple):
    """An office: its six-character code, and the town that it is in."""

    code: str
    town: str


ORIGINS: dict[str, Office] = {
    "AMS": Office("NLAMSA", "AMSTERDAM"),
    "NDL": Office("NLNDLA", "NETHERLANDS"),
    "PDL": Office("PLPDLA", "POLAND"),
    "HKT": Office("HKHKGA", "HONG KONG"),
    "MNL": Office("PHMNLA", "MANILA"),
    "BKK": Office("THBKKA", "BANGKOK"),
    "TLL": Office("EETLLA", "TALLINN"),
}
"""Terminal -> the office that mail leaves it through."""

_TOWNS = """
AE DXB AR BUE AT VIE AU SYD BE BRU BG SOF BR SAO CA YTO CH ZRH CL SCL CN BJS CO BOG CY LCA CZ PRG
DE FRA DK CPH EE TLL EG CAI ES MAD FI HEL FR CDG GB LON GE TBS GR ATH HK HKG HR ZAG HU BUD ID JKT
IE DUB IL TLV IN DEL IS REK IT MIL JP TYO KR SEL KZ ALA LT VNO LU LUX LV RIX MD KIV MT MLA MX MEX
MY KUL NG LOS NL AMS NO OSL NZ AKL PE LIM PH MNL PK KHI PL WAW PT LIS RO BUH RS BEG SA RUH SE STO
SG SIN SI LJU SK BTS TH BKK TR IST TW TPE UA KBP US JFK UZ TAS VN SGN ZA JNB
"""

_WORDS = _TOWNS.split()
TOWNS: dict[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Country -> the code of the town where its mail arrives."""

UNKNOWN_TOWN = "XXX"


def destination(country: str) -> str:
    """The code of the office that takes in a country's mail."""
    return f"{country[:2].ljust(2, 'X')}{TOWNS.get(country, UNKNOWN_TOWN)}A"


def origin(terminal: str) -> Office:
    """The office of a terminal."""
    return ORIGINS.get(terminal, Office(f"XX{terminal[:3].upper().ljust(3, 'X')}A", terminal))
