"""What an import has to be: all of its events are taken, or none (all-or-nothing documented)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from simulator.carriers.postplus.bodies.import_forms import ImportForm
from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES
from simulator.core.answers import Finding
from simulator.core.faults import closest_words

MOST = 500
"""Events of one request (documented)."""

_AHEAD = timedelta(hours=24)


def check(forms: Sequence[ImportForm], latest: datetime | None) -> list[Finding]:
    """Everything that is wrong with the events; none may happen after `latest`, if there is one."""
    return [
        Finding(("events", place, name), "invalid", message)
        for place, form in enumerate(forms)
        for name, message in _faults(form, latest)
    ]


def latest(now: datetime) -> datetime:
    """When an event may happen at the latest, where that is bounded: a day ahead of `now`."""
    return now + _AHEAD


def _faults(form: ImportForm, latest: datetime | None) -> Iterator[tuple[str, str]]:
    if form.code is None:
        yield "eventCode", "is required"
    elif form.code not in EVENT_CODES:
        close = closest_words(form.code.upper(), EVENT_CODES)
        meant = f" (did you mean {close[0]}?)" if close else ""
        yield "eventCode", f"{form.code!r:.60} is not an event code{meant}"
    if form.time_text is None:
        yield "eventTime", "is required"
    elif form.time is None:
        yield "eventTime", f"{form.time_text!r:.60} is not a date with a time"
    elif latest is not None and form.time > latest:
        yield "eventTime", f"{form.time_text!r:.60} is more than 24 hours ahead"
    if form.tracking_nr is None and form.sender_tracking_nr is None:
        yield "trackingNr", "or senderTrackingNr is required"
