"""A client of InPost and PostPlus that writes in one world, and remembers what it was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from benchmarks.bodies import ACCOUNT, LOCKER, PREPAID, parcel
from benchmarks.chaos.asking import Outcome
from benchmarks.chaos.shipping.told import Made
from benchmarks.chaos.shipping.visitor import Visitor
from benchmarks.chaos.shipping.world import TOP_UP
from benchmarks.soak.wire import Answer
from benchmarks.soak.worlds import OFFERS

_ACTS = {
    "create": 20,
    "offer": 14,
    "buy": 16,
    "cancel": 5,
    "label": 6,
    "parcel": 10,
    "scan": 8,
    "advance": 12,
    "top_up": 2,
    "nonsense": 4,
}
"""What is done, and how often beside the others."""

_SHIPMENTS = "/inpost/v1/organizations/1/shipments"
_LOOKS = 0.3
"""The share of creates that are looked for at once, wherever that may be."""
_LATEST = 20
"""Of so many of the latest shipments one is bought, cancelled or printed."""


class Writer:
    """Acts by chance."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._chance = visitor.chance
        self._told = visitor.told
        self._offers: list[Made] = []
        self._paid: list[Made] = []
        self._parcels: list[str] = []
        self._now: datetime | None = None

    async def act(self) -> None:
        """Do one thing."""
        [act] = self._chance.choices([*_ACTS], [*_ACTS.values()])
        await getattr(self, f"_{act}")()

    async def _create(self) -> None:
        await self._ship({**LOCKER, "reference": self._visitor.reference()}, bought=True)

    async def _offer(self) -> None:
        await self._ship({**OFFERS, "reference": self._visitor.reference()}, bought=False)

    async def _nonsense(self) -> None:
        reference = self._visitor.reference()
        body = {**LOCKER, "reference": reference, "receiver": {"first_name": "Ewa"}}
        await self._ship(body, bought=True)

    async def _ship(self, body: Mapping[str, object], *, bought: bool) -> None:
        outcome, answer = await self._visitor.write("POST", _SHIPMENTS, body, PREPAID)
        number = answer.json["id"] if outcome == "kept" else None
        made = Made(str(body["reference"]), outcome, number, bought)
        self._told.shipments.append(made)
        if number is None:
            return
        (self._paid if bought else self._offers).append(made)
        if self._chance.random() < _LOOKS:
            await self._look(made)

    async def _look(self, made: Made) -> Answer | None:
        """A shipment that was made, wherever that is asked for; None where no answer comes."""
        path = f"/inpost/v1/shipments/{made.number}"
        outcome, answer = await self._visitor.read(path, PREPAID)
        if outcome == "refused":
            self._told.broken.append(f"shipment {made.number} was made, and then {answer.status}")
        return answer if outcome == "kept" else None

    async def _buy(self) -> None:
        made = self._one_of(self._offers)
        answer = await self._look(made) if made else None
        if made is None or answer is None:
            return
        offers = [each["id"] for each in answer.json["offers"] if each["status"] == "available"]
        if offers:
            path = f"/inpost/v1/shipments/{made.number}/buy"
            outcome, _ = await self._visitor.write("POST", path, {"offer_id": offers[0]}, PREPAID)
            made.buys[outcome] += 1
            self._is_through(made, outcome)

    async def _cancel(self) -> None:
        made = self._one_of(self._offers)
        if made is not None:
            path = f"/inpost/v1/shipments/{made.number}"
            outcome, _ = await self._visitor.write("DELETE", path, None, PREPAID)
            made.cancels[outcome] += 1
            self._is_through(made, outcome)

    def _is_through(self, made: Made, outcome: Outcome) -> None:
        # One who was left in the dark tries again, as clients do.
        if outcome != "unknown":
            self._offers.remove(made)

    async def _label(self) -> None:
        made = self._one_of(self._paid)
        answer = await self._look(made) if made else None
        if made is None or answer is None or answer.json["status"] != "confirmed":
            return
        path = f"/inpost/v1/shipments/{made.number}/label"
        outcome, answer = await self._visitor.read(path, PREPAID)
        if outcome == "refused" or (outcome == "kept" and not answer.body.startswith(b"%PDF")):
            said = f"{answer.status} {answer.body[:60]!r}"
            self._told.broken.append(f"the label of {made.number} is no label: {said}")

    async def _parcel(self) -> None:
        reference = self._visitor.reference()
        path = "/postplus/api/v1/parcels"
        outcome, _ = await self._visitor.write("PUT", path, parcel(reference), ACCOUNT)
        self._told.parcels[reference] = outcome
        if outcome == "kept":
            self._parcels.append(reference)

    async def _scan(self) -> None:
        if self._parcels:
            parcel = self._chance.choice(self._parcels[-_LATEST:])
            scan = {"parcel": parcel, "code": "RECEIVE_ITEM_AT_TERMINAL", "location": "AMS"}
            await self._visitor.control("/actions/postplus.scan", scan)

    async def _advance(self) -> None:
        by = {"by": f"{self._chance.randint(1, 4)}s"}
        outcome, answer = await self._visitor.control("/clock/advance", by)
        if outcome == "kept":
            now = datetime.fromisoformat(answer.json["now"])
            if self._now is not None and now < self._now:
                self._told.broken.append(f"the clock went back from {self._now} to {now}")
            self._now = now

    async def _top_up(self) -> None:
        arguments = {"organization": 1, "amount": f"{TOP_UP / 100:.2f}"}
        outcome, _ = await self._visitor.control("/actions/inpost.top_up", arguments)
        self._told.top_ups[outcome] += 1

    def _one_of(self, made: list[Made]) -> Made | None:
        return self._chance.choice(made[-_LATEST:]) if made else None
