"""Everything that is checked before a shipment is made, with all findings at once.

The description's schema judges forms and types; what is here needs the world, several fields or
the service (see `rules.services`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.bodies.forms import ShipmentForm
from simulator.carriers.inpost.catalog.services import SERVICES, Service
from simulator.carriers.inpost.records import Organization
from simulator.carriers.inpost.rules import cost_centres
from simulator.carriers.inpost.rules import money as rules_money
from simulator.carriers.inpost.rules import parcels as rules_parcels
from simulator.carriers.inpost.rules import peers as rules_peers
from simulator.carriers.inpost.rules import points as rules_points
from simulator.carriers.inpost.rules import services as rules_services
from simulator.carriers.inpost.rules import weekend as rules_weekend
from simulator.carriers.inpost.rules.bounds import worded
from simulator.carriers.inpost.wire import errors, parsing
from simulator.carriers.inpost.wire.errors import Member
from simulator.carriers.inpost.wire.near import meant
from simulator.carriers.inpost.wire.parsing import Body
from simulator.core.answers import Finding, Refusal
from simulator.engine.world import World

Path = tuple[str | int, ...]

_LONGEST_REFERENCE = 100
_SHORTEST_REFERENCE = 3
_LONGEST_MPK = 255

_SERVICE = "ShipX documentation, Services"
_REFERENCE = "ShipX documentation, Creating a shipment: reference"
_MPK = "ShipX documentation, MPK"


def check_create(
    world: World, organization: Organization, form: ShipmentForm, prefix: Path = ()
) -> list[Finding]:
    """What is wrong with a create, beyond its schema; each path begins with `prefix`.

    Parcels are named by the caller's id, or by their position.
    """
    found: list[Finding] = []
    asked = form.service
    service = forms.service_of(form)
    if asked is not None and (service is None or not _may_be_asked(service, asked, form)):
        found.append(_no_service(asked))
        service = None
    found += rules_peers.check(form)
    found += rules_parcels.check(world, form)
    found += rules_points.check(world, form)
    found += rules_money.check(form)
    found += rules_weekend.check(world, form, service)
    found += _texts(world, organization, form)
    if service is not None:
        objections = rules_services.objections(world, form, service)
        found += [each.finding for each in objections if not each.late]
    if not prefix:
        return found
    return [replace(finding, path=(*prefix, *finding.path)) for finding in found]


def _no_service(asked: str) -> Finding:
    known = [service.id for service in SERVICES.values() if service.listed]
    message = f"there is no service {asked!r}, GET /v1/services lists them{meant(asked, known)}"
    return Finding(("service",), "does_not_exist", message, source=_SERVICE, allowed=known)


def _may_be_asked(service: Service, asked: str, form: ShipmentForm) -> bool:
    """A service that the carrier puts in place by itself may be named where it would do so."""
    if SERVICES[asked].accounts != "server":
        return True
    return (form.attributes.target_point or "").startswith(parsing.POP_PREFIX)


def _texts(world: World, organization: Organization, form: ShipmentForm) -> list[Finding]:
    found: list[Finding] = []
    reference, mpk = form.reference, form.mpk
    if isinstance(reference, int):  # the schema measures texts only
        length = len(str(reference))
        told = f"reference has {length} characters"
        if length < _SHORTEST_REFERENCE:
            message = f"{told}, less than {_SHORTEST_REFERENCE}"
            found.append(Finding(("reference",), "too_short", message, source=_REFERENCE))
        if length > _LONGEST_REFERENCE:
            message = f"{told}, more than {_LONGEST_REFERENCE}"
            found.append(Finding(("reference",), "too_long", message, source=_REFERENCE))
    if mpk is not None and len(mpk) > _LONGEST_MPK:
        message = f"mpk has {len(mpk)} characters, more than {_LONGEST_MPK}"
        found.append(Finding(("mpk",), "too_long", message, source=_MPK))
    elif mpk is not None and _is_refused(world, organization, mpk):
        message = f"the organization has no cost centre {mpk!r}"
        found.append(Finding(("mpk",), "does_not_exist", message, source=_MPK))
    return found


def _is_refused(world: World, organization: Organization, mpk: str) -> bool:
    if world.quirk("inpost.unknown_mpk") != "refuse":
        return False
    return cost_centres.find(world, organization.id, mpk) is None


def late_findings(world: World, form: ShipmentForm) -> list[Finding]:
    """What a checked create is not refused for, though the offer of its service is unavailable."""
    service = forms.service_of(form)
    if service is None:
        return []
    return [each.finding for each in rules_services.objections(world, form, service) if each.late]


def refusal(world: World, found: Sequence[Finding]) -> Refusal:
    """The answer to a create with these findings.

    Clients know the keys of weekend parcels in two places; the quirk `inpost.weekend_error_shape`
    makes the first of them the `error`, when nothing else is wrong.
    """
    alone = all(finding.key in rules_weekend.KEYS for finding in found) and (
        world.quirk("inpost.weekend_error_shape") == "error"
    )
    return errors.invalid_weekend(found) if alone else errors.invalid(found)


def check_account(organization: Organization, form: ShipmentForm) -> None:
    """Refuse a service that the organization has not contracted.

    Raises `no_carriers`, `carrier_unavailable`, or for the courier carrier `missing_trucker_id`
    (observed on a prepaid account). In the offer mode only the first is possible.
    """
    if not organization.carriers:
        raise errors.no_carriers()
    service = forms.service_of(form)
    if service is None:
        return
    if service.carrier not in organization.carriers:
        raise errors.carrier_unavailable()
    contracted = parsing.asked_for(service.id) in organization.services
    if service.carrier == "inpost_courier":
        if not contracted or not organization.courier_contract:
            raise errors.missing_trucker_id()
    elif not contracted:
        raise errors.carrier_unavailable()


def merged(schema: Sequence[Finding], own: Sequence[Finding]) -> list[Finding]:
    """All findings together, without those of the rules where the schema has spoken already.

    A form of which the schema took the only member is not `required`: that member was wrong. Nor
    are measures that a refused template would have filled.
    """
    if not schema:
        return list(own)
    refused = {finding.path for finding in schema}
    emptied = {path[:end] for path in refused for end in range(1, len(path))}
    filled = {
        (*path[:-1], name)
        for path in refused
        if path and path[-1] == "template"
        for name in ("dimensions", "weight")
    }
    excused = emptied | filled
    return [
        *schema,
        *(
            finding
            for finding in own
            if not any(finding.path[:end] in refused for end in range(1, len(finding.path) + 1))
            and not (finding.key == "required" and finding.path in excused)
        ),
    ]


def named(findings: Sequence[Finding], body: Body) -> list[Finding]:
    """The schema's findings about one create, with its parcels named by the caller's ids, and
    in words that name units and clauses."""
    if not findings:
        return []
    items = parsing.parcel_items(body)
    single = isinstance(body.get("parcels"), dict)
    return [
        worded(replace(finding, path=_named(finding.path, items, single))) for finding in findings
    ]


def _named(path: Path, items: Sequence[Any], single: bool) -> Path:
    if len(path) < 2 or path[0] != "parcels":
        return path
    if single:
        return ("parcels", rules_parcels.member(items, 0), *path[1:])
    place = path[1]
    if not isinstance(place, int):
        return path
    return ("parcels", rules_parcels.member(items, place), *path[2:])


def named_shipments(findings: Sequence[Finding], body: Body) -> list[Finding]:
    """The schema's findings about creates under `shipments`, named by the caller's ids."""
    items = body.get("shipments")
    listed = items if isinstance(items, list) else []
    renamed = []
    for finding in findings:
        path = finding.path
        if len(path) > 1 and path[0] == "shipments" and isinstance(path[1], int):
            item = parsing.form(listed[path[1]])
            [inner] = named([replace(finding, path=path[2:])], item)
            path = ("shipments", shipment_member(listed, path[1]), *inner.path)
        renamed.append(replace(finding, path=path))
    return renamed


def shipment_member(items: Sequence[Any], place: int) -> Member:
    """The name of a shipment in a list: the caller's id, or its position."""
    return Member(parsing.text(parsing.form(items[place]).get("id")) or place)
