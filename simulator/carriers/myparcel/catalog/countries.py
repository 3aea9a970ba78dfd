"""Countries by their ISO 3166-1 alpha-2 codes, and which of them MyParcel treats alike.

The carrier knows three regions: the Netherlands, the European Union and the rest of the world. The
union is the one of 2017, when the United Kingdom belonged to it (inferred: the document names no
list).
"""

from __future__ import annotations

from typing import Literal

Region = Literal["NL", "EU", "global"]

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""

_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT PL PT RO SE SI SK"

COUNTRIES: frozenset[str] = frozenset(_CODES.split())
EU: frozenset[str] = frozenset(_MEMBERS.split())
"""The other 27 members of 2017; the Netherlands is none, since parcels come from there."""


def is_country(cc: str) -> bool:
    """Whether `cc` is a country's code, in capitals."""
    return cc in COUNTRIES


def is_eu(cc: str) -> bool:
    """Whether `cc` is another member of the union of 2017."""
    return cc in EU


def region_of(cc: str) -> Region:
    """Where a country is from the carrier's point of view; it sends from the Netherlands."""
    if cc == "NL":
        return "NL"
    return "EU" if is_eu(cc) else "global"
