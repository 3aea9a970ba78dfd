"""What a project can say about its carriers, on the command line and in its configuration."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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

_MAY_BE = {"bool": "true or false", "string": "a text", "linelist": "a list of texts"}
_PLACES = ("base_url", "credential", "openapi_url")

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
    """Make the markers known, and refuse options that cannot be: once, before any test."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    wrong = [] if hasattr(config, "workerinput") else [*_wrong(config)]
    if wrong:
        raise pytest.UsageError("\n".join(wrong))


def _wrong(config: pytest.Config) -> Iterator[str]:
    """What is wrong with the options, a line each: which one it is, and what may stand there."""
    for name, kind, _ in _INI:
        try:
            config.getini(name)
        except (TypeError, ValueError, pytest.UsageError) as error:
            yield f"{name} must be {_MAY_BE[kind]}: {error}"
            return
    where, url = _url(config)
    if url and not _is_url(url):
        yield f"{where} is {url!r}, but must be a URL such as http://127.0.0.1:8080"
    folder = scenarios(config)
    if not folder.is_dir():
        yield f"carrier_simulator_scenarios must be a folder, and there is none at {folder}"
    try:
        environment(config)
        given = server_settings(config)
    except pytest.UsageError as error:
        yield str(error)
    else:
        if given and not url:
            yield from _wrong_settings(given)


def _wrong_settings(given: Mapping[str, object]) -> Iterator[str]:
    from simulator.server_process.process import known_option
    from simulator.settings import SettingsError

    for name, value in given.items():
        try:
            option = known_option(name)
            option.kind.read(value)
        except TypeError as error:
            yield f"carrier_simulator_settings: {error}"
        except ValueError:
            yield f"carrier_simulator_settings: {SettingsError.bad_value(name, option, value)}"


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _url(config: pytest.Config) -> tuple[str, str]:
    """The URL of a server that runs already, empty for none, and where that is said."""
    said = {
        "--carrier-simulator": config.getoption("--carrier-simulator"),
        URL_VARIABLE: os.environ.get(URL_VARIABLE),
        "carrier_simulator": config.getini("carrier_simulator"),
    }
    return next(((where, url) for where, url in said.items() if url), ("", ""))


def external(config: pytest.Config) -> tuple[str | None, str | None]:
    """URL and token of a server that runs already; no URL: the plugin starts one."""
    url = _url(config)[1]
    token = config.getoption("--carrier-simulator-token") or os.environ.get(TOKEN_VARIABLE)
    return url or None, token or None


def server_settings(config: pytest.Config) -> dict[str, object]:
    """The settings with which the plugin starts a server."""
    return dict(_pairs(config, "carrier_simulator_settings"))


def environment(config: pytest.Config) -> Mapping[str, str]:
    """Which variables are to be set, and to what of a world: ``url``, ``name``, or what there is of
    a carrier, as ``inpost.base_url``."""
    pairs = _pairs(config, "carrier_environment")
    for name, place in pairs.items():
        carrier, _, what = place.partition(".")
        if place not in ("url", "name") and what not in _PLACES:
            few = ", ".join(f"{carrier}.{each}" for each in _PLACES)
            said = f"carrier_environment: {name} = {place}"
            raise pytest.UsageError(f"{said}: say {few}, url or name")
    return pairs


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
        if name.strip() in pairs:
            raise pytest.UsageError(f"{key}: {name.strip()} is there twice")
        pairs[name.strip()] = value.strip()
    return pairs
