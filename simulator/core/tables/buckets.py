"""Buckets: the keys of the records that share a value, as a dictionary from values to keys.

A bucket with one key is the key itself, one with more is the list of them in their order: most
values are of one record only, and a collection of its own for each would be most of an index.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Any

from simulator.core.tables.follower import Key

Buckets = dict[Any, Any]


def keys(bucket: Any) -> Sequence[Key]:
    """The keys of a bucket, in their order."""
    return bucket if type(bucket) is list else (bucket,)


def add(buckets: Buckets, value: Any, key: Any) -> None:
    """Put `key`, which is not there, into the bucket of `value`."""
    bucket = buckets.get(value)
    if bucket is None:
        buckets[value] = key
    elif type(bucket) is not list:
        buckets[value] = [bucket, key] if bucket < key else [key, bucket]
    elif bucket[-1] < key:
        bucket.append(key)
    else:
        insort(bucket, key)


def discard(buckets: Buckets, value: Any, key: Any) -> None:
    """Take `key`, which is there, out of the bucket of `value`; an empty bucket goes."""
    bucket = buckets[value]
    if type(bucket) is not list:
        del buckets[value]
    elif len(bucket) == 2:
        buckets[value] = bucket[0] if bucket[1] == key else bucket[1]
    elif bucket[-1] == key:
        bucket.pop()
    else:
        del bucket[bisect_left(bucket, key)]


def copied(buckets: Buckets) -> Buckets:
    """The same buckets, which change by themselves."""
    return {
        value: bucket.copy() if type(bucket) is list else bucket
        for value, bucket in buckets.items()
    }
