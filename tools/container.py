"""Runs an unpacked image as a container engine would, with util-linux alone."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PIP_KEYS = ("index-url", "extra-index-url", "find-links", "trusted-host", "cert", "proxy")


def pip_settings() -> dict[str, str]:
    """Where this machine's pip finds packages, as far as it was told; the environment wins."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    settings: dict[str, str] = {}
    for line in sorted(listed.splitlines(), key=lambda line: line.startswith(":env:")):
        match = re.fullmatch(r"(?::env:|global|install)\.([a-z-]+)='(.*)'", line)
        if match and match[1] in _PIP_KEYS:
            settings[match[1]] = match[2].replace("\\n", " ")
    return settings


def pip_mounts(work: Path) -> list[tuple[str, str]]:
    """What a build has to see so that its pip finds packages where this machine's does.

    Mounted for the time of the build only, so nothing of it gets into the image.
    """
    settings = pip_settings()
    if not settings:
        return []
    config = work / "pip.conf"
    lines = [f"{key} = {value}" for key, value in settings.items()]
    config.write_text("\n".join(["[global]", *lines, ""]))
    paths = set()
    for key, value in settings.items():
        for word in value.split():
            path = Path(word.removeprefix("file://"))
            # An index that is a folder points to files beside itself.
            paths.add(path.parent if key.endswith("index-url") else path)
    local = sorted(str(path) for path in paths if path.is_absolute() and path.exists())
    return [(str(config), "/etc/pip.conf"), *((path, path) for path in local)]


class Image:
    """An image's files and its configuration."""

    def __init__(self, root: Path, inspected: str) -> None:
        self.root = root
        self.inspected = inspected
        docker: dict[str, Any] = json.loads(inspected)["Docker"]["config"]
        self.environment: list[str] = docker["Env"]
        self.entrypoint: list[str] = docker["Entrypoint"]
        self.command: list[str] = docker["Cmd"]
        self.user: str = docker["User"]
        self.labels: dict[str, str] = docker["Labels"]
        self.stop_signal: str = docker["StopSignal"]
        self.volumes: list[str] = [*(docker.get("Volumes") or {})]
        self.healthcheck: list[str] = docker["Healthcheck"]["Test"][1:]

    def modules_without_bytecode(self) -> list[str]:
        """Modules of the installation that would be compiled at each start."""
        return [
            str(path.relative_to(self.root))
            for path in (self.root / "opt/simulator").rglob("*.py")
            if path.parent.name != "bin"
            and not any((path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"))
        ]

    def descriptions_to_read(self) -> list[str]:
        """Descriptions that would be read from their YAML at each start."""
        return [
            path.name
            for path in (self.root / "opt/simulator/lib").rglob("simulator/_specs/**/*.yaml")
            if not any((path.parent / "__pycache__").glob(f"{path.stem}.*.msgpack"))
        ]

    def has_package(self, name: str) -> bool:
        """Whether the installation has a package of Python."""
        return any(
            (self.root / "opt/simulator/lib").glob(f"python*/site-packages/{name}/__init__.py")
        )

    def leaks(self) -> list[str]:
        """Traces of how this machine's pip is set up."""
        files = [str(path) for path in self.root.glob("**/pip.conf") if path.stat().st_size]
        addresses = [word for word in " ".join(pip_settings().values()).split() if "://" in word]
        return files + [address for address in addresses if address in self.inspected]

    def size_mb(self, folder: str) -> float:
        """What the folder's files take, in millions of bytes."""
        files = (self.root / folder).rglob("*")
        return sum(path.lstat().st_size for path in files) / 1e6


class Server:
    """The image's process, seen from outside."""

    def __init__(self, image: Image, environment: list[str], process: subprocess.Popen[bytes]):
        self.image = image
        self.environment = environment
        self.process = process
        self.pid = self._first_process()

    def _first_process(self) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := children.read_text().split():
                return int(found[0])
            time.sleep(0.01)
        raise SystemExit("the container did not start")

    def _inside(self, *command: str, environment: list[str], flags: list[str]) -> tuple[int, str]:
        nsenter = str(shutil.which("nsenter"))
        done = subprocess.run(
            ["env", "-i", *environment, nsenter, "--target", str(self.pid), *flags, *command],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout.strip()

    def wait_until_healthy(self, port: int) -> float | None:
        """Seconds until the health page answered, None where it did not within 15."""
        script = (
            "import time, urllib.request as r\nfor _ in range(300):\n"
            f"  try: r.urlopen('http://127.0.0.1:{port}/_sim/health', timeout=2).read(); break\n"
            "  except OSError: time.sleep(0.05)\n"
            "else: raise SystemExit(1)"
        )
        started = time.monotonic()
        status, _ = self._inside(sys.executable, "-c", script, environment=[], flags=["--net"])
        return round(time.monotonic() - started, 2) if status == 0 else None

    def healthcheck(self, extra: dict[str, str] | None = None) -> tuple[int, str]:
        """Exit code and output of the image's HEALTHCHECK, run as the engine runs it."""
        user, group = self.image.user.split(":")
        return self._inside(
            *self.image.healthcheck,
            environment=[
                *self.environment,
                *(f"{key}={value}" for key, value in (extra or {}).items()),
            ],
            flags=["--net", "--pid", "--mount", "--root", "--wd", "-S", user, "-G", group],
        )

    def root_is_read_only(self) -> bool:
        """Whether even root cannot write a file at the top."""
        status, output = self._inside(
            "touch",
            "/probe",
            environment=["PATH=/usr/bin:/bin"],
            flags=["--mount", "--root", "--wd"],
        )
        return status != 0 and "Read-only" in output

    def user_id(self) -> int:
        """The user that the process runs as."""
        return int(self._status("Uid").split()[0])

    def memory_mb(self) -> float:
        """Resident memory, in MB."""
        return int(self._status("VmRSS").split()[0]) / 1024

    def _status(self, key: str) -> str:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(line.split(":", 1)[1] for line in lines if line.startswith(f"{key}:"))

    def stop(self, name: str) -> tuple[int, float]:
        """Exit code after the signal, and the seconds until then."""
        started = time.monotonic()
        subprocess.run(["kill", f"-{name.removeprefix('SIG')}", str(self.pid)], check=True)
        try:
            status = self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            status = -1
        return status, round(time.monotonic() - started, 2)


@contextmanager
def running(image: Image, extra: dict[str, str], command: list[str]) -> Iterator[Server]:
    """The image's process, the first of new namespaces; its root is read-only, volumes are not."""
    environment = [*image.environment, *(f"{key}={value}" for key, value in extra.items())]
    root = str(image.root)
    volumes = "".join(f'mount --bind "$1{each}" "$1{each}"; ' for each in image.volumes)
    setup = (
        "set -e; mount --make-rprivate /; ip link set lo up; "
        f'mount --bind "$1" "$1"; {volumes}mount -o remount,bind,ro "$1"; '
        'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; '
        'shift; exec env -i "$@"'
    )
    chroot = [str(shutil.which("chroot")), f"--userspec={image.user}", "--groups=", root]
    spaces = ["--mount", "--pid", "--net", "--ipc", "--uts"]
    unshare = ["unshare", *spaces, "--fork", "--kill-child", "sh", "-c", setup, "sh", root]
    process = subprocess.Popen(
        [*unshare, *environment, *chroot, *image.entrypoint, *(command or image.command)],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield Server(image, environment, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
