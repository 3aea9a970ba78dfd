"""The time of a test's process follows the clock of its world, in each of its modes."""

from __future__ import annotations

from tests.testing.project import Project

NOW = """
from datetime import UTC, timedelta

AT = "2026-03-02T10:15:00+00:00"

def now():
    return datetime.datetime.now(UTC)

def check_together(world, take):
    # The process is behind the world by no more than it takes to look at it.
    begun = time.perf_counter()
    take()
    speed = world.clock().speed
    most = timedelta(seconds=time.perf_counter() - begun + 0.001) * speed
    for _ in range(3):
        before, shown, after = now(), world.clock().at, now()
        assert before - most <= shown <= after + most
"""


def test_the_time_of_the_process_goes_with_the_world(run: Project) -> None:
    assert run("""
def test_it(carrier_world, carrier_time):
    carrier_world.freeze("2026-03-02T10:15:00+00:00")
    assert time.strftime("%F %T", time.gmtime()) == "2026-03-02 10:15:00"
    carrier_world.advance("2d")
    assert datetime.datetime.now(datetime.UTC).day == 4

def test_behind_it(carrier_world):
    assert time.time() > 1.78e9
""").outcomes == {"passed": 2}


def test_time_that_runs_is_the_worlds(run: Project) -> None:
    assert run(
        NOW
        + """
@pytest.mark.parametrize("setting", [
    {"mode": "real"},
    {"mode": "offset", "at": AT},
    {"mode": "scaled", "at": AT, "speed": 0.5},
    {"mode": "scaled", "at": AT, "speed": 20},
])
def test_it(carrier_world, carrier_time, setting):
    check_together(carrier_world, lambda: carrier_world.run_clock(**setting))
    # A span of it takes as long as the world's.
    begun, shown = now(), carrier_world.clock().at
    span = timedelta(milliseconds=20) * setting.get("speed", 1)
    while carrier_world.clock().at < shown + span:
        pass
    assert now() >= begun + span * 0.9

def test_from_the_start(carrier_world, request):
    check_together(carrier_world, lambda: request.getfixturevalue("carrier_time"))
"""
    ).outcomes == {"passed": 5}


def test_time_of_an_eager_world_goes_on_as_the_code_polls(run: Project) -> None:
    assert run(
        NOW
        + """
import threading

def test_it(carrier_world, carrier_time):
    carrier_world.eager(AT)
    begun = now()
    assert begun.isoformat() == AT
    assert now() == begun
    number = ship(carrier_world.inpost).json()["id"]
    url = f"{carrier_world.inpost.base_url}/v1/shipments/{number}"
    headers, polls = dict(carrier_world.inpost.headers), 0
    while httpx2.get(url, headers=headers).json()["status"] != "confirmed":
        assert now() == carrier_world.clock().at
        polls += 1
        assert polls < 100
    assert begun < now() == carrier_world.clock().at < begun + timedelta(hours=1)
    seen = []
    other = threading.Thread(target=lambda: seen.append(now()))
    other.start()
    other.join()
    assert seen == [now()]

def test_gone(carrier_world, carrier_time):
    carrier_world.eager(AT)
    carrier_world.delete()
    assert now().isoformat() == AT
"""
    ).outcomes == {"passed": 2}


def test_the_mode_may_change(run: Project) -> None:
    assert run(
        NOW
        + """
def stands():
    return len({now() for _ in range(1000)}) == 1

def test_it(carrier_world, carrier_time):
    assert not stands()
    carrier_world.freeze(AT)
    assert stands()
    carrier_world.run_clock("scaled", at=AT, speed=3600)
    assert not stands()
    carrier_world.advance("1d")
    assert now().day == 3
    assert not stands()
    carrier_world.eager("2026-03-05T10:15:00+00:00")
    assert now().day == 5
    carrier_world.run_clock("offset", at=AT)
    assert now().day == 2
    assert not stands()
    carrier_world.reset()
    assert now().year >= 2026
    carrier_world.freeze(AT)
    carrier_time.shift(60)
    assert now().minute == 16
    carrier_world.load("scenario: Mine\\nclock: {mode: frozen, at: '2026-03-09T10:00:00+00:00'}\\n")
    assert now().day == 9 and stands()

@pytest.mark.asyncio
async def test_awaited(async_carrier_world, carrier_time):
    await async_carrier_world.freeze(AT)
    await async_carrier_world.advance("1d")
    assert now().day == 3 and stands()
"""
    ).outcomes == {"passed": 2}
