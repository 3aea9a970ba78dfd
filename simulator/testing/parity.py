"""One test against the simulator and the carrier's own sandbox, whose answers must look alike.

>>> @carrier_parity("inpost", skip=["$..href"])
... def test_organizations(carrier):
...     answer = httpx.get(f"{carrier.base_url}/v1/organizations", headers=carrier.headers)
...     assert answer.status_code == 200

Without credentials of a sandbox the simulator is compared with what it answered when somebody had
some: ``pytest --carrier-record`` writes that down beside the tests, as shapes without any value.
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
import pytest

from simulator.core.faults import did_you_mean
from simulator.testing import shapes
from simulator.testing.shapes import Asked

if TYPE_CHECKING:
    from simulator.scenarios.recording.exchanges import Exchange
    from simulator.testing.blocking.world import World

FOLDER = "carrier_shapes"
"""Beside a test file: what the carriers answered to its tests."""

RECORD = "--carrier-record"


class Sandbox(NamedTuple):
    """The names of the variables that say where the carrier's sandbox is, and what opens it."""

    url: str
    credential: str

    @property
    def missing(self) -> str:
        """Which of them are not set, as a clause; nothing if both are."""
        unset = [name for name in self if not os.environ.get(name)]
        if len(unset) == 1:
            [there] = {*self} - {*unset}
            return f"{unset[0]} is not set ({there} is)"
        return f"{' and '.join(unset)} are not set" if unset else ""


class ParityCarrier(NamedTuple):
    """What a test is told of the side that it talks to; the same on both."""

    name: str
    base_url: str
    credential: str
    headers: Mapping[str, str]


