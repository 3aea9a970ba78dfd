"""Jobs are found by what they are about and by what holds them, as a look at every job would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.core.tables import State
from simulator.engine.concerning import concerning, held, of_kind
from simulator.engine.records import JOBS, Held, Job

NOW = datetime(2026, 3, 2, tzinfo=UTC)

_arguments = st.dictionaries(
    st.sampled_from(("shipment", "hash")), st.integers(0, 2) | st.sampled_from(("0", "a"))
)
_jobs = st.builds(
    Job,
    id=st.integers(1, 6),
    due=st.just(NOW),
    kind=st.sampled_from(("toy.move", "toy.pay")),
    arguments=st.builds(lambda given: {**given, "history": [1]}, _arguments),
    held=st.none() | st.just(Held(1, NOW, NOW + timedelta(hours=1), "done")),
)


@given(st.lists(_jobs | st.integers(1, 6), max_size=20))
def test_jobs_are_found_as_a_look_at_every_job_would(steps: list[Any]) -> None:
    jobs = State((JOBS,))[JOBS]

    for step in steps:
        if isinstance(step, int):
            jobs.delete(step)
        else:
            jobs.put(step)

        assert held(jobs) == [job for job in jobs if job.held is not None]
        for kind in ("toy.move", "toy.pay", "toy.lose"):
            assert of_kind(jobs, kind) == [job for job in jobs if job.kind == kind]
        for value in (0, "0", "a"):
            about = [job for job in jobs if job.arguments.get("shipment") == value]
            assert concerning(jobs, "shipment", value) == about
