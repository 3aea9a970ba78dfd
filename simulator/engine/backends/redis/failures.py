"""What goes wrong with a server, in words."""

from __future__ import annotations

from typing import NamedTuple

from redis import exceptions

from simulator.engine.backends.redis.address import Address
from simulator.engine.backends.store import StoreFailure


class _Kind(NamedTuple):
    """Errors of which the class or the text has one of these marks. One that passes is worth
    another try; one that is `final` says that the server cannot be used at all."""

    marks: tuple[str, ...]
    words: str
    passes: bool = False
    final: bool = False


_PASSING = (
    _Kind(("LOADING", "BusyLoadingError"), "still reads what it kept: wait until it is ready"),
    _Kind(("READONLY", "ReadOnlyError"), "is a replica, which keeps nothing: name the primary"),
    _Kind(("MASTERDOWN", "MasterDownError"), "has lost its primary"),
    _Kind(("CLUSTERDOWN", "ClusterDownError"), "is a cluster that is not whole: see CLUSTER INFO"),
    # Each node says that another one has the slot, until redis-py asks no further.
    _Kind(
        ("TRYAGAIN", "TryAgainError", "non local key", "rehashing of the slot", "TTL exhausted"),
        "is moving slots of the cluster",
    ),
    _Kind(("BUSY ",), "is busy with a script of somebody else"),
)
_LASTING = (
    _Kind(
        ("OOM ", "OutOfMemoryError"),
        "has no memory left for it: raise its maxmemory, or delete workspaces",
    ),
    _Kind(("MISCONF",), "cannot write to its disk, and takes nothing until it can: see its log"),
    _Kind(("NOREPLICAS",), "has fewer replicas than its min-replicas-to-write"),
)
_FINAL = (
    _Kind(("DB index is out of range",), "has no such database: see its `databases`"),
    _Kind(("SELECT is not allowed",), "has the database 0 only"),
    _Kind(
        ("NOAUTH", "Authentication required"),
        "wants a password: write user:password@ or :password@ before the host",
    ),
    _Kind(("without any password",), "has no password: leave it out of the URL"),
    _Kind(("WRONGPASS", "AuthenticationError"), "does not know this user and password"),
    _Kind(
        ("NOPERM", "NoPermissionError", "executing the script can't"),
        "does not let this user do it: it needs ~{<prefix>* +@read +@write +@scripting "
        "+@connection +info +time +wait",
    ),
    _Kind(("CERTIFICATE_VERIFY_FAILED",), "has a certificate that is not trusted: name ca=<file>"),
    _Kind(("WRONG_VERSION_NUMBER",), "speaks no TLS there: write redis://"),
    _Kind(
        ("Cluster mode is not enabled", "cluster support disabled"),
        "is no node of a cluster: write redis://",
    ),
    _Kind(("InvalidResponse",), "is no Redis server: something else answers there"),
    _Kind(("unknown command",), "does not know a command: it has to be Redis 6.2 or Valkey 7.2"),
    _Kind(("WRONGTYPE",), "has something else at the keys of this prefix: choose another prefix="),
)
_KINDS = (
    *(kind._replace(passes=True) for kind in _PASSING),
    *_LASTING,
    *(kind._replace(final=True) for kind in _FINAL),
)
_AWAY = _Kind((), "cannot be reached", passes=True)
_AWAY_ERRORS = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.RedisClusterException,
    OSError,
)
_ODD = _Kind((), "refused")

FAILURES = (exceptions.RedisError, exceptions.RedisClusterException, OSError)
"""Whatever is raised for what a server, or the way to it, is like."""


def passes(error: Exception) -> bool:
    """Whether the same may go well a moment later."""
    return _kind(error).passes


def unknown_after(address: Address) -> StoreFailure:
    """There was no answer in time."""
    return StoreFailure(
        f"{address.place} has not answered within {address.timeout:g} s, and it is not known "
        "whether it did what it was asked: see whether it is overloaded, or raise timeout="
    )


def failure(error: Exception, address: Address) -> StoreFailure:
    """The words for an error."""
    return StoreFailure(_words(error, address))


def final(error: BaseException | None) -> bool:
    """Whether it says that the server cannot be used at all."""
    return error is not None and _kind(error).final


def _words(error: BaseException, address: Address) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return f"{address.place} {_kind(error).words} ({said[:200]})"


def _kind(error: BaseException) -> _Kind:
    said = ""
    seen: BaseException | None = error
    while seen is not None:
        # What names an error in the answer is not in the text of its class any more.
        said += f" {type(seen).__name__} {seen}"
        seen = seen.__cause__
    for kind in _KINDS:
        if any(mark in said for mark in kind.marks):
            return kind
    return _AWAY if isinstance(error, _AWAY_ERRORS) else _ODD
