"""The closed list of what carriers notify of, for filters and for those who fire one."""

from __future__ import annotations

from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.problems import Fault


def faults(desk: Desk, place: str, carrier: str | None, event: str | None) -> list[Fault]:
    """What is wrong with a carrier and one of its notifications, which stand at `place`; None
    stands for any."""
    sending = {name: each for name, each in desk.carriers.items() if each.webhooks}
    if carrier is not None and carrier not in sending:
        who = f"{', '.join(sending) or 'none'} {'do' if len(sending) > 1 else 'does'}"
        said = (
            f"{desk.carriers[carrier].title} sends no webhooks; {who}"
            if carrier in desk.carriers
            else f"{carrier!r:.60} is no carrier that sends webhooks; {who}."
            f"{problems.did_you_mean(carrier, sending)}"
        )
        return [Fault(f"{place}.carrier", said)]
    chosen = sending.values() if carrier is None else [sending[carrier]]
    known = sorted({name for each in chosen for name in each.webhooks})
    if event is None or event in known:
        return []
    whose = "no carrier notifies of it" if carrier is None else f"{carrier} does not notify of it"
    hint = problems.did_you_mean(event.rpartition(".")[2], known)
    return [Fault(f"{place}.event", f"{event!r:.80}: {whose}, only of {', '.join(known)}.{hint}")]
