"""Assembles the program: carriers, control API and root become one ASGI application."""

from __future__ import annotations

from datetime import UTC

from simulator.carriers import registry
from simulator.carriers.carrier import Carrier
from simulator.console.asgi import Console
from simulator.control.app import ControlOptions
from simulator.control.app import build as build_control
from simulator.core.clock import Clock
from simulator.engine.backends.backend import Backend
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.hub import Hub, HubOptions
from simulator.engine.webhooks import Outbox, TargetPolicy
from simulator.http.context import Limits
from simulator.http.exchange import CarrierOperations
from simulator.http.metrics import Metrics
from simulator.http.near_misses import Directory
from simulator.http.operations import CompiledApp
from simulator.http.root import Root
from simulator.resources import spec_path
from simulator.settings import Settings
from simulator.version import VERSION


def create_app(settings: Settings, backend: Backend | None = None) -> Root:
    """The whole simulator as an ASGI application, with the carriers that the settings name.

    Applications that are given one `backend` are replicas: they share their workspaces.
    """
    carriers = registry.load(settings.carriers)
    hub = Hub(carriers, backend or MemoryBackend(), _hub_options(settings))
    outbox = Outbox(hub, TargetPolicy(settings.webhook_allow), settings.webhook_timeout)
    metrics = Metrics(hub)
    limits = Limits(
        body_bytes=settings.max_body_bytes,
        body_depth=settings.max_depth,
        response_validation=settings.response_validation,
        strict=settings.strict,
    )
    directory = Directory()
    apps = [(carrier, carrier_app(carrier, limits, metrics, directory)) for carrier in carriers]
    control = build_control(
        hub,
        outbox,
        [(carrier, app.plans) for carrier, app in apps],
        metrics,
        directory,
        ControlOptions(
            token=settings.control_token,
            max_body_bytes=settings.max_body_bytes,
            max_depth=settings.max_depth,
            response_validation=settings.response_validation,
            version=VERSION,
        ),
    )

    async def startup() -> None:
        hub.workspace("default")

    async def shutdown() -> None:
        hub.close()
        await outbox.close()

    pages = Console(hub, outbox)
    return Root(
        hub,
        apps,
        control,
        pages,
        directory,
        startup=startup,
        shutdown=shutdown,
        stop=hub.stop_listening,
    )


def carrier_app(
    carrier: Carrier, limits: Limits, metrics: Metrics, directory: Directory
) -> CompiledApp:
    """One carrier's Connexion application; its operations go into the directory."""
    operations = CarrierOperations(carrier, limits, metrics, directory)
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
        strict=limits.strict,
    )
    directory.add(carrier, app.plans)
    return app


def _hub_options(settings: Settings) -> HubOptions:
    return HubOptions(
        seed=settings.seed,
        profile=settings.profile,
        clock=_clock(settings),
        journal_entries=settings.journal_entries,
        journal_bytes=settings.journal_bytes,
        workspaces=settings.workspaces_max,
    )


def _clock(settings: Settings) -> Clock | None:
    if settings.clock_mode == "real":
        return None
    at = Clock.real().at if settings.clock_at is None else settings.clock_at.astimezone(UTC)
    if settings.clock_mode == "scaled":
        return Clock.scaled(at, settings.clock_speed)
    return Clock.frozen(at) if settings.clock_mode == "frozen" else Clock.offset(at)


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
        "Ctrl-C stops it.",
    ]
    return "\n".join(lines)
