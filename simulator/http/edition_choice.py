"""The edition of a carrier's API that answers one request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.carriers.editions import retirement
from simulator.carriers.editions.editions import Chosen, Shown
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
    """

    __slots__ = ("_carrier", "_credential", "_request", "chosen", "let_in")

    def __init__(self, carrier: Carrier, request: Request, credential: str | None) -> None:
        self._carrier = carrier
        self._request = request
        self._credential = credential
        self.chosen: Chosen | None = None
        self.let_in = False

    @property
    def name(self) -> str:
        """The edition that answers."""
        return self._carrier.editions.usual if self.chosen is None else self.chosen.edition

    @property
    def settled(self) -> bool:
        """Whether the body cannot tell another edition."""
        return self.chosen is not None and self.chosen.settled

    def choose(
        self,
        quirks: Mapping[str, Any],
        state: State,
        plan: Plan | None,
        *,
        body: Any = None,
        beside: Beside | None = None,
    ) -> Plan | None:
        """Choose, and give the operation as that edition has it; as it was where it has none.

        `beside` are the operations of the path, for a request that none of them takes.
        """
        known = () if plan is None else tuple(plan.editions)
        only = known[0] if len(known) == 1 else _asked_for(self._request, beside or {})
        self.chosen = self._carrier.editions.choose(
            quirks, state, self._request, self._credential, body=body, only=only
        )
        return None if plan is None else plan.editions.get(self.chosen.edition, plan)

    def remember(self, hub: Hub, workspace: Workspace) -> None:
        """Keep what the request showed for its credential's later ones."""
        chosen, credential, editions = self.chosen, self._credential, self._carrier.editions
        if chosen is None or not chosen.shown or credential is None:
            return
        if not self.let_in and credential not in self._carrier.keys(workspace.state):
            return
        kept = editions.remembered(workspace.state, credential)
        if kept is None or kept.edition != chosen.edition:
            shown = Shown(credential, chosen.edition, chosen.because)
            hub.run(workspace, lambda world: world[editions.table].put(shown))

    def closed(self, state: State, now: datetime) -> tuple[int, str] | None:
        """The status and the reason of a refusal, while the edition does not answer."""
        found = retirement.of(state, self._carrier.name, self.name)
        return None if found is None else found.closed(now)

    def announced(self, state: State, now: datetime) -> Mapping[str, str]:
        """The headers that announce the end of the edition that answered."""
        found = retirement.of(state, self._carrier.name, self.name)
        return {} if found is None else found.headers(now)


def _asked_for(request: Request, beside: Beside) -> str | None:
    """The one edition that has what a browser asks a permission for."""
    wanted = beside.get(request.headers.get("access-control-request-method", ""))
    return None if wanted is None or len(wanted.editions) > 1 else wanted.edition
