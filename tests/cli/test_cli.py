"""The command line as a person types it."""

import json
import logging
import platform
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version as installed_version
from pathlib import Path

import pytest
import structlog
import yaml

from simulator import resources
from simulator.cli import main
from simulator.command.flags import serve_flags
from simulator.http import exchange_log
from simulator.settings import OPTIONS
from simulator.version import VERSION

COMMANDS = (
    *("serve", "validate", "replay", "scenarios", "specs"),
    *("explain", "report", "wait", "env", "store", "version"),
)


@contextmanager
def logging_as_it_was() -> Iterator[None]:
    """A server that does not start has set up the logs of this whole process, to a stderr that is
    closed behind the test."""
    root = logging.getLogger()
    handlers, level, as_set_up = root.handlers[:], root.level, structlog.get_config()
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.configure(**as_set_up)
        exchange_log.write_to(None)


class Outcome:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def type_command(capsys: pytest.CaptureFixture[str]) -> "Typist":
    return Typist(capsys)


class Typist:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Outcome:
        with pytest.raises(SystemExit) as left, logging_as_it_was():
            main([*arguments])
        printed = self.capsys.readouterr()
        code = left.value.code
        return Outcome(code if isinstance(code, int) else 0, printed.out, printed.err)


def test_no_command_prints_the_help(type_command: Typist) -> None:
    outcome = type_command()
    assert outcome.code == 0
    assert "carrier-simulator serve" in outcome.out
    assert set(COMMANDS) <= set(outcome.out.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(type_command: Typist, command: str) -> None:
    outcome = type_command(command, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"Usage: carrier-simulator {command}")
    assert command == "version" or "Examples:" in outcome.out


def test_the_help_of_serve_names_every_flag_variable_and_default(type_command: Typist) -> None:
    words = type_command("serve", "--help").out.replace("\n", " ")
    for option in OPTIONS:
        assert option.flag in words
        assert option.variable in words
    assert "[SIMULATOR_PORT; default: 8080]" in " ".join(words.split())


def test_version_tells_what_a_bug_report_needs(type_command: Typist) -> None:
    outcome = type_command("version")
    assert outcome.out.splitlines() == [
        f"carrier-simulator {VERSION}",
        f"python {platform.python_version()}",
        f"connexion {installed_version('connexion')}",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["serv"], "Did you mean 'serve'?"),
        (["serve", "--prot", "1"], "'--port'"),
        (["serve", "--port"], "--port"),
        (["serve", "--port", "http"], "--port is 'http', but must be a whole number"),
        (["serve", "--config", "none.yaml"], "--config: there is no file none.yaml"),
        (["serve", "extra"], "extra"),
        (
            ["serve", "--host", "no such host", "--port", "0"],
            "cannot listen on host 'no such host'",
        ),
        (["serve", "--host", "a" * 70, "--port", "0"], "cannot listen on host"),
        (["specs", "inpst"], "there is no specification 'inpst'; did you mean 'inpost'?"),
        (["specs", "zzz"], "there is no specification 'zzz'; there are: "),
        (["specs", "inpost", "--format", "xml"], "'xml'"),
        (["specs", "--output", "/nowhere/x.yaml"], "cannot write /nowhere/x.yaml"),
        (["serve", "--port", "0", "--fault", "flakey"], "fault 'flakey': "),
        (["serve", "--port", "0", "--fault", "slow", "--fault", "inpost: 50"], "'inpost: 50': "),
        (["validate", "none.yaml"], "there is no file none.yaml"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(
    type_command: Typist, arguments: list[str], says: str
) -> None:
    outcome = type_command(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("carrier-simulator: ")
    assert outcome.err.count("\n") == 1
    assert says in outcome.err


def test_each_wrong_key_of_a_file_is_a_line(type_command: Typist, tmp_path: Path) -> None:
    config = tmp_path / "simulator.yaml"
    config.write_text("prot: 80\nsede: 7\n")
    lines = [
        f"{config}:1: 'prot' is not a setting; did you mean 'port'?",
        f"{config}:2: 'sede' is not a setting; did you mean 'seed'?",
    ]
    served = type_command("serve", "--port", "0", "--config", str(config))
    assert (served.code, served.out) == (2, "")
    assert served.err.splitlines() == [f"carrier-simulator: {line}" for line in lines]
    assert type_command("validate", str(config)).err.splitlines() == lines


def test_a_port_in_use_is_refused_with_another_one_to_try(type_command: Typist) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        outcome = type_command("serve", "--port", str(port))
    assert outcome.code == 2
    assert outcome.err == (
        f"carrier-simulator: port {port} on 127.0.0.1 is in use by another program; stop that "
        f"one, or choose another port with --port {port + 1} or SIMULATOR_PORT={port + 1}\n"
    )


def test_specs_lists_the_shipped_specifications(type_command: Typist) -> None:
    lines = type_command("specs").out.splitlines()
    assert [line.split("\t") for line in lines] == [
        *([name, str(resources.spec_path(name))] for name in resources.spec_names()),
        ["scenario", str(resources.scenario_schema_path())],
    ]


def test_specs_prints_a_specification_in_both_languages(
    type_command: Typist, tmp_path: Path
) -> None:
    as_yaml = type_command("specs", "inpost").out
    as_json = type_command("specs", "inpost", "--format", "json").out
    assert as_yaml == resources.spec_path("inpost").read_text(encoding="utf-8")
    plain = json.dumps(yaml.load(as_yaml, Loader=yaml.CSafeLoader), default=str)
    assert json.loads(as_json) == json.loads(plain)
    copy = tmp_path / "inpost.yaml"
    assert type_command("specs", "inpost", "--output", str(copy)).out == ""
    assert copy.read_text(encoding="utf-8") == as_yaml


@pytest.mark.parametrize(
    ("asked", "server", "has_put"),
    [
        ((), "/api.myparcel.nl", True),
        (("--edition", "today"), "/api.myparcel.nl", True),
        (("--edition", "2017"), "/api.myparcel.com", False),
        (("--edition", "2017", "--format", "json"), "/api.myparcel.com", False),
    ],
)
def test_an_edition_is_printed_as_it_is_served(
    type_command: Typist, asked: tuple[str, ...], server: str, has_put: bool
) -> None:
    text = type_command("specs", "myparcel", *asked).out
    document = yaml.load(text, Loader=yaml.CSafeLoader)
    assert document["servers"] == [{"url": server}]
    assert ("put" in document["paths"]["/shipments"]) is has_put
    assert "x-openapi-router-controller" not in text


def test_validate_accepts_what_is_shipped(type_command: Typist) -> None:
    outcome = type_command("validate")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "settings: ok",
        *(f"{path}: ok" for path in resources.description_paths()),
    ]


SPEC = """\
openapi: 3.0.3
info: {{title: Two, version: "1"}}
paths:
  /one:
    get:
      operationId: {first}
      responses: {{"200": {{description: Fine}}}}
  /two:
    get:
      {second}
"""


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (
            "openapi: 3.0.3\npaths: [\n",
            ["{file}:3:1: not YAML: did not find expected node content"],
        ),
        (
            SPEC.format(first="a.b", second='responses: {"200": {description: Fine}}'),
            ["{file}:10: get /two has no operationId"],
        ),
        (
            SPEC.format(
                first="a.b", second='{operationId: a.b, responses: {"200": {description: F}}}'
            ),
            [
                "{file}:6: operationId 'a.b' is used 2 times",
                "{file}:10: operationId 'a.b' is used 2 times",
            ],
        ),
        (
            SPEC.format(first="a.b", second="operationId: c.d"),
            ["{file}:10: paths//two/get: 'responses' is a required property"],
        ),
        ("port: 80\nprot: 81\n", ["{file}:2: 'prot' is not a setting; did you mean 'port'?"]),
        (
            "no.such.key: 1\n",
            ["{file}:1: 'no.such.key' is not a setting; see carrier-simulator serve"],
        ),
    ],
)
def test_validate_names_the_line_of_each_problem(
    type_command: Typist, tmp_path: Path, content: str, problems: list[str]
) -> None:
    file = tmp_path / "tried.yaml"
    file.write_text(content, encoding="utf-8")
    outcome = type_command("validate", str(file))
    assert (outcome.code, outcome.out) == (2, "")
    lines = outcome.err.splitlines()
    assert len(lines) == len(problems)
    for line, problem in zip(lines, problems, strict=True):
        assert line.startswith(problem.format(file=file))


