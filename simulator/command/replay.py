"""Plays scenario files and reports; gives the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

from simulator.carriers import registry
from simulator.carriers.carrier import Carrier
from simulator.command import local_server
from simulator.command.replay_flags import ReplayFlags, Unusable
from simulator.scenarios.replay import ambient, files
from simulator.scenarios.replay.events import Event, RunEnded
from simulator.scenarios.replay.masking import Masker
from simulator.scenarios.replay.reporters import ctrf, json, junit, markdown
from simulator.scenarios.replay.reporters.text import TextReporter
from simulator.scenarios.replay.run import Options, Run, Simulator
from simulator.scenarios.replay.stages.sandbox import BadTarget, Policy, Sandbox, refusals
from simulator.scenarios.replay.stages.stage import Unreachable
from simulator.scenarios.replay.story import Story
from simulator.scenarios.rules.header_checks import value_faults
from simulator.scenarios.vocabulary import Vocabulary

DIFFERED = 1
UNUSABLE = 2


def replay(
    flags: ReplayFlags, create_app: Callable[[], Any], known: Callable[[], Vocabulary]
) -> int:
    """Play the files: 0 when all is as expected, 1 when something differs or a server was lost on
    the way as 2. `create_app` makes the simulator that is served when none was named; `known`
    gathers the words that files may use.

    Raises `Unusable` before anything is sent for files, flags and servers that cannot be used.
    """
    carriers = {carrier.name: carrier for carrier in registry.load()}
    _check_flags(flags)
    for wrong in value_faults(flags.control_token or ""):
        raise Unusable(f"--control-token (SIMULATOR_CONTROL_TOKEN) cannot be a header: {wrong}")
    sandbox = _sandbox(flags, carriers)
    stories = _stories(flags, sandbox, carriers, known)
    masker = Masker(_secrets(flags, sandbox, carriers, stories))
    try:
        _check_reports(flags)
        reporter = _reporter(flags)
        with _simulator(flags, create_app) as simulator:
            options = Options(
                jobs=flags.jobs or os.cpu_count() or 1,
                timeout=flags.timeout,
                keep=flags.keep,
                sandbox=sandbox,
                shape=flags.compare == "shape",
            )
            ended = Run(carriers, simulator, options, reporter, masker).play(stories)
    except (Unreachable, local_server.NotStarted) as error:
        raise Unusable(masker.text(str(error))) from None
    _report(flags, ended)
    if ended.files("broken"):
        return UNUSABLE
    return DIFFERED if ended.files("failed") else 0


def _check_flags(flags: ReplayFlags) -> None:
    if flags.out is not None:
        raise Unusable("--out means nothing without --record URL: it is what a recording writes")
    if flags.url is None:
        return
    try:
        parts = urlsplit(flags.url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole:
        raise Unusable(
            "--url (SIMULATOR_URL) takes the base URL of a simulator with http:// or https:// "
            "before it, such as http://127.0.0.1:8080"
        )


def _sandbox(flags: ReplayFlags, carriers: dict[str, Carrier]) -> Sandbox | None:
    if flags.against:
        policy = Policy(clock=flags.clock, control=flags.control)
        try:
            return Sandbox.of(flags.against, flags.auth_env, policy, carriers)
        except BadTarget as error:
            raise Unusable(str(error)) from None
    needs = {
        "--auth-env": bool(flags.auth_env),
        "--clock": flags.clock != "refuse",
        "--control": flags.control != "refuse",
        "--compare": flags.compare != "values",
    }
    alone = [name for name, given in needs.items() if given]
    if alone:
        verb = "means" if len(alone) == 1 else "mean"
        raise Unusable(f"{' and '.join(alone)} {verb} nothing without --against URL")
    return None


def _secrets(
    flags: ReplayFlags,
    sandbox: Sandbox | None,
    carriers: dict[str, Carrier],
    stories: list[Story],
) -> list[str]:
    """What must not be told: control token, credentials, and what files take from the environment
    for them."""
    ours = {known for carrier in carriers.values() for known, _ in carrier.credentials_help}
    named = {use.name for story in stories for use in ambient.uses(story.scenario.steps)}
    secrets = [flags.control_token or "", *(sandbox or Sandbox({})).secrets(carriers)]
    secrets += [ambient.value(name) or "" for name in sorted(named)]
    # What is shorter, such as a number of a build, is no credential: those were refused.
    return [s for s in secrets if s not in ours and len(s) >= ambient.SHORTEST_SECRET]


def _stories(
    flags: ReplayFlags,
    sandbox: Sandbox | None,
    carriers: dict[str, Carrier],
    known: Callable[[], Vocabulary],
) -> list[Story]:
    if not flags.files:
        raise Unusable("name at least one file, folder or pattern: carrier-simulator replay FILE")
    try:
        stories = files.read(flags.files, known())
    except files.Unreadable as error:
        raise Unusable(*error.problems) from None
    problems = [
        f"{story.place(*place)}: {message}"
        for story in stories
        for place, message in (
            *ambient.problems(story.scenario.steps),
            *(() if sandbox is None else refusals(story.scenario, sandbox, carriers)),
        )
    ]
    if problems:
        raise Unusable(*problems)
    return stories


@contextmanager
def _simulator(flags: ReplayFlags, create_app: Callable[[], Any]) -> Iterator[Simulator | None]:
    if flags.against and flags.compare != "shape":
        yield None
    elif flags.url is not None:
        yield Simulator(flags.url, flags.control_token)
    else:
        with local_server.running(create_app) as url:
            yield Simulator(url)


def _reporter(flags: ReplayFlags) -> Callable[[Event], None]:
    out: TextIO = sys.stderr if flags.json_file == "-" else sys.stdout
    live = out.isatty() and not os.environ.get("CI")
    colours = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return TextReporter(out, live=live, colours=colours)


def _paths(flags: ReplayFlags) -> Iterator[Path]:
    if flags.json_file not in (None, "-"):
        yield Path(str(flags.json_file))
    yield from filter(None, (flags.junit, flags.ctrf, flags.markdown))


def _check_reports(flags: ReplayFlags) -> None:
    """Refuse now what could not be written when all is over."""
    wrong = [
        f"cannot write {path}: there is no folder {path.parent}"
        for path in _paths(flags)
        if not path.parent.is_dir()
    ]
    if wrong:
        raise Unusable(*wrong)


def _report(flags: ReplayFlags, ended: RunEnded) -> None:
    try:
        if flags.json_file == "-":
            sys.stdout.write(json.text(ended))
        elif flags.json_file is not None:
            json.write(ended, Path(flags.json_file))
        if flags.junit is not None:
            junit.write(ended, flags.junit)
        if flags.ctrf is not None:
            ctrf.write(ended, flags.ctrf)
        if flags.markdown is not None:
            markdown.write(ended, flags.markdown)
        page = os.environ.get("GITHUB_STEP_SUMMARY")
        if page:
            markdown.append(ended, Path(page))
    except OSError as error:
        raise Unusable(f"cannot write {error.filename}: {error.strerror}") from None
