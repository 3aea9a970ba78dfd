"""Who may see what: API keys, what they open, and the records of their accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct

from simulator.carriers import reasons
from simulator.carriers.carrier import Credential, Headers
from simulator.carriers.postplus.records import ACCOUNTS, API_KEYS, Account, ApiKey, Environment
from simulator.carriers.postplus.wire import errors, rate_limits
from simulator.core import reading
from simulator.core.answers import Refusal
from simulator.core.tables import TableSpec
from simulator.engine.world import World

R = TypeVar("R", bound=Struct)

HEADER = "x-api-key"

TEST_HOST, PRODUCTION_HOST = "api.test.post-plus.io", "api.post-plus.io"

_ENVIRONMENTS: dict[str, Environment] = {TEST_HOST: "test", PRODUCTION_HOST: "production"}
_QUOTES = "\"'"
_MOST_OWNERS = 3

_SCOPES = (
    # An integrator looks up the codes that it may send (D8).
    ("/api/v1/tracking/event-codes", ("tracking", "integrations")),
    ("/api/v1/parcels", ("parcels",)),
    ("/api/v1/shipments", ("shipments",)),
    ("/api/v1/documents", ("documents",)),
    ("/api/v1/tracking", ("tracking",)),
    ("/api/v1/hs-codes", ("hs-codes",)),
    ("/api/v1/integrations", ("integrations",)),
    ("/api/v1/accounts", ("accounts",)),
)
"""The beginning of a path, and the scopes of which a key needs one."""


class Caller(NamedTuple):
    """Who a request comes from."""

    key: ApiKey
    account: Account


def credential(headers: Headers) -> Credential | None:
    """The key of a request; quotes around it are no part of it (N13), and a ``@name`` suffix
    chooses the workspace."""
    return _credential(headers.get(HEADER, ""))


@lru_cache(maxsize=256)
def _credential(header: str) -> Credential | None:
    text = header.strip().strip(_QUOTES).strip()
    if not text:
        return None
    key, at, workspace = text.partition("@")
    return Credential(key, workspace if at else None)


def present(key: str) -> dict[str, str]:
    """The header with which a client sends a key (PostPlus: Authentication)."""
    return {"X-API-KEY": key}


def authenticate(world: World, key: str | None) -> Caller:
    """Whose request it is.

    Raises 401 without a key, with an unknown one and with one of the other environment; 403 when
    the key does not open what the path is about; 429 beyond the rate of the quirk.
    """
    if key is None:
        raise errors.key_missing(_how(world))
    record = world[API_KEYS].get(key)
    if record is None:
        told = reasons.unknown_key(world, key, [each.key for each in world[API_KEYS]])
        raise errors.key_invalid(told, _how(world))
    environment = _environment(world.request.base_url)
    if environment is not None and record.environment != environment:
        raise errors.key_invalid(f"the key is for {record.environment}, the host for {environment}")
    rate_limits.check(world, record.key)
    path = world.request.path.lower()
    needed = next((scopes for start, scopes in _SCOPES if path.startswith(start)), ())
    if needed and not set(needed) & set(record.scopes):
        raise errors.not_authorized(
            f"the key opens {', '.join(record.scopes)}; this needs {' or '.join(needed)}",
            _how(world, lambda each: bool(set(needed) & set(each.scopes))),
        )
    account = world[ACCOUNTS].get(record.account_id)
    if account is None:
        raise errors.key_invalid(f"the key's account {record.account_id} is gone")
    return Caller(record, account)


def _how(world: World, fits: Callable[[ApiKey], bool] = lambda each: True) -> str:
    """How to send a key that opens what is asked for."""
    known = [each.key for each in world[API_KEYS] if fits(each)]
    return reasons.known_keys(known, "send X-API-KEY")


@lru_cache(maxsize=256)
def _environment(base_url: str) -> Environment | None:
    """The environment that the host of a request belongs to; other hosts take all keys."""
    return _ENVIRONMENTS.get((urlsplit(base_url).hostname or "").lower())


def account(world: World) -> Account:
    """The account of the caller's key."""
    caller: Caller = world.caller
    return caller.account


def owned(world: World, spec: TableSpec[R], wanted: str | int, what: str) -> R:
    """The caller's record with this id. Raises 404 with `what`, also for another account's."""
    number = reading.whole(wanted) if isinstance(wanted, str) else wanted
    found: Any = None if number is None else world[spec].get(number)
    if found is None or found.account_id != account(world).id:
        advice = reasons.nearby(what.lower(), _newest(world, spec))
        raise not_owned(world, what, wanted, () if found is None else (found,), advice)
    record: R = found
    return record


def _newest(world: World, spec: TableSpec[Any]) -> list[Any]:
    """The ids of the caller's newest records."""
    own = account(world).id
    if "account_id" in spec.indexes:
        return [each.id for each in world[spec].newest("account_id", own, reasons.NEARBY)]
    return sorted(each.id for each in world[spec] if each.account_id == own)


def not_owned(
    world: World, what: str, wanted: object, others: Iterable[Any] = (), advice: str = ""
) -> Refusal:
    """404 for what the caller does not have; the journal hears whose the `others` are that are
    called so, the client does not."""
    owners = sorted({each.account_id for each in others})
    if not owners:
        return errors.not_found(what, wanted, advice)
    advice = _how(world, lambda each: each.account_id in owners)
    accounts = " and ".join(map(str, owners[:_MOST_OWNERS]))
    reason = (
        f"{what.lower()} {wanted!s:.100} belongs to account {accounts}, "
        f"the key is that of account {account(world).id}"
    )
    return errors.problem(404, "NotFound", f"{what} not found", reason=reason, advice=advice)
