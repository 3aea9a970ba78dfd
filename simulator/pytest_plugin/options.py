"""What a project can say about its carriers, on the command line and in its configuration."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

URL_VARIABLE = "CARRIER_SIMULATOR_URL"
TOKEN_VARIABLE = "CARRIER_SIMULATOR_TOKEN"

_INI = (
    ("carrier_simulator", "string", "URL of a simulator that runs already"),
    ("carrier_simulator_settings", "linelist", "settings of the server: profile=documented"),
    ("carrier_simulator_scenarios", "string", "folder below which carrier_scenario looks"),
    ("carrier_simulator_strict", "bool", "requests that no operation takes fail their test"),
    ("carrier_environment", "linelist", "variables to set: INPOST_URL = inpost.base_url"),
)

MARKERS = (
    "carrier_scenario(file): load a scenario into the test's carrier_world",
    "carrier_quirks(values): set switches of the test's carrier_world, as a mapping",
    "carrier_profile(name): begin the test's carrier_world in a profile, observed or documented",
    "carrier_lenient: requests that no operation takes do not fail this test",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, and the keys of the configuration file."""
    group = parser.getgroup("carrier-simulator", "carrier simulator")
    group.addoption(
        "--carrier-simulator",
        metavar="URL",
        help=f"Use a simulator that runs already instead of starting one. [{URL_VARIABLE}]",
    )
    group.addoption(
        "--carrier-simulator-token",
        metavar="TOKEN",
        help=f"Control token of that simulator. [{TOKEN_VARIABLE}]",
    )
    group.addoption(
        "--carrier-record",
        action="store_true",
        help="Write down what carriers' sandboxes answer to tests of carrier_parity.",
    )
    for name, kind, words in _INI:
        default = True if name == "carrier_simulator_strict" else None
        parser.addini(name, words, type=kind, default=default)  # type: ignore[arg-type]


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


def external(config: pytest.Config) -> tuple[str | None, str | None]:
    """URL and token of a server that runs already; no URL: the plugin starts one."""
    url = (
        config.getoption("--carrier-simulator")
        or os.environ.get(URL_VARIABLE)
        or config.getini("carrier_simulator")
    )
    token = config.getoption("--carrier-simulator-token") or os.environ.get(TOKEN_VARIABLE)
    return url or None, token or None


def server_settings(config: pytest.Config) -> dict[str, object]:
    """The settings with which the plugin starts a server."""
    return dict(_pairs(config, "carrier_simulator_settings"))


def environment(config: pytest.Config) -> Mapping[str, str]:
    """Which variables are to be set, and to what of a world."""
    return _pairs(config, "carrier_environment")


def strict(config: pytest.Config) -> bool:
    """Whether requests that no operation takes fail their test."""
    return bool(config.getini("carrier_simulator_strict"))


def scenarios(config: pytest.Config) -> Path:
    """The folder below which scenarios are looked for: the project's, unless it names one."""
    named: Any = config.getini("carrier_simulator_scenarios")
    return config.rootpath / named if named else config.rootpath


def _pairs(config: pytest.Config, key: str) -> dict[str, str]:
    pairs = {}
    for line in config.getini(key) or []:
        name, equals, value = line.partition("=")
        if not (name.strip() and equals and value.strip()):
            raise pytest.UsageError(f"{key}: {line!r} is not of the form NAME = VALUE")
        pairs[name.strip()] = value.strip()
    return pairs
