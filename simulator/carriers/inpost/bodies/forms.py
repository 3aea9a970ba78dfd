"""What clients send about a shipment, read once into values.

A request has a few dozen members that rules, prices and records ask for again and again. A sound
one is converted as a whole; one with numbers as texts, texts as numbers, empty texts or wrong
types is read member by member, and what the rules refuse is then missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import msgspec

from simulator.carriers.inpost.catalog.services import SERVICES, Service
from simulator.carriers.inpost.wire import parsing
from simulator.carriers.inpost.wire.parsing import Body

F = TypeVar("F", bound=msgspec.Struct)

Text = Annotated[str, msgspec.Meta(min_length=1)] | None
Number = int | float | None
"""At run time also a `Decimal`, from a text."""


class AddressForm(msgspec.Struct, frozen=True, gc=False):
    """A postal address."""

    street: Text = None
    building_number: Text = None
    line1: Text = None
    line2: Text = None
    city: Text = None
    post_code: Text = None
    country_code: Text = None


class PeerForm(msgspec.Struct, frozen=True, gc=False):
    """A sender or receiver."""

    name: Text = None
    company_name: Text = None
    first_name: Text = None
    last_name: Text = None
    email: Text = None
    phone: Text = None
    address: AddressForm | None = None


class SidesForm(msgspec.Struct, frozen=True, gc=False):
    """Sides of a parcel in millimetres."""

    length: Number = None
    width: Number = None
    height: Number = None


class AmountForm(msgspec.Struct, frozen=True, gc=False):
    """A weight in kilograms, or money."""

    amount: Number = None
    currency: Text = None


class ParcelForm(msgspec.Struct, frozen=True, gc=False):
    """A parcel, by template or by sides and weight."""

    id: Text = None
    template: Text = None
    dimensions: SidesForm | None = None
    weight: AmountForm | None = None
    is_non_standard: bool | None = None


class AttributesForm(msgspec.Struct, frozen=True, gc=False):
    """How the parcel is handed over and where it goes."""

    target_point: Text = None
    dropoff_point: Text = None
    sending_method: Text = None
    allegro_transaction_id: Text = None
    allegro_user_id: Text = None


class ShipmentForm(msgspec.Struct, frozen=True, gc=False):
    """A shipment that a client asks for; a form that it left out or left empty is None."""

    sender: PeerForm | None = None
    receiver: PeerForm | None = None
    parcels: ParcelForm | list[ParcelForm] | None = None
    custom_attributes: AttributesForm | None = None
    cod: AmountForm | None = None
    insurance: AmountForm | None = None
    service: Text = None
    reference: int | Text = None
    is_return: bool | None = None
    additional_services: list[str] | None = None
    external_customer_id: Text = None
    only_choice_of_offer: bool | None = None
    mpk: Text = None
    comments: Text = None
    end_of_week_collection: bool | None = None
    commercial_product_identifier: Text = None

    @property
    def attributes(self) -> AttributesForm:
        """The `custom_attributes`, without any when there are none."""
        return self.custom_attributes or _NO_ATTRIBUTES

    @property
    def listed_parcels(self) -> Sequence[ParcelForm]:
        """The parcels as a list; one object counts as a list of one (observed)."""
        parcels = self.parcels
        return (parcels,) if isinstance(parcels, ParcelForm) else parcels or ()


_NO_ATTRIBUTES = AttributesForm()
_NOBODY = PeerForm()
_NOWHERE = AddressForm()
_NO_SIDES = SidesForm()
_NO_AMOUNT = AmountForm()


def read(body: Body) -> ShipmentForm:
    """What a body asks for. Lenient, so that it can be used before the rules have spoken."""
    try:
        form = msgspec.convert(body, ShipmentForm)
    except msgspec.ValidationError:
        return _shipment(body) or ShipmentForm()
    return (_shipment(body) or form) if _may_be_empty(form) else form


def _may_be_empty(form: ShipmentForm) -> bool:
    """Whether a form within has none of its members: it may have had others, or none at all."""
    receiver = form.receiver
    if receiver is not None and (receiver == _NOBODY or receiver.address == _NOWHERE):
        return True
    for parcel in form.listed_parcels:
        if parcel.dimensions == _NO_SIDES or parcel.weight == _NO_AMOUNT:
            return True
    return False


def service_of(form: ShipmentForm) -> Service | None:
    """The service that a create ends up with; None in the offer mode and for an unknown one.

    A point of the `POP-` kind as a target changes the service (documented).
    """
    wanted, custom = form.service, form.custom_attributes
    if wanted is None:
        return None
    return SERVICES.get(
        wanted if custom is None else parsing.for_target(wanted, custom.target_point)
    )


def grosze(form: AmountForm | None) -> int | None:
    """The money of a form in grosze; without an amount there is none."""
    return None if form is None else parsing.grosze(form.amount)


def extras(form: ShipmentForm) -> tuple[str, ...]:
    """The ids of the additional services, each once."""
    return tuple(dict.fromkeys(form.additional_services)) if form.additional_services else ()


def _lenient(form: type[F], **readers: Callable[[Any], Any]) -> Callable[[Any], F | None]:
    def read_form(value: Any) -> F | None:
        given: Mapping[str, Any] = parsing.form(value)
        if not given:
            return None
        return form(**{name: reader(given.get(name)) for name, reader in readers.items()})

    return read_form


def _texts(form: type[msgspec.Struct]) -> dict[str, Callable[[Any], Any]]:
    return dict.fromkeys(form.__struct_fields__, parsing.text)


def _flag(value: Any) -> bool:
    return value is True


def _text_or_integer(value: Any) -> str | int | None:
    return value if type(value) is int else parsing.text(value)


def _strings(value: Any) -> list[str] | None:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else None


def _address(value: Any) -> AddressForm | None:
    given = parsing.form(value)
    return _any_address(given) if any(parsing.text(member) for member in given.values()) else None


def _parcels(value: Any) -> list[ParcelForm]:
    items = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    return [_parcel(item) or ParcelForm() for item in items]


_number: Callable[[Any], Decimal | None] = parsing.decimal
_any_address = _lenient(AddressForm, **_texts(AddressForm))
_peer = _lenient(PeerForm, **_texts(PeerForm) | {"address": _address})
_sides = _lenient(SidesForm, length=_number, width=_number, height=_number)
_amount = _lenient(AmountForm, amount=_number, currency=parsing.text)
_parcel = _lenient(
    ParcelForm,
    **_texts(ParcelForm) | {"dimensions": _sides, "weight": _amount, "is_non_standard": _flag},
)
_attributes = _lenient(AttributesForm, **_texts(AttributesForm))
_shipment = _lenient(
    ShipmentForm,
    **_texts(ShipmentForm)
    | {
        "sender": _peer,
        "receiver": _peer,
        "parcels": _parcels,
        "custom_attributes": _attributes,
        "cod": _amount,
        "insurance": _amount,
        "reference": _text_or_integer,
        "is_return": _flag,
        "additional_services": _strings,
        "only_choice_of_offer": _flag,
        "end_of_week_collection": _flag,
    },
)
