"""Bodies of creates that break one rule each, with what the carrier says of them."""

from __future__ import annotations

from typing import Any

from tests.inpost.shipx import (
    ADDRESS,
    BY_LOCKER,
    RECEIVER,
    Json,
    box,
    c2c,
    courier,
    locker,
    offer_mode,
)


def person(**changes: Any) -> Json:
    return {name: v for name, v in {**RECEIVER, **changes}.items() if v is not None}


def at_door(**changes: Any) -> Json:
    address = {name: v for name, v in {**ADDRESS, **changes}.items() if v is not None}
    return {**RECEIVER, "address": address}


def handed(**changes: Any) -> Json:
    return {name: v for name, v in {**BY_LOCKER, **changes}.items() if v is not None}


def sized(**changes: Any) -> Json:
    sides = {"length": 100, "width": 100, "height": 100, **changes}
    return {"dimensions": sides, "weight": {"amount": 1}}


def weighing(amount: Any) -> Json:
    return {**sized(), "weight": {"amount": amount}}


def allegro(**changes: Any) -> Json:
    return locker(service="inpost_locker_allegro", **changes)


def letter(**changes: Any) -> Json:
    custom = {"sending_method": "pop"}
    body = {"service": "inpost_letter_allegro", "parcels": {"template": "letter_a"}}
    return c2c(**{**body, "custom_attributes": custom, **changes})