def test_validate_refuses_a_reference_that_leads_nowhere(
    type_command: Typist, tmp_path: Path
) -> None:
    file = tmp_path / "tried.yaml"
    file.write_text(
        SPEC.format(first="a.b", second='responses: {"200": {$ref: "#/nothing"}}'), encoding="utf-8"
    )
    outcome = type_command("validate", str(file))
    assert outcome.code == 2
    assert outcome.err.startswith(f"{file}: ")
    assert outcome.err.count("\n") == 1


def test_validate_accepts_a_configuration_file(type_command: Typist, tmp_path: Path) -> None:
    file = tmp_path / "simulator.toml"
    file.write_text("port = 9000\n")
    outcome = type_command("validate", str(file))
    assert (outcome.code, outcome.out) == (0, f"{file}: ok\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "{file}: is empty\n"),
        (b"\n  \n", "{file}: is empty\n"),
        ("port: 9000\n".encode("utf-16"), "{file}:1:1: is UTF-16: save it as UTF-8\n"),
        ("scenario: x\n".encode("utf-16"), "{file}:1:1: is UTF-16: save it as UTF-8\n"),
        (b"steps:\n  - advance: 2s\n", '{file}:1:1: "scenario" is missing\n'),
        (b"seed: 1\ntimeline: []\n", '{file}:1:1: "scenario" is missing\n'),
        (b'{"rules": [], "given": []}', '{file}:1:1: "scenario" is missing\n'),
        (b"seed: 1\nprofile: observd\n", "{file}:2: profile "),
    ],
)
def test_validate_knows_what_a_file_is_by_what_it_holds(
    type_command: Typist, tmp_path: Path, content: bytes, says: str
) -> None:
    file = tmp_path / "tried.yaml"
    file.write_bytes(content)
    outcome = type_command("validate", str(file))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(says.format(file=file))
    assert outcome.err.count("\n") == 1


