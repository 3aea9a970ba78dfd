"""The edition of a carrier's API that answers one request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from simulator.carriers.carrier import Carrier
from simulator.carriers.editions.editions import Chosen, Shown
from simulator.carriers.editions.retirement import Retirement
from simulator.core.answers import Answer
from simulator.core.tables import State
from simulator.engine.hub import Hub
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request
from simulator.http.described.operations import Beside
from simulator.http.described.plan import Plan


class EditionChoice:
    """What is known of the edition of a request, on its way.

    It is chosen by all that is known without the body, and again by the body. Once the request is
    let in (`let_in`), or where no key is asked for but a known one was sent, what it showed is kept
    for the later ones of its credential.

    `name` is that of the edition that answers; `settled`: the body cannot tell another one;
    `is_missing`: only other editions have the operation.
    """

    __slots__ = (
        "_carrier",
        "_credential",
        "_request",
        "chosen",
        "is_missing",
        "let_in",
        "name",
        "settled",
    )

    def __init__(self, carrier: Carrier, request: Request, credential: str | None) -> None:
        self._carrier = carrier
        self._request = request
        self._credential = credential
        self.chosen: Chosen | None = None
        self.name = carrier.editions.usual
        self.settled = False
        self.is_missing = False
        self.let_in = False

    def choose(
        self,
        quirks: Mapping[str, Any],
        state: State,
        plan: Plan | None,
        beside: Beside | None = None,
    ) -> Plan | None:
        """Choose without the body, and give the operation as that edition has it; as it was where
        it has none.

        `beside` are the operations of the path, for a request that none of them takes.
        """
        chosen = self._by_head(quirks, state, plan, beside)
        self._take(chosen)
        if plan is None:
            return None
        found = plan.editions.get(chosen.edition)
        self.is_missing = found is None
        return found or plan

    def foreseen(
        self, quirks: Mapping[str, Any], state: State, plan: Plan | None, body: Any
    ) -> Chosen:
        """What would be chosen for the request with this decoded body, without choosing it."""
        chosen = self._by_head(quirks, state, plan, None)
        return chosen if chosen.settled else self._carrier.editions.by_body(body) or chosen

    def _by_head(
        self, quirks: Mapping[str, Any], state: State, plan: Plan | None, beside: Beside | None
    ) -> Chosen:
        if plan is not None:
            only = plan.edition if len(plan.editions) == 1 else None
        else:
            only = _asked_for(self._request, beside) if beside else None
        editions = self._carrier.editions
        return editions.choose(quirks, state, self._request, self._credential, only)

    def heed(self, body: Any) -> bool:
        """Choose anew by what the decoded body shows; tells whether it shows anything."""
        chosen = self._carrier.editions.by_body(body)
        if chosen is not None:
            self._take(chosen)
        return chosen is not None

    def _take(self, chosen: Chosen) -> None:
        self.chosen, self.name, self.settled = chosen, chosen.edition, chosen.settled

    def remember(self, hub: Hub, workspace: Workspace) -> None:
        """Keep what the request showed for its credential's later ones."""
        chosen, credential, editions = self.chosen, self._credential, self._carrier.editions
        if chosen is None or not chosen.shown or credential is None:
            return
        if not self.let_in and credential not in self._carrier.keys(workspace.state):
            return
        kept = workspace.state[editions.table].get(credential)
        known = kept is not None and kept.edition == chosen.edition
        if not known and hub.has(workspace):
            shown = Shown(credential, chosen.edition, chosen.because)
            hub.run(workspace, lambda world: world[editions.table].put(shown))

    def closed(self, state: State, now: datetime) -> tuple[int, str] | None:
        """The status and the reason of a refusal, while the edition does not answer."""
        found = self._retirement(state)
        return None if found is None else found.closed(now)

    def announced(self, answer: Answer, state: State, now: datetime) -> Answer:
        """An answer whose headers announce the end of the edition that answered, if it has one."""
        found = self._retirement(state)
        if found is None:
            return answer
        return msgspec.structs.replace(answer, headers=found.announced(answer.headers, now))

    def _retirement(self, state: State) -> Retirement | None:
        return state[self._carrier.editions.retirements].get(self.name)


def _asked_for(request: Request, beside: Beside) -> str | None:
    """The one edition that has what a browser asks a permission for."""
    wanted = beside.get(request.headers.get("access-control-request-method", ""))
    return None if wanted is None or len(wanted.editions) > 1 else wanted.edition
