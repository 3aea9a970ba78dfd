"""What has to hold when all is over, whichever replica is asked."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.chaos.asking import Outcome
from benchmarks.chaos.shipping import shop_laws
from benchmarks.chaos.shipping.seen import Asked, Seen, see
from benchmarks.chaos.shipping.target import Target, Targets, text
from benchmarks.chaos.shipping.told import Made, Told
from benchmarks.chaos.shipping.world import MONEY, TOP_UP
from benchmarks.soak.rows import Row, none_of

_CANCELLED = ("canceled", "cancelled")
_SAMPLE = 200
"""Exchanges that are looked for one by one at each replica."""
_LABELS = 4
"""Labels that each replica draws."""


async def judged(ports: Sequence[int], told: Told, targets: Targets) -> list[Row]:
    """A row for each law of a world; those of its writes and jobs are asked of every replica."""
    sure = told.exchanges
    sample = random.Random(len(sure)).sample(sure, min(_SAMPLE, len(sure)))
    bought = [each.number for each in told.shipments if each.bought and each.number is not None]
    seen = await see(ports, told.world, Asked(sample, bought[-_LABELS:]))
    laws = {
        "writes that were acknowledged, refused or unknown": _writes,
        "buys and cancels": _purchases,
        "money that does not add up": _money,
        "numbers that are there twice": _numbers,
        "jobs that happened twice or never": _jobs,
        "letters that were not paid as they should": shop_laws.payments,
        "scans that were lost, doubled or not told": shop_laws.scans,
    }
    rows = []
    for title, law in laws.items():
        found = [
            f"{port}: {each}"
            for port, one in zip(ports, seen, strict=True)
            for each in law(told, one)
        ]
        rows.append(none_of(f"{title} ({len(told.shipments)} shipments)", found))
    [first, *others] = seen
    rows.append(none_of("what replicas do not agree on", [*_differences(first, others)]))
    hooks = f"webhooks that were lost or overtaken ({sum(len(each.came) for each in targets)} came)"
    wrong = [each for target in targets for each in _webhooks(first, target)]
    rows.append(none_of(hooks, [*wrong, *shop_laws.notices(first, targets.myparcel)]))
    cursors = f"what cursors missed ({len(told.feed)} in the feed, {len(told.events.heard)} events)"
    rows.append(none_of(cursors, [*_cursors(told, seen)]))
    journal = f"exchanges that the journal lacks or has twice ({len(sure)} answers)"
    rows.append(none_of(journal, [*_journal(sure, seen)]))
    reads = f"{told.reads} reads, {told.walks} walks through a list"
    broken = [*told.broken, *told.events.broken]
    rows.append(none_of(f"answers that went back in time ({reads})", broken))
    return [row._replace(title=f"{told.world}: {row.title}") for row in rows]


def _writes(told: Told, seen: Seen) -> Iterator[str]:
    outcomes = {made.reference: made.outcome for made in told.shipments}
    yield from _wrong("shipment", outcomes, [each["reference"] for each in seen.shipments])
    outcomes = {letter.reference: letter.outcome for letter in told.letters}
    letters = [each["reference_identifier"] for each in seen.letters]
    yield from _wrong("letter", outcomes, letters)
    parcels = [each["sender_parcel_nr"] for each in seen.parcels]
    yield from _wrong("parcel", told.parcels, parcels)
    numbers = {each["reference"]: each["id"] for each in seen.shipments}
    for made in told.shipments:
        if made.number not in (None, numbers.get(made.reference)):
            yield f"shipment {made.reference} is {numbers.get(made.reference)}, not {made.number}"
    numbers = {each["reference_identifier"]: each["id"] for each in seen.letters}
    for letter in told.letters:
        if letter.number not in (None, numbers.get(letter.reference)):
            yield f"letter {letter.reference} is {numbers.get(letter.reference)}"

    yield from (f"the label of {each}" for each in seen.labels if ": 200 " not in each)


def _wrong(what: str, told: Mapping[str, Outcome], seen: Sequence[str | None]) -> Iterator[str]:
    counts = Counter(reference for reference in seen if reference is not None)
    for reference, outcome in told.items():
        count = counts[reference]
        right = {"kept": (1,), "refused": (0,), "unknown": (0, 1)}[outcome]
        if count not in right:
            yield f"the {what} {reference} was {outcome} and is there {count} times"


def _purchases(told: Told, seen: Seen) -> Iterator[str]:
    shipments = {each["reference"]: each for each in seen.shipments}
    for made in told.shipments:
        shipment = shipments.get(made.reference)
        if shipment is None or made.outcome == "refused":
            continue
        transactions = len(shipment["transactions"])
        least, most = _bounds(made)
        if not least <= transactions <= most:
            yield f"{made.reference} has {transactions} transactions of {least} to {most}"
        cancelled = shipment["status"] in _CANCELLED
        if cancelled and not made.cancels["kept"] + made.cancels["unknown"]:
            yield f"{made.reference} is cancelled, which nobody asked for"
        if made.cancels["kept"] and not cancelled:
            yield f"{made.reference} was cancelled and is {shipment['status']}"


def _bounds(made: Made) -> tuple[int, int]:
    """How many transactions a shipment may have."""
    if made.bought:
        return 1, 1
    return made.buys["kept"], made.buys["kept"] + made.buys["unknown"]


def _money(told: Told, seen: Seen) -> Iterator[str]:
    prices = {offer["id"]: offer["price"] for each in seen.shipments for offer in each["offers"]}
    spent = sum(prices[each["offer_id"]] for each in seen.paid)
    balance = next(each["balance"] for each in seen.organizations if each["id"] == 1)
    missing = MONEY + told.top_ups["kept"] * TOP_UP - spent - balance
    if -missing not in [count * TOP_UP for count in range(told.top_ups["unknown"] + 1)]:
        yield f"{missing} grosze are missing after {spent} were spent: {balance} are left"


def _numbers(told: Told, seen: Seen) -> Iterator[str]:
    numbers = {
        "ids of ShipX": [each["id"] for each in seen.shipments],
        "ids of parcels of ShipX": [
            own["id"] for each in seen.shipments for own in each["parcels"]
        ],
        "offers": [offer["id"] for each in seen.shipments for offer in each["offers"]],
        "transactions": [own["id"] for each in seen.shipments for own in each["transactions"]],
        "tracking numbers": [
            each["tracking_number"] for each in seen.shipments if each["tracking_number"]
        ],
        "ids of MyParcel": [each["id"] for each in seen.letters],
        "barcodes": [each["barcode"] for each in seen.letters if each["barcode"]],
        "invoices": [each["invoice_id"] for each in seen.payments],
        "parcel numbers": [each["parcel_nr"] for each in seen.parcels],
        "exchanges": [each["id"] for each in seen.journal],
        "answers": told.exchanges,
    }
    for what, values in numbers.items():
        for value, count in Counter(values).items():
            if count > 1:
                yield f"{value} is there {count} times among the {what}"


def _jobs(told: Told, seen: Seen) -> Iterator[str]:
    """Each confirmed shipment was paid once, and that was told once."""
    confirmations = Counter(
        each["payload"]["shipment_id"]
        for each in told.events.heard
        if each["event"] == "inpost.shipment_confirmed"
    )
    for shipment in seen.shipments:
        paid = [each for each in shipment["transactions"] if each["status"] == "success"]
        wanted = int(shipment["status"] == "confirmed")
        told_of = confirmations[shipment["id"]]
        if (len(paid), told_of) != (wanted, wanted):
            yield (
                f"{shipment['id']} is {shipment['status']}, paid {len(paid)} times "
                f"and told to be confirmed {told_of} times"
            )


def _differences(first: Seen, others: Sequence[Seen]) -> Iterator[str]:
    for other in others:
        for name in Seen.__struct_fields__:
            if getattr(first, name) != getattr(other, name):
                yield f"the {name} are {_difference(getattr(first, name), getattr(other, name))}"


def _difference(one: object, other: object) -> str:
    if isinstance(one, list) and isinstance(other, list):
        pairs = (f"{a!s:.90} and {b!s:.90}" for a, b in zip(one, other, strict=False) if a != b)
        return f"{len(one)} and {len(other)}: {next(pairs, 'the rest')}"
    return f"{one!s:.90} and {other!s:.90}"


def _webhooks(seen: Seen, target: Target) -> Iterator[str]:
    mine = [each for each in seen.webhooks if each["target"] == target.url]
    log = sorted(mine, key=lambda each: (each["turn"] or 0, each["id"]))
    delivered = [
        *dict.fromkeys(text(each["body"]) for each in log if each["status"] == "delivered")
    ]
    for body in delivered:
        if body not in target.taken:
            yield f"delivered, and never came: {body}"
    firsts = [body for body in dict.fromkeys(target.came) if body in set(delivered)]
    for one, other in zip(firsts, delivered, strict=False):
        if one != other:
            yield f"{one:.90} came in place of {other:.90}"
            break
    known = {text(each["body"]) for each in log}
    for body in dict.fromkeys(target.came):
        if body not in known:
            yield f"came, and is not in the log: {body}"


def _cursors(told: Told, seen: Sequence[Seen]) -> Iterator[str]:
    for one in seen:
        if told.feed != one.feed:
            missed = Counter(one.feed) - Counter(told.feed)
            more = Counter(told.feed) - Counter(one.feed)
            order = "in another order" if not missed and not more else ""
            yield f"missed {[*missed][:3]}, {[*more][:3]} too much {order}"
    yield from told.events.gaps()
    heard = told.events.heard
    for one in seen:
        if one.events != heard[-len(one.events) :]:
            yield f"the last events are {_difference(heard[-len(one.events) :], one.events)}"


def _journal(sure: Sequence[str], seen: Sequence[Seen]) -> Iterator[str]:
    for one in seen:
        yield from (f"no exchange {each}" for each in one.lacking)
        if one.recorded < len(sure):
            yield f"{one.recorded} exchanges of {len(sure)} that were answered"
