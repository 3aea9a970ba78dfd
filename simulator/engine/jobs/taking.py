"""Taking a job out of its table, in the transaction that does what it is for."""

from __future__ import annotations

from simulator.engine.records import JOBS, WEBHOOKS, Job
from simulator.engine.rules.webhook_faults import let_go
from simulator.engine.world import World


def take(job: Job, world: World) -> bool:
    """Take the job out of the table; tells whether it was still there: another process may have
    been faster."""
    waiting = world.state[JOBS].get(job.id) == job
    if waiting:
        world.state[JOBS].delete(job.id)
    return waiting


def take_webhook(job: Job, world: World) -> bool:
    """Take the job of a webhook, which leaves with it if a rule kept it back until now."""
    taken = take(job, world)
    webhook = world[WEBHOOKS].get(job.arguments["webhook"])
    if taken and webhook is not None and webhook.status == "waiting":
        world[WEBHOOKS].put(let_go(world, webhook))
    return taken


def give_up(job: Job, world: World) -> None:
    """Forget a job that failed, and tell of it."""
    take(job, world)
    world.emit("engine.job_failed", job=job.kind, arguments=dict(job.arguments))