REFUSED: list[tuple[str, Any, str]] = [
    ("no receiver", locker(receiver=None), "receiver required"),
    ("empty receiver", locker(receiver={}), "receiver required"),
    ("receiver is text", locker(receiver="Ewa"), "receiver invalid"),
    (
        "locker without email and phone",
        locker(receiver=person(email=None, phone=None)),
        ("receiver.email required; receiver.phone required"),
    ),
    (
        "empty texts are missing",
        locker(receiver=person(email="", phone="")),
        ("receiver.email required; receiver.phone required"),
    ),
    ("email", locker(receiver=person(email="ewa")), "receiver.email invalid"),
    ("short phone", locker(receiver=person(phone="12345678")), "receiver.phone invalid"),
    ("phone from 0", locker(receiver=person(phone="012345678")), "receiver.phone invalid"),
    ("nine digits from 00", locker(receiver=person(phone="001502503")), "receiver.phone invalid"),
    ("phone of a sender", locker(sender={"phone": "1"}), "sender.phone invalid"),
    (
        "courier without phone",
        c2c(receiver={**at_door(), "phone": None}),
        "receiver.phone required",
    ),
    (
        "courier without a name",
        c2c(receiver={"phone": "501502503", "address": ADDRESS}),
        ("receiver.first_name required; receiver.last_name required"),
    ),
    (
        "courier with half a name",
        c2c(receiver={"phone": "501502503", "first_name": "Ewa", "address": ADDRESS}),
        "receiver.last_name required",
    ),
    ("courier without address", c2c(receiver=RECEIVER), "receiver.address required"),
    (
        "post code",
        c2c(receiver=at_door(post_code="31147")),
        "receiver.address.post_code invalid_format",
    ),
    (
        "post code of a locker parcel's receiver",
        locker(receiver=at_door(post_code="X")),
        "receiver.address.post_code invalid_format",
    ),
    (
        "post code of a sender",
        locker(sender={"name": "A", "address": {**ADDRESS, "post_code": "1"}}),
        "sender.address.post_code invalid_format",
    ),
    (
        "country code",
        c2c(receiver=at_door(country_code="POL")),
        "receiver.address.country_code invalid",
    ),
    (
        "offer mode without phone",
        offer_mode(receiver={"first_name": "E"}),
        "receiver.phone required",
    ),
    ("cod beyond measure", locker(cod={"amount": 1e308}), "cod.amount too_big"),
    ("cod of 500 digits", locker(cod={"amount": "9" * 500}), "cod.amount too_big"),
    ("no parcels", locker(parcels=None), "parcels required"),
    ("null parcels", {**locker(), "parcels": None}, "parcels required"),
    ("no parcel in the list", locker(parcels=[]), "parcels too_short"),
    ("parcels as text", locker(parcels="small"), "parcels invalid"),
    (
        "parcel without anything",
        locker(parcels={}),
        ("parcels.0.dimensions required; parcels.0.weight required"),
    ),
    ("two for a locker", locker(parcels=[box("a"), box("b")]), "parcels too_long"),
    (
        "two without ids",
        courier(parcels=[box(), box()]),
        ("parcels.0.id required; parcels.1.id required"),
    ),
    ("two with one id", courier(parcels=[box("a"), box("a")]), "parcels.a.id invalid"),
    ("template", locker(parcels={"template": "huge"}), "parcels.0.template invalid"),
    (
        "xlarge in a locker",
        locker(parcels={"template": "xlarge"}),
        "parcels.0.template unavailable",
    ),
    (
        "template by courier",
        courier(parcels={"template": "small"}),
        "parcels.0.template unavailable",
    ),
    ("side of 0", locker(parcels=sized(width=0)), "parcels.0.dimensions.width too_small"),
    (
        "side of 0 in text",
        locker(parcels=sized(width="0.5")),
        "parcels.0.dimensions.width too_small",
    ),
    (
        "side in words",
        locker(parcels=sized(width="wide")),
        "parcels.0.dimensions.width not_a_number",
    ),
    ("side left out", locker(parcels=sized(width=None)), "parcels.0.dimensions.width required"),
    (
        "side beyond measure",
        locker(parcels=sized(width="9" * 400)),
        "parcels.0.dimensions.width too_big",
    ),
    ("unit", locker(parcels=sized(unit="cm")), "parcels.0.dimensions.unit invalid"),
    ("no weight", locker(parcels=weighing(0)), "parcels.0.weight.amount too_small"),
    ("weight in text", locker(parcels=weighing("0.001")), "parcels.0.weight.amount too_small"),
    ("weight in words", locker(parcels=weighing("heavy")), "parcels.0.weight.amount not_a_number"),
    (
        "non-standard in a locker",
        locker(parcels={"template": "small", "is_non_standard": True}),
        "parcels.0.is_non_standard unavailable",
    ),
    ("cod of 0", locker(cod={"amount": 0}), "cod.amount too_small"),
    ("cod in text", locker(cod={"amount": "0.99"}), "cod.amount too_small"),
    ("cod in words", locker(cod={"amount": "much"}), "cod.amount not_a_number"),
    ("cod in euros", locker(cod={"amount": 5, "currency": "EUR"}), "cod.currency invalid"),
    ("cod beyond measure", locker(cod={"amount": 1e300}), "cod.amount too_big"),
    ("insurance of 0", locker(insurance={"amount": 0}), "insurance.amount too_small"),
    ("insurance of 10 million", locker(insurance={"amount": 10000000}), "insurance.amount too_big"),
    (
        "insurance of 10 million in text",
        locker(insurance={"amount": "10000000"}),
        "insurance.amount too_big",
    ),
    (
        "courier cod without insurance",
        c2c(cod={"amount": 10}),
        "insurance should_be_greater_or_equal_than_cod",
    ),
    (
        "courier cod above insurance",
        c2c(cod={"amount": 10}, insurance={"amount": 9.99}),
        "insurance should_be_greater_or_equal_than_cod",
    ),
    (
        "locker cod above insurance",
        locker(cod={"amount": 10}, insurance={"amount": 9.99}),
        "insurance should_be_greater_or_equal_than_cod",
    ),
    (
        "cod where there is none",
        locker(service="inpost_locker_standard_smart", cod={"amount": 10}),
        "cod.amount unavailable",
    ),
    ("short reference", locker(reference="ab"), "reference too_short"),
    ("long reference", locker(reference="a" * 101), "reference too_long"),
    ("short reference in digits", locker(reference=12), "reference too_short"),
    ("long reference in digits", locker(reference=int("1" * 101)), "reference too_long"),
    ("long mpk", locker(mpk="a" * 256), "mpk too_long"),
    ("comments as number", locker(comments=5), "comments invalid"),
    ("is_return as text", locker(is_return="yes"), "is_return invalid"),
    ("unknown service", locker(service="pigeon"), "service does_not_exist"),
    (
        "a service that only a service point has",
        locker(service="inpost_locker_customer_service_point"),
        "service does_not_exist",
    ),
    ("extra", locker(additional_services=["email"]), "additional_services.email unavailable"),
    (
        "unknown extra",
        offer_mode(additional_services=["magic"]),
        "additional_services.magic unavailable",
    ),
    ("extra as number", locker(additional_services=[5]), "additional_services.0 invalid"),
    (
        "weekend by a courier",
        c2c(end_of_week_collection=True),
        "end_of_week_collection unavailable",
    ),
    (
        "weekend for Allegro",
        allegro(end_of_week_collection=True),
        "end_of_week_collection invalid_allegro_for_end_of_week_collection",
    ),
    (
        "weekend on a Monday",
        locker(end_of_week_collection=True),
        "end_of_week_collection invalid_end_of_week_collection",
    ),
    ("landline", locker(receiver=person(phone="221234567")), "receiver.phone invalid"),
    (
        "landline with a prefix",
        locker(receiver=person(phone="+48 12 345 67 89")),
        "receiver.phone invalid",
    ),
    (
        "a hundred parcels",
        courier(parcels=[box(str(number)) for number in range(100)]),
        "parcels too_long",
    ),
    (
        "economy",
        locker(
            service="inpost_locker_economy",
            custom_attributes=handed(sending_method="dispatch_order"),
        ),
        "commercial_product_identifier required",
    ),
    (
        "no target point",
        locker(custom_attributes=handed(target_point=None)),
        "custom_attributes.target_point required",
    ),
    (
        "no custom attributes",
        locker(custom_attributes=None),
        "custom_attributes.target_point required",
    ),
    (
        "unknown target point",
        locker(custom_attributes=handed(target_point="X")),
        "custom_attributes.target_point does_not_exist",
    ),
    (
        "unknown target point of the offer mode",
        offer_mode(custom_attributes=handed(target_point="X")),
        "custom_attributes.target_point does_not_exist",
    ),
    (
        "pok drop-off without a point",
        locker(custom_attributes=handed(sending_method="pok", dropoff_point=None)),
        "custom_attributes.dropoff_point required",
    ),
    (
        "courier_pok drop-off without a point",
        courier(custom_attributes={"sending_method": "courier_pok"}),
        "custom_attributes.dropoff_point required",
    ),
    (
        "unknown drop-off point",
        locker(custom_attributes=handed(dropoff_point="X")),
        "custom_attributes.dropoff_point does_not_exist",
    ),
    (
        "a service point is no locker",
        locker(custom_attributes=handed(dropoff_point="POP-WAW364")),
        "custom_attributes.dropoff_point invalid_box_machine_function",
    ),
    (
        "a locker is no service point",
        locker(custom_attributes=handed(sending_method="pok")),
        "custom_attributes.dropoff_point invalid_box_machine_function",
    ),
    (
        "pass thru without a drop-off point",
        locker(
            service="inpost_locker_pass_thru",
            custom_attributes=handed(sending_method=None, dropoff_point=None),
        ),
        "custom_attributes.dropoff_point required",
    ),
    (
        "unknown sending method",
        locker(custom_attributes=handed(sending_method="owl")),
        "custom_attributes.sending_method invalid",
    ),
    (
        "sending method of others",
        locker(custom_attributes=handed(sending_method="branch")),
        "custom_attributes.sending_method unavailable",
    ),
    (
        "pass thru by courier",
        locker(service="inpost_locker_pass_thru", custom_attributes=handed(sending_method="pop")),
        "custom_attributes.sending_method unavailable",
    ),
    (
        "courier by locker",
        courier(custom_attributes={"sending_method": "parcel_locker", "dropoff_point": "KRA010"}),
        "custom_attributes.sending_method unavailable",
    ),
    (
        "allegro without a sending method",
        allegro(custom_attributes=handed(sending_method=None)),
        "custom_attributes.sending_method required",
    ),
    (
        "c2c without a sending method",
        c2c(custom_attributes=None),
        "custom_attributes.sending_method required",
    ),
    (
        "miniKurier24 without a sending method",
        letter(custom_attributes={}),
        "custom_attributes.sending_method required",
    ),
    (
        "transaction without a user",
        allegro(custom_attributes=handed(allegro_transaction_id="1")),
        "custom_attributes.allegro_user_id required",
    ),
    (
        "user without a transaction",
        allegro(custom_attributes=handed(allegro_user_id="1")),
        "custom_attributes.allegro_transaction_id required",
    ),
    (
        "a phone in digits of another script",
        locker(receiver=person(phone="\u0665\u0660\u0661" * 3)),
        "receiver.phone invalid",
    ),
    (
        "a side in digits of another script",
        locker(parcels=box(dimensions={"length": "\u0664", "width": 300, "height": 150})),
        "parcels.0.dimensions.length not_a_number",
    ),
    ("not an object", [], "base invalid"),
]
"""Name, body of a create by a postpaid organization, findings as ``field.member key``."""
