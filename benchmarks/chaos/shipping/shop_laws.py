"""What has to hold of MyParcel's letters: their payments, their scans, and what is told of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from benchmarks.chaos.shipping.seen import Seen
from benchmarks.chaos.shipping.target import Target
from benchmarks.chaos.shipping.told import Told

_REGISTERED = 2


def payments(told: Told, seen: Seen) -> Iterator[str]:
    """A prepaid letter is paid once, if somebody paid for it, at its own price."""
    letters = {each["reference_identifier"]: each for each in seen.letters}
    covering = Counter(
        number
        for each in seen.payments
        if each["status"] == "paid"
        for number in each["shipment_ids"]
    )
    for letter in told.letters:
        record = letters.get(letter.reference)
        if record is None or not letter.prepaid:
            continue
        most = letter.pays["kept"] + letter.pays["unknown"]
        paid = covering[record["id"]]
        if not min(letter.pays["kept"], 1) <= paid <= min(most, 1):
            yield f"{letter.reference} is paid {paid} times after {dict(letter.pays)}"
        if record["paid"] != bool(paid):
            yield f"{letter.reference} is paid: {record['paid']}, with {paid} payments"
    prices = {each["id"]: each["price"] for each in seen.letters}
    for each in seen.payments:
        price = sum(prices[number] for number in each["shipment_ids"])
        if each["amount"] != price:
            yield f"payment {each['hash']} is {each['amount']}, its letters cost {price}"


def scans(told: Told, seen: Seen) -> Iterator[str]:
    """Each letter went from one status to the next, as far as it was moved; each was told once."""
    letters = {each["reference_identifier"]: each for each in seen.letters}
    changes = defaultdict(list)
    for each in told.events.heard:
        if each["event"] == "myparcel.shipment_status_changed":
            changes[each["payload"]["shipment_id"]].append(each["payload"]["status"])
    for letter in told.letters:
        record = letters.get(letter.reference)
        if record is None:
            continue
        history = [each["status"] for each in record["history"]]
        if history != [*range(_REGISTERED, _REGISTERED + len(history))]:
            yield f"{letter.reference} went through {history}"
        if changes[record["id"]] != history:
            yield f"{letter.reference} went through {history}, told were {changes[record['id']]}"
        furthest = max(letter.aimed, _REGISTERED) if letter.prepaid else letter.aimed
        if not letter.reached <= record["status"] <= furthest:
            wanted = f"{letter.reached} to {furthest}"
            yield f"{letter.reference} is at {record['status']}, it was moved to {wanted}"


def notices(seen: Seen, target: Target) -> Iterator[str]:
    """The shop that subscribed has one notification of each status of its letters."""
    sent: Counter[tuple[int, int]] = Counter()
    shops = set()
    for each in seen.webhooks:
        if each["target"] == target.url:
            for hook in json.loads(each["body"])["data"]["hooks"]:
                sent[hook["shipment_id"], hook["status"]] += 1
                shops.add(hook["shop_id"])
    wanted = Counter(
        (each["id"], scan["status"])
        for each in seen.letters
        if each["shop_id"] in shops
        for scan in each["history"]
    )
    for what, found in (("too few", wanted - sent), ("too many", sent - wanted)):
        if found:
            yield f"{what} notifications: {[*found][:3]} of {len(found)}"
