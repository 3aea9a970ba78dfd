"""What URLs of Redis servers say, and the words for those that say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.engine.backends.redis import RedisStore
from simulator.engine.backends.redis.address import Address, address_of
from simulator.engine.backends.store import Refused
from tests.engine.store_conformance import BOUNDS, CODEC


def test_a_host_alone_is_enough() -> None:
    assert address_of("redis://cache") == Address(scheme="redis", nodes=(("cache", 6379),))


def test_everything_may_be_said(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.touch()
    assert address_of(
        f"rediss://me:p%40ss@[::1]:7000/3?prefix=ci&timeout=0.5&replicas=2&ca={ca}"
    ) == Address(
        scheme="rediss",
        nodes=(("::1", 7000),),
        user="me",
        password="p@ss",
        database=3,
        prefix="ci",
        timeout=0.5,
        replicas=2,
        ca=str(ca),
    )


def test_a_cluster_has_several_hosts() -> None:
    address = address_of("redis+cluster://:secret@one:7001,two")
    assert address.nodes == (("one", 7001), ("two", 6379))
    assert (address.user, address.password, address.cluster) == (None, "secret", True)
    assert address.place == "redis+cluster://one:7001,two:6379"
    assert address_of("redis://[::1]/2").place == "redis://[::1]:6379/2"


def test_a_socket_has_a_path() -> None:
    address = address_of("unix:///run/redis%20one.sock?db=2")
    assert (address.path, address.database) == ("/run/redis one.sock", 2)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://host", "http: is no way to a Redis server. Write redis://"),
        ("redis:host", "Write redis://"),
        ("redis://", "'' is no host and port"),
        ("redis://host:99999", "'host:99999' is no host and port"),
        ("redis://host/x", "the database in the URL is 'x': write a number"),
        ("redis://host?prefix=a{b", "prefix=a{b cannot begin keys"),
        ("redis://host?timeout=0", "timeout is '0': write seconds from 0.05 to 60"),
        ("redis://host?timeout=soon", "timeout is 'soon'"),
        ("redis://host?replicas=some", "replicas is 'some'"),
        ("redis://host?db=-1", "db is '-1'"),
        ("redis://host?size=3", "size is no option"),
        ("rediss://host?ca=/nowhere.pem", "ca=/nowhere.pem is no file"),
        ("redis://host?ca=/etc/hostname", "write rediss://"),
        ("redis://one,two", "write redis+cluster://"),
        ("redis+cluster://one/1", "database 0 only"),
        ("redis+cluster://one?replicas=1", "leave it out of a cluster's URL"),
        ("unix://run/redis.sock", "behind three strokes"),
    ],
)
def test_what_says_nothing_is_refused(url: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        address_of(url)
    assert words in str(refused.value)


@pytest.mark.parametrize("url", ["redis://me:secret@host:7000/1?prefix=x", "redis://me:secret@"])
def test_a_place_is_shown_without_secrets(url: str) -> None:
    place = RedisStore(url, CODEC, BOUNDS).place
    assert "secret" not in place
    assert "me" not in place
    assert place.startswith("redis://")
