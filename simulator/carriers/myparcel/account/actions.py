"""What is changed in the back office: shops, accounts, their carriers, their plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.myparcel.account import hooks, settings
from simulator.carriers.myparcel.catalog.hooks import (
    ACCESSIBILITY_UPDATED,
    CONFIGURATION_UPDATED,
    SHOP_UPDATED,
)
from simulator.carriers.myparcel.offers.names import CARRIERS, Named
from simulator.carriers.myparcel.records import SHOPS, Shop
from simulator.carriers.myparcel.shops.records import (
    ACCOUNTS,
    CARRIER_CONFIGURATIONS,
    CARRIER_OPTIONS,
    PLANS,
    SHOP_SETTINGS,
    Account,
    CarrierOption,
    PlanStatus,
)
from simulator.core.faults import did_you_mean
from simulator.engine.world import World

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class UpdateShop(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`shop` is an id or a name; `settings` are general settings of the shop, such as
    `label_format`; `sender` are members of its address. What is left out stays as it is."""

    shop: int | str
    name: str | None = None
    hidden: bool | None = None
    settings: dict[str, Any] = {}
    sender: dict[str, str] = {}


class UpdateAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`settings` are general settings of the account: `order_mode: 1` lets plugins send orders in
    place of shipments."""

    account: int
    settings: dict[str, Any]


class SetAccessibility(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`carrier` is a number of today or a name; with a `label` it is a contract of the shop's own
    with that carrier."""

    shop: int | str
    carrier: int | str
    enabled: bool = True
    label: str | None = None


class SetConfiguration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Until when parcels are handed in (``HH:MM``), and at which drop-off point, by its code.

    What is left out stays as it is.
    """

    shop: int | str
    carrier: int | str
    default_cutoff_time: str | None = None
    monday_cutoff_time: str | None = None
    default_drop_off_point: str | None = None


class UpdateSubscription(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The plan of the shop's account: which `features` it gives, such as `ORDER_NOTES`."""

    shop: int | str
    features: tuple[str, ...] | None = None
    status: PlanStatus | None = None


def _update_shop(world: World, wanted: UpdateShop) -> dict[str, Any]:
    shop = hooks.SHOP.find(world, wanted.shop)
    given = _checked(wanted.settings, settings.SHOP_SETTINGS_AT_FIRST)
    sender = _checked(wanted.sender, shop.sender)
    if wanted.name is not None and not wanted.name.strip():
        raise BadAction("a shop has a name")
    kept = settings.settings_of(world, shop)
    world[SHOP_SETTINGS].put(
        msgspec.structs.replace(
            kept,
            general_settings={**kept.general_settings, **given},
            hidden=kept.hidden if wanted.hidden is None else wanted.hidden,
            modified=world.now,
        )
    )
    changed = msgspec.structs.replace(
        shop, name=wanted.name or shop.name, sender={**shop.sender, **sender}
    )
    _shop_updated(world, world[SHOPS].put(changed))
    return {"shop": shop.id, "name": changed.name}


def _update_account(world: World, wanted: UpdateAccount) -> dict[str, Any]:
    shops = settings.shops_of(world, wanted.account)
    if not shops:
        known = ", ".join(str(id) for id in sorted({shop.account_id for shop in world[SHOPS]}))
        raise BadAction(f"there is no account {wanted.account}: there are {known}")
    given = _checked(wanted.settings, settings.ACCOUNT_SETTINGS)
    kept = settings.account_of(world, wanted.account)
    changed = {**kept.general_settings, **given}
    world[ACCOUNTS].put(Account(wanted.account, changed, world.now))
    for shop in shops:
        _shop_updated(world, shop)
    return {"account": wanted.account, "settings": changed}


def _shop_updated(world: World, shop: Shop) -> None:
    world.emit("myparcel.shop_updated", shop_id=shop.id, account_id=shop.account_id)
    hooks.send(SHOP_UPDATED, world, shop)


def _set_accessibility(world: World, wanted: SetAccessibility) -> dict[str, Any]:
    shop = hooks.SHOP.find(world, wanted.shop)
    carrier = _carrier(wanted.carrier)
    kind = "main" if wanted.label is None else "custom"
    option = next(
        (
            each
            for each in settings.carrier_options_of(world, shop)
            if (each.carrier, each.type, each.label) == (carrier.number, kind, wanted.label)
        ),
        None,
    )
    if option is None:
        option = _contract(world, shop, carrier, wanted.label)
    option = world[CARRIER_OPTIONS].put(msgspec.structs.replace(option, enabled=wanted.enabled))
    world.emit(
        "myparcel.shop_carrier_accessibility_updated",
        shop_id=shop.id,
        account_id=shop.account_id,
        carrier=carrier.number,
        enabled=option.enabled,
    )
    hooks.send(ACCESSIBILITY_UPDATED, world, shop)
    told = {"shop": shop.id, "carrier": carrier.old, "enabled": option.enabled}
    return {**told, "contract": option.id, "type": option.type}


