"""What the reports of a run say, and that their readers can read them."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs

from simulator.scenarios.replay.events import (
    FileEnded,
    FileResult,
    FileStarted,
    Gap,
    Got,
    RunEnded,
    Sent,
    StepEnded,
    StepResult,
)
from simulator.scenarios.replay.reporters import ctrf, junit, markdown
from simulator.scenarios.replay.reporters import json as json_report
from simulator.scenarios.replay.reporters.text import TextReporter
from simulator.version import VERSION

AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)

FAILED = StepResult(
    number=2,
    name="read | it",
    place="a/broke.yaml:9:5",
    outcome="failed",
    seconds=0.25,
    message="the answer is not as expected",
    differences=(Gap("/body/status", '"created"', '"<offer>\x00"'),),
    sent=Sent("GET", "http://127.0.0.1/inpost/v1/shipments/1", {"authorization": "***"}, ""),
    got=Got(200, {}, '{"status":\n"<offer>"}'),
    why=("GET matched inpost.get_shipment.", "Its handler answered with 200."),
)

RESULTS = (
    FileResult(
        "a/fine.yaml",
        "All is well",
        "passed",
        0.5,
        (
            StepResult(1, "create", "a/fine.yaml:4:5", "passed", 0.1),
            StepResult(2, "advance 2s", "a/fine.yaml:9:5", "skipped", message="not here"),
        ),
    ),
    FileResult(
        "a/broke.yaml",
        "It runs dry",
        "failed",
        1.0,
        (
            StepResult(1, "create", "a/broke.yaml:4:5", "passed", 0.1),
            FAILED,
            StepResult(3, "label", "a/broke.yaml:14:5", "not run"),
        ),
        workspace="replay-broke-1",
    ),
    FileResult(
        "a/away.yaml",
        "Nobody is there",
        "broken",
        0.1,
        (StepResult(1, "create", "a/away.yaml:4:5", "broken", message="it was not reached"),),
    ),
)

RUN = RunEnded(AT, AT + timedelta(seconds=2), 2.0, "http://127.0.0.1:8080", RESULTS)


def test_the_text_is_a_line_for_each_file_and_what_is_wrong_beneath() -> None:
    out = io.StringIO()
    report = TextReporter(out, live=False, colours=False)
    for result in RESULTS:
        report(FileStarted(result.path, len(result.steps)))
        for step in result.steps:
            report(StepEnded(result.path, step))
        report(FileEnded(result))
    report(RUN)
    assert (
        out.getvalue()
        == """\
ok     a/fine.yaml  All is well  (2 steps, 0.50 s)
  skipped step 2 advance 2s: not here
FAIL   a/broke.yaml  It runs dry  (3 steps, 1.00 s)
  step 2 read | it  a/broke.yaml:9:5
    the answer is not as expected
    /body/status  wanted "created", found "<offer>\N{REPLACEMENT CHARACTER}"
    request  GET http://127.0.0.1/inpost/v1/shipments/1
    answer   200  {"status": "<offer>"}
    why      GET matched inpost.get_shipment.
             Its handler answered with 200.
  not run: step 3
  kept in the workspace replay-broke-1
BROKEN a/away.yaml  Nobody is there  (1 steps, 0.10 s)
  step 1 create  a/away.yaml:4:5
    it was not reached

