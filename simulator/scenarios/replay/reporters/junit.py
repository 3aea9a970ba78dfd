"""JUnit's XML, as readers in CI take it: a suite for each file, a case for each step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from simulator.scenarios.replay.events import FileResult, RunEnded, StepResult
from simulator.scenarios.replay.reporters.words import details

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, 2.2), even escaped."""


_KINDS: Mapping[str, Mapping[str, str]] = {
    "replay": {"failed": "difference", "broken": "unreachable"},
    "report": {"failed": "unmatched", "broken": "failure"},
}
"""What a case that did not pass is, in the `type` by which readers group."""


def text(run: RunEnded) -> str:
    """The document as text."""
    root = Element("testsuites", {"name": f"carrier-simulator {run.kind}", **_counts(run.results)})
    root.set("time", f"{run.seconds:.3f}")
    for result in run.results:
        suite = SubElement(root, "testsuite", {"name": _xml(result.path), **_counts((result,))})
        suite.set("time", f"{result.seconds:.3f}")
        suite.set("timestamp", run.at.isoformat(timespec="seconds"))
        properties = SubElement(suite, "properties")
        told = ("scenario", result.title) if run.kind == "replay" else ("workspace", result.path)
        SubElement(properties, "property", {"name": told[0], "value": _xml(told[1])})
        for step in result.steps:
            place = _placed(result, step) if run.kind == "replay" else _grouped(step)
            _case(suite, step, place, _KINDS[run.kind])
        if result.notes:
            SubElement(suite, "system-out").text = _xml("\n".join(result.notes))
    ElementTree.indent(root)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return declaration + ElementTree.tostring(root, encoding="unicode") + "\n"


def write(run: RunEnded, path: Path) -> None:
    """Write the document."""
    path.write_text(text(run), encoding="utf-8")


def _placed(result: FileResult, step: StepResult) -> dict[str, str]:
    """The attributes of a step of a file."""
    parts = Path(result.path).with_suffix("").parts
    classname = ".".join(part for part in parts if part not in ("/", ".", ".."))
    line = step.place.removeprefix(result.path).strip(":").partition(":")[0]
    placed = {"classname": _xml(classname), "file": _xml(result.path)}
    return {**placed, "line": line} if line.isdigit() else placed


def _grouped(step: StepResult) -> dict[str, str]:
    """The attributes of what stands in no file."""
    return {"classname": _xml(step.group or "nobody")}


def _case(
    suite: Element, step: StepResult, place: Mapping[str, str], kinds: Mapping[str, str]
) -> None:
    named = {"name": _xml(f"{step.number} {step.name}"), "time": f"{step.seconds:.3f}"}
    case = SubElement(suite, "testcase", {**named, **place})
    whole = "\n".join(details(step))
    match step.outcome:
        case "failed":
            attributes = {"message": _xml(step.message), "type": kinds[step.outcome]}
            SubElement(case, "failure", attributes).text = _xml(whole)
        case "broken":
            attributes = {"message": _xml(step.message), "type": kinds[step.outcome]}
            SubElement(case, "error", attributes).text = _xml(whole)
        case "skipped" | "not run":
            SubElement(case, "skipped", {"message": _xml(step.message or step.outcome)})


def _counts(results: tuple[FileResult, ...]) -> dict[str, str]:
    steps = [step.outcome for result in results for step in result.steps]
    return {
        "tests": str(len(steps)),
        "failures": str(steps.count("failed")),
        "errors": str(steps.count("broken")),
        "skipped": str(steps.count("skipped") + steps.count("not run")),
    }


def _xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
