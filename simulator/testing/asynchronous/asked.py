"""What was asked of a world's carriers, why it was answered so, and whether it should have been."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.testing import saying
from simulator.testing.answers import Exchange, Notification, Verdict
from simulator.testing.asynchronous.base import AsyncWorkspace
from simulator.testing.errors import VerificationFailed
from simulator.testing.saying import given


class AsyncAsked(AsyncWorkspace):
    """The journal of a world and its judgement."""

    async def verify(self, *checks: Mapping[str, Any], **check: Any) -> list[Verdict]:
        """Judge what the client did: ``verify(operation="inpost.create_shipment", count=1)``.

        Several checks at once are given as they stand in docs/verify.md. Raises
        `VerificationFailed` with a line for each that failed, and the requests that come nearest.
        """
        wanted = [*checks, *([check] if check else [])]
        answer = await self._ask("POST", "/verify", {"checks": wanted})
        verdicts = msgspec.convert(answer["checks"], list[Verdict])
        failed = [each for each in verdicts if not each.passed]
        if failed:
            raise VerificationFailed("\n".join(each.message for each in failed))
        return verdicts

    async def journal(self, **filters: Any) -> list[Exchange]:
        """What was asked of this world's carriers, oldest first, at most 1000.

        Filters are those of ``GET journal``: `carrier`, `operation`, `status`, `unmatched`,
        `unread`, `since`, ...
        """
        wanted = {name: saying.plain(value) for name, value in given(**filters).items()}
        params = {"order": "oldest", "limit": 1000, **wanted}
        answer = await self.control.ask("GET", f"{self._path}/journal", params=params)
        return msgspec.convert(answer["items"], list[Exchange])

    async def explain(self, exchange: str | Exchange) -> dict[str, Any]:
        """One exchange with its bodies, the *why* of its answer, findings and advice.

        By its id, which carriers' answers carry in ``X-Sim-Request-Id``.
        """
        entry = exchange if isinstance(exchange, str) else exchange.id
        answer: dict[str, Any] = await self._ask("GET", f"/journal/{entry}")
        return answer

    async def inbox(self, **filters: Any) -> list[Notification]:
        """What the carriers notified of, whether anybody is subscribed or not, oldest first."""
        params = {"limit": 1000, **given(**filters)}
        answer = await self.control.ask("GET", f"{self._path}/inbox", params=params)
        return msgspec.convert(answer["items"], list[Notification])