def _contract(world: World, shop: Shop, carrier: Named, label: str | None) -> CarrierOption:
    number = world.next_number("myparcel.contracts", settings.FIRST_CONTRACT)
    return CarrierOption(
        id=number,
        account_id=shop.account_id,
        shop_id=shop.id,
        carrier=carrier.number,
        type="main" if label is None else "custom",
        label=label,
    )


def _set_configuration(world: World, wanted: SetConfiguration) -> dict[str, Any]:
    shop = hooks.SHOP.find(world, wanted.shop)
    carrier = _carrier(wanted.carrier)
    configurations = settings.configurations_of(world, shop)
    kept = next((each for each in configurations if each.carrier == carrier.number), None)
    if kept is None:
        raise BadAction(
            f"shop {shop.id} does not have {carrier.old}: see myparcel.set_carrier_accessibility"
        )
    given = {
        name: value
        for name in ("default_cutoff_time", "monday_cutoff_time", "default_drop_off_point")
        if (value := getattr(wanted, name)) is not None
    }
    for name, value in given.items():
        if name.endswith("_time") and not _TIME.fullmatch(value):
            raise BadAction(f"{name} {value!r:.60} is no time HH:MM")
    changed = world[CARRIER_CONFIGURATIONS].put(msgspec.structs.replace(kept, **given))
    world.emit(
        "myparcel.shop_carrier_configuration_updated",
        shop_id=shop.id,
        account_id=shop.account_id,
        carrier=carrier.number,
    )
    hooks.send(CONFIGURATION_UPDATED, world, shop)
    return {
        "shop": shop.id,
        "carrier": carrier.old,
        "default_cutoff_time": changed.default_cutoff_time,
        "monday_cutoff_time": changed.monday_cutoff_time,
        "default_drop_off_point": changed.default_drop_off_point,
    }


def _update_subscription(world: World, wanted: UpdateSubscription) -> dict[str, Any]:
    shop = hooks.SHOP.find(world, wanted.shop)
    for feature in wanted.features or ():
        if feature not in settings.FEATURES:
            hint = did_you_mean(feature, settings.FEATURES)
            known = ", ".join(settings.FEATURES)
            raise BadAction(f"there is no feature {feature!r:.60}.{hint} There are {known}")
    plan = settings.plan_of(world, shop.account_id, shop.id)
    plan = world[PLANS].put(
        msgspec.structs.replace(
            plan,
            features=plan.features if wanted.features is None else wanted.features,
            status=wanted.status or plan.status,
        )
    )
    world.emit("myparcel.subscription_updated", subscription_id=plan.id, account_id=plan.account_id)
    hooks.send_plan(world, plan)
    told = {"account": plan.account_id, "features": list(plan.features)}
    return {"subscription": plan.id, **told, "status": plan.status}


def _carrier(wanted: int | str) -> Named:
    number = CARRIERS.number(wanted)
    if number is not None:
        return CARRIERS[number]
    names = [each.old for each in CARRIERS.values()]
    hint = did_you_mean(str(wanted), names)
    raise BadAction(f"there is no carrier {wanted!r:.60}.{hint} There are {', '.join(names)}")


def _checked(given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The members that were given, each of a name and of the type that there is."""
    for name, value in given.items():
        if name not in known:
            hint = did_you_mean(name, known)
            raise BadAction(f"there is no {name!r:.60}.{hint} There are {', '.join(known)}")
        kind = type(known[name])
        if known[name] is not None and not isinstance(value, kind):
            raise BadAction(f"{name} is of type {kind.__name__}, as {known[name]!r} is")
    # The API's booleans are 1 and 0.
    return {
        name: int(value) if value is True or value is False else value
        for name, value in given.items()
    }


ACTIONS: tuple[Action, ...] = (
    Action(
        "update_shop",
        "Change a shop in the back office: its name, settings or address; its webhook tells.",
        UpdateShop,
        _update_shop,
    ),
    Action(
        "update_account",
        "Change settings of an account, such as whether its shops work with orders.",
        UpdateAccount,
        _update_account,
    ),
    Action(
        "set_carrier_accessibility",
        "Let a shop use a carrier or not, also under a contract of its own; its webhook tells.",
        SetAccessibility,
        _set_accessibility,
    ),
    Action(
        "set_carrier_configuration",
        "Set how a shop hands its parcels to a carrier; its webhook tells.",
        SetConfiguration,
        _set_configuration,
    ),
    Action(
        "update_subscription",
        "Change which features an account's plan gives; its webhook tells.",
        UpdateSubscription,
        _update_subscription,
    ),
)
"""The actions on shops, accounts and plans."""
