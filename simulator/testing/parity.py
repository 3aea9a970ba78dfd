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

import msgspec
import pytest

from simulator.testing import shapes
from simulator.testing.shapes import Asked

if TYPE_CHECKING:
    from simulator.scenarios.recording.exchanges import Exchange
    from simulator.testing.blocking.world import World

FOLDER = "carrier_shapes"
"""Beside a test file: what the carriers answered to its tests."""

RECORD = "--carrier-record"


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
    ``INPOST_SANDBOX_CREDENTIAL``, unless said.
    """
    named = f"{carrier.upper()}_SANDBOX"
    variables = url or f"{named}_URL", credential or f"{named}_CREDENTIAL"

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        def both(request: pytest.FixtureRequest, carrier_world: World, **fixtures: Any) -> None:
            carrier_world.eager()
            served = carrier_world.carrier(carrier)
            credential = served.credential
            found = _asked(test, carrier, served.base_url, credential, fixtures)
            wanted = _wanted(request, test, carrier, variables, fixtures)
            lines = [*shapes.differences(wanted, found, skip)]
            if lines:
                said = "\n".join(["the simulator answers otherwise than the carrier:", *lines])
                pytest.fail(said, pytrace=False)

        both.__name__, both.__doc__, both.__module__ = test.__name__, test.__doc__, test.__module__
        both.__signature__ = _signature(test)  # type: ignore[attr-defined]
        both.pytestmark = getattr(test, "pytestmark", [])  # type: ignore[attr-defined]
        return both

    return decorate


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
    variables: tuple[str, str],
    fixtures: Mapping[str, Any],
) -> list[Asked]:
    """What the carrier answers or, where nobody can ask it, answered once."""
    recording = bool(request.config.getoption(RECORD))
    name = re.sub(r"[^\w.-]+", "_", request.node.name)
    path = Path(request.node.path).parent / FOLDER / f"{request.node.path.stem}.{name}.json"
    url, credential = (os.environ.get(variable, "") for variable in variables)
    if url and credential:
        asked = _asked(test, carrier, url, credential, fixtures)
        if recording:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(msgspec.json.format(msgspec.json.encode(asked)) + b"\n")
        return asked
    missing = f"{' and '.join(variables)} are not set"
    if recording:
        raise pytest.UsageError(f"{RECORD} asks the carrier itself, but {missing}")
    if not path.is_file():
        pytest.skip(f"nothing to compare with: {missing}, and there is no {path.name}")
    return msgspec.json.decode(path.read_bytes(), type=list[Asked])


def _asked(
    test: Callable[..., None],
    carrier: str,
    url: str,
    credential: str,
    fixtures: Mapping[str, Any],
) -> list[Asked]:
    """Run the test on one side; what it asked and how it was answered."""
    from simulator.carriers import registry

    [known] = registry.load((carrier,))
    with _listening(url) as (base_url, exchanges):
        side = ParityCarrier(carrier, base_url, credential, known.present(credential))
        test(carrier=side, **fixtures)
    return shapes.collected(_shape(each) for each in exchanges if each.reply is not None)


@contextmanager
def _listening(url: str) -> Iterator[tuple[str, list[Exchange]]]:
    """A base URL behind which the server at `url` is, and what was said so far."""
    from simulator.command.local_server import running
    from simulator.scenarios.recording.proxy import Proxy

    exchanges: list[Exchange] = []
    with running(lambda: Proxy(url, exchanges.append)) as base_url:
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
