"""Assembles the program: carriers, control API and root become one ASGI application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

import structlog
from starlette.types import Scope

from simulator.carriers import registry, telling
from simulator.carriers.carrier import Carrier
from simulator.carriers.event import ENGINE_EVENTS
from simulator.carriers.magic.magic_rules import MagicRules
from simulator.console.asgi import Console
from simulator.console.start.guide import Guide, Setting
from simulator.control.app import ControlOptions
from simulator.control.app import build as build_control
from simulator.core.clock import Clock
from simulator.engine.backends.backend import Backend
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.backends.mirror import Mirror
from simulator.engine.backends.store import (
    AMENDMENTS,
    EVENTS,
    JOURNAL,
    LogBounds,
    Refused,
    Store,
)
from simulator.engine.backends.stores import MEMORY, store_at
from simulator.engine.bounds import HubOptions
from simulator.engine.delivery.outbox import Outbox
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.extension import Extension
from simulator.engine.hub import Hub
from simulator.engine.keeping.keeping import Keeping
from simulator.engine.observers import Observers
from simulator.engine.porch import Porch
from simulator.engine.records import ENGINE_TABLES
from simulator.engine.workspace import KEPT_EVENTS
from simulator.http.carrier_operations import CarrierOperations
from simulator.http.context import SCOPE_KEY, Context, Limits
from simulator.http.described.operations import CompiledApp
from simulator.http.described.specification import Described, load_editions
from simulator.http.metrics import Metrics
from simulator.http.root import Root
from simulator.http.rules.request_rules import Check
from simulator.http.told.near_misses import Directory
from simulator.http.unmatched import Nowhere
from simulator.resources import overlay_path, spec_path
from simulator.scenarios.events import SCENARIO_EVENTS
from simulator.scenarios.rules.fault_rules import BadFault
from simulator.scenarios.rules.served import Served
from simulator.scenarios.vocabulary import Vocabulary
from simulator.scenarios.worlds.agenda import Agenda
from simulator.settings import OPTIONS, Settings, SettingsError
from simulator.version import VERSION

_LONGEST_IDLE = 600.0
"""Seconds for which a workspace that nobody asks for stays in memory where there is a store."""


def create_app(
    settings: Settings, backend: Backend | None = None, store: Store | None = None
) -> Root:
    """The whole simulator as an ASGI application, with the carriers that the settings name.

    The workspaces are kept in the `store`, where none is given in that of the settings.
    Applications that are given one `backend`, or stores of one place, are replicas: they share
    their workspaces. Raises `SettingsError`.
    """
    _log_plainly()
    carriers = registry.load(settings.carriers)
    agenda = Agenda(carriers)
    served = Served()
    extensions: tuple[Extension, ...] = (*carriers, agenda)
    store = store or _store(settings, extensions)
    hub = Hub(
        extensions,
        (backend or MemoryBackend()) if store is None else Mirror(store),
        _hub_options(settings),
        observer=Observers(MagicRules(carriers, served.rule_faults), agenda),
    )
    keeping = Keeping(hub) if store is not None else None
    if settings.response_validation == "fail":
        events = (event for carrier in carriers for event in carrier.events)
        hub.inspect = telling.inspector([*ENGINE_EVENTS, *SCENARIO_EVENTS, *events])
    outbox = Outbox(hub, TargetPolicy(settings.webhook_allow), settings.webhook_timeout)
    metrics = Metrics(hub)
    limits = Limits(
        body_bytes=settings.max_body_bytes,
        body_depth=settings.max_depth,
        response_validation=settings.response_validation,
        strict=settings.strict,
        request_rules=settings.request_rules,
    )
    directory = Directory()
    porch = Porch(hub)
    apps = [
        (each, carrier_app(each, limits, metrics, directory, porch, served.rule_faults))
        for each in carriers
    ]
    served.known = Vocabulary.of([(carrier, app.plans) for carrier, app in apps])
    try:
        hub.first_rules = served.rules_of(settings.fault)
    except BadFault as error:
        raise SettingsError.bad_fault(str(error)) from None
    control = build_control(
        hub,
        outbox,
        [(carrier, app.plans) for carrier, app in apps],
        metrics,
        agenda,
        directory,
        porch,
        ControlOptions(
            token=settings.control_token,
            host_allow=settings.host_allow,
            max_body_bytes=settings.max_body_bytes,
            max_depth=settings.max_depth,
            response_validation=settings.response_validation,
            version=VERSION,
        ),
    )

    async def startup() -> None:
        if keeping is not None:
            await keeping.start()
        hub.workspace("default")
        hub.idleness.start()

    async def shutdown() -> None:
        hub.close()
        porch.close()
        await outbox.close()
        if keeping is not None:
            await keeping.close()

    guide = Guide(
        version=VERSION,
        carriers=[(carrier, app.plans) for carrier, app in apps],
        control=control.plans,
        common_events=(*ENGINE_EVENTS, *SCENARIO_EVENTS),
        settings=[Setting(each.flag, each.variable, each.help) for each in OPTIONS],
    )
    pages = Console(hub, outbox, guide)
    return Root(
        hub,
        apps,
        control,
        pages,
        Nowhere(hub, porch, directory, carriers),
        startup=startup,
        shutdown=shutdown,
        stop=hub.stop_listening,
    )


def _store(settings: Settings, extensions: Sequence[Extension]) -> Store | None:
    tables = [*ENGINE_TABLES, *(table for each in extensions for table in each.tables)]
    bounds = {
        EVENTS: LogBounds(KEPT_EVENTS),
        JOURNAL: LogBounds(settings.journal_entries, settings.journal_bytes),
        AMENDMENTS: LogBounds(settings.journal_entries),
    }
    try:
        return store_at(settings.store, tables, bounds)
    except Refused as refused:
        raise SettingsError(f"store: {refused}") from None


def _log_plainly() -> None:
    """Where nobody has set up the logs, let tracebacks come without the values of variables: those
    of a handler are a whole world, which takes seconds to print."""
    if not structlog.is_configured():
        *before, _ = structlog.get_config()["processors"]
        plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        structlog.configure(processors=[*before, plain])


def carrier_app(
    carrier: Carrier,
    limits: Limits,
    metrics: Metrics,
    directory: Directory,
    porch: Porch,
    check_rule: Check = lambda rule: (),
) -> CompiledApp:
    """One carrier's Connexion application; its operations go into the directory, and `check_rule`
    judges the rules that requests bring."""
    operations = CarrierOperations(carrier, limits, metrics, directory, porch, check_rule)
    app = CompiledApp(
        spec_path(carrier.name),
        execute=operations.execute,
        decline=operations.decline,
        keys=carrier.error_keys,
        slash_tolerant=carrier.slash_tolerant,
        any_case=carrier.any_case,
        ui_path=carrier.ui_path,
        spec_path=carrier.spec_path,
        aliases=carrier.page_aliases,
        editions=_described(carrier),
        strict=limits.strict,
    )
    directory.add(carrier, app.plans)
    return app


def _described(carrier: Carrier) -> Described:
    """The descriptions of the carrier's editions."""
    editions = carrier.editions
    first, *later = editions.names
    overlays = {first: None, **{name: overlay_path(carrier.name, name) for name in later}}

    def chosen(scope: Scope) -> str | None:
        context: Context = scope[SCOPE_KEY]
        found = context.hub.existing(context.workspace)
        if found is not None:
            return editions.described(found.quirks)
        return editions.described(carrier.quirk_defaults(context.hub.options.profile))

    served, servers = editions.served, editions.servers
    return load_editions(spec_path(carrier.name), overlays, served, servers, chosen)


