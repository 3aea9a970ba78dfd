"""The services, one row each.

Names, additional services and the descriptions of `inpost_locker_standard` and
`inpost_courier_standard` are observed; target points, accounts and the sending methods of the
services named in the carrier's matrix are documented. Inferred: the other descriptions, the
sending methods of services outside the matrix, the weight limits of couriers and pallets. The
matrix places `pok`, `courier_pok` and `branch` nowhere although they exist; which services take
them is inferred.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

ServiceKind: TypeAlias = Literal["locker", "courier", "letter", "pallet"]
TargetPointRule: TypeAlias = Literal["required", "none", "pop"]
Accounts: TypeAlias = Literal["both", "postpaid", "contract", "server"]


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery service.

    * `carrier`: id of the carrier behind it.
    * `target_point`: `required` (a locker or point must be named), `none` (goes to an address),
      `pop` (a point whose name begins with `POP-`).
    * `accounts`: who may use it: `both` payment kinds, `postpaid` only, `contract` (only an
      organization for which it was switched on), `server` (never asked for: the carrier puts it
      in place of another service).
    * `templates`: parcel templates that may be named; dimensions may always be given instead.
    * `max_parcels`: most parcels in one shipment, where the quirk `inpost.most_parcels` does not
      say less; `max_weight_kg`: of one parcel.
    * `dpi300`: whether the label type `dpi300` exists for it.
    * `listed`: whether `GET /v1/services` shows it.
    * `sending_methods`: how parcels may be handed over by the documents;
      `observed_sending_methods`: what was taken besides.
    """

    id: str
    name: str
    description: str
    carrier: str
    kind: ServiceKind
    additional_services: tuple[str, ...]
    target_point: TargetPointRule
    accounts: Accounts
    sending_methods: tuple[str, ...]
    templates: tuple[str, ...]
    max_parcels: int
    max_weight_kg: float
    dpi300: bool
    listed: bool = True
    observed_sending_methods: tuple[str, ...] = ()


_LOCKER_TEMPLATES = ("small", "medium", "large")
_C2C_TEMPLATES = ("small", "medium", "large", "xlarge")
_LETTER_TEMPLATES = ("letter_a", "letter_b", "letter_c")
_C2C_OBSERVED = ("any_point", "pok", "courier_pok")
_DROP_OFF = ("parcel_locker", "pop", "dispatch_order")
_LOCKER_DROP_OFF = ("parcel_locker", "pok", "pop", "dispatch_order", "any_point")
_COURIER_DROP_OFF = ("dispatch_order", "pop", "courier_pok")
_EXPRESS_EXTRAS = ("insurance", "cod", "sms", "email", "saturday", "rod")


def _locker(
    id: str,
    name: str,
    description: str,
    extras: tuple[str, ...],
    *,
    accounts: Accounts = "both",
    sending_methods: tuple[str, ...] = _DROP_OFF,
    target_point: TargetPointRule = "required",
    listed: bool = True,
) -> Service:
    return Service(
        id=id,
        name=name,
        description=description,
        carrier="inpost_locker",
        kind="locker",
        additional_services=extras,
        target_point=target_point,
        accounts=accounts,
        sending_methods=sending_methods,
        templates=_LOCKER_TEMPLATES,
        max_parcels=1,
        max_weight_kg=25.0,
        dpi300=True,
        listed=listed,
    )


def _courier(
    id: str,
    name: str,
    description: str,
    extras: tuple[str, ...],
    *,
    accounts: Accounts = "postpaid",
    sending_methods: tuple[str, ...] = _COURIER_DROP_OFF,
    kind: ServiceKind = "courier",
    max_weight_kg: float = 50.0,
) -> Service:
    return Service(
        id=id,
        name=name,
        description=description,
        carrier="inpost_courier",
        kind=kind,
        additional_services=extras,
        target_point="none",
        accounts=accounts,
        sending_methods=sending_methods,
        templates=(),
        max_parcels=1000,
        max_weight_kg=max_weight_kg,
        dpi300=False,
    )


