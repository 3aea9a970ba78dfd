"""Which edition of its API a carrier answers with: by what a request shows, and showed before.

What an edition is like is a column in the tables of its carrier; this is only how one is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from simulator.carriers.editions.retirement import Retirement
from simulator.carriers.quirk import QuirkSpec, disputed
from simulator.core.tables import State, TableSpec
from simulator.engine.world import Request

AUTO = "auto"


class Sign(NamedTuple):
    """What tells an edition: `what` completes "told by", such as ``the host api.myparcel.nl``."""

    edition: str
    what: str


class Chosen(NamedTuple):
    """The edition that answers a request, and what told it.

    `shown` is whether the request itself showed it, so that it is kept for the credential; `told`
    is false where nothing tells and the usual edition answers; `settled` is whether the body cannot
    tell another one.
    """

    edition: str
    because: str
    shown: bool = False
    told: bool = True
    settled: bool = False


class Shown(msgspec.Struct, frozen=True, gc=False):
    """The edition that a credential showed last, and by what."""

    credential: str
    edition: str
    because: str


def _no_sign(told_by: Any) -> Sign | None:
    return None


def _no_key(state: State, credential: str) -> Sign | None:
    return None


@dataclass(frozen=True)
class Editions:
    """The editions of one carrier.

    * `names`: oldest first. The first is what the description of the carrier's name says; each
      other one is an overlay over it, ``specs/editions/<carrier>.<name>.yaml``.
    * `usual`: which one answers when nothing tells; `served`: whose description is served where
      none is asked for and the switch names none.
    * `servers`: for each, the path under which no other answers, unless the switch names one.
    * `sign`: what a request shows without its body; `body_sign`: what its decoded body shows.
    * `of_key`: what a credential speaks that has shown nothing yet.
    """

    carrier: str
    names: tuple[str, ...] = ("today",)
    usual: str = "today"
    served: str = "today"
    servers: Mapping[str, str] = field(default_factory=dict)
    sign: Callable[[Request], Sign | None] = _no_sign
    body_sign: Callable[[Any], Sign | None] = _no_sign
    of_key: Callable[[State, str], Sign | None] = _no_key

    @cached_property
    def quirk(self) -> str:
        """The name of the switch that chooses one for a whole workspace."""
        return f"{self.carrier}.edition"

    @cached_property
    def table(self) -> TableSpec[Shown]:
        """Where is kept what credentials showed."""
        return TableSpec(f"{self.carrier}.shown_editions", Shown, key="credential")

    @cached_property
    def retirements(self) -> TableSpec[Retirement]:
        """Where is kept which editions are retired."""
        return TableSpec(f"{self.carrier}.retirements", Retirement, key="edition")

    @property
    def tables(self) -> tuple[TableSpec[Any], ...]:
        """What is kept of editions; of who showed which where there are several."""
        return (self.table, self.retirements) if len(self.names) > 1 else (self.retirements,)

    @cached_property
    def _usual(self) -> Chosen:
        if len(self.names) == 1:
            return Chosen(self.usual, "there being no other", settled=True)
        return Chosen(self.usual, "nothing that the request shows", told=False)

    def choose(
        self,
        quirks: Mapping[str, Any],
        state: State | None,
        request: Request,
        credential: str | None,
        only: str | None = None,
    ) -> Chosen:
        """The edition of a request: of the switch, of what the request shows, of its credential.

        `only` is the one edition that has its operation, where just one has. What the body shows
        goes before what is not `settled`.
        """
        if len(self.names) == 1:
            return self._usual
        chosen = quirks[self.quirk]
        if chosen != AUTO:
            return Chosen(chosen, f"the quirk {self.quirk}", settled=True)
        sign = self.sign(request)
        if sign is None and only is not None:
            sign = Sign(only, f"{request.method} {request.path}, which no other edition has")
        return self.of_credential(state, credential) if sign is None else _shown(sign)

    def described(self, quirks: Mapping[str, Any]) -> str | None:
        """The edition whose description a workspace serves: what its switch names, if anything."""
        chosen: str = quirks[self.quirk]
        return None if chosen == AUTO else chosen

    def by_body(self, body: Any) -> Chosen | None:
        """The edition that a decoded body shows; None when it shows none."""
        sign = self.body_sign(body)
        return None if sign is None else _shown(sign)

    def of_credential(self, state: State | None, credential: str | None) -> Chosen:
        """The edition of what a request of a credential does not show itself."""
        if state is not None and credential is not None:
            kept = state[self.table].get(credential)
            if kept is not None:
                return Chosen(kept.edition, f"an earlier request of this key: {kept.because}")
            sign = self.of_key(state, credential)
            if sign is not None:
                return Chosen(sign.edition, sign.what)
        return self._usual


def _shown(sign: Sign) -> Chosen:
    return Chosen(sign.edition, sign.what, shown=True, settled=True)


def switch(editions: Editions, *, documented: str, summary: str, source: str) -> QuirkSpec:
    """The quirk that chooses an edition for a workspace; it goes by the requests by default."""
    return disputed(
        editions.quirk,
        observed=AUTO,
        documented=documented,
        values=(AUTO, *editions.names),
        summary=summary,
        source=source,
        provenance="observed",
    )
