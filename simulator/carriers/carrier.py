"""What a carrier is to the rest of the program: one value that a carrier's folder exports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec

from simulator.carriers.calendar import Calendar
from simulator.carriers.editions.editions import Editions
from simulator.carriers.event import EventSpec
from simulator.carriers.magic.values import Magic
from simulator.carriers.quirk import QuirkSpec
from simulator.carriers.resources import About
from simulator.carriers.shipping import Shipped
from simulator.core.answers import Answer, Finding
from simulator.core.tables import State, TableSpec
from simulator.engine.extension import JobHandler, StepSpec
from simulator.engine.records import Webhook
from simulator.engine.world import Request, World

if TYPE_CHECKING:
    from simulator.carriers.webhook import WebhookSpec

Headers = Mapping[str, str]
"""Request headers by lower-case name."""


class Credential(NamedTuple):
    """What a request proves itself with, and the workspace that its ``@name`` suffix chose."""

    value: str
    workspace: str | None


ReadQuirk = Callable[[str], Any]
"""Gives the value of a quirk in the workspace of a request, and tells the journal that it was asked
for."""


class Envelope(Protocol):
    """A carrier's error bodies for what goes wrong before or around its handlers."""

    def unknown_path(self, request: Request, quirk: ReadQuirk) -> Answer: ...

    def wrong_method(
        self, request: Request, allowed: Sequence[str], quirk: ReadQuirk
    ) -> Answer: ...

    def wrong_media_type(self, request: Request, accepted: Sequence[str]) -> Answer: ...

    def malformed(self, request: Request, message: str) -> Answer: ...

    def too_large(self, request: Request, message: str) -> Answer: ...

    def invalid(self, request: Request, findings: Sequence[Finding]) -> Answer: ...

    def internal(self, request: Request) -> Answer: ...

    def gone(self, request: Request, status: int, message: str) -> Answer: ...


class BadAction(Exception):
    """An action that is refused; the message says why and what is possible."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the world does to a carrier, for the control API, scenarios and consoles.

    `arguments` is the struct of its arguments; `run` gets the world and one of those and gives
    JSON-like data back. It raises `BadAction` for what is not possible. `webhook_target` names the
    argument that holds a URL to be asked with a GET before the action is carried out, unless its
    argument `verify` is false. `words` has
    the arguments that take one of many words or numbers, with these; ``history.status`` is that
    member of each element of `history`.
    """

    name: str
    summary: str
    arguments: type[msgspec.Struct]
    run: Callable[[World, Any], Any]
    webhook_target: str | None = None
    words: Mapping[str, Collection[Any]] = field(default_factory=dict)