def vocabulary() -> Vocabulary:
    """The words of every carrier that there is, for files that are read without a server."""
    carriers = registry.load()
    hub = Hub(carriers, MemoryBackend(), HubOptions())
    metrics, porch = Metrics(hub), Porch(hub)
    apps = [
        (carrier, carrier_app(carrier, Limits(), metrics, Directory(), porch))
        for carrier in carriers
    ]
    return Vocabulary.of([(carrier, app.plans) for carrier, app in apps])


def _hub_options(settings: Settings) -> HubOptions:
    return HubOptions(
        seed=settings.seed,
        profile=settings.profile,
        clock=_clock(settings),
        journal_entries=settings.journal_entries,
        journal_bytes=settings.journal_bytes,
        workspaces=settings.workspaces_max,
        idle_seconds=_idle(settings),
    )


def _idle(settings: Settings) -> float:
    """What is kept elsewhere leaves memory soon."""
    if settings.store == MEMORY:
        return settings.workspaces_idle
    return min(settings.workspaces_idle or _LONGEST_IDLE, _LONGEST_IDLE)


def _clock(settings: Settings) -> Clock | None:
    if settings.clock_mode == "real":
        return None
    at = Clock.real().at if settings.clock_at is None else settings.clock_at.astimezone(UTC)
    return Clock.of(settings.clock_mode, at, settings.clock_speed)


def banner(base_url: str, settings: Settings) -> str:
    """What a person needs first: base URLs, default credentials, and where the pages are."""
    lines = [f"Carrier simulator {VERSION} at {base_url}", ""]
    for carrier in registry.load(settings.carriers):
        lines += [
            f"  {carrier.title}",
            f"    base URL     {base_url}/{carrier.name}",
            f"    API pages    {base_url}/{carrier.name}{carrier.ui_path}/",
        ]
        title = "credentials"
        for credential, meaning in carrier.credentials_help:
            lines.append(f"    {title:<12} {credential}  ({meaning})")
            title = ""
        lines.append("")
    lines += [
        "  Control API: clock, journal, actions, quirks",
        f"    base URL     {base_url}/_sim",
        f"    API pages    {base_url}/_sim/ui/",
        "",
        f"  All of it      {base_url}/  (for programs {base_url}/llms.txt)",
        "",
        "Ctrl-C stops it.",
    ]
    return "\n".join(lines)
