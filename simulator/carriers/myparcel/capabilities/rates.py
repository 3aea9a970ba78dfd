"""``POST /shipments/rates`` (today): what a shipment costs before it is made.

It is judged by the table of offers and priced by the tariff by which a create is, so that a
shipment made of the same data costs what is told here.

Sources: the request and answer models of version 1 and 2 in the generated client of MyParcel's
SDK 11, which gives one rate, as such, in version 2 and a list of them in version 1. Inferred: what
is a charge and what an option, the keys and names of the parts, and that each collo costs the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import envelope
from simulator.carriers.myparcel.capabilities import questions, views
from simulator.carriers.myparcel.capabilities.questions import VERSION_1, VERSION_2, Spelling
from simulator.carriers.myparcel.capabilities.views import Rate
from simulator.carriers.myparcel.offers import tariff
from simulator.carriers.myparcel.offers.judging import Asked, Wrong, judge, offer_for
from simulator.carriers.myparcel.offers.names import CARRIERS, PICKUP
from simulator.carriers.myparcel.offers.options import INSURANCE
from simulator.carriers.myparcel.offers.zones import EU
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.rules import returns
from simulator.carriers.myparcel.rules.address import is_country
from simulator.carriers.myparcel.rules.offered import ONLY_OF_RETURNS
from simulator.carriers.myparcel.shops.records import switched_off
from simulator.carriers.myparcel.wire import credentials, media, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Finding
from simulator.core.faults import shown
from simulator.engine.world import World

_LIST = "rates"
_INBOUND = "INBOUND"
_SIZES = ("height", "width", "length")
_PLACES = ("postalCode", "postal_code", "isBusiness", "is_business")


def post_rates(world: World, body: Any, findings: list[Finding]) -> Answer:
    """The price of the shipment that is described, in its parts.

    Answers in the version that is accepted; without one in that of the body. Raises 422 for what
    the schema refuses, alone, and else for what no carrier would take.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    asked = parsing.form(body)
    envelope.check_schema(world, [*_missing(asked, findings), *findings])
    listed = parsing.form(asked.get("data")).get(_LIST)
    faults: list[Fault] = []
    if isinstance(listed, list):
        places = [(each, VERSION_1, f"data.{_LIST}[{at}]") for at, each in enumerate(listed)]
    else:
        places = [(asked, VERSION_2, "")]
    found = [_rate(world, shop, *place, faults) for place in places]
    envelope.refuse(findings, faults)
    rates = [each for each in found if each is not None]
    if len(rates) > 1 or questions.wants_version_1(world, isinstance(listed, list)):
        return media.json({_LIST: [views.rate_1(each) for each in rates]})
    return Answer(200, views.rate_2(rates[0]), media_type=media.JSON)


def _missing(asked: Mapping[str, Any], findings: list[Finding]) -> Iterator[Finding]:
    """The members that version 2 requires; which version it is, no schema can ask.

    What the schema refused is not in the body any more.
    """
    there = {*asked, *(finding.path[0] for finding in findings if finding.path)}
    if "data" not in there:
        for name in ("recipient", VERSION_2.carrier, VERSION_2.package_type):
            if name not in there:
                yield Finding((name,), "required", "is required")


