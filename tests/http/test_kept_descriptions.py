"""What is left of a description once its operations are compiled."""

from __future__ import annotations

import gc
import tracemalloc

from simulator.http.described.specification import load
from simulator.resources import spec_path


def test_it_takes_little_until_somebody_asks_for_it_and_is_the_same_then() -> None:
    as_read = load(spec_path("inpost")).with_base_path("/inpost").raw
    gc.disable()  # nothing of it may wait for somebody to look for garbage
    tracemalloc.start()
    try:
        description = load(spec_path("inpost"))
        compiled, _ = tracemalloc.get_traced_memory()
        description.settle()
        settled, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()

    assert settled < compiled / 4
    assert description.with_base_path("/inpost").raw == as_read
    assert description.spec["paths"].keys() == as_read["paths"].keys()
