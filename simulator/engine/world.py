"""What a handler, a job or an action sees of its workspace during one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from simulator.core.chance import Chance
from simulator.core.tables import State, Table, TableSpec
from simulator.core.words import Utf8
from simulator.engine.records import DELIVERY, JOBS, NUMBERS, WEBHOOKS, Job, Numbers, Webhook

if TYPE_CHECKING:
    from simulator.engine.records import HeldRequest, Stamp
    from simulator.engine.rules.holds import Holds
    from simulator.engine.rules.webhook_faults import WebhookFaults

R = TypeVar("R", bound=msgspec.Struct)

WEBHOOKS_KEPT = 10_000
"""The latest of a workspace, which inbox and delivery log show; those that are to leave besides."""
_FORGOTTEN_AT_ONCE = 1_000


class Event(NamedTuple):
    """Something that happened in a workspace, such as ``inpost.shipment_confirmed``."""

    number: int
    at: datetime
    name: str
    payload: Mapping[str, Any]


class Undeclared(Exception):
    """A transaction told what nobody declared; the message says what. It is a fault of ours."""


class Request(msgspec.Struct, frozen=True, gc=False):
    """The outside of a request, as far as an answer may depend on it.

    `base_url` is the absolute URL under which the caller reached the carrier, prefixes included,
    without a trailing slash; `carrier_step` is its end where that names the carrier, such as
    ``/inpost``, and neither the host nor the path does. `headers` has lower-case names; `query`
    keeps order and repetition, `sent_query` too, which has the names as they were sent, before the
    carrier's normalisation.
    """

    base_url: str
    headers: Mapping[str, str] = {}
    query: tuple[tuple[str, str], ...] = ()
    method: str = ""
    path: str = ""
    sent_query: tuple[tuple[str, str], ...] = ()
    carrier_step: str = ""


NO_REQUEST = Request(base_url="")
"""What a job, or a person, does without a request of a carrier."""


class Text(NamedTuple):
    """The JSON of a record, and what it was made from."""

    record: msgspec.Struct
    beside: object
    quirks: Mapping[str, Any]
    base_url: str
    quirks_used: Mapping[str, Any]
    text: msgspec.Raw


_KEPT_TEXTS = 2048
_encoder = msgspec.json.Encoder()


class World:
    """One transaction's view of a workspace.

    `now` is the instant of the workspace's clock; for a job it is the instant at which the job was
    due. `caller` is what the carrier's authentication gave for the request's credential, `edition`
    what was chosen among the editions of its API; a job has neither.
    """

    __slots__ = (
        "_drawn",
        "_numbers",
        "_quirks",
        "_tables",
        "_texts",
        "caller",
        "chance",
        "edition",
        "emitted",
        "holds",
        "mark",
        "new_jobs",
        "notes",
        "now",
        "quirks_used",
        "request",
        "state",
        "webhook_faults",
        "workspace",
    )

    def __init__(
        self,
        workspace: str,
        state: State,
        now: datetime,
        chance: Chance,
        quirks: Mapping[str, Any],
        request: Request,
        texts: dict[int, Text] | None = None,
    ) -> None:
        self.workspace = workspace
        self.state = state
        self.mark = state.mark
        self.now = now
        self.chance = chance
        self._drawn: dict[str, int] | None = None
        self._numbers: dict[str, int] | None = None
        self._tables = state.tables
        self._quirks = quirks
        self._texts: dict[int, Text] = {} if texts is None else texts
        self.request = request
        self.caller: Any = None
        self.edition: Any = None
        self.quirks_used: dict[str, Any] = {}
        self.emitted: list[tuple[str, Mapping[str, Any]]] = []
        self.new_jobs: list[Job] = []
        self.notes: list[str] = []
        self.holds: Holds | None = None
        self.webhook_faults: WebhookFaults | None = None

    def __getitem__(self, spec: TableSpec[R]) -> Table[R]:
        table: Table[R] = self._tables[spec.name]
        return table

    def next_number(self, name: str, start: int = 1) -> int:
        """The next number of the sequence `name`, which begins with `start`."""
        drawn = self._drawn
        if drawn is None:
            known = self._numbers
            if known is None:
                kept = self[NUMBERS].get("numbers")
                known = {} if kept is None else kept.last
            drawn = self._drawn = dict(known)
        value = drawn[name] = drawn.get(name, start - 1) + 1
        return value

    def go_on_from(self, before: World) -> None:
        """Draw the numbers after those of a transaction that is kept together with this one."""
        self._numbers = before._drawn or before._numbers

    def close(self) -> None:
        """Put what was only gathered, in this transaction and those before it that are kept
        together with it, into its tables."""
        numbers = self._drawn or self._numbers
        if numbers is not None:
            self[NUMBERS].put(Numbers("numbers", numbers))
            self._drawn = self._numbers = None

    def quirk(self, name: str) -> Any:
        """The value of a quirk in this workspace; the journal notes that it was asked for."""
        value = self._quirks[name]
        self.quirks_used[name] = value
        return value

    def note_quirks(self, asked: Mapping[str, Any]) -> None:
        """Let the journal note that these quirks were asked for, with their values."""
        self.quirks_used.update(asked)

    @property
    def quirks(self) -> Mapping[str, Any]:
        """The quirks of the workspace, for who tells the journal otherwise that it looked."""
        return self._quirks

    def encoded(
        self, record: msgspec.Struct, view: Callable[[], Any], *, beside: object = None
    ) -> msgspec.Raw:
        """The JSON of a record as `view` shows it, encoded once.

        Records never change, so the text stands until the record (told by identity), the quirks,
        the caller's base URL or what `beside` names is another one.
        """
        key = id(record)
        known = self._texts.get(key)
        if (
            known is not None
            and known.record is record
            and known.beside is beside
            and known.quirks is self._quirks
            and known.base_url == self.request.base_url
        ):
            self.quirks_used.update(known.quirks_used)
            return known.text
        text = msgspec.Raw(_encoder.encode(view()))
        if len(self._texts) >= _KEPT_TEXTS:
            self._texts.clear()
        self._texts[key] = Text(
            record, beside, self._quirks, self.request.base_url, dict(self.quirks_used), text
        )
        return text

    def note(self, text: str) -> None:
        """Tell the journal's reader something about this request that its answer does not say."""
        self.notes.append(text)

    def enqueue(self, kind: str, after: timedelta = timedelta(0), **arguments: Any) -> int:
        """Let the job `kind` happen `after` now; gives its id, with which it can be cancelled."""
        return self._enqueue(kind, self.now + after, arguments)

    def enqueue_at(self, kind: str, due: datetime, **arguments: Any) -> int:
        """Let the job `kind` happen at the instant `due`; gives its id."""
        return self._enqueue(kind, due, arguments)

    def _enqueue(self, kind: str, due: datetime, arguments: dict[str, Any]) -> int:
        job = Job(self.next_number("engine.jobs"), due, kind, arguments)
        self[JOBS].put(job)
        self.new_jobs.append(job)
        return job.id

    def cancel_job(self, job_id: int | None) -> None:
        """Forget a job that has not happened yet; nothing happens when it has."""
        if job_id is not None:
            self[JOBS].delete(job_id)

    def may_hold(self, kind: str, **arguments: Any) -> bool:
        """Whether a rule may keep the job `kind` from happening, if there were one."""
        return self.holds is not None and self.holds.may_take(self, kind, arguments)

    def held_request(self, step: str, **arguments: Any) -> HeldRequest | None:
        """The rule's doing when a request comes too early for a step that is asked for.

        This request is counted, which only an answer that is given keeps, not one that is raised.
        """
        return None if self.holds is None else self.holds.refuse(self, step, arguments)

    def note_held(self, **arguments: Any) -> None:
        """Tell the journal's reader which steps rules hold, of those that have these arguments."""
        if self.holds is not None:
            self.notes += self.holds.told(self, arguments)

    def emit(self, name: str, **payload: Any) -> None:
        """Tell the workspace that something happened: timelines and ``until`` wait for it."""
        self.emitted.append((name, payload))

    def send_webhook(
        self,
        *,
        carrier: str,
        event: str,
        target: str | None,
        body: bytes,
        headers: dict[str, str] | None = None,
        retries: int = 0,
        about: Mapping[str, Any] | None = None,
        stamp: Stamp | None = None,
    ) -> int:
        """Put a notification into the outbox and the inbox, which keep the latest; gives its id.

        It leaves for `target` once the transaction is kept, with up to `retries` further tries
        when the target does not answer 2xx. `body` is a text in UTF-8; `headers` are kept as they
        are, and so must not change afterwards. Without a target it only stands in the inbox.
        `about` names what it tells of, as the arguments of a job would; `stamp` is for headers
        that hang on the time at which it leaves.
        """
        number = self.next_number("engine.webhooks")
        if len(self[WEBHOOKS]) >= WEBHOOKS_KEPT + _FORGOTTEN_AT_ONCE:
            self._forget_webhooks(number)
        webhook = Webhook(
            id=number,
            carrier=carrier,
            event=event,
            target=target,
            headers={} if headers is None else headers,
            body=Utf8(body),
            created_at=self.now,
            status="not_subscribed" if target is None else "pending",
            retries=retries,
            next_attempt_at=None if target is None else self.now,
            turn=number,
            stamp=stamp,
        )
        if self.webhook_faults is None:
            self.leave(webhook)
        else:
            self.webhook_faults.post(self, webhook, about or {})
        return number

    def _forget_webhooks(self, number: int) -> None:
        """Forget the oldest beyond those that are kept, many at a time; what is to leave stays."""
        numbers = self._drawn
        last = "engine.webhooks_forgotten"
        if numbers is None or number < numbers.get(last, 0) + _FORGOTTEN_AT_ONCE:
            return
        numbers[last] = number
        table = self[WEBHOOKS]
        for webhook in islice(table, len(table) - WEBHOOKS_KEPT):
            if webhook.status not in ("pending", "waiting"):
                table.delete(webhook.id)

    def leave(self, webhook: Webhook) -> None:
        """Keep a notification, and let it leave now if it has a target."""
        self[WEBHOOKS].put(webhook)
        if webhook.target is not None:
            self.enqueue(DELIVERY, webhook=webhook.id)