_ALL = (
    _locker(
        "inpost_locker_standard",
        "Paczkomatowa standardowa",
        "Przesyłka paczkomatowa standardowa",
        ("insurance", "cod", "labelless", "end_of_week_collection"),
        sending_methods=_LOCKER_DROP_OFF,
    ),
    _locker(
        "inpost_locker_economy",
        "Paczkomatowa ekonomiczna",
        "Przesyłka paczkomatowa ekonomiczna",
        ("insurance", "cod"),
        accounts="contract",
        sending_methods=("dispatch_order", "branch"),
    ),
    _locker(
        "inpost_locker_allegro",
        "Allegro Paczkomaty24/7 InPost",
        "Przesyłka paczkomatowa dla sprzedawców Allegro",
        ("insurance", "cod"),
    ),
    _locker(
        "inpost_locker_pass_thru",
        "Podaj dalej",
        "Przesyłka paczkomatowa Podaj Dalej",
        ("insurance", "cod", "end_of_week_collection"),
        sending_methods=("parcel_locker",),
    ),
    _locker(
        "inpost_locker_standard_smart",
        "Paczkomatowa standardowa",
        "Przesyłka paczkomatowa standardowa Smart",
        ("insurance",),
        accounts="contract",
    ),
    _locker(
        "inpost_locker_allegro_smart",
        "Allegro Paczkomaty24/7 InPost",
        "Przesyłka paczkomatowa Allegro Smart",
        ("insurance",),
        accounts="contract",
    ),
    _locker(
        "inpost_locker_customer_service_point",
        "Paczkomatowa do punktu",
        "Przesyłka odbierana w Punkcie Obsługi Przesyłek",
        ("insurance", "cod"),
        accounts="server",
        sending_methods=_LOCKER_DROP_OFF,
        target_point="pop",
        listed=False,
    ),
    Service(
        id="inpost_courier_allegro",
        name="Allegro Kurier24 InPost",
        description="Przesyłka kurierska dla sprzedawców Allegro",
        carrier="inpost_locker",
        kind="courier",
        additional_services=("insurance", "cod"),
        target_point="none",
        accounts="both",
        sending_methods=_DROP_OFF,
        templates=_LOCKER_TEMPLATES,
        max_parcels=1,
        max_weight_kg=25.0,
        dpi300=True,
    ),
    Service(
        id="inpost_courier_c2c",
        name="Kurier standard",
        description="Przesyłka kurierska nadawana bez umowy kurierskiej",
        carrier="inpost_locker",
        kind="courier",
        additional_services=("insurance", "cod", "labelless"),
        target_point="none",
        accounts="both",
        sending_methods=_DROP_OFF,
        templates=_C2C_TEMPLATES,
        max_parcels=1,
        max_weight_kg=25.0,
        dpi300=True,
        observed_sending_methods=_C2C_OBSERVED,
    ),
    _courier(
        "inpost_courier_standard",
        "Kurier standard",
        "Przesyłka kurierska standardowa",
        ("insurance", "cod", "sms", "email", "saturday", "dor1720", "rod"),
    ),
    _courier(
        "inpost_courier_express_1000",
        "Kurier doręczenie 10:00",
        "Przesyłka kurierska z doręczeniem do 10:00",
        (*_EXPRESS_EXTRAS, "forhour_9", "forhour_10"),
    ),
    _courier(
        "inpost_courier_express_1200",
        "Kurier doręczenie 12:00",
        "Przesyłka kurierska z doręczeniem do 12:00",
        (*_EXPRESS_EXTRAS, "forhour_11", "forhour_12"),
    ),
    _courier(
        "inpost_courier_express_1700",
        "Kurier doręczenie 17:00",
        "Przesyłka kurierska z doręczeniem do 17:00",
        (*_EXPRESS_EXTRAS, *(f"forhour_{hour}" for hour in range(13, 18))),
    ),
    _courier(
        "inpost_courier_palette",
        "Paleta standard",
        "Przesyłka paletowa standardowa",
        ("insurance", "cod", "sms", "email", "rod"),
        sending_methods=("dispatch_order", "branch"),
        kind="pallet",
        max_weight_kg=800.0,
    ),
    _courier(
        "inpost_courier_local_standard",
        "Kurier lokalny standard",
        "Przesyłka doręczana w tym samym mieście w ciągu dnia",
        (),
        accounts="contract",
        sending_methods=("dispatch_order",),
    ),
    _courier(
        "inpost_courier_local_express",
        "Kurier lokalny ekspres",
        "Przesyłka doręczana w tym samym mieście w kilka godzin",
        (),
        accounts="contract",
        sending_methods=("dispatch_order",),
    ),
    _courier(
        "inpost_courier_local_super_express",
        "Kurier lokalny superekspres",
        "Przesyłka doręczana w tym samym mieście od razu po odbiorze",
        (),
        accounts="contract",
        sending_methods=("dispatch_order",),
    ),
    _courier(
        "inpost_courier_alcohol",
        "eSmartMIX",
        "Przesyłka kurierska z towarem dla pełnoletnich",
        (),
        accounts="contract",
        max_weight_kg=25.0,
    ),
    Service(
        id="inpost_letter_allegro",
        name="Allegro miniKurier24 InPost",
        description="Mała przesyłka kurierska dla sprzedawców Allegro",
        carrier="inpost_letter",
        kind="letter",
        additional_services=("insurance", "cod"),
        # The documentation asks for a target point, the carrier's own example gives none.
        target_point="none",
        accounts="both",
        sending_methods=_DROP_OFF,
        templates=_LETTER_TEMPLATES,
        max_parcels=1,
        max_weight_kg=10.0,
        dpi300=True,
    ),
)

SERVICES: dict[str, Service] = {service.id: service for service in _ALL}
"""Service id -> service, in the order in which the carrier lists them."""

PREPAID_CONTRACT: frozenset[str] = frozenset(
    {
        "inpost_locker_economy",
        "inpost_locker_standard_smart",
        "inpost_locker_allegro_smart",
    }
)
"""Contract services that the recorded prepaid account had (observed)."""

ECONOMY = "inpost_locker_economy"
PASS_THRU = "inpost_locker_pass_thru"
LETTER = "inpost_letter_allegro"


def is_allegro(service: Service) -> bool:
    """Whether the service is for sellers of Allegro."""
    return "_allegro" in service.id


def goes_to_address(service: Service) -> bool:
    """Whether a target point means nothing to the service.

    miniKurier24 has one by the documents, and none in the carrier's own example.
    """
    return service.target_point == "none" and service.id != LETTER
