"""Polish towns and street names, from which the seeded points and the branches are made.

Coordinates are those of the town centres in degrees (WGS 84). The post code prefix is the
delivery area of the centre.
"""

from __future__ import annotations

import msgspec


class Town(msgspec.Struct, frozen=True):
    """A town with the three letters that the names of its points begin with."""

    code: str
    name: str
    province: str
    post_prefix: str
    latitude: float
    longitude: float


TOWNS: tuple[Town, ...] = (
    Town("WAW", "Warszawa", "mazowieckie", "00", 52.2297, 21.0122),
    Town("KRA", "Kraków", "małopolskie", "31", 50.0614, 19.9366),
    Town("LOD", "Łódź", "łódzkie", "90", 51.7592, 19.4560),
    Town("WRO", "Wrocław", "dolnośląskie", "50", 51.1079, 17.0385),
    Town("POZ", "Poznań", "wielkopolskie", "61", 52.4064, 16.9252),
    Town("GDA", "Gdańsk", "pomorskie", "80", 54.3520, 18.6466),
    Town("SZC", "Szczecin", "zachodniopomorskie", "70", 53.4285, 14.5528),
    Town("BYD", "Bydgoszcz", "kujawsko-pomorskie", "85", 53.1235, 18.0084),
    Town("LUB", "Lublin", "lubelskie", "20", 51.2465, 22.5684),
    Town("BIA", "Białystok", "podlaskie", "15", 53.1325, 23.1688),
    Town("KAT", "Katowice", "śląskie", "40", 50.2649, 19.0238),
    Town("GDY", "Gdynia", "pomorskie", "81", 54.5189, 18.5305),
    Town("CZE", "Częstochowa", "śląskie", "42", 50.8118, 19.1203),
    Town("RAD", "Radom", "mazowieckie", "26", 51.4027, 21.1471),
    Town("TOR", "Toruń", "kujawsko-pomorskie", "87", 53.0138, 18.5984),
    Town("SOS", "Sosnowiec", "śląskie", "41", 50.2863, 19.1041),
    Town("RZE", "Rzeszów", "podkarpackie", "35", 50.0412, 21.9991),
    Town("KIE", "Kielce", "świętokrzyskie", "25", 50.8661, 20.6286),
    Town("GLI", "Gliwice", "śląskie", "44", 50.2945, 18.6714),
    Town("OLS", "Olsztyn", "warmińsko-mazurskie", "10", 53.7784, 20.4801),
    Town("ZAB", "Zabrze", "śląskie", "41", 50.3249, 18.7857),
    Town("BIE", "Bielsko-Biała", "śląskie", "43", 49.8224, 19.0584),
    Town("BYT", "Bytom", "śląskie", "41", 50.3480, 18.9328),
    Town("ZIE", "Zielona Góra", "lubuskie", "65", 51.9356, 15.5062),
    Town("RYB", "Rybnik", "śląskie", "44", 50.1022, 18.5463),
    Town("RUD", "Ruda Śląska", "śląskie", "41", 50.2558, 18.8556),
    Town("OPO", "Opole", "opolskie", "45", 50.6751, 17.9213),
    Town("TYC", "Tychy", "śląskie", "43", 50.1357, 18.9983),
    Town("GOR", "Gorzów Wielkopolski", "lubuskie", "66", 52.7368, 15.2288),
    Town("DAB", "Dąbrowa Górnicza", "śląskie", "41", 50.3217, 19.1949),
    Town("PLO", "Płock", "mazowieckie", "09", 52.5468, 19.7064),
    Town("ELB", "Elbląg", "warmińsko-mazurskie", "82", 54.1561, 19.4045),
    Town("WAL", "Wałbrzych", "dolnośląskie", "58", 50.7714, 16.2843),
    Town("WLO", "Włocławek", "kujawsko-pomorskie", "87", 52.6483, 19.0677),
    Town("TAR", "Tarnów", "małopolskie", "33", 50.0121, 20.9858),
    Town("CHO", "Chorzów", "śląskie", "41", 50.2975, 18.9546),
    Town("KOS", "Koszalin", "zachodniopomorskie", "75", 54.1944, 16.1722),
    Town("KAL", "Kalisz", "wielkopolskie", "62", 51.7611, 18.0910),
    Town("LEG", "Legnica", "dolnośląskie", "59", 51.2070, 16.1553),
    Town("GRU", "Grudziądz", "kujawsko-pomorskie", "86", 53.4837, 18.7536),
    Town("JAW", "Jaworzno", "śląskie", "43", 50.2050, 19.2750),
    Town("SLU", "Słupsk", "pomorskie", "76", 54.4641, 17.0287),
    Town("JAS", "Jastrzębie-Zdrój", "śląskie", "44", 49.9500, 18.5740),
    Town("NSA", "Nowy Sącz", "małopolskie", "33", 49.6218, 20.6971),
    Town("JEL", "Jelenia Góra", "dolnośląskie", "58", 50.9044, 15.7194),
    Town("SIE", "Siedlce", "mazowieckie", "08", 52.1677, 22.2901),
    Town("KON", "Konin", "wielkopolskie", "62", 52.2230, 18.2511),
    Town("PIO", "Piotrków Trybunalski", "łódzkie", "97", 51.4052, 19.7030),
    Town("INO", "Inowrocław", "kujawsko-pomorskie", "88", 52.7936, 18.2609),
    Town("LBN", "Lubin", "dolnośląskie", "59", 51.4010, 16.2015),
    Town("OST", "Ostrów Wielkopolski", "wielkopolskie", "63", 51.6550, 17.8069),
    Town("SUW", "Suwałki", "podlaskie", "16", 54.1118, 22.9309),
    Town("STA", "Stargard", "zachodniopomorskie", "73", 53.3367, 15.0499),
    Town("GNI", "Gniezno", "wielkopolskie", "62", 52.5349, 17.5826),
    Town("OSC", "Ostrowiec Świętokrzyski", "świętokrzyskie", "27", 50.9293, 21.3852),
    Town("GLO", "Głogów", "dolnośląskie", "67", 51.6640, 16.0845),
    Town("PAB", "Pabianice", "łódzkie", "95", 51.6645, 19.3547),
    Town("LES", "Leszno", "wielkopolskie", "64", 51.8406, 16.5749),
    Town("ZAM", "Zamość", "lubelskie", "22", 50.7231, 23.2520),
    Town("LOM", "Łomża", "podlaskie", "18", 53.1781, 22.0593),
    Town("PRZ", "Przemyśl", "podkarpackie", "37", 49.7838, 22.7678),
    Town("ELK", "Ełk", "warmińsko-mazurskie", "19", 53.8280, 22.3647),
    Town("ZAK", "Zakopane", "małopolskie", "34", 49.2992, 19.9496),
    Town("SOP", "Sopot", "pomorskie", "81", 54.4416, 18.5601),
)
"""The towns, the largest first."""

