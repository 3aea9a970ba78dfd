"""The rules of a world: what goes wrong, is late, or does not happen; and scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import msgspec

from simulator.testing import saying, stories
from simulator.testing.answers import Loaded, RuleState
from simulator.testing.asynchronous.base import AsyncWorkspace
from simulator.testing.asynchronous.control import AsyncControl
from simulator.testing.errors import Refused
from simulator.testing.saying import Span, given


class AsyncRule:
    """A rule by its id; it acts until it is spent or removed."""

    def __init__(self, control: AsyncControl, world: str, id: int) -> None:
        self.id = id
        self._control = control
        self._path = f"/workspaces/{world}/rules/{id}"

    async def state(self) -> RuleState:
        """How many requests were like it, and on how many it acted."""
        return await self._control.told(RuleState, "GET", self._path)

    async def remove(self) -> None:
        """Let it act no more; what it holds happens now."""
        await self._control.ask("DELETE", self._path)

    async def release(self) -> None:
        """Let what it holds happen now: the same as `remove`, in the words of a hold."""
        await self.remove()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.remove()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class AsyncRuled(AsyncWorkspace):
    """What can be made to go otherwise in a world."""

    async def rules(self, *rules: Mapping[str, Any]) -> list[AsyncRule]:
        """Add rules as docs/rules.md has them; without any, those that there are.

        A fault profile, ``{"profile": "flaky", "carrier": "inpost"}``, is several.
        """
        if not rules:
            items = (await self._ask("GET", "/rules"))["items"]
            return [AsyncRule(self.control, self.name, each["id"]) for each in items]
        return [each for rule in rules for each in await self._added(rule)]

    async def fail(
        self,
        operation: str | None = None,
        *,
        times: int | None = 1,
        status: int | None = None,
        kind: str | None = None,
        lost_answer: bool = False,
        fault: Mapping[str, Any] | None = None,
        **when: Any,
    ) -> AsyncRule:
        """Let requests for an operation fail: `times` of them, None for all from now on.

        With `status` the carrier's gateway answers that, 503 unless said; `kind` is another fault,
        such as ``"timeout"`` or ``"connection_reset"``, of which `fault` says more:
        ``kind="rate_limit", fault={"requests": 5, "per": "1m"}``. With `lost_answer` the carrier
        does its work first. Further arguments are conditions: ``body={"reference": "A-1"}``.
        """
        if status is None and kind in (None, "status"):
            status = 503
        after = "after" if lost_answer else None
        wanted = {**given(kind=kind or "status", status=status, when=after), **(fault or {})}
        return await self._rule(
            given(when=saying.condition(operation, when), fault=wanted, times=times)
        )

    async def slow(
        self, operation: str | None = None, *, by: Span, times: int | None = None, **when: Any
    ) -> AsyncRule:
        """Let answers to an operation come later, in the time of the machine."""
        delay = {"by": saying.span(by)}
        return await self._rule(
            given(when=saying.condition(operation, when), delay=delay, times=times)
        )

    async def hold(
        self, step: str, *, for_: Span | None = None, then: str | None = None, **when: Any
    ) -> AsyncRule:
        """Keep a step such as ``inpost.offers`` from happening, until `release` or for a while.

        ``GET /_sim/steps`` lists the steps.
        """
        length = None if for_ is None else saying.span(for_)
        hold = given(step=step, then=then, **{"for": length})
        return await self._rule({"hold": hold, **given(when=when or None)})

    async def _rule(self, rule: Mapping[str, Any]) -> AsyncRule:
        [added] = await self._added(rule)
        return added

    async def _added(self, rule: Mapping[str, Any]) -> list[AsyncRule]:
        """One rule, or all those of a profile."""
        answer = await self._ask("POST", "/rules", rule)
        items = answer["items"] if "profile" in rule else [answer]
        return [AsyncRule(self.control, self.name, each["id"]) for each in items]

    async def load(
        self, scenario: str | Path | Mapping[str, Any], *, name: str | None = None
    ) -> Loaded:
        """Make a scenario part of this world: a file, YAML text, a value, or one of the library.

        Raises `Refused` with line and column of everything that is wrong in it, and
        `FileNotFoundError` with what may be meant where there is none.
        """
        story = stories.read(scenario, self.scenarios)
        params = given(name=name or story.name)
        try:
            answer = await self.control.ask(
                "PUT", f"{self._path}/scenario", story.value, yaml=story.content, params=params
            )
        except Refused as error:
            raise error.of(story.called, with_lines=story.content is not None) from None
        await self._begun_otherwise()
        return msgspec.convert(answer, Loaded)
