"""What the carrier offers, apart from the services themselves: carriers, additional services,
sending methods, parcel templates and the reasons for which an offer is unavailable.

Names are observed where the carrier shows them; descriptions of additional services and sending
methods are ours.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

SizeClass: TypeAlias = Literal["A", "B", "C", "D"]


class Carrier(msgspec.Struct, frozen=True):
    """One of the three carriers that stand behind the services."""

    id: str
    name: str
    description: str


class AdditionalService(msgspec.Struct, frozen=True):
    """An extra that a service may carry, such as COD or delivery on Saturday."""

    id: str
    name: str
    description: str


class SendingMethod(msgspec.Struct, frozen=True):
    """How the sender hands the parcel over.

    `needs_dropoff`: whether `custom_attributes.dropoff_point` is required with it (documented).
    """

    id: str
    name: str
    description: str
    needs_dropoff: bool


class Dimensions(msgspec.Struct, frozen=True):
    """Length, width and height in millimetres, as a parcel carries them."""

    length: float
    width: float
    height: float


class Template(msgspec.Struct, frozen=True):
    """A predefined parcel size.

    `observed` are the dimensions that the carrier echoes; `documented` those of its table (quirk
    `inpost.template_dimensions`). `weight_kg` is the largest weight. `size` is None for letters,
    which do not travel by locker class.
    """

    id: str
    size: SizeClass | None
    observed: Dimensions
    documented: Dimensions
    weight_kg: float


CARRIERS: dict[str, Carrier] = {
    carrier.id: carrier
    for carrier in (
        Carrier("inpost_locker", "InPost Paczkomaty", "InPost Paczkomaty - Przesyłki paczkomatowe"),
        Carrier("inpost_courier", "InPost Kurier", "InPost Express - Przesyłki kurierskie"),
        Carrier("inpost_letter", "InPost Listy", "Inpost Letter - Przesyłki listowe"),
    )
}
"""Carrier id -> carrier (observed)."""

ADDITIONAL_SERVICES: dict[str, AdditionalService] = {
    extra.id: extra
    for extra in (
        AdditionalService("insurance", "Ubezpieczenie", "Ubezpieczenie przesyłki"),
        AdditionalService("cod", "Pobranie", "Pobranie należności przy odbiorze"),
        AdditionalService(
            "labelless", "Przesyłka bez etykiety", "Nadanie kodem, bez drukowania etykiety"
        ),
        AdditionalService(
            "end_of_week_collection", "Dostawa weekendowa", "Doręczenie do automatu w weekend"
        ),
        AdditionalService("sms", "Serwis SMS", "Powiadomienie odbiorcy wiadomością SMS"),
        AdditionalService("email", "Serwis Email", "Powiadomienie odbiorcy pocztą elektroniczną"),
        AdditionalService("saturday", "Doręczenie w sobotę", "Doręczenie przesyłki w sobotę"),
        AdditionalService("dor1720", "Doręczenie od 17:00", "Doręczenie między 17:00 a 20:00"),
        AdditionalService("rod", "Zwrot dokumentów", "Zwrot potwierdzonych dokumentów do nadawcy"),
        *(
            AdditionalService(
                f"forhour_{hour}",
                f"Doręczenie na godzinę {hour}:00",
                f"Doręczenie przesyłki na godzinę {hour}:00",
            )
            for hour in range(9, 18)
        ),
    )
}
"""Additional service id -> additional service. Names observed, except `forhour_*` (inferred)."""

SENDING_METHODS: dict[str, SendingMethod] = {
    method.id: method
    for method in (
        SendingMethod(
            "parcel_locker",
            "Nadanie w automacie Paczkomat",
            "Nadawca umieszcza przesyłkę w automacie Paczkomat",
            needs_dropoff=True,
        ),
        SendingMethod(
            "pok",
            "Nadanie w POK",
            "Nadawca oddaje przesyłkę w Punkcie Obsługi Klienta",
            needs_dropoff=True,
        ),
        SendingMethod(
            "courier_pok",
            "Nadanie w POK",
            "Nadawca oddaje przesyłkę kurierską w Punkcie Obsługi Klienta",
            needs_dropoff=True,
        ),
        SendingMethod(
            "pop",
            "Nadanie w POP",
            "Nadawca oddaje przesyłkę w Punkcie Obsługi Przesyłek",
            needs_dropoff=False,
        ),
        SendingMethod(
            "branch",
            "Nadanie w Oddziale",
            "Nadawca przywozi przesyłkę do oddziału InPost",
            needs_dropoff=False,
        ),
        SendingMethod(
            "dispatch_order",
            "Odbiór przez Kuriera",
            "Kurier odbiera przesyłkę od nadawcy na podstawie zlecenia odbioru",
            needs_dropoff=False,
        ),
        SendingMethod(
            "any_point",
            "Nadanie w dowolnym punkcie",
            "Nadawca wybiera automat lub punkt dopiero przy nadaniu",
            needs_dropoff=False,
        ),
    )
}
"""Sending method id -> sending method (names observed)."""


def _template(
    id: str, size: SizeClass | None, height: float, width: float, length: float, weight_kg: float
) -> Template:
    # The carrier echoes its template table with length and width exchanged.
    return Template(
        id,
        size,
        observed=Dimensions(length=width, width=length, height=height),
        documented=Dimensions(length=length, width=width, height=height),
        weight_kg=weight_kg,
    )


TEMPLATES: dict[str, Template] = {
    template.id: template
    for template in (
        _template("small", "A", 80.0, 380.0, 640.0, 25.0),
        _template("medium", "B", 190.0, 380.0, 640.0, 25.0),
        _template("large", "C", 410.0, 380.0, 640.0, 25.0),
        _template("xlarge", "D", 500.0, 500.0, 800.0, 25.0),
        _template("letter_a", None, 80.0, 380.0, 640.0, 10.0),
        _template("letter_b", None, 190.0, 380.0, 640.0, 10.0),
        _template("letter_c", None, 400.0, 500.0, 700.0, 10.0),
    )
}
"""Template id -> template. The echo of `small` is observed, the other echoes are inferred from it.