STREETS: tuple[str, ...] = (
    "3 Maja",
    "Akacjowa",
    "Armii Krajowej",
    "Asnyka",
    "Brzozowa",
    "Chopina",
    "Cicha",
    "Daszyńskiego",
    "Dębowa",
    "Długa",
    "Dworcowa",
    "Fabryczna",
    "Gdańska",
    "Górna",
    "Grunwaldzka",
    "Jagiellońska",
    "Jana Pawła II",
    "Jasna",
    "Jesionowa",
    "Klonowa",
    "Kochanowskiego",
    "Kolejowa",
    "Konopnickiej",
    "Kopernika",
    "Kościelna",
    "Kościuszki",
    "Krakowska",
    "Krótka",
    "Krucza",
    "Kwiatowa",
    "Leśna",
    "Lipowa",
    "Łąkowa",
    "Łódzka",
    "Mickiewicza",
    "Młyńska",
    "Moniuszki",
    "Narutowicza",
    "Niepodległości",
    "Ogrodowa",
    "Parkowa",
    "Piękna",
    "Piłsudskiego",
    "Podgórna",
    "Polna",
    "Poznańska",
    "Prosta",
    "Przemysłowa",
    "Reja",
    "Reymonta",
    "Sienkiewicza",
    "Słoneczna",
    "Słowackiego",
    "Sportowa",
    "Staszica",
    "Szkolna",
    "Warszawska",
    "Wiejska",
    "Wojska Polskiego",
    "Zielona",
    "Żeromskiego",
)
"""Common street names."""

# Areas of large cities whose nearest other prefix would be another town's.
_CITY_AREAS = {"00": ("01", "02", "03", "04", "05"), "31": ("30", "32"), "50": ("52", "53", "54")}

_BY_PREFIX: dict[str, Town] = {town.post_prefix: town for town in reversed(TOWNS)}
_BY_PREFIX.update(
    {area: _BY_PREFIX[centre] for centre, areas in _CITY_AREAS.items() for area in areas}
)


def town_of_post_code(post_code: str) -> Town:
    """The town that stands for a post code (`31-147`): the largest one of the nearest area.

    Areas without a town in the table get the one with the closest prefix, so that every post code
    has a town. Raises `ValueError` when the first two characters are not digits.
    """
    prefix = post_code[:2]
    if not (len(prefix) == 2 and prefix.isascii() and prefix.isdigit()):
        raise ValueError(f"Post code {post_code!r} does not begin with two digits, as in 31-147.")
    nearest = min(_BY_PREFIX, key=lambda known: (abs(int(known) - int(prefix)), known))
    return _BY_PREFIX[nearest]
