"""A stage at a carrier itself, such as its sandbox, where nobody moves a clock."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from simulator.carriers.carrier import Carrier
from simulator.core.clock import BadTime, parse_duration
from simulator.core.templates import filled
from simulator.scenarios.model import Scenario, Step
from simulator.scenarios.replay.ambient import unsendable, value
from simulator.scenarios.replay.requests import Inherited
from simulator.scenarios.replay.stages.stage import BadStep, Skipped

LONGEST_WAIT = timedelta(seconds=60)
"""What is waited for in real time at most."""

_CONTROLLED = ("given", "quirks", "rules", "timeline", "verify")


class BadTarget(ValueError):
    """An ``--against`` or ``--auth-env`` that cannot be used; the message says what can."""


class Policy(msgspec.Struct, frozen=True):
    """What becomes of that which only a simulator can do."""

    clock: Literal["refuse", "skip", "wait"] = "refuse"
    control: Literal["refuse", "skip"] = "refuse"


class Sandbox(msgspec.Struct, frozen=True):
    """The carriers' own base URLs, and the environment variables that hold their credentials.

    The URL under the empty name is that of every carrier that has none of its own.
    """

    urls: dict[str, str]
    variables: dict[str, str] = {}
    policy: Policy = Policy()

    @classmethod
    def of(
        cls,
        against: tuple[str, ...],
        auth_env: tuple[str, ...],
        policy: Policy,
        carriers: Mapping[str, Carrier],
    ) -> Sandbox:
        """Read ``--against`` and ``--auth-env``, both `NAME=VALUE`. Raises `BadTarget`."""
        urls: dict[str, str] = {}
        for given in against:
            name, equals, url = given.partition("=")
            if not equals or "://" in name:
                name, url = "", given
            _known("--against", name, carriers)
            urls[name] = _base_url(url)
        variables: dict[str, str] = {}
        for given in auth_env:
            name, equals, variable = given.partition("=")
            if not equals or not variable:
                raise BadTarget(
                    "--auth-env takes a carrier and the name of an environment variable, such as "
                    "inpost=SANDBOX_TOKEN; never the secret itself"
                )
            _known("--auth-env", name, carriers)
            variables[name] = variable
        return cls(urls, variables, policy)

    def url(self, carrier: str) -> str | None:
        """The carrier's base URL, or None."""
        return self.urls.get(carrier, self.urls.get(""))

    def variable(self, carrier: str) -> str:
        """The environment variable that holds the credential for a carrier."""
        return self.variables.get(carrier, f"SIMULATOR_AUTH_{carrier.upper()}")

    def secrets(self, carriers: Mapping[str, Carrier]) -> list[str]:
        """All credentials that are at hand; none of them may be told."""
        return [held for name in carriers if (held := value(self.variable(name)))]


