"""What a workspace does with a scenario: takes it up under its name, and lets it go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from unicodedata import normalize

import msgspec

from simulator.carriers.carrier import BadAction
from simulator.core.chance import Chance
from simulator.engine.copies import apart
from simulator.engine.copies.beside import Beside
from simulator.engine.hub import Hub
from simulator.engine.jobs.batch import Batch
from simulator.engine.keeping.sure import begun, holds, surely
from simulator.engine.records import FRAME, QUIRKS, RULES, Frame, QuirkSetting, Rule
from simulator.engine.workspace import Workspace
from simulator.engine.world import NO_REQUEST, World
from simulator.scenarios.model import Scenario
from simulator.scenarios.reading.positions import Path
from simulator.scenarios.records import LOADED, Loaded
from simulator.scenarios.vocabulary import Vocabulary
from simulator.scenarios.worlds import clock_setting
from simulator.scenarios.worlds.acting import listed, perform
from simulator.scenarios.worlds.agenda import Agenda

_NO_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 50
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss", "æ": "ae"})
"""Letters that are no others with a mark."""


_FILLING = Beside("scenarios")


class Impossible(Exception):
    """A scenario that is well written cannot be taken up as the world is: where, and why."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Loader:
    """Takes up scenarios in the workspaces of a hub."""

    hub: Hub
    agenda: Agenda
    known: Vocabulary

    async def load(
        self, workspace: Workspace, name: str, document: dict[str, Any], *, large: bool = False
    ) -> None:
        """Take up a scenario of which nothing is wrong, in one transaction; a large one apart.

        One of that name is let go before. Raises `Impossible`, after which nothing is changed.
        """
        scenario = msgspec.convert(document, Scenario)

        def work(world: World) -> None:
            self._unload(world, name)
            frame = _framed(world[FRAME]["frame"], scenario, world)
            world[FRAME].put(frame)
            before = self._switch(world, scenario)
            quirks = dict(self.hub.quirk_defaults[frame.profile])
            quirks |= {setting.name: setting.value for setting in world[QUIRKS]}
            inner = World(
                world.workspace,
                world.state,
                frame.clock.now(),
                Chance(frame.seed),
                quirks,
                NO_REQUEST,
            )
            self._fill(inner, name, scenario, document, before)
            inner.close()
            world.emitted += inner.emitted
            world.new_jobs += inner.new_jobs

        if large:
            await apart.run(self.hub, workspace, work)
            while not await holds(self.hub, workspace):
                await apart.run(self.hub, workspace, work)
        else:
            await surely(self.hub, workspace, lambda: self.hub.run(workspace, work))

    async def begin(self, workspace: Workspace, name: str, document: dict[str, Any]) -> None:
        """Let the workspace begin again in the default world of the scenario's seed, and take it
        up there. Raises `Impossible`, after which nothing is changed."""
        scenario = msgspec.convert(document, Scenario)
        present = workspace.now()
        setting = msgspec.to_builtins(scenario.clock) if scenario.clock else None
        clock = None if setting is None else clock_setting.clock(setting, present)
        state = self.hub.fresh_state(scenario.seed, scenario.profile, clock)
        frame = state[FRAME]["frame"]
        for quirk, value in scenario.quirks.items():
            state[QUIRKS].put(QuirkSetting(quirk, self._stored(quirk, value)))
        quirks = dict(self.hub.quirk_defaults[frame.profile]) | scenario.quirks
        now, chance = frame.clock.now(), Chance(frame.seed)
        world = World(workspace.name, state, now, chance, quirks, NO_REQUEST)

        def fill() -> None:
            self._fill(world, name, scenario, document, dict.fromkeys(scenario.quirks))
            world.close()

        # Nobody else has this state before the workspace begins with it.
        await _FILLING.do(fill)
        self.hub.replace(workspace, state)
        batch = Batch()
        batch.worlds.append(world)
        self.hub.follow(workspace, batch)
        await begun(self.hub, workspace)

    async def unload(self, workspace: Workspace, name: str) -> bool:
        """Let a scenario go: its rules, its quirks and what was still to come; what it did stays.

        Tells whether there was one of that name.
        """
        return await surely(
            self.hub,
            workspace,
            lambda: self.hub.run(workspace, lambda world: self._unload(world, name)),
        )

    def _fill(
        self,
        world: World,
        name: str,
        scenario: Scenario,
        document: dict[str, Any],
        before: dict[str, Any],
    ) -> None:
        number = world.next_number("scenario.loaded")
        world[LOADED].put(Loaded(name, number, document, world.now, dict(scenario.quirks), before))
        for place, actions in enumerate(document.get("given", ())):
            for action, arguments in listed(actions):
                try:
                    perform(self.known.actions, world, action, arguments)
                except BadAction as error:
                    raise Impossible(("given", place, action), str(error)) from None
        for rule in document.get("rules", ()):
            number = world.next_number("engine.rules")
            world[RULES].put(Rule(id=number, definition=rule, created_at=world.now, scenario=name))
        for place, entry in enumerate(document.get("timeline", ())):
            self.agenda.take_up(world, name, place, entry)

    def _switch(self, world: World, scenario: Scenario) -> dict[str, Any]:
        """Set the quirks; gives what they were before, None where they had their default."""
        before = {}
        for name, value in scenario.quirks.items():
            setting = world[QUIRKS].get(name)
            before[name] = None if setting is None else setting.value
            world[QUIRKS].put(QuirkSetting(name, self._stored(name, value)))
        return before

    def _stored(self, name: str, value: Any) -> Any:
        return self.known.quirks[name].stored(value)

    def _unload(self, world: World, name: str) -> bool:
        loaded = world[LOADED].get(name)
        if loaded is None:
            return False
        for rule in world[RULES]:
            if rule.scenario == name:
                world[RULES].delete(rule.id)
        self.agenda.leave(world, name)
        for quirk in loaded.quirks:
            _give_back(world, loaded, quirk)
        world[LOADED].delete(name)
        return True