1 of 3 files passed, 1 failed, 1 broken, 1 steps skipped; 6 steps in 2.0 s
"""
    )


def test_on_a_terminal_the_last_line_tells_how_far_it_is() -> None:
    out = io.StringIO()
    report = TextReporter(out, live=True, colours=True)
    report(FileStarted("a/fine.yaml", 2))
    report(StepEnded("a/fine.yaml", RESULTS[0].steps[0]))
    assert out.getvalue().endswith("\r\x1b[2Ka/fine.yaml 1/2")
    report(FileEnded(RESULTS[0]))
    assert "\r\x1b[2K\x1b[32mok    \x1b[0m a/fine.yaml" in out.getvalue()
    report(RUN)
    assert out.getvalue().endswith("6 steps in 2.0 s\n\r\x1b[2K")


def test_junit_has_a_suite_for_each_file_and_a_case_for_each_step(tmp_path: Path) -> None:
    junit.write(RUN, tmp_path / "report.xml")
    root = ElementTree.parse(tmp_path / "report.xml").getroot()
    assert root.tag == "testsuites"
    counts = {"tests": "6", "failures": "1", "errors": "1", "skipped": "2"}
    assert {name: root.get(name) for name in counts} == counts
    assert [suite.get("name") for suite in root] == ["a/fine.yaml", "a/broke.yaml", "a/away.yaml"]
    cases = root[1].findall("testcase")
    assert [case.get("name") for case in cases] == ["1 create", "2 read | it", "3 label"]
    assert {(case.get("classname"), case.get("file")) for case in cases} == {
        ("a.broke", "a/broke.yaml")
    }
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.get("message") == "the answer is not as expected"
    assert "/body/status  wanted" in str(failure.text)
    assert cases[1].get("line") == "9"
    skipped = cases[2].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "not run"
    error = root[2].find("testcase/error")
    assert error is not None
    assert error.get("message") == "it was not reached"


def _closed(required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [*required],
        "properties": required | optional,
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_STATUS = {"enum": ["passed", "failed", "skipped", "pending", "other"]}
_COUNTS = ("tests", "passed", "failed", "skipped", "pending", "other", "start", "stop")

# What ctrf.io says of the members that we write: which are required, of which kind, and that
# there are no others.
CTRF = _closed(
    {
        "reportFormat": {"const": "CTRF"},
        "specVersion": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        "results": _closed(
            {
                "tool": _closed({"name": _TEXT}, {"version": _TEXT}),
                "summary": _closed(dict.fromkeys(_COUNTS, _NUMBER), {"suites": _NUMBER}),
                "tests": {
                    "type": "array",
                    "items": _closed(
                        {
                            "name": {"type": "string", "minLength": 1},
                            "status": _STATUS,
                            "duration": _NUMBER,
                        },
                        {
                            "suite": {"type": "array", "minItems": 1, "items": _TEXT},
                            "message": _TEXT,
                            "trace": _TEXT,
                            "line": _NUMBER,
                            "rawStatus": _TEXT,
                            "filePath": _TEXT,
                        },
                    ),
                },
            },
            {},
        ),
    },
    {"timestamp": {"type": "string", "format": "date-time"}, "generatedBy": _TEXT},
)


def test_ctrf_is_as_its_specification_says(tmp_path: Path) -> None:
    ctrf.write(RUN, tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    jsonschema_rs.Draft7Validator(CTRF, validate_formats=True).validate(report)
    assert report["results"]["tool"] == {"name": "carrier-simulator replay", "version": VERSION}
    assert report["results"]["summary"] == {
        "tests": 6,
        "passed": 2,
        "failed": 1,
        "skipped": 1,
        "pending": 1,
        "other": 1,
        "suites": 3,
        "start": 1772442900000,
        "stop": 1772442902000,
    }
    failed = report["results"]["tests"][3]
    assert failed["suite"] == ["a/broke.yaml", "It runs dry"]
    assert (failed["status"], failed["duration"], failed["line"]) == ("failed", 250, 9)


def test_json_has_everything(tmp_path: Path) -> None:
    json_report.write(RUN, tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["passed"] is False
    assert report["against"] == "http://127.0.0.1:8080"
    assert [file["outcome"] for file in report["files"]] == ["passed", "failed", "broken"]
    assert report["files"][0]["steps"][0] == {
        "number": 1,
        "name": "create",
        "place": "a/fine.yaml:4:5",
        "outcome": "passed",
        "seconds": 0.1,
    }
    failed = report["files"][1]["steps"][1]
    assert failed["differences"][0]["place"] == "/body/status"
    assert failed["why"] == list(FAILED.why)
    assert failed["got"]["status"] == 200


def test_markdown_is_a_table_and_what_is_wrong_and_nothing_in_it_is_markup() -> None:
    assert (
        markdown.text(RUN)
        == """\
## Replay

1 of 3 files passed, 1 failed, 1 broken, 1 steps skipped; 6 steps in 2.0 s

| | scenario | file | steps | time |
| --- | --- | --- | ---: | ---: |
| ✅ | All is well | a/fine.yaml | 1/2 | 0.5 s |
| ❌ | It runs dry | a/broke.yaml | 1/3 | 1.0 s |
| ⚠️ | Nobody is there | a/away.yaml | 0/1 | 0.1 s |

### a/broke.yaml:9:5: step 2 read \\| it

the answer is not as expected

| place | wanted | found |
| --- | --- | --- |
| /body/status | "created" | "\\<offer\\>\x00" |

```
request  GET http://127.0.0.1/inpost/v1/shipments/1
answer   200  {"status": "<offer>"}
why      GET matched inpost.get_shipment.
         Its handler answered with 200.
```

### a/away.yaml:4:5: step 1 create

it was not reached

Skipped: a/fine.yaml, step 2 advance 2s: not here
"""
    )


def test_the_page_of_a_run_in_ci_keeps_what_is_there(tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    page.write_text("# Build\n")
    markdown.append(RUN, page)
    assert page.read_text() == "# Build\n" + markdown.text(RUN)
