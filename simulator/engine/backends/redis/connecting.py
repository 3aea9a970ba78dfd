"""The client of redis-py for an address."""

from __future__ import annotations

from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import Connection, SSLConnection, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from simulator.engine.backends.redis.address import Address

_CONNECTIONS = 16
"""At most, to a server. A commit has one, loading another."""

Client = Redis | RedisCluster


def client(address: Address) -> Client:
    """A client that has not connected yet. It tries nothing twice, and waits for ever."""
    said: dict[str, Any] = {
        "username": address.user,
        "password": address.password,
        "socket_timeout": None,
        "socket_connect_timeout": None,
        "protocol": 2,
    }
    if address.cluster:
        return RedisCluster(
            startup_nodes=[ClusterNode(host, port) for host, port in address.nodes],
            retry=Retry(NoBackoff(), 1),
            ssl=address.tls,
            ssl_ca_certs=address.ca,
            **said,
        )
    kind: type[Any] = Connection
    if address.path is not None:
        kind, said["path"] = UnixDomainSocketConnection, address.path
    else:
        said["host"], said["port"] = address.nodes[0]
        said["socket_keepalive"] = True
    if address.tls:
        kind, said["ssl_ca_certs"] = SSLConnection, address.ca
    pool = BlockingConnectionPool(
        _CONNECTIONS,
        None,
        kind,
        db=address.database,
        retry=Retry(NoBackoff(), 0),
        **said,
    )
    return Redis.from_pool(pool)
