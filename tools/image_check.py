"""Builds the container image without a container engine, runs it and tries what it promises.

Debian's buildah builds the Dockerfile as it stands. Its base image is made here, from Debian's own
packages, under the name that the Dockerfile gives, so that nothing is pulled from anywhere. The
result runs in namespaces of its own: read-only root, no capabilities, a network with nobody else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from container import Image, pip_mounts, running

ROOT = Path(__file__).parent.parent
SUITE = "bookworm"
BASE_PACKAGES = "python3,python3-venv,python3-pip,ca-certificates"
TOOLS = {
    "buildah": "buildah",
    "debootstrap": "debootstrap",
    "ip": "iproute2",
    "nsenter": "util-linux",
    "unshare": "util-linux",
}


def require_tools() -> None:
    """Install what is missing, or leave with exit code 2 and the line to type."""
    packages = sorted({package for tool, package in TOOLS.items() if not shutil.which(tool)})
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0:
        install = f"{line} && " if packages else ""
        print("image-check makes namespaces and a base system, so it needs root. Type:")
        print(f"  sudo sh -c '{install}make image-check'")
        sys.exit(2)
    if packages and not (shutil.which("apt-get") and subprocess.call(["sh", "-c", line]) == 0):
        print(f"image-check needs Debian's {', '.join(packages)}. Type:\n  {line}")
        sys.exit(2)


def remove(folder: Path) -> None:
    """Remove a folder of ours, unless something is mounted in it that is not ours to delete."""
    mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    if inside := [mount for mount in mounts if Path(mount).is_relative_to(folder.resolve())]:
        sys.exit(f"{folder} is left as it is: unmount {', '.join(inside)} before you remove it")
    shutil.rmtree(folder)


class Builder:
    """buildah with a storage of its own, which goes when the check ends."""

    def __init__(self, work: Path) -> None:
        self.work = work
        storage = ["--root", f"{work}/storage", "--runroot", f"{work}/run"]
        self.buildah = ["buildah", *storage, "--storage-driver", "vfs"]

    def __call__(self, *arguments: str) -> str:
        """Run one buildah command and give what it prints."""
        return subprocess.run(
            [*self.buildah, *arguments], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ).stdout.strip()

    def make_base(self, name: str) -> None:
        """Commit a Debian with Python under the name, laid out as the official image is."""
        tree = self.work / "base"
        log = self.work / "debootstrap.log"
        # debootstrap mounts /proc and /sys in its tree. In a namespace of its own these mounts, and
        # its processes, end with it however it ends: what is removed later is only files.
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        make = ["debootstrap", "--variant=minbase", f"--include={BASE_PACKAGES}", SUITE]
        command = [*apart, *make]
        with log.open("w") as output:
            if subprocess.call([*command, str(tree)], stdout=output, stderr=output) != 0:
                sys.exit(f"debootstrap failed:\n{log.read_text()[-2000:]}")
        shutil.rmtree(tree / "var/cache/apt")
        for alias, target in {"python": "python3", "pip": "pip3"}.items():
            (tree / "usr/local/bin" / alias).symlink_to(f"/usr/bin/{target}")
        container = self("from", "scratch")
        self("copy", "--quiet", container, f"{tree}/", "/")
        search_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        self("config", "--env", f"PATH={search_path}", container)
        self("commit", "--quiet", "--rm", container, name)
        remove(tree)

    def build(self, name: str) -> Image:
        """Build the Dockerfile and unpack the result."""
        mounts = [f"--volume={source}:{target}:ro" for source, target in pip_mounts(self.work)]
        # Everything but a failure is noise; what a step printed comes with the failure.
        isolated = ["--isolation", "chroot", "--pull-never", "--format", "docker"]
        built = subprocess.run(
            [*self.buildah, "build", *isolated, *mounts, "--tag", name, "."],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            check=False,
        )
        if built.returncode != 0:
            sys.exit(f"the build failed:\n{built.stdout[-4000:]}")
        container = self("from", "--pull-never", name)
        return Image(Path(self("mount", container)), self("inspect", "--type", "image", name))


def check(image: Image) -> list[tuple[str, bool, str]]:
    """What was tried, whether it held, and what was seen."""
    found: list[tuple[str, bool, str]] = []

    def note(what: str, held: bool, seen: object) -> None:
        found.append((what, held, str(seen)))

    starts: list[tuple[str, dict[str, str], list[str], int]] = [
        ("as it is", {}, [], 8080),
        ("SIMULATOR_PORT=9090", {"SIMULATOR_PORT": "9090"}, [], 9090),
        ("serve --port 9191", {}, ["serve", "--port", "9191"], 9191),
        ("worlds in /data", {"SIMULATOR_STORE": "sqlite:////data/worlds.db"}, [], 8080),
    ]
    for title, extra, command, port in starts:
        with running(image, extra, command) as server:
            seconds = server.wait_until_healthy(port)
            note(f"{title}: answers on port {port}", seconds is not None, f"{seconds} s")
            if seconds is None:
                continue
            status, output = server.healthcheck()
            note(f"{title}: HEALTHCHECK", status == 0, output or "healthy")
            if not command:
                status, output = server.healthcheck({"SIMULATOR_PORT": "1"})
                note(f"{title}: HEALTHCHECK of a dead port fails", status == 1, output)
            user = server.user_id()
            note(f"{title}: not root", user == int(image.user.split(":")[0]) != 0, f"uid {user}")
            note(f"{title}: root file system is read-only", server.root_is_read_only(), "/")
            note(f"{title}: memory", True, f"{server.memory_mb():.0f} MB")
            status, seconds = server.stop(image.stop_signal)
            note(f"{title}: {image.stop_signal} stops it", status == 0, f"exit code {status}")
            note(f"{title}: within a second", seconds < 1, f"{seconds} s")
    missing = [name for name in ("redis", "hiredis") if not image.has_package(name)]
    note("what worlds in Redis need", not missing, missing or "redis, hiredis")
    bytecode = image.modules_without_bytecode()
    note("bytecode of every module", not bytecode, bytecode[:3] or "complete")
    unread = image.descriptions_to_read()
    note("what every description says", not unread, unread[:3] or "complete")
    leaks = image.leaks()
    note("nothing of this machine's pip configuration", not leaks, leaks or "clean")
    note("labels", "org.opencontainers.image.licenses" in image.labels, len(image.labels))
    note("size of /opt/simulator", True, f"{image.size_mb('opt/simulator'):.0f} MB")
    note("size with the base", True, f"{image.size_mb('.'):.0f} MB")
    return found


def main() -> None:
    """Build, check, print a report; exit code 1 where something did not hold."""
    require_tools()
    (ROOT / "build").mkdir(exist_ok=True)
    base = re.search(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert base is not None
    work = Path(tempfile.mkdtemp(prefix="image-check-", dir=ROOT / "build"))
    builder = Builder(work)
    try:
        print(f"base   {base[1]} from Debian {SUITE} ...", flush=True)
        builder.make_base(f"docker.io/library/{base[1]}")
        print("build  Dockerfile ...", flush=True)
        findings = check(builder.build("localhost/carrier-simulator:check"))
    finally:
        subprocess.call([*builder.buildah, "umount", "--all"], stdout=subprocess.DEVNULL)
        remove(work)
    for what, held, seen in findings:
        print(f"{'ok' if held else 'FAILED':6} {what}: {seen}")
    if not all(held for _, held, _ in findings):
        sys.exit(1)


if __name__ == "__main__":
    main()
