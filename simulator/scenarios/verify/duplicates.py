"""The check that nothing was shipped twice.

The records tell what was shipped, since a client that did not hear an answer may have asked again
for what was done already; the journal tells which exchange it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from simulator.carriers.shipping import Cost, Made, Shipped
from simulator.scenarios.model import Check
from simulator.scenarios.verify import words
from simulator.scenarios.verify.evidence import Evidence, Exchange
from simulator.scenarios.verify.likeness import MOST_NEAR
from simulator.scenarios.verify.verdicts import Duplicate, Near, Verdict

_DONE = "handler"
"""The outcome of an exchange in which the carrier did its work, whatever was answered then."""


def judge(check: Check, evidence: Evidence) -> Verdict:
    """Passes when no account shipped anything with the same reference, or without a reference the
    same thing, more than once."""
    about = [
        (carrier, shipped)
        for carrier, shipped in evidence.shipped
        if check.carrier in (None, carrier)
    ]
    by_made = exchanges_by_what_they_made(evidence.exchanges)
    found = [_duplicate(carrier, group, by_made) for carrier, group in _groups(about)]
    surplus = sum(len(duplicate.shipments) - 1 for duplicate in found)
    if not found:
        text = f"nothing was shipped twice; {len(about)} in all"
        return Verdict(check, True, 0, words.sentence(text, 0))
    text = "; ".join(_told(duplicate) for duplicate in islice(found, MOST_NEAR))
    if len(found) > MOST_NEAR:
        text += f"; and {len(found) - MOST_NEAR} more like these"
    by_id = {exchange.id: exchange for exchange in evidence.exchanges}
    made_by = dict.fromkeys(
        made_by for duplicate in found for _, made_by in duplicate.shipments if made_by is not None
    )
    near = [Near(by_id[made_by]) for made_by in islice(made_by, MOST_NEAR)]
    return Verdict(check, False, surplus, words.sentence(text, 0), near, found)


def _groups(
    shipped: Sequence[tuple[str, Shipped]],
) -> Iterator[tuple[str, list[Shipped]]]:
    """What was shipped several times over."""
    groups: dict[tuple[object, ...], list[Shipped]] = {}
    for carrier, each in shipped:
        same = each.content if each.reference is None else each.reference
        groups.setdefault((carrier, each.account, each.kind, same), []).append(each)
    return ((str(key[0]), group) for key, group in groups.items() if len(group) > 1)


def exchanges_by_what_they_made(exchanges: Sequence[Exchange]) -> dict[Made, str]:
    """The ids of exchanges by what their events tell of what was made."""
    return {
        Made(event, member, value): exchange.id
        for exchange in exchanges
        if exchange.entry.why.outcome == _DONE
        for event, payload in exchange.entry.why.events
        for member, value in payload.items()
        if isinstance(value, int | str)
    }


def _duplicate(carrier: str, group: Sequence[Shipped], by_made: dict[Made, str]) -> Duplicate:
    first = group[0]
    return Duplicate(
        carrier,
        first.noun,
        first.account,
        first.reference,
        [(each.id, by_made.get(each.made)) for each in group],
        _surplus([each.cost for each in group if each.cost is not None]),
    )


def _surplus(costs: Sequence[Cost]) -> Cost | None:
    """What was charged for all but the first."""
    if len(costs) < 2:
        return None
    return Cost(sum(cost.cents for cost in costs[1:]), costs[0].currency)


def _told(duplicate: Duplicate) -> str:
    said = duplicate.reference
    what = "the same content" if said is None else f"reference {said}"
    listed = words.some(
        [f"{duplicate.noun} {number}{_by(made)}" for number, made in duplicate.shipments]
    )
    often = words.times(len(duplicate.shipments))
    text = f"{what} of {duplicate.carrier}'s {duplicate.account} was shipped {often}: {listed}"
    if duplicate.cost is not None:
        text += f", which cost {words.money(duplicate.cost)} too much"
    return text


def _by(made: str | None) -> str:
    return "" if made is None else f" by {made}"
