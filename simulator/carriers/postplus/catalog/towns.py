"""Towns of Estonia, Latvia, Lithuania and Finland, from which the pickup points are made.

Coordinates are those of the centres in degrees (WGS 84), postal codes are in use there. Regions are
counties (EE, LT, FI) or the historical lands (LV).
"""

from __future__ import annotations

from typing import NamedTuple


class Town(NamedTuple):
    """A town; `zip_codes` are some of those that it has, that of the centre first."""

    name: str
    region: str
    zip_codes: tuple[str, ...]
    lat: float
    lng: float


def _town(name: str, region: str, zip_codes: str, lat: float, lng: float) -> Town:
    return Town(name, region, tuple(zip_codes.split()), lat, lng)


TOWNS: dict[str, tuple[Town, ...]] = {
    "EE": (
        _town(
            "Tallinn", "Harju maakond", "10111 10145 10615 11415 12618 13522 13912", 59.437, 24.7536
        ),
        _town("Tartu", "Tartu maakond", "51003 51004 50501 50703", 58.378, 26.729),
        _town("Narva", "Ida-Viru maakond", "20308 20309", 59.3772, 28.1903),
        _town("Pärnu", "Pärnu maakond", "80010 80042", 58.3859, 24.4971),
        _town("Kohtla-Järve", "Ida-Viru maakond", "30328", 59.3986, 27.2731),
        _town("Viljandi", "Viljandi maakond", "71020", 58.3639, 25.59),
        _town("Maardu", "Harju maakond", "74111", 59.4782, 25.0161),
        _town("Rakvere", "Lääne-Viru maakond", "44306 44310", 59.3464, 26.3558),
        _town("Kuressaare", "Saare maakond", "93819", 58.2481, 22.5039),
        _town("Sillamäe", "Ida-Viru maakond", "40231", 59.3997, 27.7547),
        _town("Võru", "Võru maakond", "65620", 57.8339, 27.0194),
        _town("Valga", "Valga maakond", "68203", 57.7778, 26.0473),
        _town("Jõhvi", "Ida-Viru maakond", "41532", 59.3592, 27.4211),
        _town("Haapsalu", "Lääne maakond", "90504", 58.9431, 23.5414),
        _town("Keila", "Harju maakond", "76608", 59.3036, 24.4131),
        _town("Paide", "Järva maakond", "72711", 58.8856, 25.5572),
        _town("Saue", "Harju maakond", "76505", 59.3231, 24.5622),
        _town("Tapa", "Lääne-Viru maakond", "45106", 59.2606, 25.9586),
        _town("Põlva", "Põlva maakond", "63308", 58.0603, 27.0694),
        _town("Elva", "Tartu maakond", "61507", 58.2225, 26.4211),
        _town("Türi", "Järva maakond", "72213", 58.8086, 25.4325),
        _town("Jõgeva", "Jõgeva maakond", "48306", 58.7467, 26.3939),
        _town("Rapla", "Rapla maakond", "79511", 59.0072, 24.7928),
        _town("Põltsamaa", "Jõgeva maakond", "48104", 58.6525, 25.9706),
        _town("Kärdla", "Hiiu maakond", "92413", 58.9978, 22.7492),
        _town("Otepää", "Valga maakond", "67405", 58.0586, 26.4961),
    ),
    "LV": (
        _town("Rīga", "Rīga", "LV-1010 LV-1050 LV-1006 LV-1013 LV-1058", 56.9496, 24.1052),
        _town("Daugavpils", "Latgale", "LV-5401 LV-5417", 55.8714, 26.5161),
        _town("Liepāja", "Kurzeme", "LV-3401 LV-3414", 56.5047, 21.0108),
        _town("Jelgava", "Zemgale", "LV-3001 LV-3004", 56.6511, 23.7214),
        _town("Jūrmala", "Vidzeme", "LV-2015", 56.968, 23.7704),
        _town("Ventspils", "Kurzeme", "LV-3601", 57.3894, 21.5644),
        _town("Rēzekne", "Latgale", "LV-4601", 56.5103, 27.34),
        _town("Ogre", "Vidzeme", "LV-5001", 56.8162, 24.604),
        _town("Valmiera", "Vidzeme", "LV-4201", 57.5411, 25.4275),
        _town("Jēkabpils", "Zemgale", "LV-5201", 56.4993, 25.8786),
        _town("Tukums", "Kurzeme", "LV-3101", 56.9669, 23.1531),
        _town("Cēsis", "Vidzeme", "LV-4101", 57.3119, 25.2746),
        _town("Olaine", "Vidzeme", "LV-2114", 56.7947, 23.9353),
        _town("Sigulda", "Vidzeme", "LV-2150", 57.1539, 24.8546),
        _town("Kuldīga", "Kurzeme", "LV-3301", 56.9677, 21.9617),
        _town("Saldus", "Kurzeme", "LV-3801", 56.6636, 22.4881),
        _town("Talsi", "Kurzeme", "LV-3201", 57.2446, 22.5869),
        _town("Dobele", "Zemgale", "LV-3701", 56.6253, 23.2806),
        _town("Bauska", "Zemgale", "LV-3901", 56.4075, 24.1944),
        _town("Ludza", "Latgale", "LV-5701", 56.5467, 27.7194),
        _town("Krāslava", "Latgale", "LV-5601", 55.8951, 27.1681),
        _town("Gulbene", "Vidzeme", "LV-4401", 57.1747, 26.7529),
        _town("Madona", "Vidzeme", "LV-4801", 56.8533, 26.2169),
        _town("Limbaži", "Vidzeme", "LV-4001", 57.5128, 24.7194),
        _town("Aizkraukle", "Zemgale", "LV-5101", 56.6048, 25.2553),
        _town("Preiļi", "Latgale", "LV-5301", 56.2944, 26.7246),
        _town("Alūksne", "Vidzeme", "LV-4301", 57.4214, 27.0466),
        _town("Balvi", "Latgale", "LV-4501", 57.1313, 27.2658),
    ),
    "LT": (
        _town("Vilnius", "Vilniaus apskritis", "01103 07150 09308", 54.6872, 25.2797),
        _town("Kaunas", "Kauno apskritis", "44251 44333 47446", 54.8985, 23.9036),
        _town("Klaipėda", "Klaipėdos apskritis", "91502 91182", 55.7033, 21.1443),
        _town("Šiauliai", "Šiaulių apskritis", "76295 78322", 55.9349, 23.3137),
        _town("Panevėžys", "Panevėžio apskritis", "35200", 55.7348, 24.3575),
        _town("Alytus", "Alytaus apskritis", "62504", 54.3963, 24.0459),
        _town("Marijampolė", "Marijampolės apskritis", "68307", 54.5599, 23.3541),
        _town("Mažeikiai", "Telšių apskritis", "89223", 56.3094, 22.3414),
        _town("Jonava", "Kauno apskritis", "55158", 55.0727, 24.2793),
        _town("Utena", "Utenos apskritis", "28503", 55.4976, 25.5992),
        _town("Kėdainiai", "Kauno apskritis", "57288", 55.2882, 23.9748),
        _town("Telšiai", "Telšių apskritis", "87133", 55.9814, 22.2472),
        _town("Tauragė", "Tauragės apskritis", "72255", 55.2522, 22.2897),
        _town("Ukmergė", "Vilniaus apskritis", "20114", 55.2456, 24.776),
        _town("Visaginas", "Utenos apskritis", "31140", 55.5985, 26.438),
        _town("Plungė", "Telšių apskritis", "90123", 55.9118, 21.8453),
        _town("Kretinga", "Klaipėdos apskritis", "97111", 55.8883, 21.2448),
        _town("Šilutė", "Klaipėdos apskritis", "99133", 55.3489, 21.483),
        _town("Radviliškis", "Šiaulių apskritis", "82196", 55.8107, 23.5464),
        _town("Palanga", "Klaipėdos apskritis", "00153", 55.9175, 21.0686),
        _town("Druskininkai", "Alytaus apskritis", "66119", 54.0157, 23.987),
        _town("Rokiškis", "Panevėžio apskritis", "42136", 55.9616, 25.5857),
        _town("Biržai", "Panevėžio apskritis", "41143", 56.2006, 24.756),
        _town("Elektrėnai", "Vilniaus apskritis", "26108", 54.7853, 24.6612),
        _town("Trakai", "Vilniaus apskritis", "21106", 54.638, 24.9343),
    ),
    "FI": (
        _town("Helsinki", "Uusimaa", "00100 00180 00500 00530 00700 00900", 60.1699, 24.9384),
        _town("Espoo", "Uusimaa", "02100 02600 02770", 60.2055, 24.6559),
        _town("Tampere", "Pirkanmaa", "33100 33200 33720", 61.4978, 23.761),
        _town("Vantaa", "Uusimaa", "01300 01510 01600", 60.2934, 25.0378),
        _town("Oulu", "Pohjois-Pohjanmaa", "90100 90120", 65.0121, 25.4651),
        _town("Turku", "Varsinais-Suomi", "20100 20500", 60.4518, 22.2666),
        _town("Jyväskylä", "Keski-Suomi", "40100", 62.2426, 25.7473),
        _town("Kuopio", "Pohjois-Savo", "70100", 62.8924, 27.677),
        _town("Lahti", "Päijät-Häme", "15110 15140", 60.9827, 25.6612),
        _town("Pori", "Satakunta", "28100", 61.4851, 21.7974),
        _town("Kouvola", "Kymenlaakso", "45100", 60.868, 26.704),
        _town("Joensuu", "Pohjois-Karjala", "80100", 62.601, 29.7636),
        _town("Lappeenranta", "Etelä-Karjala", "53100", 61.0587, 28.1887),
        _town("Hämeenlinna", "Kanta-Häme", "13100", 60.9959, 24.4643),
        _town("Vaasa", "Pohjanmaa", "65100", 63.096, 21.6158),
        _town("Seinäjoki", "Etelä-Pohjanmaa", "60100", 62.7903, 22.8403),
        _town("Rovaniemi", "Lappi", "96100", 66.5039, 25.7294),
        _town("Mikkeli", "Etelä-Savo", "50100", 61.6886, 27.2723),
        _town("Kotka", "Kymenlaakso", "48100", 60.4664, 26.9458),
        _town("Salo", "Varsinais-Suomi", "24100", 60.3831, 23.1331),
        _town("Porvoo", "Uusimaa", "06100", 60.3923, 25.6651),
        _town("Kokkola", "Keski-Pohjanmaa", "67100", 63.8385, 23.1307),
        _town("Lohja", "Uusimaa", "08100", 60.2487, 24.0653),
        _town("Hyvinkää", "Uusimaa", "05800", 60.6333, 24.8694),
        _town("Järvenpää", "Uusimaa", "04400", 60.4737, 25.0899),
        _town("Rauma", "Satakunta", "26100", 61.1272, 21.5113),
        _town("Kajaani", "Kainuu", "87100", 64.2273, 27.7285),
        _town("Kerava", "Uusimaa", "04200", 60.4028, 25.1),
        _town("Savonlinna", "Etelä-Savo", "57100", 61.868, 28.8864),
        _town("Nokia", "Pirkanmaa", "37100", 61.4767, 23.5053),
        _town("Kemi", "Lappi", "94100", 65.7364, 24.5637),
        _town("Iisalmi", "Pohjois-Savo", "74100", 63.5592, 27.1908),
    ),
}
"""Country -> its towns, the largest first."""
