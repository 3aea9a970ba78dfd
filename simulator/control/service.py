"""The server as a whole: health, version, metrics, and what the carriers can do."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec

from simulator.carriers.quirk import NumberRange, QuirkSpec
from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.core.answers import Answer
from simulator.http.described.plan import Plan


def health(desk: Desk) -> Answer:
    """Healthy means: every carrier has its operations, and the default world can be made,
    and the store answers in which workspaces are kept."""
    keeping = desk.hub.keeping
    if keeping is not None and keeping.mirror.failure is not None:
        return problems.problem(503, f"The store fails: {keeping.mirror.failure}")
    desk.hub.workspace("default")
    silent = [name for name in desk.carriers if not desk.plans[name]]
    if silent or not desk.carriers:
        return problems.problem(503, f"No operations of {', '.join(silent) or 'any carrier'}.")
    return Answer(body={"status": "ok", "carriers": list(desk.carriers)})


def health_ready(desk: Desk) -> Answer:
    """As `health`."""
    return health(desk)


def health_live(desk: Desk) -> Answer:
    """Alive means: the process answers. What a restart would not mend is not its concern."""
    return Answer(body={"status": "ok"})


def version(desk: Desk) -> Answer:
    """The version of the program, as it was installed."""
    return Answer(body={"name": "carrier-simulator", "version": desk.options.version})


def get_metrics(desk: Desk) -> Answer:
    """Counters for Prometheus, in its text format."""
    return Answer(body=desk.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


def fidelity(desk: Desk, carrier: str | None) -> Answer:
    """How every operation of the carriers is known."""
    if carrier is not None and carrier not in desk.carriers:
        raise problems.not_found("carrier", carrier, desk.carriers)
    items = [
        _known(name, plan)
        for name, plans in desk.plans.items()
        if carrier in (None, name)
        for plan in plans
    ]
    levels = Counter(item["level"] for item in items)
    return Answer(body=page(items, total=len(items), levels=levels))


def _known(carrier: str, plan: Plan) -> dict[str, Any]:
    provenance = plan.provenance or {}
    return {
        "carrier": carrier,
        "operation": plan.name,
        "method": plan.method,
        "path": plan.path,
        "level": provenance.get("level", "inferred"),
        "source": provenance.get("source", ""),
    }


def list_carriers(desk: Desk) -> Answer:
    """Every carrier that is served: where its API begins, and what opens it."""
    items = [
        {
            "name": carrier.name,
            "title": carrier.title,
            "path": f"/{carrier.name}",
            "openapi": f"/{carrier.name}{carrier.spec_path}",
            "hosts": carrier.hosts,
            "credentials": [
                {"value": value, "meaning": meaning, "headers": carrier.present(value)}
                for value, meaning in carrier.credentials_help
            ],
        }
        for carrier in desk.carriers.values()
    ]
    return Answer(body=page(items))


def list_quirks(desk: Desk) -> Answer:
    """Every switch of every carrier, with its defaults and where they come from."""
    items = [_quirk(name, quirk) for name, c in desk.carriers.items() for quirk in c.quirks]
    return Answer(body=page(items))


def _quirk(carrier: str, quirk: QuirkSpec) -> dict[str, Any]:
    values = quirk.values
    return {
        "name": quirk.name,
        "carrier": carrier,
        "summary": quirk.summary,
        "defaults": {"observed": quirk.default_observed, "documented": quirk.default_documented},
        "allowed": quirk.allowed(),
        "values": None if isinstance(values, NumberRange) else values,
        "range": values if isinstance(values, NumberRange) else None,
        "source": quirk.source,
        "provenance": quirk.provenance,
    }


def list_actions(desk: Desk) -> Answer:
    """Every action, with the JSON Schema of its arguments."""
    items = [
        {
            "name": f"{carrier.name}.{action.name}",
            "summary": action.summary,
            "arguments": msgspec.json.schema(action.arguments),
        }
        for carrier in desk.carriers.values()
        for action in carrier.actions.values()
    ]
    return Answer(body=page(items))


def list_journeys(desk: Desk) -> Answer:
    """The courses of events that a parcel can follow, as each carrier declares them."""
    items = [
        {"carrier": carrier.name, "name": name, **_plain(journey)}
        for carrier in desk.carriers.values()
        for name, journey in carrier.journeys.items()
    ]
    return Answer(body=page(items))


def _plain(journey: Any) -> dict[str, Any]:
    plain: dict[str, Any] = _durations(msgspec.to_builtins(journey, builtin_types=(timedelta,)))
    return plain


def _durations(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _durations(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_durations(item) for item in value]
    return _duration(value) if isinstance(value, timedelta) else value


def _duration(value: timedelta) -> str:
    """The duration in the units that scenarios and `advance` read, such as ``1d12h``."""
    seconds = round(value.total_seconds())
    parts = []
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, length)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"