def _keep(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return pairs


def _as_it_came(body: Any, operation: str) -> Any:
    return body


def _no_gateway(status: int) -> Answer | None:
    return None


def _pass(world: World) -> None:
    return None


def _uncounted(quirks: Mapping[str, Any], edition: str) -> Callable[[World], None] | None:
    return None


def _nothing_shipped(state: State) -> Iterable[Shipped]:
    return ()


def _no_keys(state: State) -> Iterable[str]:
    return ()


def _nothing(world: World, kind: str, arguments: Mapping[str, Any]) -> Any:
    return None


def _unstamped(webhook: Webhook, at: datetime) -> Mapping[str, str]:
    return {}


class Ending(NamedTuple):
    """What an answer's last touches hang on, beside the request.

    * `quirks`: those of the workspace; `edition`: the name of the one that answers.
    * `request_id`: the id of the exchange; `now`: the instant of the workspace's clock.
    """

    quirks: Mapping[str, Any]
    edition: str
    request_id: str
    now: datetime


def _unchanged(request: Request, answer: Answer, ending: Ending) -> Answer:
    return answer


UnreadColumns = Callable[[bytes, str, str], tuple[Sequence[str], Collection[str]]]


def _no_columns(
    body: bytes, content_type: str, edition: str
) -> tuple[Sequence[str], Collection[str]]:
    return (), ()


Finish = Callable[[Request, Answer, Ending], Answer]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier: its spec, hosts, credentials, error envelope, default world and what it can do.

    `credential` reads the token or key of a request; `present` is its other side, the headers with
    which a client of this carrier sends one.

    `steps` are what rules can hold, `webhooks` all webhooks that are sent, by their names, and
    `job_resource` shows what a job, a step or a webhook with these arguments is about, as the API
    does. `stamp` makes the headers of a webhook that hang on the time at which it leaves.

    `normalise_query` sees the pairs of a query, and `normalise_body` a decoded body with the short
    name of the operation, before they are validated. `check` runs before authentication in every
    transaction and may refuse; `counter` gives what counts requests to an edition in a transaction
    before that, so that refused ones count as well, or None where nothing is counted. `finish`
    sees every answer, refusals included, and may replace it.
    `gateway` has the answers of what stands in front of the API, by their status; `calendar` its
    wall clock and working days. `error_keys` maps
    JSON Schema keywords to the carrier's own words for a fault. `events` are all that it tells.
    With `any_case` paths and names in queries may be written in any letter case. `shipped` tells
    what stands in the records as shipped, oldest first. The API pages are under `ui_path`, the
    description at `spec_path`; `page_aliases` are further paths of both. `owns_path` decides
    for requests that name no carrier. Paths that begin like one of `pages` are for people: the
    console serves them. `resources` has what requests are about, by the short names of operations;
    `rush` names the operations that a busy day weighs on. `magic` is what texts of orders may do.
    `csv_columns` are those of a CSV file that names none; `unread_columns` tells of a body, its
    content type and the edition the columns that mean nothing, and those that do. `keys` are the
    credentials that open something in a workspace: made up for it, so that they may be shown.
    `editions` has the editions of its API, and what tells which one a request is for.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    owns_path: Callable[[str], bool]
    credential: Callable[[Headers], Credential | None]
    authenticate: Callable[[World, str | None], Any]
    present: Callable[[str], dict[str, str]]
    envelope: Envelope
    tables: tuple[TableSpec[Any], ...]
    jobs: Mapping[str, JobHandler]
    actions: Mapping[str, Action]
    journeys: Mapping[str, Any]
    quirks: tuple[QuirkSpec, ...]
    populate: Callable[[World], None]
    credentials_help: tuple[tuple[str, str], ...]
    editions: Editions
    events: tuple[EventSpec, ...] = ()
    steps: Mapping[str, StepSpec] = field(default_factory=dict)
    webhooks: Mapping[str, WebhookSpec[Any]] = field(default_factory=dict)
    stamp: Callable[[Webhook, datetime], Mapping[str, str]] = _unstamped
    job_resource: Callable[[World, str, Mapping[str, Any]], Any] = _nothing
    error_keys: Mapping[str, str] = field(default_factory=dict)
    normalise_query: Callable[[tuple[tuple[str, str], ...]], tuple[tuple[str, str], ...]] = _keep
    normalise_body: Callable[[Any, str], Any] = _as_it_came
    check: Callable[[World], None] = _pass
    counter: Callable[[Mapping[str, Any], str], Callable[[World], None] | None] = _uncounted
    finish: Finish = _unchanged
    gateway: Callable[[int], Answer | None] = _no_gateway
    calendar: Calendar = field(default_factory=Calendar)
    shipped: Callable[[State], Iterable[Shipped]] = _nothing_shipped
    slash_tolerant: bool = True
    any_case: bool = False
    ui_path: str = "/ui"
    spec_path: str = "/openapi.json"
    page_aliases: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()
    resources: Mapping[str, About] = field(default_factory=dict)
    rush: tuple[str, ...] = ()
    magic: Magic = field(default_factory=Magic)
    csv_columns: tuple[str, ...] = ()
    unread_columns: UnreadColumns = _no_columns
    keys: Callable[[State], Iterable[str]] = _no_keys

    @property
    def webhook_events(self) -> tuple[str, ...]:
        """The names of all webhooks that are sent."""
        return tuple(self.webhooks)

    def quirk_defaults(self, profile: str) -> Mapping[str, Any]:
        """The value of every quirk under `profile`."""
        return {
            quirk.name: (
                quirk.default_documented if profile == "documented" else quirk.default_observed
            )
            for quirk in self.quirks
        }