def test_flags_of_serve_are_read_without_serving() -> None:
    flags, config = serve_flags(["--port", "9000", "--strict", "--config", "x.yaml", "--unknown"])
    assert {name: value for name, value in flags.items() if value is not None} == {
        "port": "9000",
        "strict": True,
    }
    assert config == Path("x.yaml")


def test_the_library_is_listed_and_printed(type_command: Typist) -> None:
    lines = type_command("scenarios").out.splitlines()
    assert len(lines) >= 40
    assert any(line.startswith("inpost/runs-dry ") for line in lines)
    printed = type_command("scenarios", "inpost/runs-dry").out
    assert printed == (resources.scenarios_dir() / "inpost" / "runs-dry.yaml").read_text()
    wrong = type_command("scenarios", "inpost/run-dry")
    assert (wrong.code, wrong.out) == (2, "")
    assert """did you mean the library's "inpost/runs-dry"?""" in wrong.err
    assert type_command("scenarios", "inpost/runs-dry.yaml").out == printed


def test_validate_takes_folders(type_command: Typist, tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "good.yaml").write_text("scenario: x\n")
    (folder / "bad.yaml").write_text("scenario: x\nrules: 3\n")
    outcome = type_command("validate", str(folder))
    assert outcome.code == 2
    assert "good.yaml: ok" in outcome.out
    assert "bad.yaml:2:8: rules: has to be a list, not 3" in outcome.err