def name_of(scenario: Mapping[str, Any]) -> str:
    """The name of a scenario: its own, else made of its title.

    A title that has other letters than a name can have, or is longer, ends in a few that keep it
    from being taken for another one.
    """
    if scenario.get("name"):
        return str(scenario["name"])
    title: str = scenario["scenario"]
    plain = normalize("NFKD", title.translate(_LETTERS).lower()).encode("ascii", "ignore").decode()
    name = _NO_NAME.sub("-", plain).strip("-")
    if len(name) <= _LONGEST_NAME and len(plain) >= len(title):
        return name or "scenario"
    mark = blake2b(title.encode(errors="replace"), digest_size=3).hexdigest()
    return f"{name[:_LONGEST_NAME].strip('-')}-{mark}".lstrip("-")


def _framed(frame: Frame, scenario: Scenario, world: World) -> Frame:
    clock = frame.clock
    if scenario.clock is not None:
        clock = clock_setting.clock(msgspec.to_builtins(scenario.clock), world.now)
    return Frame(
        frame.name,
        clock,
        frame.seed if scenario.seed is None else scenario.seed,
        scenario.profile or frame.profile,
    )


def _give_back(world: World, loaded: Loaded, quirk: str) -> None:
    """Set a quirk back to what it was before; a scenario that set it later remembers that."""
    before = loaded.before[quirk]
    later = [each for each in world[LOADED] if each.number > loaded.number and quirk in each.quirks]
    if later:
        heir = min(later, key=lambda each: each.number)
        world[LOADED].put(msgspec.structs.replace(heir, before={**heir.before, quirk: before}))
    elif (setting := world[QUIRKS].get(quirk)) is not None and setting.value == loaded.quirks[
        quirk
    ]:
        if before is None:
            world[QUIRKS].delete(quirk)
        else:
            world[QUIRKS].put(QuirkSetting(quirk, before))
