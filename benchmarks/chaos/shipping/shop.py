"""Two shops of MyParcel in one world, and what each was told: one pays later, one pays first."""

from __future__ import annotations

from base64 import b64encode

from benchmarks.bodies import LETTERBOX, SHIPMENTS, SHOP
from benchmarks.chaos.shipping.told import Letter
from benchmarks.chaos.shipping.visitor import Visitor

PAYS_FIRST = {"Authorization": "basic " + b64encode(b"sim-myparcel-prepaid").decode()}

_ACTS = {"letter": 10, "prepaid": 5, "pay": 7, "label": 6, "move": 8, "track": 8}
"""What is done, and how often beside the others."""

_API = "/api.myparcel.com"
_WAY = (3, 4, 5)
"""Handed to the carrier, sorting, distribution: a move goes through all that lie between."""
_LATEST = 20


class Shops:
    """Acts by chance."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._chance = visitor.chance
        self._told = visitor.told
        self._letters: list[Letter] = []
        self._unpaid: list[Letter] = []
        self._paid: list[Letter] = []

    async def act(self) -> None:
        """Do one thing."""
        [act] = self._chance.choices([*_ACTS], [*_ACTS.values()])
        await getattr(self, f"_{act}")()

    async def _letter(self) -> None:
        letter = await self._make(SHOP, prepaid=False)
        if letter.number is not None:
            self._letters.append(letter)

    async def _prepaid(self) -> None:
        letter = await self._make(PAYS_FIRST, prepaid=True)
        if letter.number is not None:
            self._unpaid.append(letter)

    async def _make(self, key: dict[str, str], *, prepaid: bool) -> Letter:
        reference = self._visitor.reference()
        body = {"data": {"shipments": [{**LETTERBOX, "reference_identifier": reference}]}}
        headers = {**key, "Content-Type": SHIPMENTS}
        outcome, answer = await self._visitor.write("POST", f"{_API}/shipments", body, headers)
        number = answer.json["data"]["ids"][0]["id"] if outcome == "kept" else None
        letter = Letter(reference, outcome, number, prepaid)
        self._told.letters.append(letter)
        return letter

    async def _pay(self) -> None:
        letter = self._one_of(self._unpaid)
        if letter is None:
            return
        path = f"{_API}/shipment_labels/{letter.number}"
        outcome, answer = await self._visitor.read(path, PAYS_FIRST)
        if outcome == "kept" and not letter.pays["unknown"]:
            self._broken(f"the label of {letter.number} came, and nobody had paid")
        if outcome == "kept":
            self._is_paid(letter)
        if outcome != "refused":
            return
        if answer.status != 402:
            self._broken(f"the label of {letter.number} was refused with {answer.status}, not 402")
            return
        [payment] = answer.json["data"]["payment_instructions"]
        pay = {"hash": payment["hash"]}
        outcome, answer = await self._visitor.control("/actions/myparcel.pay", pay)
        if outcome == "refused" and not letter.pays["unknown"]:
            self._broken(f"the payment of {letter.number} was refused: {answer.body[:200]!r}")
        letter.pays[outcome] += 1
        if outcome != "unknown":
            self._is_paid(letter)

    def _is_paid(self, letter: Letter) -> None:
        self._unpaid.remove(letter)
        self._paid.append(letter)

    async def _label(self) -> None:
        letter = self._one_of(self._paid)
        if letter is not None:
            path = f"{_API}/shipment_labels/{letter.number}"
            outcome, answer = await self._visitor.read(path, PAYS_FIRST)
            if outcome == "refused" or (outcome == "kept" and not answer.body.startswith(b"%PDF")):
                said = f"{answer.status} {answer.body[:60]!r}"
                self._broken(f"the label of {letter.number}, which was paid, is no label: {said}")

    async def _move(self) -> None:
        letter = self._one_of(self._letters)
        further = [status for status in _WAY if letter is not None and status > letter.reached]
        if letter is None or not further:
            return
        status = self._chance.choice(further)
        move = {"shipment": letter.number, "to": status}
        outcome, answer = await self._visitor.control("/actions/myparcel.move", move)
        if outcome == "kept":
            letter.reached = status
        if outcome == "refused" and status > letter.aimed:
            self._broken(f"{letter.number} did not move to {status}: {answer.body[:200]!r}")
        if outcome != "refused":
            letter.aimed = max(letter.aimed, status)

    async def _track(self) -> None:
        letter = self._one_of([each for each in self._letters if each.reached > 1])
        if letter is None:
            return
        outcome, answer = await self._visitor.read(f"{_API}/tracktraces/{letter.number}", SHOP)
        if outcome == "refused":
            self._broken(f"the track of {letter.number} was refused: {answer.status}")
        if outcome != "kept":
            return
        [track] = answer.json["data"]["tracktraces"]
        codes = [*reversed([each["code"] for each in track["history"]]), track["code"]]
        # The first scan brings status 2, each further one the next.
        if codes[: len(letter.track)] != letter.track or len(codes) < letter.reached - 1:
            said = f"{letter.track}, and it had reached {letter.reached}"
            self._broken(f"the scans of {letter.number} are {codes} after {said}")
        letter.track = codes

    def _one_of(self, letters: list[Letter]) -> Letter | None:
        return self._chance.choice(letters[-_LATEST:]) if letters else None

    def _broken(self, what: str) -> None:
        self._told.broken.append(what)
