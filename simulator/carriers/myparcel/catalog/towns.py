"""Dutch towns, from which the pickup points are made and postal codes get a place on the map.

Coordinates are those of the centres in degrees (WGS 84), `post` is the four digits of the postal
code of the centre, `dialling` the area code of its telephone numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec


class Town(msgspec.Struct, frozen=True):
    """A town with the postal and telephone numbers of its centre."""

    name: str
    post: int
    dialling: str
    latitude: float
    longitude: float


TOWNS: tuple[Town, ...] = (
    Town("Amsterdam", 1012, "020", 52.3731, 4.8926),
    Town("Amstelveen", 1181, "020", 52.3027, 4.8580),
    Town("Hilversum", 1211, "035", 52.2242, 5.1758),
    Town("Bussum", 1404, "035", 52.2733, 5.1611),
    Town("Almere", 1315, "036", 52.3710, 5.2163),
    Town("Purmerend", 1441, "0299", 52.5050, 4.9597),
    Town("Zaandam", 1506, "075", 52.4389, 4.8263),
    Town("Hoorn", 1621, "0229", 52.6424, 5.0602),
    Town("Heerhugowaard", 1703, "072", 52.6680, 4.8340),
    Town("Den Helder", 1781, "0223", 52.9563, 4.7601),
    Town("Alkmaar", 1811, "072", 52.6316, 4.7485),
    Town("Beverwijk", 1941, "0251", 52.4869, 4.6574),
    Town("Haarlem", 2011, "023", 52.3812, 4.6372),
    Town("Hoofddorp", 2132, "023", 52.3025, 4.6889),
    Town("Lisse", 2161, "0252", 52.2600, 4.5570),
    Town("Noordwijk", 2202, "071", 52.2380, 4.4460),
    Town("Leiden", 2312, "071", 52.1601, 4.4970),
    Town("Alphen aan den Rijn", 2405, "0172", 52.1292, 4.6552),
    Town("'s-Gravenhage", 2511, "070", 52.0788, 4.3120),
    Town("Delft", 2611, "015", 52.0116, 4.3571),
    Town("Zoetermeer", 2711, "079", 52.0607, 4.4940),
    Town("Gouda", 2801, "0182", 52.0115, 4.7105),
    Town("Capelle aan den IJssel", 2901, "010", 51.9292, 4.5778),
    Town("Rotterdam", 3011, "010", 51.9225, 4.4792),
    Town("Schiedam", 3111, "010", 51.9192, 4.3989),
    Town("Spijkenisse", 3201, "0181", 51.8450, 4.3290),
    Town("Dordrecht", 3311, "078", 51.8133, 4.6690),
    Town("Zwijndrecht", 3331, "078", 51.8170, 4.6420),
    Town("Nieuwegein", 3431, "030", 52.0290, 5.0800),
    Town("Woerden", 3441, "0348", 52.0850, 4.8830),
    Town("Utrecht", 3511, "030", 52.0907, 5.1214),
    Town("Zeist", 3701, "030", 52.0890, 5.2330),
    Town("Amersfoort", 3811, "033", 52.1561, 5.3878),
    Town("Veenendaal", 3901, "0318", 52.0260, 5.5580),
    Town("Tiel", 4001, "0344", 51.8870, 5.4290),
    Town("Gorinchem", 4201, "0183", 51.8300, 4.9740),
    Town("Middelburg", 4331, "0118", 51.4988, 3.6110),
    Town("Vlissingen", 4381, "0118", 51.4420, 3.5730),
    Town("Goes", 4461, "0113", 51.5040, 3.8880),
    Town("Terneuzen", 4531, "0115", 51.3350, 3.8280),
    Town("Bergen op Zoom", 4611, "0164", 51.4949, 4.2911),
    Town("Roosendaal", 4701, "0165", 51.5308, 4.4653),
    Town("Breda", 4811, "076", 51.5866, 4.7760),
    Town("Oosterhout", 4901, "0162", 51.6450, 4.8600),
    Town("Tilburg", 5038, "013", 51.5555, 5.0913),
    Town("Waalwijk", 5141, "0416", 51.6830, 5.0710),
    Town("'s-Hertogenbosch", 5211, "073", 51.6898, 5.3037),
    Town("Oss", 5341, "0412", 51.7650, 5.5180),
    Town("Uden", 5401, "0413", 51.6610, 5.6190),
    Town("Eindhoven", 5611, "040", 51.4416, 5.4697),
    Town("Helmond", 5701, "0492", 51.4793, 5.6570),
    Town("Venray", 5801, "0478", 51.5250, 5.9750),
    Town("Venlo", 5911, "077", 51.3704, 6.1724),
    Town("Weert", 6001, "0495", 51.2520, 5.7060),
    Town("Roermond", 6041, "0475", 51.1942, 5.9870),
    Town("Sittard", 6131, "046", 50.9980, 5.8690),
    Town("Maastricht", 6211, "043", 50.8514, 5.6910),
    Town("Heerlen", 6411, "045", 50.8882, 5.9795),
    Town("Nijmegen", 6511, "024", 51.8463, 5.8640),
    Town("Wageningen", 6701, "0317", 51.9692, 5.6654),
    Town("Ede", 6711, "0318", 52.0402, 5.6649),
    Town("Arnhem", 6811, "026", 51.9851, 5.8987),
    Town("Zevenaar", 6901, "0316", 51.9300, 6.0700),
    Town("Doetinchem", 7001, "0314", 51.9650, 6.2890),
    Town("Winterswijk", 7101, "0543", 51.9720, 6.7190),
    Town("Zutphen", 7201, "0575", 52.1390, 6.1960),
    Town("Apeldoorn", 7311, "055", 52.2112, 5.9699),
    Town("Deventer", 7411, "0570", 52.2520, 6.1600),
    Town("Enschede", 7511, "053", 52.2215, 6.8937),
    Town("Hengelo", 7551, "074", 52.2658, 6.7931),
    Town("Almelo", 7607, "0546", 52.3570, 6.6620),
    Town("Hoogeveen", 7901, "0528", 52.7220, 6.4760),
    Town("Zwolle", 8011, "038", 52.5126, 6.0936),
    Town("Lelystad", 8232, "0320", 52.5085, 5.4750),
    Town("Heerenveen", 8441, "0513", 52.9600, 5.9240),
    Town("Sneek", 8601, "0515", 53.0330, 5.6600),
    Town("Leeuwarden", 8911, "058", 53.2012, 5.7999),
    Town("Drachten", 9203, "0512", 53.1070, 6.0980),
    Town("Assen", 9401, "0592", 52.9930, 6.5640),
    Town("Emmen", 7811, "0591", 52.7860, 6.8970),
    Town("Winschoten", 9671, "0597", 53.1440, 7.0350),
    Town("Groningen", 9711, "050", 53.2194, 6.5665),
    Town("Delfzijl", 9934, "0596", 53.3300, 6.9180),
    Town("Enkhuizen", 1601, "0228", 52.7036, 5.2922),
    Town("Den Burg", 1791, "0222", 53.0544, 4.7972),
    Town("Middelharnis", 3241, "0187", 51.7570, 4.1650),
    Town("Barneveld", 3771, "0342", 52.1400, 5.5850),
    Town("Harderwijk", 3841, "0341", 52.3500, 5.6200),
    Town("Zierikzee", 4301, "0111", 51.6500, 3.9190),
    Town("Gemert", 5421, "0492", 51.5560, 5.6900),
    Town("Boxmeer", 5831, "0485", 51.6470, 5.9460),
    Town("Horst", 5961, "077", 51.4536, 6.0519),
    Town("Coevorden", 7741, "0524", 52.6610, 6.7410),
    Town("Hardenberg", 7772, "0523", 52.5760, 6.6190),
    Town("Meppel", 7941, "0522", 52.6958, 6.1944),
    Town("Dronten", 8251, "0321", 52.5250, 5.7170),
    Town("Kampen", 8261, "038", 52.5550, 5.9110),
    Town("Emmeloord", 8302, "0527", 52.7108, 5.7486),
    Town("Urk", 8321, "0527", 52.6620, 5.6010),
    Town("Steenwijk", 8331, "0521", 52.7870, 6.1190),
    Town("Harlingen", 8861, "0517", 53.1740, 5.4240),
    Town("Dokkum", 9101, "0519", 53.3250, 5.9990),
    Town("Stadskanaal", 9501, "0599", 52.9895, 6.9504),
)

_BY_POST = tuple(sorted(TOWNS, key=lambda town: town.post))
_POSTS = tuple(town.post for town in _BY_POST)


def nearest_by_post(post: int) -> Town:
    """The Dutch town whose postal code lies nearest to these four digits.

    Dutch codes run through the country area by area, so neighbours in number are neighbours on
    the map.
    """
    return _nearest(_BY_POST, _POSTS, post)


def nearest_of(towns: Sequence[Town], post: int) -> Town:
    """The same among any `towns`, which stand in the order of their codes."""
    return _nearest(towns, [town.post for town in towns], post)


def _nearest(towns: Sequence[Town], posts: Sequence[int], post: int) -> Town:
    at = bisect_left(posts, post)
    candidates = towns[max(0, at - 1) : at + 1]
    return min(candidates, key=lambda town: abs(town.post - post))
