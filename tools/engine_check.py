"""Runs the image with docker or podman, as compose.yaml does, and tries what it promises.

    python -m tools.engine_check carrier-simulator:0.1.0

The image has to be there already (`make image`). The same is tried with Testcontainers, over the
engine's socket. Everything that is started here ends here.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HARDENED = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges"]
SHIPMENT = {
    "service": "inpost_locker_standard",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "parcel_locker"},
}
WITHIN = 30.0

Finding = tuple[str, bool, object]
"""What was tried, whether it held, and what was seen."""


def find_engine() -> str:
    """The first of docker and podman that can run something; ends with 2 where there is none."""
    for engine in ("docker", "podman"):
        if (
            shutil.which(engine)
            and not subprocess.run([engine, "info"], capture_output=True, check=False).returncode
        ):
            return engine
    print("engine-check needs docker with a running engine, or podman.", file=sys.stderr)
    sys.exit(2)


class Container:
    """A running container, by the command of its engine."""

    def __init__(self, engine: str, image: str) -> None:
        self._engine = engine
        started = self._said("run", "--detach", *HARDENED, "--publish=127.0.0.1::8080", image)
        self.id = started.splitlines()[-1]
        self.url = f"http://{self._said('port', self.id, '8080').splitlines()[0]}"

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [self._engine, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    def _said(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode:
            sys.exit(f"{self._engine} {' '.join(arguments)}\n{done.stderr}")
        return done.stdout.strip()

    def inside(self, *command: str) -> tuple[int, str]:
        """Exit code and words of a command in it."""
        done = self._run("exec", self.id, *command)
        return done.returncode, (done.stdout + done.stderr).strip()

    def health_command(self) -> list[str]:
        """What the image wants to be asked by."""
        told = json.loads(self._said("inspect", self.id))[0]["Config"]["Healthcheck"]["Test"]
        return list(told[1:])

    def end(self) -> tuple[int, float]:
        """Exit code after SIGTERM, and the seconds until then."""
        began = time.monotonic()
        self._said("kill", "--signal=TERM", self.id)
        code = int(self._said("wait", self.id))
        return code, round(time.monotonic() - began, 2)

    def remove(self) -> None:
        """Whatever became of it."""
        self._run("rm", "--force", self.id)


def asked(url: str, body: object = None, credential: str = "") -> int:
    """The status with which a request is answered; 0 while nobody does."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {credential}"}
    sent = None if body is None else json.dumps(body).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, sent, headers), timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def by_command(engine: str, image: str) -> Iterator[Finding]:
    """The image as it is, hardened."""
    container = Container(engine, image)
    try:
        began = time.monotonic()
        while asked(f"{container.url}/_sim/health") != 200:
            if time.monotonic() - began > WITHIN:
                yield "answers", False, f"not within {WITHIN:g} s"
                return
            time.sleep(0.05)
        yield "answers", True, f"after {time.monotonic() - began:.2f} s"
        shipments = f"{container.url}/w/check/inpost/v1/organizations/4/shipments"
        status = asked(shipments, SHIPMENT, "sim-inpost-sandbox")
        yield "makes a shipment", status == 201, status
        code, said = container.inside(*container.health_command())
        yield "HEALTHCHECK", code == 0, said or "healthy"
        _, user = container.inside("id", "-u")
        yield "not root", user != "0", f"uid {user}"
        code, said = container.inside("touch", "/probe")
        yield "root file system is read-only", code != 0, said
        code, seconds = container.end()
        yield "SIGTERM stops it", code == 0, f"exit code {code}"
        yield "at once", seconds < 3, f"{seconds} s, the engine's own included"
    finally:
        container.remove()


@contextmanager
def socket_of(engine: str) -> Iterator[None]:
    """Whatever Testcontainers talks to; podman has to be asked to listen."""
    if engine == "docker":
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "podman.sock"
        service = subprocess.Popen(
            [engine, "system", "service", "--time=0", f"unix://{socket}"],
            stderr=subprocess.DEVNULL,
        )
        os.environ.setdefault("TESTCONTAINERS_CONNECTION_MODE", "docker_host")
        os.environ |= {"DOCKER_HOST": f"unix://{socket}", "TESTCONTAINERS_RYUK_DISABLED": "true"}
        try:
            began = time.monotonic()
            while not socket.exists() and time.monotonic() - began < WITHIN:
                time.sleep(0.05)
            yield
        finally:
            service.terminate()
            service.wait(10)


def by_testcontainers(image: str) -> Iterator[Finding]:
    """A world in a container that a test started."""
    from simulator.testing.containers import CarrierSimulatorContainer

    container = CarrierSimulatorContainer(
        image, token="opensesame", settings={"carriers": ["inpost"]}
    )
    with container, container.simulator() as simulator, simulator.world() as world:
        yield "Testcontainers: settings are kept", [*world.carriers] == ["inpost"], container.url
        made = asked(
            f"{world.inpost.base_url}/v1/organizations/4/shipments",
            SHIPMENT,
            world.inpost.credential,
        )
        yield "Testcontainers: a world has its shipment", made == 201, made
        counted = len(world.journal())
        yield "Testcontainers: its journal", counted == 1, f"{counted} exchange"


def main() -> int:
    """Print what was found; 1 where something did not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("image")
    image = parser.parse_args().image
    engine = find_engine()
    print(f"{image} with {engine}")
    held = []
    with socket_of(engine):
        for findings in (by_command(engine, image), by_testcontainers(image)):
            for what, holds, seen in findings:
                print(f"{'ok' if holds else 'FAILED':6} {what}: {seen}", flush=True)
                held.append(holds)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
