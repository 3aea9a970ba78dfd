"""Scenarios that are loaded, run and let go, as a part of the chaos."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.bodies import LOCKER, POSTPAID
from benchmarks.chaos.asking import Caller, Outcome
from benchmarks.chaos.events import Events
from benchmarks.chaos.load import as_client
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.worlds import RUNNING, control, records

WORLD = "told"
_CONTROLS = f"/_sim/workspaces/{WORLD}"
_TIMED, _FOLLOWING = 0, 1
"""The entries of a timeline, by their places: the clock sets off the one, creates the other."""
_TIMES = 5
_AMOUNTS = {_TIMED: 1_00, _FOLLOWING: 1}
"""Grosze that each entry adds to an account that nobody else uses."""
_PAUSE = 1.5
_LEAVES = 0.5
_CREATES = 3


@dataclass
class Story:
    """A scenario. `surely` are the creates that it has to have seen, `perhaps` those that it may;
    `last` is the event after which it was gone, where its end was acknowledged."""

    name: str
    loaded: Outcome = "unknown"
    left: Outcome | None = None
    surely: int = 0
    perhaps: int = 0
    last: int | None = None

    def broken(self, acted: Mapping[int, int], late: int) -> Iterator[str]:
        """What is wrong with how often its entries acted."""
        timed, following = acted[_TIMED], acted[_FOLLOWING]
        if self.loaded == "refused":
            yield f"{self.name} was refused"
        whole = (_TIMES,) if self.loaded == "kept" else (0, _TIMES)
        if timed not in (whole if self.left in (None, "refused") else range(_TIMES + 1)):
            yield f"{self.name}, {self.loaded}, left: {self.left}, acted {timed} times of {_TIMES}"
        least = self.surely if self.loaded == "kept" and self.left in (None, "refused") else 0
        if not least <= following <= self.perhaps:
            wanted = f"{least} to {self.perhaps}"
            yield f"{self.name} acted {following} times after creates, of {wanted}"
        if late:
            yield f"{self.name} acted {late} times after it was let go"


class Telling:
    """Stories under names of their own, one after another, each beside those that stayed."""

    worlds: Sequence[str] = (WORLD,)

    def __init__(self, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self._seed = seed
        self._stories: list[Story] = []
        self._events = Events(WORLD)
        self._balance = 0
        self._creates: Counter[Outcome] = Counter()

    async def begin(self, port: int) -> None:
        """A world whose clock runs."""
        async with control(port, WORLD) as controls:
            await controls.ok("PUT", "/clock", RUNNING)
            account = _account(await records(controls, "inpost/organizations"))
        self._balance = account["balance"]

    async def work(self, ports: Sequence[int], ends: float) -> None:
        """Let one tell stories, and others read and move the clock, until then."""

        async def client(name: str, pause: float) -> None:
            chance = random.Random(f"{self._seed} {name}")
            await as_client(ports, chance, getattr(self, f"_{name}"), ends, pause)

        await asyncio.gather(client("tell", _PAUSE), client("read", 0.5), client("advance", 3.0))

    async def _tell(self, caller: Caller) -> None:
        # Creates of which nobody heard may come now.
        late = self._creates["unknown"]
        story = Story(f"story-{len(self._stories) + 1}", perhaps=late)
        self._stories.append(story)
        path = f"{_CONTROLS}/scenario?name={story.name}"
        story.loaded, _ = await caller.ask("PUT", path, _document(story.name))
        self.outcomes[story.loaded] += 1
        for number in range(_CREATES):
            await self._create(caller, f"{story.name}-{number}")
        if caller.chance.random() < _LEAVES:
            await self._leave(caller, story)

    async def _create(self, caller: Caller, reference: str) -> None:
        path = f"/w/{WORLD}/inpost/v1/organizations/2/shipments"
        outcome, _ = await caller.ask("POST", path, {**LOCKER, "reference": reference}, POSTPAID)
        self.outcomes[outcome] += 1
        self._creates[outcome] += 1
        for story in self._stories:
            if story.left is None:
                story.surely += outcome == "kept"
            if story.left != "kept":
                story.perhaps += outcome != "refused"

    async def _leave(self, caller: Caller, story: Story) -> None:
        path = f"{_CONTROLS}/scenario?name={story.name}"
        story.left, _ = await caller.ask("DELETE", path)
        self.outcomes[story.left] += 1
        if story.left == "kept":
            outcome, answer = await caller.ask("GET", _CONTROLS)
            story.last = answer.json["events"] if outcome == "kept" else None

    async def _read(self, caller: Caller) -> None:
        await self._events.read_on(caller)

    async def _advance(self, caller: Caller) -> None:
        outcome, _ = await caller.ask("POST", f"{_CONTROLS}/clock/advance", {"by": "2s"})
        self.outcomes[outcome] += 1

    async def finish(self, ports: Sequence[int]) -> None:
        """Let the reader come to the end."""
        async with Caller(ports, random.Random(self._seed)) as caller:
            ends = time.perf_counter() + 60
            while not await self._events.read_on(caller) and time.perf_counter() < ends:
                pass

    async def rows(self, ports: Sequence[int]) -> list[Row]:
        """What the stories did, by the events, by the money, and by what every replica tells."""
        acts = [each for each in self._events.heard if each["event"] == "scenario.acted"]
        wrong = [*self._events.broken, *self._events.gaps()]
        failed = [each for each in self._events.heard if each["event"] == "scenario.failed"]
        wrong += [f"failed: {each['payload']}" for each in failed]
        acted: dict[str, Counter[int]] = {each.name: Counter() for each in self._stories}
        for each in acts:
            acted[each["payload"]["scenario"]][each["payload"]["entry"]] += 1
        for story in self._stories:
            late = [
                each
                for each in acts
                if each["payload"]["scenario"] == story.name
                and story.last is not None
                and each["id"] > story.last
            ]
            wrong += story.broken(acted[story.name], len(late))
        money = sum(
            _AMOUNTS[entry] * count for each in acted.values() for entry, count in each.items()
        )
        for port in ports:
            async with control(port, WORLD) as controls:
                account = _account(await records(controls, "inpost/organizations"))
                told = (await controls.ok("GET", "/scenario"))["items"]
            if account["balance"] != self._balance + money:
                more = account["balance"] - self._balance
                wrong.append(f"{port}: {more} grosze were added, {money} were told of")
            for each in told:
                counts = Counter({part["entry"]: part["acted"] for part in each["timeline"]})
                if counts != acted[each["name"]]:
                    wrong.append(
                        f"{port}: {each['name']} acted {counts}, told {acted[each['name']]}"
                    )
            wrong += self._loaded(port, {each["name"] for each in told})
        title = f"{WORLD}: scenarios ({len(self._stories)}, which acted {len(acts)} times)"
        return [none_of(title, wrong)]

    def _loaded(self, port: int, names: set[str]) -> list[str]:
        """Stories that are loaded and may not be, and the other way round."""
        found = []
        for story in self._stories:
            if story.loaded == "kept" and story.left is None and story.name not in names:
                found.append(f"{port}: {story.name} is not there any more")
            if story.left == "kept" and story.name in names:
                found.append(f"{port}: {story.name} was let go, and is there")
        return found


def _account(organizations: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The one that stories top up."""
    return next(each for each in organizations if each["id"] == 1)


def _document(name: str) -> dict[str, Any]:
    """A scenario that adds to an account, at times and after creates."""

    def add(entry: int) -> dict[str, Any]:
        return {"inpost.top_up": {"organization": 1, "amount": f"{_AMOUNTS[entry] / 100:.2f}"}}

    after = {"request": "inpost.create_shipment", "answered": 201}
    return {
        "scenario": "An account that is topped up",
        "name": name,
        "timeline": [
            {"at": "+1s", "every": "1s", "repeat": _TIMES, "do": add(_TIMED)},
            {"after": after, "repeat": "always", "do": add(_FOLLOWING)},
        ],
    }
