"""A world of its own on a running simulator: its carriers, its time, and all that can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from simulator.testing import saying
from simulator.testing.answers import Carrier, Served
from simulator.testing.asynchronous.asked import AsyncAsked
from simulator.testing.asynchronous.control import AsyncControl, carrier
from simulator.testing.asynchronous.rules import AsyncRuled
from simulator.testing.asynchronous.timing import AsyncTimed
from simulator.testing.asynchronous.webhooks import AsyncWebhooks
from simulator.testing.naming import checked, fresh_name
from simulator.testing.receiver import Receiver
from simulator.testing.saying import given


class AsyncWorld(AsyncTimed, AsyncRuled, AsyncAsked):
    """A workspace: worlds on one server know nothing of each other.

    Everything that is refused raises `Refused`, whose message says what is wrong and what was
    likely meant. Spans of time are ``"2h"`` or a `timedelta`, instants ISO 8601 with an offset or
    an aware `datetime`.
    """

    def __init__(
        self,
        control: AsyncControl,
        name: str,
        served: Mapping[str, Served],
        *,
        scenarios: Path | None = None,
    ) -> None:
        super().__init__(control, name, served, scenarios=scenarios)
        self.webhooks: AsyncWebhooks = AsyncWebhooks(control, name)
        self.is_deleted: bool = False
        self.receivers: list[Receiver] = []
        self._copies: list[AsyncWorld] = []

    @property
    def inpost(self) -> Carrier:
        """InPost ShipX in this world."""
        return self.carrier("inpost")

    @property
    def myparcel(self) -> Carrier:
        """MyParcel in this world."""
        return self.carrier("myparcel")

    @property
    def postplus(self) -> Carrier:
        """PostPlus in this world."""
        return self.carrier("postplus")

    @property
    def carriers(self) -> Mapping[str, Carrier]:
        """All that the server serves, by their names."""
        return {name: self.carrier(name) for name in self.served}

    def carrier(self, name: str) -> Carrier:
        """The carrier of that name. Raises `NotServed` with those that there are."""
        return carrier(self.served, name, self.url)

    async def do(self, action: str, **arguments: Any) -> Any:
        """Carry out an action such as ``inpost.top_up``; ``GET /_sim/actions`` lists them."""
        return await self._ask("POST", f"/actions/{action}", arguments)

    async def move(self, carrier: str, parcel: int | str, to: int | str) -> Any:
        """Bring a shipment into a status: ``move("inpost", 15000001, to="delivered")``."""
        return await self.do(f"{carrier}.move", **{_parcel_of(carrier): parcel, "to": to})

    async def play(
        self, carrier: str, parcel: int | str, history: str | Sequence[Mapping[str, Any]]
    ) -> Any:
        """Send a parcel on a journey by its name, or give it a history of its own.

        ``GET /_sim/journeys`` lists the journeys; an entry of a history is
        ``{"at": "+3h", "status": "delivered"}``.
        """
        on = {_parcel_of(carrier): parcel}
        if isinstance(history, str):
            return await self.do(f"{carrier}.start_journey", **on, journey=history)
        return await self.do(f"{carrier}.play", **on, history=[*history])

    async def receive(self, *, status: int = 200, organization: int | None = None) -> Receiver:
        """A receiver of webhooks on 127.0.0.1: its `url`, and what arrived.

        With `organization` InPost's organization of that id is told to send there; it has one URL,
        so that a second receiver takes the place of the first, which says so when it is waited for.
        The receiver ends with the world. The server has to be on this machine to reach it.
        """
        of = "" if organization is None else f"organization {organization}"
        receiver = Receiver(status, of)
        self.receivers.append(receiver)
        if organization is not None:
            await self.do("inpost.set_webhook", organization=organization, url=receiver.url)
            for other in self.receivers[:-1]:
                if other.of == of:
                    other.successor = receiver
        return receiver

    async def records(self, carrier: str, table: str, **where: Any) -> list[dict[str, Any]]:
        """Up to 1000 records of a table: ``records("inpost", "shipments", status="confirmed")``."""
        wanted = [f"{name}:{saying.plain(value)}" for name, value in where.items()]
        answer = await self._ask(
            "GET", f"/records/{carrier}/{table}", **given(where=wanted or None), limit=1000
        )
        items: list[dict[str, Any]] = answer["items"]
        return items

    async def snapshot(self) -> dict[str, Any]:
        """The whole world as a value that `restore` takes, here or on another server."""
        answer: dict[str, Any] = await self._ask("GET", "/snapshot")
        return answer

    async def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Put a world that was kept into the place of this one."""
        await self._begin_again("PUT", "/snapshot", snapshot)

    async def fork(self, name: str | None = None) -> AsyncWorld:
        """A copy of this world under a fresh name, or another one: from now on on its own, and
        deleted with this one."""
        name = checked(name or fresh_name())
        await self._ask("POST", "/fork", {"name": name})
        self.control.watch.made(name, self.name)
        copy = AsyncWorld(self.control, name, self.served, scenarios=self.scenarios)
        self._copies.append(copy)
        return copy

    async def reset(self, *, seed: int | None = None, profile: str | None = None) -> None:
        """Begin again with the default world."""
        await self._begin_again("POST", "/reset", given(seed=seed, profile=profile))

    async def _begin_again(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        self.control.watch.ending(self.name)
        await self._ask(method, path, body)
        self.control.watch.again(self.name)
        await self._begun_otherwise()

    async def quirks(self, **values: Any) -> dict[str, Any]:
        """Set switches, ``quirks(**{"inpost.expired_offers": "lenient"})``; the values of all."""
        if values:
            await self._ask("PUT", "/quirks", values)
        answer: dict[str, Any] = (await self._ask("GET", "/quirks"))["values"]
        return answer

    async def delete(self) -> None:
        """Forget this world and its copies, and end its receivers; a second call does nothing."""
        for receiver in self.receivers:
            receiver.close()
        self.receivers.clear()
        copies, self._copies = self._copies, []
        for copy in copies:
            await copy.delete()
        if not self.is_deleted:
            self.is_deleted = True
            self.control.watch.ending(self.name)
            await self._ask("DELETE", "")
            self.control.watch.gone(self.name)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.delete()


def _parcel_of(carrier: str) -> str:
    return "parcel" if carrier == "postplus" else "shipment"
