"""Rules that keep a step from happening: offers that do not come, labels that are not ready.

A step is a carrier's word for jobs (``inpost.offers``), or for what is there only when it is asked
for (``inpost.label``). A job that is held keeps its record and id, so that it can be cancelled as
ever; which one is held, and until when, stands in the job. What was decided for things that are
asked for stands in a table of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from simulator.core.clock import parse_duration
from simulator.engine.concerning import held
from simulator.engine.extension import Extension, JobHandler, StepSpec
from simulator.engine.records import HELD_REQUESTS, JOBS, RELEASE, RULES, Held, HeldRequest, Job
from simulator.engine.rules.definitions import Compiled, Hold
from simulator.engine.rules.firing import fire
from simulator.engine.rules.matching import matches
from simulator.engine.world import World

_AT_ONCE = 500
"""What is held and let go in one transaction."""

_encoder = msgspec.json.Encoder(order="deterministic")


class Steps:
    """Every step of every carrier, and the jobs that make them."""

    def __init__(self, extensions: Sequence[Extension] = ()) -> None:
        self._extensions = {extension.name: extension for extension in extensions}
        self.specs: dict[str, StepSpec] = {
            f"{extension.name}.{name}": spec
            for extension in extensions
            for name, spec in extension.steps.items()
        }
        self._of_job = {
            f"{step.partition('.')[0]}.{kind}": step
            for step, spec in self.specs.items()
            for kind in spec.jobs
        }

    def of_job(self, kind: str) -> str | None:
        """The step that a kind of job makes."""
        return self._of_job.get(kind)

    def failure(self, kind: str) -> JobHandler | None:
        """What happens in place of a job when its step fails."""
        step = self._of_job.get(kind)
        return None if step is None else self.specs[step].fail

    def is_about(
        self, world: World, kind: str, arguments: Mapping[str, Any], pattern: Mapping[str, Any]
    ) -> bool:
        """Whether what a job of a kind or step concerns is like `pattern`; of several, any."""
        extension = self._extensions.get(kind.partition(".")[0])
        shown = None if extension is None else extension.job_resource(world, kind, arguments)
        if shown is None:
            return False
        plain = msgspec.json.decode(_encoder.encode(shown))
        several = plain if isinstance(plain, list) else [plain]
        return any(matches(pattern, each) for each in several)


class Holds:
    """The rules of a workspace that hold steps, ordered by the step."""

    def __init__(self, rules: Sequence[Compiled], steps: Steps) -> None:
        self._steps = steps
        self._by_step: dict[str, list[tuple[Compiled, Hold]]] = {}
        for rule in rules:
            hold = rule.definition.hold
            assert hold is not None
            self._by_step.setdefault(hold.step, []).append((rule, hold))

    def take(self, world: World, job: Job) -> bool:
        """Keep a job that is due now from happening, if a rule says so."""
        alike = [rule for rule, _ in self._alike(world, job.kind, job.arguments)]
        told = f"{job.kind}/{_encoder.encode(job.arguments).decode()}"
        fired = fire(world, alike, subject=partial(str, told)) if alike else None
        hold = None if fired is None else fired.definition.hold
        if fired is None or hold is None:
            return False
        held = _held(world, fired.id, hold)
        kept = replace(job, due=held.until or job.due, held=held)
        world[JOBS].put(kept)
        if held.until is not None:
            world.new_jobs.append(kept)
        return True

    def may_take(self, world: World, kind: str, arguments: Mapping[str, Any]) -> bool:
        """Whether a rule that is not spent is about such a job."""
        return any(
            rule.definition.times is None or world[RULES][rule.id].used < rule.definition.times
            for rule, _ in self._alike(world, kind, arguments)
            if rule.id in world[RULES]
        )

    def _alike(
        self, world: World, kind: str, arguments: Mapping[str, Any]
    ) -> Iterator[tuple[Compiled, Hold]]:
        """The rules that are about a job of a kind, or about a step that is asked for."""
        for rule, hold in self._by_step.get(self._steps.of_job(kind) or kind, ()):
            pattern = rule.definition.when.resource
            if pattern is UNSET or self._steps.is_about(world, kind, arguments, pattern):
                yield rule, hold

    def refuse(self, world: World, step: str, arguments: dict[str, Any]) -> HeldRequest | None:
        """What keeps a request for a thing from getting it; the request is counted."""
        table = world[HELD_REQUESTS]
        for rule, hold in self._by_step.get(step, ()):
            key = f"{rule.id}/{step}/{_encoder.encode(arguments).decode()}"
            known = table.get(key)
            if known is None:
                pattern = rule.definition.when.resource
                if pattern is not UNSET and not self._steps.is_about(
                    world, step, arguments, pattern
                ):
                    continue
                fired = fire(world, [rule], subject=partial(str, key))
                held = None if fired is None else _held(world, rule.id, hold)
                known = HeldRequest(id=key, rule=rule.id, step=step, arguments=arguments, held=held)
                table.put(known)
            if is_early(hold, known, world.now):
                world.note(_told(world, step, rule.id))
                return table.put(replace(known, asked=known.asked + 1))
        return None

    def held_jobs(self, world: World, kind: str) -> Iterator[Job]:
        """The jobs of a kind that are held now."""
        return (job for job in held(world[JOBS]) if job.kind == kind)

    def told(self, world: World, arguments: Mapping[str, Any]) -> list[str]:
        """Sentences on the steps that are held, of those jobs that have these arguments."""
        return [
            _told(world, self._steps.of_job(job.kind) or job.kind, job.held.rule)
            for job in held(world[JOBS])
            if job.held is not None and arguments.items() <= job.arguments.items()
        ]


def _held(world: World, rule: int, hold: Hold) -> Held:
    until = None if hold.for_ is None else world.now + parse_duration(hold.for_)
    return Held(rule, world.now, until, hold.then or "done")


def is_early(hold: Hold, known: HeldRequest, now: datetime) -> bool:
    """Whether a further request for a thing would come too early."""
    if known.held is None or (hold.first is not None and known.asked >= hold.first):
        return False
    return known.held.until is None or now < known.held.until


def _told(world: World, step: str, rule: int) -> str:
    record = world[RULES].get(rule)
    name = None if record is None else record.definition.get("name")
    return f"The step {step} is held by rule {rule}{f' ({name})' if name else ''}"


def release(rules: Collection[int], world: World) -> None:
    """Let everything happen now that these rules, which are gone, have held.

    Of very much only a part is let go at once, and a job at this instant goes on with the rest, so
    that others are answered in between.
    """
    left = 0
    for job in held(world[JOBS]):
        if job.held is not None and job.held.rule in rules:
            left += 1
            if left <= _AT_ONCE:
                world.new_jobs.append(world[JOBS].put(replace(job, due=world.now, held=None)))
    for rule in rules:
        for request in world[HELD_REQUESTS].where("rule", rule):
            left += 1
            if left <= _AT_ONCE:
                world[HELD_REQUESTS].delete(request.id)
    if left > _AT_ONCE:
        world.enqueue(RELEASE, rules=sorted(rules))
