"""Where pickup points lie beyond the Netherlands and Belgium: one town in each country.

Coordinates are those of the centres in degrees (WGS 84), postal codes ones of the centre in the
form of the country. That every parcel for a country can be collected around its capital is the
simulator's own map (inferred): no source has the points of any carrier there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from simulator.carriers.myparcel.catalog.towns import Town


class Capital(msgspec.Struct, frozen=True):
    """A town, a postal code of its centre as the country writes it, and streets there."""

    town: Town
    postal_code: str
    streets: tuple[str, ...]


def _capital(
    name: str, postal_code: str, dialling: str, latitude: float, longitude: float, *streets: str
) -> Capital:
    return Capital(Town(name, 0, dialling, latitude, longitude), postal_code, streets)


CAPITALS: Mapping[str, Capital] = MappingProxyType(
    {
        "AT": _capital("Wien", "1010", "01", 48.2083, 16.3731, "Ringstraße", "Marktgasse"),
        "BG": _capital("Sofia", "1000", "02", 42.6977, 23.3219, "Vitosha", "Rakovski"),
        "CZ": _capital("Praha", "110 00", "2", 50.0875, 14.4213, "Dlouhá", "Spálená"),
        "DE": _capital("Berlin", "10115", "030", 52.5200, 13.4050, "Hauptstraße", "Bahnhofstraße"),
        "DK": _capital("København", "1050", "33", 55.6761, 12.5683, "Algade", "Stationsvej"),
        "EE": _capital("Tallinn", "10111", "6", 59.4370, 24.7536, "Pikk", "Viru"),
        "ES": _capital("Madrid", "28001", "91", 40.4168, -3.7038, "Calle Mayor", "Calle Real"),
        "FI": _capital("Helsinki", "00100", "09", 60.1699, 24.9384, "Asemakatu", "Kirkkokatu"),
        "FR": _capital("Paris", "75001", "01", 48.8566, 2.3522, "Rue de la Gare", "Rue du Marché"),
        "GB": _capital("London", "EC1A 1BB", "020", 51.5074, -0.1278, "High Street", "Church Road"),
        "GR": _capital("Athina", "105 57", "21", 37.9838, 23.7275, "Ermou", "Stadiou"),
        "HR": _capital("Zagreb", "10000", "01", 45.8150, 15.9819, "Ilica", "Vlaška"),
        "HU": _capital("Budapest", "1051", "1", 47.4979, 19.0402, "Fő utca", "Kossuth utca"),
        "IE": _capital("Dublin", "D01 F5P2", "01", 53.3498, -6.2603, "Main Street", "Mill Road"),
        "IT": _capital("Roma", "00118", "06", 41.9028, 12.4964, "Via Roma", "Via della Stazione"),
        "LI": _capital("Vaduz", "9490", "2", 47.1410, 9.5209, "Städtle", "Landstrasse"),
        "LT": _capital("Vilnius", "LT-01001", "5", 54.6872, 25.2797, "Pilies", "Vokiečių"),
        "LU": _capital("Luxembourg", "1111", "2", 49.6116, 6.1319, "Grand-Rue", "Rue de la Gare"),
        "LV": _capital("Rīga", "LV-1001", "6", 56.9496, 24.1052, "Brīvības iela", "Skolas iela"),
        "PL": _capital("Warszawa", "00-001", "22", 52.2297, 21.0122, "Polna", "Szkolna"),
        "PT": _capital("Lisboa", "1100-001", "21", 38.7223, -9.1393, "Rua Augusta", "Rua Nova"),
        "RO": _capital(
            "București", "010011", "21", 44.4268, 26.1025, "Calea Victoriei", "Lipscani"
        ),
        "SE": _capital("Stockholm", "111 20", "08", 59.3293, 18.0686, "Storgatan", "Kyrkogatan"),
        "SI": _capital("Ljubljana", "1000", "1", 46.0569, 14.5058, "Slovenska cesta", "Trubarjeva"),
        "SK": _capital("Bratislava", "811 01", "2", 48.1486, 17.1077, "Hlavná", "Školská"),
    }
)
"""By country; every one to which a carrier of today brings parcels for collection."""