def carrier_parity(
    carrier: str,
    *,
    skip: Sequence[str] = (),
    url: str | None = None,
    credential: str | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test, which takes `carrier`, on both sides, and compare what they answered.

    `skip` names places that may differ, as `shapes.differences` has it. `url` and `credential` are
    the names of the environment variables of the sandbox: ``INPOST_SANDBOX_URL`` and
    ``INPOST_SANDBOX_CREDENTIAL``, unless said. Raises `TypeError` or `ValueError` for a carrier
    that there is not, and for what can be no place.
    """
    _check(carrier, skip)
    named = f"{carrier.upper()}_SANDBOX"
    sandbox = Sandbox(url or f"{named}_URL", credential or f"{named}_CREDENTIAL")

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        def both(request: pytest.FixtureRequest, carrier_world: World, **fixtures: Any) -> None:
            carrier_world.eager()
            served = carrier_world.carrier(carrier)
            credential = served.credential
            found = _asked(test, carrier, served.base_url, credential, fixtures)
            wanted = _wanted(request, test, carrier, sandbox, fixtures)
            lines = [*shapes.differences(wanted, found, skip)]
            if lines:
                said = "\n".join(["the simulator answers otherwise than the carrier:", *lines])
                pytest.fail(said, pytrace=False)

        both.__name__, both.__doc__, both.__module__ = test.__name__, test.__doc__, test.__module__
        both.__signature__ = _signature(test)  # type: ignore[attr-defined]
        both.pytestmark = getattr(test, "pytestmark", [])  # type: ignore[attr-defined]
        return both

    return decorate


def _check(carrier: Any, skip: Any) -> None:
    """Raise for what is no carrier, such as the test of a decorator without parentheses, and for
    what names no places."""
    from simulator.resources import carrier_names

    if callable(carrier):
        raise TypeError(
            'carrier_parity takes the name of a carrier: write @carrier_parity("inpost") above '
            f"{getattr(carrier, '__name__', 'the test')}"
        )
    known = carrier_names()
    if carrier not in known:
        meant = did_you_mean(str(carrier), known)
        raise ValueError(
            f"carrier_parity knows no carrier {carrier!r}; there are {', '.join(known)}.{meant}"
        )
    if isinstance(skip, str):
        raise TypeError(f"skip takes a list of places: skip=[{skip!r}]")
    for place in skip:
        shapes.pattern(place)


def _signature(test: Callable[..., None]) -> inspect.Signature:
    """That of the test, with what the comparison needs in the place of `carrier`."""
    if inspect.iscoroutinefunction(test):
        raise TypeError(f"{test.__name__} is awaited; carrier_parity runs plain functions")
    own = inspect.signature(test).parameters
    if "carrier" not in own:
        raise TypeError(f"{test.__name__} takes no argument named carrier, which tells it the side")
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    needed = [inspect.Parameter(name, kind) for name in ("request", "carrier_world")]
    others = [each for name, each in own.items() if name not in ("carrier", "request")]
    return inspect.Signature([*needed, *(each for each in others if each.name != "carrier_world")])


def _wanted(
    request: pytest.FixtureRequest,
    test: Callable[..., None],
    carrier: str,
    sandbox: Sandbox,
    fixtures: Mapping[str, Any],
) -> list[Asked]:
    """What the carrier answers or, where nobody can ask it, answered once."""
    recording = bool(request.config.getoption(RECORD))
    name = re.sub(r"[^\w.-]+", "_", request.node.name)
    path = Path(request.node.path).parent / FOLDER / f"{request.node.path.stem}.{name}.json"
    missing = sandbox.missing
    if not missing:
        asked = _asked_there(test, carrier, sandbox, fixtures)
        if recording:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(msgspec.json.format(msgspec.json.encode(asked)) + b"\n")
        return asked
    if recording:
        pytest.fail(f"{RECORD} asks the carrier itself, but {missing}", pytrace=False)
    how = f"set {' and '.join(sandbox)} and run pytest {RECORD} once"
    if not path.is_file():
        pytest.skip(
            f"nothing to compare with: {missing}, and there is no {FOLDER}/{path.name}; to "
            f"record it, {how}, and commit what that writes"
        )
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Asked])
    except msgspec.MsgspecError as error:
        pytest.fail(f"{path} holds no recorded shapes ({error}); {how} again", pytrace=False)


def _asked_there(
    test: Callable[..., None], carrier: str, sandbox: Sandbox, fixtures: Mapping[str, Any]
) -> list[Asked]:
    """What was asked of the sandbox; the test fails with what is wrong with that, if it is not
    reached."""
    url, credential = (os.environ[name] for name in sandbox)
    host = urlsplit(url).hostname
    if not (host and url.startswith(("http://", "https://"))):
        pytest.fail(
            f"{sandbox.url} is no base URL: it has to begin with http:// or https://, as "
            "https://sandbox.example.com does",
            pytrace=False,
        )
    unreached: list[str] = []
    failed: Exception | None = None
    asked: list[Asked] = []
    try:
        asked = _asked(test, carrier, url, credential, fixtures, unreached.append)
    except Exception as error:
        failed = error
    if unreached:
        pytest.fail(
            f"the sandbox at {host} ({sandbox.url}) was not reached: {unreached[0]}; without "
            f"{sandbox.credential} the test is compared with what was recorded",
            pytrace=False,
        )
    if failed is not None:
        failed.add_note(f"This was the side of the sandbox ({sandbox.url}), not the simulator's.")
        raise failed
    return asked


def _asked(
    test: Callable[..., None],
    carrier: str,
    url: str,
    credential: str,
    fixtures: Mapping[str, Any],
    unreached: Callable[[str], None] = lambda reason: None,
) -> list[Asked]:
    """Run the test on one side; what it asked and how it was answered."""
    from simulator.carriers import registry

    [known] = registry.load((carrier,))
    with _listening(url, unreached) as (base_url, exchanges):
        side = ParityCarrier(carrier, base_url, credential, known.present(credential))
        test(carrier=side, **fixtures)
    return shapes.collected(_shape(each) for each in exchanges if each.reply is not None)


@contextmanager
def _listening(url: str, unreached: Callable[[str], None]) -> Iterator[tuple[str, list[Exchange]]]:
    """A base URL behind which the server at `url` is, and what was said so far."""
    from simulator.command.local_server import running
    from simulator.scenarios.recording.proxy import Proxy

    exchanges: list[Exchange] = []
    with running(lambda: Proxy(url, exchanges.append, unreached=unreached)) as base_url:
        yield base_url, exchanges


def _shape(exchange: Exchange) -> Asked:
    reply = exchange.reply
    assert reply is not None
    path = shapes.without_ids(exchange.path)
    try:
        body = shapes.of(msgspec.json.decode(reply.body))
    except msgspec.DecodeError:
        body = None  # a label, or no body at all
    return Asked(exchange.method, path, reply.status, body)
