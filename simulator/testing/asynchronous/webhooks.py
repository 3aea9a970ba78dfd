"""The webhooks of a world: waiting for one, what was delivered, and sending one again."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.testing.answers import Clock, Delivery, Notification
from simulator.testing.asynchronous.control import AsyncControl
from simulator.testing.errors import NothingCame
from simulator.testing.saying import given

_LONGEST = 30.0
"""Seconds for which one request waits."""


class AsyncWebhooks:
    """What the carriers notify of; nobody has to be subscribed."""

    def __init__(self, control: AsyncControl, world: str) -> None:
        self._control = control
        self._path = f"/workspaces/{world}"
        self._seen: dict[tuple[str, str | None], int] = {}

    async def wait(
        self, event: str, *, carrier: str | None = None, timeout: float = 10.0
    ) -> Notification:
        """The next notification of that event: each is given once, those that came before as well.

        Waits `timeout` seconds of the machine, then raises `NothingCame`; where the clock stands,
        something has to move it.
        """
        key = (event, carrier)
        left = timeout
        while left > 0:
            turn = min(left, _LONGEST)
            left -= turn
            params = given(
                event=event,
                carrier=carrier,
                after=self._seen.get(key),
                wait=f"{max(1, round(turn * 1000))}ms",
                limit=1,
            )
            answer = await self._control.ask("GET", f"{self._path}/inbox", params=params)
            for item in answer["items"]:
                found = msgspec.convert(item, Notification)
                self._seen[key] = found.id
                return found
        clock = await self._control.told(Clock, "GET", f"{self._path}/clock")
        raise NothingCame.under(f"no webhook {event} came within {timeout:g} s", clock.mode)

    async def log(self, **filters: Any) -> list[Delivery]:
        """Every notification that was to be delivered to a subscriber, oldest first."""
        params = {"limit": 1000, **given(**filters)}
        answer = await self._control.ask("GET", f"{self._path}/webhooks", params=params)
        return msgspec.convert(answer["items"], list[Delivery])

    async def trigger(
        self,
        carrier: str,
        event: str,
        *,
        record: int | str | None = None,
        url: str | None = None,
    ) -> Any:
        """Send a notification of a shipment as it is now; nothing happens to the shipment."""
        body = given(carrier=carrier, event=event, record=record, url=url)
        return await self._control.ask("POST", f"{self._path}/webhooks/trigger", body)

    async def redeliver(self, id: int) -> Any:
        """Deliver one of `log` again."""
        return await self._control.ask("POST", f"{self._path}/webhooks/{id}/redeliver")
