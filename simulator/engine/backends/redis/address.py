"""What the URL of a Redis server says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from simulator.engine.backends.store import Refused

_PORT = 6379
_SCHEMES = ("redis", "rediss", "redis+cluster", "rediss+cluster", "unix")
_PREFIX = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")
_FORMS = (
    "redis://[user:password@]host[:port][/database], rediss:// for TLS, "
    "redis+cluster://host:port,host:port or rediss+cluster:// for a cluster, or unix:///path"
)


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where a server is, and how it is talked to. `timeout` is in seconds; `replicas` how many
    copies a commit waits for; `ca` a file with the certificates that a server's is signed by."""

    scheme: str
    nodes: tuple[tuple[str, int], ...] = ()
    path: str | None = None
    user: str | None = None
    password: str | None = None
    database: int = 0
    prefix: str = "carrier-simulator"
    timeout: float = 2.0
    replicas: int = 0
    ca: str | None = None

    @property
    def tls(self) -> bool:
        """Whether all is encrypted."""
        return self.scheme.startswith("rediss")

    @property
    def cluster(self) -> bool:
        """Whether the nodes are of a cluster."""
        return self.scheme.endswith("+cluster")

    @property
    def noted(self) -> int:
        """Seconds for which it is known there that something was done, for those who do not know
        and ask for it again. Nobody tries so long."""
        return int(10 + 3 * self.timeout)

    @property
    def place(self) -> str:
        """The URL without user, password and options."""
        if self.path is not None:
            return f"unix://{self.path}" + (f"?db={self.database}" if self.database else "")
        nodes = ",".join(
            f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.nodes
        )
        return f"{self.scheme}://{nodes}" + (f"/{self.database}" if self.database else "")


def address_of(url: str) -> Address:
    """What a URL says; raises `Refused`."""
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in _SCHEMES:
        raise Refused(f"{scheme}: is no way to a Redis server. Write {_FORMS}.")
    parts = urlsplit(url)
    said: dict[str, Any] = {"scheme": scheme, **_options(parts.query)}
    credentials, at, hosts = parts.netloc.rpartition("@")
    if at:
        user, _, password = credentials.partition(":")
        said["user"], said["password"] = unquote(user) or None, unquote(password) or None
    if scheme == "unix":
        return Address(path=_socket(hosts, parts.path), **said)
    if database := parts.path.strip("/"):
        said["database"] = _number("the database in the URL", database)
    address = Address(nodes=tuple(_node(host) for host in hosts.split(",")), **said)
    _check(address)
    return address


def shown(url: str) -> str:
    """A URL that may say nothing, without user and password."""
    return re.sub(r"(?<=://)[^/?]*@", "", url).partition("?")[0]


def _options(query: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        match name:
            case "prefix" if _PREFIX.fullmatch(value):
                said["prefix"] = value
            case "prefix":
                raise Refused(
                    f'prefix={value} cannot begin keys: use 1 to 64 letters, digits, ".", "_", '
                    '":" and "-".'
                )
            case "timeout":
                said["timeout"] = _seconds(value)
            case "replicas":
                said["replicas"] = _number("replicas", value)
            case "db":
                said["database"] = _number("db", value)
            case "ca" if Path(value).is_file():
                said["ca"] = value
            case "ca":
                raise Refused(f"ca={value} is no file: name one with certificates in PEM form.")
            case _:
                raise Refused(
                    f"{name} is no option of a Redis URL: there are prefix, timeout, replicas, "
                    "db and ca."
                )
    return said


def _number(what: str, value: str) -> int:
    if not re.fullmatch("[0-9]{1,4}", value):
        raise Refused(f"{what} is {value!r}: write a number from 0 on.")
    return int(value)


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0.05 <= seconds <= 60:
        raise Refused(f"timeout is {value!r}: write seconds from 0.05 to 60.")
    return seconds


def _node(host: str) -> tuple[str, int]:
    found = _HOST.fullmatch(host)
    if found is None or int(found[2] or _PORT) > 65535:
        raise Refused(f"{host!r} is no host and port of a Redis server. Write {_FORMS}.")
    return found[1].strip("[]"), int(found[2] or _PORT)


def _socket(host: str, path: str) -> str:
    if host or not path.strip("/"):
        raise Refused("a socket's URL has its path behind three strokes: unix:///run/redis.sock")
    return unquote(path)


def _check(address: Address) -> None:
    if address.cluster and address.database:
        raise Refused("a cluster has the database 0 only: leave it out of the URL.")
    if address.cluster and address.replicas:
        raise Refused("replicas= is for a single server: leave it out of a cluster's URL.")
    if len(address.nodes) > 1 and not address.cluster:
        raise Refused("several hosts are of a cluster: write redis+cluster://host:port,host:port")
    if address.ca and not address.tls:
        raise Refused("ca= is for TLS: write rediss:// in place of redis://")
