"""Flags, environment and configuration file: the same settings, one order, one-line refusals."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from simulator.resources import carrier_names
from simulator.settings import OPTIONS, Settings, SettingsError, resolve
from simulator.settings.options import Option

BY_NAME = {option.name: option for option in OPTIONS}

HOSTS = st.from_regex(r"[a-z][a-z0-9-]{0,10}(\.[a-z]{2,5})?", fullmatch=True)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "host": HOSTS,
    "port": st.integers(0, 65535),
    "control_token": st.from_regex(r"[A-Za-z0-9._~-]{1,30}", fullmatch=True),
    "carriers": st.lists(st.sampled_from(carrier_names()), unique=True, min_size=1),
    "profile": st.sampled_from(["observed", "documented"]),
    "seed": st.integers(0, 2**63),
    "clock_mode": st.sampled_from(["real", "frozen", "offset", "scaled"]),
    "clock_at": st.datetimes(
        datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone(timedelta(hours=1)))
    ),
    "clock_speed": st.integers(1, 10_000).map(float),
    "strict": st.booleans(),
    "fault": st.lists(
        st.sampled_from(["flaky", "inpost: down", "inpost.get_label: 404 x2", '{"delay": {}}']),
        min_size=1,
    ),
    "request_rules": st.booleans(),
    "response_validation": st.sampled_from(["off", "log", "fail"]),
    "max_body_bytes": st.integers(1, 2**40),
    "max_depth": st.integers(1, 200),
    "store": st.sampled_from(
        ["memory", "sqlite:///worlds.db?durability=full", "rediss://user:word@host:6380/1"]
    ),
    "workspaces_max": st.integers(1, 10**9),
    "workspaces_idle": st.integers(0, 10**6).map(float),
    "journal_entries": st.integers(0, 10**9),
    "journal_bytes": st.integers(1, 2**40),
    "host_allow": st.lists(HOSTS, unique=True, min_size=1),
    "webhook_allow": st.lists(HOSTS, unique=True, min_size=1),
    "webhook_timeout": st.integers(0, 3600).map(float),
    "request_timeout": st.integers(0, 3600).map(float),
    "idle_timeout": st.integers(0, 3600).map(float),
    "answer_timeout": st.integers(0, 3600).map(float),
    "shutdown_grace": st.integers(0, 3600).map(float),
    "log_level": st.sampled_from(["debug", "info", "warning", "error"]),
    "log_format": st.sampled_from(["text", "json"]),
    "access_log": st.booleans(),
}
# These two are refused unless the clock's mode uses them.
COMPANIONS = {"clock_at": {"clock_mode": "frozen"}, "clock_speed": {"clock_mode": "scaled"}}


def one_line(error: pytest.ExceptionInfo[SettingsError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def as_text(option: Option, value: Any) -> str:
    return option.kind.write(value)


def test_there_is_an_option_for_every_field_and_a_field_for_every_option() -> None:
    assert [*BY_NAME] == [field for field in Settings.__struct_fields__ if field in BY_NAME]
    assert set(BY_NAME) == set(Settings.__struct_fields__) == set(VALUES)


@pytest.mark.parametrize("name", BY_NAME)
@hypothesis_settings(
    max_examples=15,
    deadline=None,
    # Each example writes the file anew, so sharing the folder between examples is harmless.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chosen=st.data())
def test_a_setting_is_the_same_as_flag_as_variable_and_as_file_key(
    tmp_path: Path, name: str, chosen: st.DataObject
) -> None:
    option, value = BY_NAME[name], chosen.draw(VALUES[name])
    companions = COMPANIONS.get(name, {})
    by_flag = resolve({name: as_text(option, value), **companions}, environment={})
    by_variable = resolve(companions, {option.variable: as_text(option, value)})
    files = {
        "as_text.yaml": json.dumps({name: as_text(option, value)}),
        "typed.yaml": json.dumps({name: value}, default=datetime.isoformat),
        "typed.toml": f"{name} = {json.dumps(value, default=datetime.isoformat)}",
    }
    for file, content in files.items():
        (tmp_path / file).write_text(content, encoding="utf-8")
    by_file = [resolve(companions, {}, tmp_path / file) for file in files]
    expected = tuple(value) if isinstance(value, list) else value
    assert getattr(by_flag, name) == expected
    assert [by_variable, *by_file] == [by_flag] * 4


def test_nothing_given_means_the_defaults() -> None:
    assert resolve({}, {}) == Settings()


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    config = tmp_path / "simulator.yaml"
    config.write_text("port: 1\nseed: 2\nmax_depth: 3\n")
    environment = {"SIMULATOR_CONFIG": str(config), "SIMULATOR_PORT": "4", "SIMULATOR_SEED": "5"}
    assert resolve({"port": "6"}, environment) == Settings(port=6, seed=5, max_depth=3)


def test_the_config_flag_wins_over_the_config_variable(tmp_path: Path) -> None:
    chosen = tmp_path / "chosen.toml"
    chosen.write_text("port = 9000\n")
    assert resolve({}, {"SIMULATOR_CONFIG": "/nowhere.yaml"}, chosen).port == 9000


def test_an_empty_variable_counts_as_not_set() -> None:
    assert resolve({}, {"SIMULATOR_PORT": "", "SIMULATOR_CONFIG": ""}) == Settings()


def test_variables_that_a_container_platform_adds_are_left_alone() -> None:
    added = {"SIMULATOR_SERVICE_HOST": "10.0.0.1", "SIMULATOR_PORT_8080_TCP": "tcp://10.0.0.1:8080"}
    assert resolve({}, added) == Settings()


def test_units_are_read(tmp_path: Path) -> None:
    config = tmp_path / "units.yaml"
    config.write_text(
        "journal_bytes: 1.5MiB\nwebhook_timeout: 1500ms\nshutdown_grace: 2m\n"
        "response_validation: off\nclock_mode: frozen\nclock_at: 2026-03-02T10:15:00Z\n"
    )
    assert resolve({}, {}, config) == Settings(
        journal_bytes=1572864,
        webhook_timeout=1.5,
        shutdown_grace=120.0,
        clock_mode="frozen",
        clock_at=datetime(2026, 3, 2, 10, 15, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("flags", "environment", "message"),
    [
        (
            {"port": "abc"},
            {},
            "--port is 'abc', but must be a whole number from 0 to 65535",
        ),
        (
            {},
            {"SIMULATOR_PORT": "70000"},
            "SIMULATOR_PORT is '70000', but must be a whole number from 0 to 65535",
        ),
        (
            {},
            {"SIMULATOR_PROFILE": "documnted"},
            "SIMULATOR_PROFILE is 'documnted', but must be one of observed, documented; "
            "did you mean 'documented'?",
        ),
        (
            {},
            {"SIMULATOR_PROT": "80"},
            "SIMULATOR_PROT is not a setting; did you mean 'SIMULATOR_PORT'?",
        ),
        (
            {"clock_at": "2026-03-02T10:15:00", "clock_mode": "frozen"},
            {},
            "--clock-at is '2026-03-02T10:15:00', but must be an instant with its offset "
            "such as 2026-03-02T10:15:00+01:00",
        ),
        (
            {"clock_at": "2026-03-02T10:15:00Z"},
            {},
            "--clock-at is given, but the clock mode is 'real', which cannot start at another "
            "instant; choose clock mode frozen, offset, scaled or eager",
        ),
        (
            {"clock_speed": "2"},
            {},
            "--clock-speed is given, but the clock mode is 'real'; choose clock mode scaled",
        ),
        ({"seed": "-1"}, {}, "--seed is '-1', but must be a whole number of at least 0"),
        (
            {"journal_bytes": "16 miles"},
            {},
            "--journal-bytes is '16 miles', but must be a size in bytes such as 65536, 512KiB "
            "or 16MiB",
        ),
        (
            {"webhook_timeout": "soon"},
            {},
            "--webhook-timeout is 'soon', but must be a duration such as 5, 1500ms, 5s or 2m",
        ),
        (
            {"strict": "ture"},
            {},
            "--strict is 'ture', but must be true or false; did you mean 'true'?",
        ),
        ({"clock_speed": "0"}, {}, "--clock-speed is '0', but must be a number above 0"),
        ({"host": " "}, {}, "--host is ' ', but must be one line of text"),
    ],
)
def test_a_wrong_value_names_its_source_and_what_is_allowed(
    flags: dict[str, object], environment: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError) as error:
        resolve(flags, environment)
    assert one_line(error) == message


def test_an_unknown_carrier_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError) as error:
        resolve({"carriers": "inpots"}, {})
    known = ", ".join(carrier_names())
    assert one_line(error) == (
        "--carriers is 'inpots', but must be names of carriers separated by commas "
        f"({known}); did you mean 'inpost'?"
    )


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "s.yaml",
            "seed: 1\nprot: 80\n",
            "{file}:2: 'prot' is not a setting; did you mean 'port'?",
        ),
        (
            "s.yaml",
            "colour: red\n",
            "{file}:1: 'colour' is not a setting; see carrier-simulator serve --help",
        ),
        (
            "s.yaml",
            "port: [80]\n",
            "{file}:1: port is [80], but must be a whole number from 0 to 65535",
        ),
        ("s.yaml", "strict: 1\n", "{file}:1: strict is 1, but must be true or false"),
        (
            "s.yaml",
            "journal_bytes: true\n",
            "{file}:1: journal_bytes is True, but must be a size in bytes such as 65536, 512KiB "
            "or 16MiB",
        ),
        (
            "s.yaml",
            "webhook_allow: {a: b}\n",
            "{file}:1: webhook_allow is {{'a': 'b'}}, but must be host names separated by commas",
        ),
        ("s.yaml", "port: 1\nport: 2\n", "--config: {file}:2: 'port' is set a second time"),
        ("s.yaml", "- port\n", "--config: {file}:1: expected `key: value` lines"),
        (
            "s.yaml",
            "port: 1\nhost: [\n",
            "--config: {file}:3:1: not YAML: did not find expected node content",
        ),
        (
            "s.yaml",
            "clock_at: 2026-13-45T00:00:00Z\n",
            "--config: {file}:1: clock_at: month must be in 1..12",
        ),
        (
            "s.toml",
            "port = \n",
            "--config: {file} is not TOML: Invalid value (at line 1, column 8)",
        ),
        ("s.toml", f"port = {'[' * 3000}1{']' * 3000}\n", "--config: {file} is nested too deeply"),
        ("s.yaml", f"port: {'[' * 3000}1{']' * 3000}\n", "--config: {file} is nested too deeply"),
        ("s.toml", "prot = 80\n", "{file}: 'prot' is not a setting; did you mean 'port'?"),
    ],
)
def test_a_wrong_file_is_refused_at_its_line(
    tmp_path: Path, file: str, content: str, message: str
) -> None:
    config = tmp_path / file
    config.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        resolve({}, {}, config)
    # CPython 3.14 says more of a month.
    assert one_line(error).removesuffix(", not 13") == message.format(file=config)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    config = tmp_path / "s.yaml"
    config.write_text(
        "prot: 80\nprofile: documnted\nseed: 1\nseed: 2\nLog-Levl: info\n"
        "clock_at: 2026-13-45T00:00:00Z\ncolour: red\n"
    )
    environment = {"SIMULATOR_PROFLE": "observed", "SIMULATOR_SEED": "one"}
    with pytest.raises(SettingsError) as error:
        resolve({"max_depth": "0"}, environment, config)
    # CPython 3.14 says more of it.
    problems = [each.removesuffix(", not 13") for each in error.value.problems]
    assert problems == [
        f"{config}:1: 'prot' is not a setting; did you mean 'port'?",
        f"{config}:2: profile is 'documnted', but must be one of observed, documented; "
        "did you mean 'documented'?",
        f"--config: {config}:4: 'seed' is set a second time",
        f"{config}:5: 'Log-Levl' is not a setting; did you mean 'log_level'?",
        f"--config: {config}:6: clock_at: month must be in 1..12",
        f"{config}:7: 'colour' is not a setting; see carrier-simulator serve --help",
        "SIMULATOR_PROFLE is not a setting; did you mean 'SIMULATOR_PROFILE'?",
        "SIMULATOR_SEED is 'one', but must be a whole number of at least 0",
        "--max-depth is '0', but must be a whole number from 1 to 200",
    ]


def test_both_settings_of_a_clock_that_does_not_use_them_are_named() -> None:
    with pytest.raises(SettingsError) as error:
        resolve({"clock_at": "2026-03-02T10:15:00Z", "clock_speed": "2"}, {})
    assert [problem.split()[0] for problem in error.value.problems] == [
        "--clock-at",
        "--clock-speed",
    ]


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    config = tmp_path / "empty.yaml"
    config.write_text("# nothing yet\n")
    assert resolve({}, {}, config) == Settings()


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path, reason in [
        (tmp_path / "none.yaml", f"there is no file {tmp_path / 'none.yaml'}"),
        (binary, f"{binary} is not UTF-8 text"),
        (tmp_path, f"cannot read {tmp_path}: Is a directory"),
    ]:
        with pytest.raises(SettingsError) as error:
            resolve({}, {"SIMULATOR_CONFIG": str(path)})
        assert one_line(error) == f"SIMULATOR_CONFIG: {reason}"


def test_settings_survive_json() -> None:
    settings = resolve({"clock_mode": "frozen", "clock_at": "2026-03-02T10:15:00Z"}, {})
    assert msgspec.json.decode(msgspec.json.encode(settings), type=Settings) == settings