`letter_c` is documented only as "sides together up to 160 cm"; its three sides are ours.
"""

UNAVAILABILITY_REASONS: dict[str, str] = {
    "parcels_size_invalid": "Parcel is too large or too heavy.",
    "dropoff_and_target_points_must_be_equal": (
        "Dropoff point and target point must be equal for selected service."
    ),
    "invalid_target_point_function": "Invalid target point function.",
    "sending_method_required": "sending_method_required",
    "allegro_email_invalid": "allegro_email_invalid",
    **{
        f"additional_service_{extra}_unavailable": f"Additional service {extra} is unavailable."
        for extra in ADDITIONAL_SERVICES
    },
}
"""Reason key -> the carrier's sentence. Observed: the first five, and those of the additional
services email and sms; the other additional services are inferred from them.

The messages for email and sms are what the sentence would be; as observed it is missing from the
carrier's translations (`translation_hole`, quirk `inpost.translation_holes`). Other reasons are
inferred, and their messages name the value (see `rules.services`).
"""

OWN_REASONS: tuple[str, ...] = (
    "cod_amount_too_big",
    "commercial_product_identifier_required",
    "insurance_required",
    "multiple_parcels_unavailable",
    "non_standard_parcel_unavailable",
    "parcel_template_unavailable",
    "receiver_address_required",
    "receiver_email_required",
    "receiver_name_required",
    "receiver_phone_invalid",
    "sending_method_unavailable",
    "target_point_required",
    "target_point_unavailable",
)
"""The reason keys that are inferred."""

TRANSLATION_HOLES: frozenset[str] = frozenset(
    {"additional_service_email_unavailable", "additional_service_sms_unavailable"}
)
"""Reason keys whose message the carrier's translations lack (observed)."""


def translation_hole(reason: str) -> str:
    """The text that stands where the message of `reason` is missing (observed)."""
    return f"translation missing: keys.errors.messages.{reason}"