class SandboxStage:
    """The carriers themselves. A credential of the simulator stands for the one of the
    environment; any other text, such as a wrong token, is sent as it is."""

    def __init__(self, sandbox: Sandbox, carriers: Mapping[str, Carrier]) -> None:
        self._sandbox = sandbox
        self._carriers = carriers

    @property
    def name(self) -> str:
        return ""

    def begin(self, scenario: Scenario, document: Mapping[str, Any]) -> tuple[str, ...]:
        left_out = [name for name in (*_CONTROLLED, "clock") if document.get(name)]
        return (f"left out, as asked: {', '.join(left_out)}",) if left_out else ()

    def base_url(self, carrier: str) -> str:
        url = self._sandbox.url(carrier)
        if url is None:
            raise BadStep(f"there is no --against {carrier}=URL")
        return url

    def headers(self, carrier: str, auth: str, saved: Mapping[str, Any]) -> dict[str, str]:
        spoken = self._carriers[carrier]
        if not auth:
            return {}
        if _is_ours(spoken, auth):
            return spoken.present(value(self._sandbox.variable(carrier)) or "")
        return spoken.present(str(filled(auth, saved)))

    def advance(self, by: Any) -> None:
        if self._sandbox.policy.clock != "wait" or not isinstance(by, str):
            raise Skipped("nobody moves a carrier's clock (--clock skip)")
        time.sleep(parse_duration(by).total_seconds())

    def wait(self, duration: timedelta) -> None:
        if self._sandbox.policy.clock == "skip":
            raise Skipped("nothing is waited for (--clock skip)")
        time.sleep(duration.total_seconds())

    def pause(self, duration: timedelta) -> None:
        time.sleep(duration.total_seconds())

    def do(self, action: str, arguments: Any) -> Any:
        raise Skipped("a carrier does no actions (--control skip)")

    def webhooks(self) -> list[dict[str, Any]]:
        raise Skipped("a carrier has no inbox (--control skip)")

    def explain(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        return ()

    def verify(self, checks: list[Any]) -> list[dict[str, Any]]:
        raise Skipped("a carrier has no journal (--control skip)")

    def failures(self) -> list[tuple[int, str]]:
        return []

    def end(self) -> str | None:
        return None


def refusals(
    scenario: Scenario, sandbox: Sandbox, carriers: Mapping[str, Carrier]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Why a scenario cannot be played against a carrier, each with its place in the file."""
    policy = sandbox.policy
    for part in _CONTROLLED:
        if getattr(scenario, part) and policy.control == "refuse":
            yield (part,), f"{part} is for the simulator only; --control skip leaves it out"
    if scenario.clock is not None and policy.clock == "refuse":
        yield ("clock",), "nobody moves a carrier's clock; --clock skip or --clock wait"
    inherited = Inherited(carriers)
    told: set[str] = set()
    for number, step in enumerate(scenario.steps):
        place = ("steps", number)
        for member, message in _of_step(step, policy):
            yield (*place, member), message
        if step.request is None:
            continue
        try:
            carrier = inherited.carrier(step.request)
        except BadStep as error:
            yield (*place, "request"), str(error)
            continue
        if sandbox.url(carrier) is None:
            yield (*place, "request"), f"there is no --against {carrier}=URL for it"
        auth = inherited.auth(step.request, carrier)
        if auth and _is_ours(carriers[carrier], auth) and carrier not in told:
            problem = _of_credential(sandbox.variable(carrier), carrier)
            if problem is not None:
                told.add(carrier)
                yield (*place, "request"), problem


def _of_credential(variable: str, carrier: str) -> str | None:
    if value(variable):
        return unsendable(variable)
    return (
        f"needs the environment variable {variable}, which is not set (--auth-env "
        f"{carrier}=NAME names the one with the credential)"
    )


def _of_step(step: Step, policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.control == "refuse":
        if step.do is not msgspec.UNSET:
            yield "do", "a carrier does no actions; --control skip leaves it out"
        if step.webhook is not None:
            yield "webhook", "a carrier has no inbox; --control skip leaves it out"
    if step.advance is not None and policy.clock == "refuse":
        yield "advance", "nobody moves a carrier's clock; --clock skip or --clock wait"
    if policy.clock == "skip":
        return
    if isinstance(step.advance, dict) and policy.clock == "wait":
        yield "advance", "only a duration can be waited for; --clock skip leaves it out"
    waits = step.advance if policy.clock == "wait" else None
    for name, text in (("advance", waits), ("wait", step.wait)):
        if isinstance(text, str):
            yield from ((name, message) for message in _too_long(text))


def _too_long(text: str) -> Iterator[str]:
    try:
        duration = parse_duration(text)
    except BadTime as error:
        yield str(error)
        return
    if duration > LONGEST_WAIT:
        most = round(LONGEST_WAIT.total_seconds())
        yield f"{text} is too long to be waited for (at most {most} s); --clock skip leaves it out"


def _is_ours(carrier: Carrier, auth: str) -> bool:
    return any(auth == known for known, _ in carrier.credentials_help)


def _known(flag: str, name: str, carriers: Mapping[str, Carrier]) -> None:
    if name and name not in carriers:
        raise BadTarget(f"{flag}: there is no carrier {name!r}; there are {', '.join(carriers)}")
    if not name and flag == "--auth-env":
        raise BadTarget(f"{flag} names no carrier; there are {', '.join(carriers)}")


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadTarget("--against takes a base URL, such as inpost=https://sandbox.example/")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadTarget(
            "--against takes a base URL alone, without a name, password or query; credentials come "
            "from the environment"
        )
    return text.rstrip("/")