def _rate(
    world: World, shop: Shop, given: Any, spelling: Spelling, path: str, faults: list[Fault]
) -> Rate | None:
    """The rate; None: what is wrong with the question was added to `faults`."""
    told: list[Fault] = []
    form = parsing.form(given)
    # As a create has it: what it is judged and priced by is where the shop is, whoever sends it.
    unsent = {name: value for name, value in form.items() if name != "sender"}
    question = questions.read(shop, unsent, spelling, path, told)
    told += [*_insurance(form, path), *_sender(form, spelling, path)]
    if question.origin is not None and question.origin not in EU:
        told.append(returns.outside(question.origin, EU, questions.at(path, "recipient")))
    if told or question.carrier is None or question.package_type is None:
        faults += told
        return None
    inbound = str(form.get("direction")).upper() == _INBOUND
    contract = parsing.integer(form.get(spelling.contract))
    options = question.options
    asked = Asked(
        carrier=question.carrier,
        home=question.home,
        cc=question.cc,
        package_type=question.package_type,
        delivery_type=question.delivery_type,
        options=options - ONLY_OF_RETURNS if inbound else options,
        insurance=question.insurance,
        weight=question.weight or None,
        pickup=bool(form.get("pickup")) or question.delivery_type == PICKUP,
        colli=parsing.integer(form.get("collo")) or 1,
        contract=contract is not None,
        returning=inbound,
    )
    if asked.carrier in switched_off(world, shop.id):
        human = f"carrier {CARRIERS[asked.carrier].name} is switched off for the shop"
        faults.append(_fault(Wrong(3728, "carrier", human), spelling, path))
        return None
    wrong = judge(asked, any_amount=world.quirk("myparcel.insurance_steps") == "range")
    faults += [_fault(each, spelling, path) for each in wrong]
    found = offer_for(asked)
    if isinstance(found, Wrong) or wrong:
        return None
    _note_unused(world, form, spelling, path)
    return Rate(
        carrier=asked.carrier,
        contract=views.contract_of(asked.carrier) if contract is None else contract,
        package_type=asked.package_type,
        delivery_type=asked.delivery_type or found.default_delivery,
        parts=tuple(_parts(asked, options)),
        home=asked.home,
        cc=asked.cc,
    )


def _parts(asked: Asked, options: frozenset[str]) -> Iterator[tariff.Part]:
    each_collo = tariff.parts(
        asked.carrier,
        asked.home,
        asked.cc,
        asked.package_type,
        delivery_type=asked.delivery_type,
        options=options,
        insurance=asked.insurance,
        weight=asked.weight,
    )
    for part in each_collo:
        yield part._replace(cents=part.cents * asked.colli)


def _insurance(form: Mapping[str, Any], path: str) -> list[Fault]:
    """An insurance of which the amount is not told has no price."""
    given = parsing.form(form.get("options")).get(INSURANCE)
    if not isinstance(given, dict) or questions.amount_of(given) is not None:
        return []
    place = questions.at(path, f"options.{INSURANCE}.amount")
    return [Fault(3743, "amount is a whole number of cents, at least 0", place)]


def _sender(form: Mapping[str, Any], spelling: Spelling, path: str) -> list[Fault]:
    """A sender need not say its country, but no other word goes for one."""
    cc = parsing.form(form.get("sender")).get(spelling.recipient_cc)
    if cc is None or is_country(cc):
        return []
    place = questions.at(path, f"sender.{spelling.recipient_cc}")
    return [Fault(3506, f"{shown(cc, 60)} is not a country code such as NL", place)]


def _fault(wrong: Wrong, spelling: Spelling, path: str) -> Fault:
    """A finding at the member that a question of the version has for it."""
    head, _, rest = wrong.field.partition(".")
    names = {
        "carrier": spelling.carrier,
        "options.package_type": spelling.package_type,
        "options.delivery_type": spelling.delivery_type,
        "physical_properties.weight": f"{spelling.properties}.weight",
    }
    member = names.get(wrong.field)
    if member is None:
        name, dot, inner = rest.partition(".")
        known = {option: shown for shown, option in spelling.options.items()}
        member = f"options.{known.get(name, name)}{dot}{inner}" if head == "options" else head
    code_member = "collo" if wrong.code == 3735 else member
    return Fault(wrong.code, wrong.human, questions.at(path, code_member))


def _note_unused(world: World, form: Mapping[str, Any], spelling: Spelling, path: str) -> None:
    """Tell what a rate does not hang on, though a question may have it."""
    sizes = parsing.form(form.get(spelling.properties))
    unused = [(f"{spelling.properties}.{name}", "weight") for name in _SIZES if name in sizes]
    recipient = parsing.form(form.get("recipient"))
    unused += [(f"recipient.{name}", "country") for name in _PLACES if name in recipient]
    if form.get("sender"):
        unused.append(("sender", "home of the shop"))
    if form.get("pickup"):
        unused.append(("pickup", "delivery type"))
    for member, instead in unused:
        place = questions.at(path, member)
        world.note(f"{place} made no difference, since the price goes by the {instead}")
