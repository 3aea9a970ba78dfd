"""A server in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from http.client import HTTPException

import pytest

from simulator.server_process.process import ServerProcess
from simulator.testing import NoServer, NotStarted, Simulator, run, run_async

AT = "2026-03-02T10:15:00+01:00"


def test_it_runs_as_long_as_its_block() -> None:
    with run(carriers=["inpost"], control_token="opensesame") as simulator:
        with simulator.world(at=AT) as world:
            assert list(world.carriers) == ["inpost"]
        url = simulator.url
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{url}/_sim/health")


@pytest.mark.asyncio
async def test_an_event_loop_has_the_same() -> None:
    async with (
        run_async(carriers="inpost") as simulator,
        await simulator.world(at=AT) as world,
    ):
        assert (await world.advance("1h")).jobs == 0
        async with await simulator.world() as other:
            assert other.name != world.name
        assert (await simulator.existing(world.name)).url == world.url


def test_a_server_that_died_says_its_last_words() -> None:
    process = ServerProcess({"carriers": "inpost"})
    world = Simulator(process.url, died=process.died).world()
    os.kill(process.pid, signal.SIGKILL)
    process.stop()
    with pytest.raises(NoServer, match=r"its process ended with -9; it said last:\n.*started"):
        world.clock()


def test_what_does_not_start_says_why() -> None:
    with pytest.raises(NotStarted, match="profile is 'obsrved'"), run(profile="obsrved"):
        pass
    with (
        pytest.raises(TypeError, match=r"'carrier' is no setting .* did you mean 'carriers'"),
        run(carrier="inpost"),
    ):
        pass
    with (
        pytest.raises(TypeError, match="strict is 'perhaps', but must be true or false"),
        run(strict="perhaps"),
    ):
        pass


def test_a_switch_may_be_a_word() -> None:
    with run(carriers="inpost", access_log="no", strict="true") as simulator:
        assert simulator.url


def test_the_server_begins_before_the_client_is_loaded() -> None:
    """The one takes as long as all the rest; whoever waits for it loads the rest meanwhile."""
    code = (
        "import sys\n"
        "import simulator.pytest_plugin, simulator.server_process.process\n"
        "slow = {'httpx2', 'httpcore2', 'connexion', 'simulator.testing'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_ends_with_whoever_started_it() -> None:
    code = (
        "import os\n"
        "from simulator.server_process.process import ServerProcess\n"
        "process = ServerProcess({'carriers': 'inpost'})\n"
        "print(process.url, flush=True)\n"
        "os._exit(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=90)
    url = done.stdout.strip()
    for _ in range(10_000):
        try:
            urllib.request.urlopen(f"{url}/_sim/health").read()
        except (OSError, HTTPException):
            break
    else:
        pytest.fail(f"{url} answers still")
