"""What labels and manifests say by themselves, in the languages of those who print them.

One label has one language. The forms of the postal union are in a language that it allows whatever
the label says.
"""

from __future__ import annotations

import msgspec

SIMULATION_NOTICE = "SIMULATION - NOT FOR SHIPPING"


class LabelWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a parcel label."""

    sender: str
    receiver: str
    notice: str
    """White on black, so that nobody hands the label to a real courier."""
    fold: str
    """Beside a label on a sheet of A4: what to do with the sheet."""
    made: str
    """Below it: who made the sheet."""


class ManifestWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a hand-over list."""

    address: str
    contact: str
    columns: tuple[str, str, str, str, str, str, str]
    """Number in the list, tracking number, receiver, service, parcels, kilograms, COD."""
    sums: tuple[str, str, str, str]
    """Shipments, parcels, weight, COD."""
    signatures: tuple[str, str]
    """Of who hands over, and of who takes."""
    none: str
    """Where nothing is collected, or nothing is known of a weight."""
    page: str
    notice: str


ENGLISH = LabelWords(
    sender="SENDER",
    receiver="RECEIVER",
    notice=SIMULATION_NOTICE,
    fold="Cut or fold along the dashed lines.",
    made="This page was made by a simulator.",
)
DUTCH = LabelWords(
    sender="AFZENDER",
    receiver="ONTVANGER",
    notice="SIMULATIE - NIET VERZENDEN",
    fold="Knip of vouw langs de stippellijnen.",
    made="Deze pagina komt van een simulator.",
)
POLISH = LabelWords(
    sender="NADAWCA",
    receiver="ODBIORCA",
    notice="SYMULACJA - NIE NADAWAĆ",
    fold="Odetnij lub zegnij wzdłuż linii przerywanych.",
    made="Tę stronę utworzył symulator.",
)

ENGLISH_LIST = ManifestWords(
    address="Pickup address",
    contact="Contact",
    columns=("No.", "Tracking number", "Receiver", "Service", "Parcels", "kg", "COD"),
    sums=("Shipments", "Parcels", "Weight", "COD"),
    signatures=("Handed over by (date, signature)", "Received by (date, signature)"),
    none="none",
    page="Page",
    notice=SIMULATION_NOTICE,
)
POLISH_LIST = ManifestWords(
    address="Adres odbioru",
    contact="Kontakt",
    columns=("Lp.", "Numer przesyłki", "Odbiorca", "Usługa", "Paczki", "kg", "Pobranie"),
    sums=("Przesyłki", "Paczki", "Waga", "Pobranie"),
    signatures=("Wydał (data, podpis)", "Przyjął (data, podpis)"),
    none="brak",
    page="Strona",
    notice=POLISH.notice,
)
